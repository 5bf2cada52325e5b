# SPDX-License-Identifier: Apache-2.0
"""`python -m intarsia.server --data DIR --port 8420`: serve a data directory and print the link that signs in."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import uvicorn

from intarsia.server.app import create_app
from intarsia.server.auth.tokens import open_link
from intarsia.server.settings import Settings, settings_from_env


def main() -> None:
    chosen = _arguments(settings_from_env())
    app = create_app(chosen)
    origin = f"http://{'127.0.0.1' if chosen.host in ('0.0.0.0', '::') else chosen.host}:{chosen.port}"
    print(f"Open {open_link(chosen.data_dir, origin=origin + chosen.base_path)}", flush=True)
    uvicorn.run(app, host=chosen.host, port=chosen.port, log_level="warning", server_header=False)


def _arguments(defaults: Settings) -> Settings:
    parser = argparse.ArgumentParser(prog="python -m intarsia.server", description="Serve an Intarsia data directory.")
    parser.add_argument("--data", type=Path, default=defaults.data_dir)
    parser.add_argument("--host", default=defaults.host)
    parser.add_argument("--port", type=int, default=defaults.port)
    parser.add_argument("--base-path", default=defaults.base_path)
    parser.add_argument("--allow-host", action="append", default=list(defaults.allowed_hosts))
    given = parser.parse_args()
    return replace(
        defaults,
        data_dir=given.data,
        host=given.host,
        port=given.port,
        base_path=given.base_path.rstrip("/"),
        allowed_hosts=tuple(given.allow_host),
    )


if __name__ == "__main__":
    main()
