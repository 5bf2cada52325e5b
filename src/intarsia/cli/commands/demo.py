# SPDX-License-Identifier: Apache-2.0
"""``intarsia demo``: a ready project, open in the editor."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from intarsia.cli.console import clean_errors, counting, fail, result, say
from intarsia.cli.options import settings_for
from intarsia.cli.serving import ServerRun, find_running
from intarsia.core.errors import IntarsiaError
from intarsia.demo.builder import editor_path, ensure_demo
from intarsia.sdk import Client

DEMO_DIR = Path(".data") / "demo"


@clean_errors
def demo(
    data: Annotated[Path, typer.Option("--data", help="Data directory of the demo.")] = DEMO_DIR,
    host: Annotated[str | None, typer.Option("--host", help="Address to listen on. Default: 127.0.0.1.")] = None,
    port: Annotated[
        int | None,
        typer.Option("--port", min=0, max=65535, help="Port to listen on; 0 takes a free one. Default: 8420."),
    ] = None,
) -> None:
    """Serve a demo with real photographs, made at the first start and kept afterwards. Prints where to open it."""
    from intarsia.server.auth.tokens import mint_token, open_link

    settings = settings_for(data, host=host, port=port)
    running = find_running(settings)
    if running is not None:
        say(f"The demo already runs at {running}")
        result(f"Open {open_link(settings.data_dir, origin=running, next_path=editor_path(settings.data_dir))}")
        return
    run = ServerRun(settings)
    build = _Build()

    def ready(url: str) -> None:
        def work() -> None:
            try:
                with Client(url, token=mint_token(settings.data_dir)) as client, counting("images") as progress:
                    bar = progress.add_task("Building the demo", total=None)
                    path = ensure_demo(
                        client,
                        data_dir=settings.data_dir,
                        progress=lambda done, total: progress.update(bar, completed=done, total=total),
                    )
                say(f"Intarsia serves the demo in {settings.data_dir} · Ctrl+C stops it")
                result(f"Open {open_link(settings.data_dir, origin=url, next_path=path)}")
            except Exception as error:
                # told by the main thread, which alone can end the command
                build.fault = error
                run.stop()

        threading.Thread(target=work, name="intarsia-demo-builder", daemon=True).start()

    run.run(ready=ready)
    if isinstance(build.fault, IntarsiaError):
        fail(f"The demo could not be built: {build.fault.message}", hint=f"(code {build.fault.code})")
    if build.fault is not None:
        raise build.fault


@dataclass(slots=True)
class _Build:
    fault: Exception | None = field(default=None)
