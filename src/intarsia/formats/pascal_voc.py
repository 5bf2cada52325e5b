# SPDX-License-Identifier: Apache-2.0
"""``pascal-voc``: class and object masks in the VOC palette with lists and boxes, both ways."""

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
from intarsia.formats.item_losses import ITEMS_DECLARED
from intarsia.formats.voc_layout import voc_roots
from intarsia.formats.voc_read import read_voc
from intarsia.formats.voc_write import SLUG, write_voc

INFO = FormatInfo(
    slug=SLUG,
    title="Pascal VOC segmentation",
    description=(
        "SegmentationClass and SegmentationObject as palette PNGs (0 = background, 255 = void), ImageSets/Segmentation,"
        " Annotations with boxes of the things (VOC counts from 1, both ends included), JPEGImages, labelmap.txt."
        " Read: palette indices, or colours of RGB masks; background is unlabelled unless a class table makes it a"
        " class, void is ignored; without labelmap.txt or class_names.txt the 20 classes of VOC."
    ),
    extensions=(".zip",),
    can_import=True,
    can_export=True,
    losses=(
        ITEMS_DECLARED,
        "Unlabelled is background to VOC readers, and every ignore class is the one void (255).",
        "Stuff stands in the class masks alone; objects beyond the 254 of an image have 16-bit masks beside.",
        "Segment numbers, crowds, uncounted instances and answers stand in intarsia.json, unknown to other readers.",
        "At most 254 classes. Boxes, parts and actions of Annotations are not read.",
    ),
)


@dataclass(frozen=True, slots=True)
class PascalVoc:
    info: FormatInfo = INFO

    def detect(self, source: Source) -> bool:
        return states_format(source, SLUG) or bool(voc_roots(source))

    def read(self, source: Source, options: ReadOptions) -> ReadResult:
        return read_voc(source, options)

    def write(self, view: DatasetView, sink: Sink, progress: Progress, options: WriteOptions) -> LossReport:
        return write_voc(view, sink, progress, options)
