# SPDX-License-Identifier: Apache-2.0
"""``intarsia url``: a fresh sign-in link."""

from __future__ import annotations

from typing import Annotated

import typer

from intarsia.cli.console import clean_errors, result, result_json
from intarsia.cli.options import DataOption, JsonOption, settings_for
from intarsia.cli.serving import must_be_running


@clean_errors
def url(
    data: DataOption = None,
    origin: Annotated[
        str | None, typer.Option("--origin", help="Address by which the browser reaches the server, if another one.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Print an address that signs in once, within 15 minutes. Whoever opens it first is in: do not share it."""
    from intarsia.server.auth.tokens import open_link

    settings = settings_for(data)
    base = must_be_running(settings) if origin is None else origin.rstrip("/")
    link = open_link(settings.data_dir, origin=base)
    if as_json:
        result_json({"url": link, "token": link.partition("token=")[2], "origin": base})
    else:
        result(link)
