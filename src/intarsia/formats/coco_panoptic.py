# SPDX-License-Identifier: Apache-2.0
"""``coco-panoptic``: COCO's panoptic JSON and id PNGs, both ways."""

from __future__ import annotations

from dataclasses import dataclass

from intarsia.formats.base import (
    DatasetView,
    FormatInfo,
    LossReport,
    ProblemLog,
    Progress,
    ReadOptions,
    ReadResult,
    Sink,
    Source,
    WriteOptions,
)
from intarsia.formats.item_losses import ITEMS_DECLARED
from intarsia.formats.panoptic_extension import read_extension
from intarsia.formats.panoptic_index import panoptic_json_names
from intarsia.formats.panoptic_read import read_panoptic
from intarsia.formats.panoptic_write import write_panoptic

INFO = FormatInfo(
    slug="coco-panoptic",
    title="COCO panoptic",
    description=(
        "panoptic.json and panoptic/NAME.png, where R + 256·G + 65536·B is the segment's id and 0 is void. Things,"
        " stuff and crowd are kept; category ids are class numbers."
    ),
    extensions=(".zip", ".json"),
    can_import=True,
    can_export=True,
    losses=(
        ITEMS_DECLARED,
        "Unlabelled and ignored pixels are both void to COCO readers; panoptic_ignored/ keeps them apart for Intarsia.",
        "Answers and uncounted instances stand in intarsia.json, which other readers do not use.",
        "Segment numbers above 2^24-1 are renumbered, with a table beside them.",
    ),
)


@dataclass(frozen=True, slots=True)
class CocoPanoptic:
    info: FormatInfo = INFO

    def detect(self, source: Source) -> bool:
        return bool(panoptic_json_names(source)) or read_extension(source, ProblemLog()) is not None

    def read(self, source: Source, options: ReadOptions) -> ReadResult:
        return read_panoptic(source, options)

    def write(self, view: DatasetView, sink: Sink, progress: Progress, options: WriteOptions) -> LossReport:
        return write_panoptic(view, sink, progress, options)
