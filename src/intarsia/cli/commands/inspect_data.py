# SPDX-License-Identifier: Apache-2.0
"""``intarsia inspect``: say what an import would read, without a server and without writing anything."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from intarsia.cli.archive import opened_source
from intarsia.cli.console import EXIT_WITH_PROBLEMS, clean_errors, counting, fail, result_json, say, stdout, warn
from intarsia.cli.options import JsonOption
from intarsia.formats.base import Format, ReadOptions, Source
from intarsia.formats.class_table import parse_class_table
from intarsia.formats.inspection import Inspection, inspect_source
from intarsia.formats.registry import detect_format, find_format


@clean_errors
def inspect_data(
    path: Annotated[Path, typer.Argument(help="Folder or zip archive with a dataset.")],
    format: Annotated[
        str | None, typer.Option("--format", help="A format of `intarsia formats`. Default: look and say.")
    ] = None,
    classes: Annotated[
        Path | None, typer.Option("--classes", help="Class table (.json or .csv) that goes before the data's.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Say what is in a dataset: images, segments, pixels per class, problems. Exit code 3: some cannot be read."""
    table = parse_class_table(classes.read_bytes(), where=str(classes)) if classes else None
    with opened_source(path) as source:
        chosen = _chosen(source, path, format, has_table=table is not None)
        with counting("images") as progress:
            bar = progress.add_task("Reading", total=None)
            found = inspect_source(
                chosen,
                source,
                ReadOptions(class_table=table),
                step=lambda done, total: progress.update(bar, completed=done, total=total),
            )
    if as_json:
        result_json(asdict(found))
    else:
        _show(found)
    if found.error_count:
        raise typer.Exit(EXIT_WITH_PROBLEMS)


def _chosen(source: Source, path: Path, asked: str | None, *, has_table: bool) -> Format:
    if asked is not None:
        chosen = find_format(asked)
        if not chosen.info.can_import:
            fail(f"{chosen.info.title} is written, but not read.", hint="`intarsia formats` lists what is read.")
        return chosen
    found = detect_format(source) or (find_format("semantic-png") if has_table else None)
    if found is None:
        fail(f"{path} holds no dataset that is recognised.", hint="Name its format with --format.")
    say(f"{path}: recognised as {found.info.slug} ({found.info.title})")
    return found


def _show(found: Inspection) -> None:
    table = Table(box=None, pad_edge=False)
    for title, right in (("Class", False), ("Kind", False), ("Layer", False), ("Segments", True), ("Pixels", True)):
        table.add_column(title, justify="right" if right else "left")
    for entry in found.classes:
        table.add_row(escape(entry.name), entry.kind, entry.layer, str(entry.segments), str(entry.area_px))
    table.add_row("(unlabelled)", "", "", "", str(found.unlabelled_px))
    stdout().print(table)
    stdout().print(
        f"{found.images} images ({found.labelled} labelled, {found.photographs} with photograph),"
        f" {found.segments} segments, {found.objects} objects, {found.problem_count} problems",
        soft_wrap=True,
    )
    for problem in found.problems:
        warn(f"{problem.where}: {problem.message} ({problem.code})")
    if found.problem_count > len(found.problems):
        warn(f"… and {found.problem_count - len(found.problems)} more")
