# SPDX-License-Identifier: Apache-2.0
"""``intarsia backup``: all of a data directory in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from intarsia.cli.console import EXIT_WITH_PROBLEMS, clean_errors, counting, result, result_json, warn
from intarsia.cli.options import DataOption, JsonOption, settings_for


@clean_errors
def backup(
    out: Annotated[Path, typer.Option("--out", help="File to write; it must not exist yet.")],
    data: DataOption = None,
    with_secret: Annotated[
        bool, typer.Option("--with-secret", help="Include the secret key: whoever has the file can then sign in.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Back up a data directory, also while its server runs."""
    from intarsia.server.operations.backup import back_up

    with counting("files") as progress:
        bar = progress.add_task("Backing up", total=None)
        made = back_up(
            settings_for(data).data_dir,
            out,
            with_secret=with_secret,
            step=lambda done, total: progress.update(bar, completed=done, total=total),
        )
    for problem in made.problems:
        warn(problem)
    if as_json:
        told = made.as_json()
        result_json({**told, "path": str(out), "files": len(made.files), "byte_size": out.stat().st_size})
    else:
        result(f"{out} ({out.stat().st_size} bytes): {holdings(made.counts)}, {len(made.files)} files")
    if made.problems:
        raise typer.Exit(EXIT_WITH_PROBLEMS)


def holdings(counts: dict[str, int]) -> str:
    """What a backup holds, for people."""
    names = ("projects", "tasks", "assets", "segments", "revisions", "edits")
    return ", ".join(f"{counts.get(name, 0)} {name}" for name in names)
