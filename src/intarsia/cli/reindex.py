# SPDX-License-Identifier: Apache-2.0
"""Rewrite an export with other options or a class table, on this side, so that any server's export can take them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from intarsia.core.ontology import Ontology
from intarsia.formats.base import Format, LabelledImage, LossReport, Progress, ReadOptions, WriteOptions
from intarsia.formats.exporting import write_dataset
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


def rewritten(archive: Path, target: Path, *, format: Format, options: WriteOptions, progress: Progress) -> LossReport:
    """Write ``archive`` to ``target`` as ``options`` say. Raises FormatError when a class table does not fit."""
    draft = target.with_name(target.name + ".part")
    try:
        with archive.open("rb") as file, ZipSource(file) as source, draft.open("w+b") as out, ZipSink(out) as sink:
            report = write_dataset(format, _ArchiveView(format, source), sink, progress, options)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return report
