# SPDX-License-Identifier: Apache-2.0
"""``instance-png``: one 16-bit PNG of segment numbers per image, and a table that says what each number is."""

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
from intarsia.formats.instance_png_read import instance_table_name, read_instance_png
from intarsia.formats.instance_png_write import SLUG, write_instance_png
from intarsia.formats.item_losses import ITEMS_DECLARED

INFO = FormatInfo(
    slug=SLUG,
    title="Instance index PNG",
    description=(
        "instances/NAME.png in 16-bit grey, where each value is a segment's number and 0 is unlabelled; instances.json"
        " says for each image which number is of which class, and its crowd flag, uncounted instances and answers."
        " Nothing is merged: ignored pixels are segments of their ignore class."
    ),
    extensions=(".zip",),
    can_import=True,
    can_export=True,
    losses=("Numbers above 65,535 are renumbered from 1; the table then gives both.", ITEMS_DECLARED),
)


@dataclass(frozen=True, slots=True)
class InstancePng:
    info: FormatInfo = INFO

    def detect(self, source: Source) -> bool:
        return instance_table_name(source) is not None

    def read(self, source: Source, options: ReadOptions) -> ReadResult:
        return read_instance_png(source, options)

    def write(self, view: DatasetView, sink: Sink, progress: Progress, options: WriteOptions) -> LossReport:
        return write_instance_png(view, sink, progress, options)
