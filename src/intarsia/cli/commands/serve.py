# SPDX-License-Identifier: Apache-2.0
"""``intarsia serve``: run the server."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from intarsia.cli.console import clean_errors, result, say, warn
from intarsia.cli.options import DataOption, settings_for
from intarsia.cli.serving import ServerRun, is_loopback


@clean_errors
def serve(
    data: DataOption = None,
    host: Annotated[str | None, typer.Option("--host", help="Address to listen on. Default: 127.0.0.1.")] = None,
    port: Annotated[
        int | None,
        typer.Option("--port", min=0, max=65535, help="Port to listen on; 0 takes a free one. Default: 8420."),
    ] = None,
    allow_host: Annotated[
        list[str] | None, typer.Option("--allow-host", help="A further host name by which browsers may reach it.")
    ] = None,
    base_path: Annotated[
        str | None, typer.Option("--base-path", help="Sub-path under which a proxy serves it, such as /labels.")
    ] = None,
) -> None:
    """Run the server until Ctrl+C. Prints an address that signs in its owner, once."""
    from intarsia.server.auth.tokens import open_link

    settings = settings_for(data, host=host, port=port)
    settings = replace(settings, allowed_hosts=(*settings.allowed_hosts, *(allow_host or ())))
    if base_path is not None:
        settings = replace(settings, base_path="/" + base_path.strip("/") if base_path.strip("/") else "")
    if not is_loopback(settings.host):
        warn(
            f"plain HTTP on {settings.host}: anybody on the network can read and change what passes."
            " Put a proxy with TLS in front, and name it with --allow-host."
        )

    def ready(url: str) -> None:
        say(f"Intarsia serves {settings.data_dir} at {url} · Ctrl+C stops it")
        result(f"Open {open_link(settings.data_dir, origin=url)}")

    ServerRun(settings).run(ready=ready)
