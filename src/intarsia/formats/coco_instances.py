# SPDX-License-Identifier: Apache-2.0
"""``coco-instances``: COCO's instances JSON with exact run lengths, or with polygons from shared borders, both ways."""

from __future__ import annotations

from dataclasses import dataclass

from intarsia.formats.base import (
    DatasetView,
    FormatInfo,
    FormatOption,
    LossReport,
    Progress,
    ReadOptions,
    ReadResult,
    Sink,
    Source,
    WriteOptions,
)
from intarsia.formats.extension import states_format
from intarsia.formats.instances_index import SLUG, instances_json_names
from intarsia.formats.instances_read import read_instances
from intarsia.formats.instances_write import write_instances

INFO = FormatInfo(
    slug=SLUG,
    title="COCO instances",
    description=(
        "annotations/instances.json with one annotation per segment: exact run lengths, area in pixels, bbox, crowd."
        " Ids are export_no·2^20 + number. Things and stuff are both written; isthing of the category tells them apart."
        " Read: run lengths (compressed or not) and polygons; where annotations overlap, crowds lie below, else the"
        " later one owns the pixel, and the overlap is reported. Annotations with a bbox alone are box objects, both"
        " ways; polygon objects are polygons that intarsia.json tells apart from segments."
    ),
    extensions=(".zip",),
    can_import=True,
    can_export=True,
    losses=(
        "Ignored pixels have no annotation; intarsia.json keeps them apart from unlabelled ones.",
        "Answers and uncounted instances stand in intarsia.json, which other readers do not use.",
        "COCO polygons cannot have holes: with segmentation=polygons, segments with holes and crowds stay run lengths.",
        "Numbers of 2^20 and above are renumbered, with a table beside them.",
        "Rotated boxes become polygons, and polygon objects with holes run lengths; intarsia.json keeps them whole.",
        "Polylines, points, relations and answers of the image are left out.",
        "Supercategories and keypoints are not read, nor boxes of stuff.",
    ),
    options=(
        FormatOption("segmentation", ("rle", "polygons"), "How outlines are written; run lengths are always exact."),
        FormatOption("classes", ("all", "things"), "Whether stuff is written too."),
    ),
)


@dataclass(frozen=True, slots=True)
class CocoInstances:
    info: FormatInfo = INFO

    def detect(self, source: Source) -> bool:
        return states_format(source, SLUG) or bool(instances_json_names(source))

    def read(self, source: Source, options: ReadOptions) -> ReadResult:
        return read_instances(source, options)

    def write(self, view: DatasetView, sink: Sink, progress: Progress, options: WriteOptions) -> LossReport:
        return write_instances(view, sink, progress, options, chosen=INFO.chosen(options))
