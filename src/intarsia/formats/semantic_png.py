# SPDX-License-Identifier: Apache-2.0
"""``semantic-png``: one grey PNG per image whose values are classes, with the class list that says which."""

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
from intarsia.formats.item_losses import ITEMS_DECLARED
from intarsia.formats.semantic_layout import TABLE_NAMES, is_mask
from intarsia.formats.semantic_read import read_semantic
from intarsia.formats.semantic_write import write_semantic

INFO = FormatInfo(
    slug="semantic-png",
    title="Semantic index PNG",
    description=(
        "labels/NAME.png in 8- or 16-bit grey, where each value is a class of classes.json. Written: value = class"
        " number, 0 = unlabelled, ignore classes keep a value of their own. Read: classes.json or classes.csv"
        " (index,name,kind,colour) beside images/ and labels/."
    ),
    extensions=(".zip",),
    can_import=True,
    can_export=True,
    losses=(
        ITEMS_DECLARED,
        "Things of one class become one value; read back they are one segment that says its instances are unknown.",
        "Crowd flags and answers are not written.",
    ),
)


@dataclass(frozen=True, slots=True)
class SemanticPng:
    info: FormatInfo = INFO

    def detect(self, source: Source) -> bool:
        names = source.names()
        has_table = any(name.rsplit("/", 1)[-1].lower() in TABLE_NAMES for name in names)
        return has_table and any(is_mask(name) for name in names)

    def read(self, source: Source, options: ReadOptions) -> ReadResult:
        return read_semantic(source, options)

    def write(self, view: DatasetView, sink: Sink, progress: Progress, options: WriteOptions) -> LossReport:
        return write_semantic(view, sink, progress, options)
