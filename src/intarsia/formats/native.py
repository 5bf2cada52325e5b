# SPDX-License-Identifier: Apache-2.0
"""``native``: everything that a dataset holds, to the bit, both ways."""

from __future__ import annotations

from dataclasses import dataclass

from intarsia.formats.base import (
    DatasetView,
    FormatInfo,
    LossReport,
    Progress,
    ReadOptions,
    ReadResult,
    Sink,
    Source,
    WriteOptions,
)
from intarsia.formats.extension import states_format
from intarsia.formats.native_read import read_native
from intarsia.formats.native_write import SLUG, write_native

INFO = FormatInfo(
    slug=SLUG,
    title="Intarsia native",
    description=(
        "intarsia.json with the ontology, annotations/NAME.json with each image's segments (ids, numbers, flags,"
        " answers, states), its objects, relations and answers, and task state, labels/NAME/LAYER.pack with the label"
        " map as the tiles that the checksum names, and the photographs. Read back, every checksum is the same."
    ),
    extensions=(".zip",),
    can_import=True,
    can_export=True,
    losses=(),
)


@dataclass(frozen=True, slots=True)
class Native:
    info: FormatInfo = INFO

    def detect(self, source: Source) -> bool:
        return states_format(source, SLUG)

    def read(self, source: Source, options: ReadOptions) -> ReadResult:
        return read_native(source, options)

    def write(self, view: DatasetView, sink: Sink, progress: Progress, options: WriteOptions) -> LossReport:
        return write_native(view, sink, progress, options)
