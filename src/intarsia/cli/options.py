# SPDX-License-Identifier: Apache-2.0
"""Options that several commands share, and how they choose the server to talk to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from intarsia.sdk import Client

if TYPE_CHECKING:
    from intarsia.server.settings import Settings

DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data", help="Data directory. Default: INTARSIA_DATA, else ~/.local/share/intarsia.", show_default=False
    ),
]
HostOption = Annotated[str, typer.Option("--host", help="Address to listen on.")]
PortOption = Annotated[int, typer.Option("--port", min=0, max=65535, help="Port to listen on; 0 takes a free one.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON on stdout.")]
UrlOption = Annotated[
    str | None,
    typer.Option("--url", envvar="INTARSIA_URL", help="Talk to this server instead of a local data directory."),
]
TokenOption = Annotated[
    str | None,
    typer.Option("--token", envvar="INTARSIA_TOKEN", help="One-time token for --url, as `intarsia url` prints it."),
]


def settings_for(data: Path | None, *, host: str | None = None, port: int | None = None) -> Settings:
    """Settings from the environment, with what the command line says above them."""
    from intarsia.server.settings import settings_from_env

    settings = settings_from_env()
    if data is not None:
        settings = replace(settings, data_dir=data.expanduser())
    if host is not None:
        settings = replace(settings, host=host)
    if port is not None:
        settings = replace(settings, port=port)
    return replace(settings, data_dir=settings.data_dir.absolute())


def open_client(*, data: Path | None, url: str | None, token: str | None) -> Client:
    """The server named by ``--url``, else the one of the data directory (started for this command if need be)."""
    if url is not None:
        return Client(url, token=token)
    return Client.local(settings_for(data).data_dir)
