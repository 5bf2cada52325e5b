# SPDX-License-Identifier: Apache-2.0
"""``intarsia formats``: the ways in and out, from their descriptors."""

from __future__ import annotations

from dataclasses import asdict

from rich.table import Table

from intarsia.cli.console import clean_errors, result_json, stdout
from intarsia.cli.options import JsonOption
from intarsia.formats.registry import all_formats


@clean_errors
def formats(as_json: JsonOption = False) -> None:
    """List the formats, what each can do and what it cannot say."""
    infos = [entry.info for entry in all_formats()]
    if as_json:
        result_json([asdict(info) for info in infos])
        return
    table = Table(box=None, pad_edge=False)
    for title in ("Format", "In", "Out", "What it is"):
        table.add_column(title)
    for info in infos:
        losses = "".join(f"\n· {loss}" for loss in info.losses)
        losses += "".join(f"\n--option {o.name}={'|'.join(o.values)}: {o.description}" for o in info.options)
        ways = ["yes" if way else "no" for way in (info.can_import, info.can_export)]
        table.add_row(info.slug, *ways, info.description + losses)
    stdout().print(table)
