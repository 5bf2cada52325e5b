# SPDX-License-Identifier: Apache-2.0
"""Rewrite an export with an explicit class table, on this side, so that any server's export can take any values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from intarsia.core.ontology import Ontology
from intarsia.formats.base import Format, LabelledImage, LossReport, Progress, ReadOptions, WriteOptions
from intarsia.formats.class_table import ClassTable
from intarsia.formats.sinks import ZipSink
from intarsia.formats.sources import ZipSource


@dataclass(slots=True)
class _ArchiveView:
    """An archive as a dataset: each pass reads it anew."""

    format: Format
    source: ZipSource

    @property
    def ontology(self) -> Ontology:
        return self.format.read(self.source, ReadOptions()).ontology

    @property
    def count(self) -> int:
        return self.format.read(self.source, ReadOptions()).count

    def images(self) -> Iterator[LabelledImage]:
        return self.format.read(self.source, ReadOptions()).images


def rewritten(archive: Path, target: Path, *, format: Format, table: ClassTable, progress: Progress) -> LossReport:
    """Write ``archive`` to ``target`` with the values of ``table``. Raises FormatError when the table does not fit."""
    draft = target.with_name(target.name + ".part")
    try:
        with archive.open("rb") as file, ZipSource(file) as source, draft.open("w+b") as out, ZipSink(out) as sink:
            report = format.write(_ArchiveView(format, source), sink, progress, WriteOptions(class_table=table))
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return report
