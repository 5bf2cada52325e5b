# SPDX-License-Identifier: Apache-2.0
"""``intarsia restore``: a data directory of a backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from intarsia.cli.commands.backup import holdings
from intarsia.cli.console import EXIT_WITH_PROBLEMS, clean_errors, counting, result, result_json, say, warn
from intarsia.cli.options import JsonOption


@clean_errors
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `intarsia backup` wrote.")],
    data: Annotated[Path, typer.Option("--data", help="Data directory to make; it must be absent or empty.")],
    as_json: JsonOption = False,
) -> None:
    """Make a data directory of a backup. Every hash is checked before anything is moved into place."""
    from intarsia.server.operations.restore import read_manifest, restore

    target = data.expanduser().absolute()
    told = read_manifest(file)
    say(f"{file} was made {told.created_at} with {holdings(told.counts)}.")
    with counting("files") as progress:
        bar = progress.add_task("Restoring", total=None)
        made = restore(file, target, step=lambda done, total: progress.update(bar, completed=done, total=total))
    for problem in made.problems:
        warn(f"{problem} (so it was when the backup was made)")
    if as_json:
        result_json({**made.as_json(), "files": len(made.files), "path": str(target)})
    else:
        result(f"{target}: {holdings(made.counts)}, {len(made.files)} files")
    if made.problems:
        raise typer.Exit(EXIT_WITH_PROBLEMS)
