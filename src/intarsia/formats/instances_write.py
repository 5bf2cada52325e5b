# SPDX-License-Identifier: Apache-2.0
"""COCO instances out: one annotation per segment, all run lengths of an image in one pass."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field

import numpy as np

from intarsia.core.coco_rle import encode_all
from intarsia.core.ontology import ClassDef, Ontology
from intarsia.core.segment import Segment
from intarsia.formats.base import DatasetView, FormatError, LabelledImage, LossReport, Progress, Sink, WriteOptions
from intarsia.formats.coco_ontology import attributes_of, category_of
from intarsia.formats.extension import EXTENSION_NAME, extension_fields, segment_flags
from intarsia.formats.instances_index import ANNOTATIONS_NAME, NUMBER_MAX, SLUG, annotation_id
from intarsia.formats.instances_objects import OBJECT_LOSSES, object_annotations
from intarsia.formats.instances_polygons import polygons_of
from intarsia.formats.item_losses import count_items_left_out
from intarsia.formats.numbering import NumberTable, segment_ids
from intarsia.formats.runs import ValueExtent, extents, row_runs
from intarsia.formats.writers import (
    ImagePlaces,
    LossCounts,
    Placed,
    SpooledRecords,
    layer_grid,
    owner_of,
    write_object,
)

LOSSES = {
    "unlabelled_is_absent": "{count} unlabelled px belong to no annotation.",
    "ignore_in_extension": "{count} ignored px belong to no annotation; intarsia.json keeps them.",
    "stuff_dropped": "{count} stuff segments are left out, as asked.",
    "holes_as_rle": "{count} segments have holes, which COCO polygons cannot say; they are written as run lengths.",
    "crowd_as_rle": "{count} crowd segments are written as run lengths, as COCO has it.",
    "polygons_by_centres": (
        "{count} segments are written as polygons: exact where pixels are filled by their centres, while other"
        " rasterisers (pycocotools among them) take some pixels along outlines differently."
    ),
    "renumbered": "{count} images have numbers of 2^20 and above or none, and were renumbered; numbers.csv lists both.",
    "instances_unknown_in_extension": "{count} segments of uncounted things are marked as such in intarsia.json alone.",
    "answers_in_extension": "{count} segments have answers; attributes hold the open ones, intarsia.json holds all.",
    **OBJECT_LOSSES,
    "empty_segments": "{count} segments own no pixel and are not written.",
    "renamed": "{count} files have another name than their image; intarsia.json lists both.",
    "no_photograph": "{count} images are written without their photograph.",
}


@dataclass(slots=True)
class _ImageRecord:
    """What ``intarsia.json`` will say of one image."""

    flags: dict[str, object] = field(default_factory=dict)
    ignored: list[dict[str, object]] = field(default_factory=list)
    objects: dict[str, object] = field(default_factory=dict)

    def fields(self, image: LabelledImage, placed: Placed) -> dict[str, object] | None:
        record: dict[str, object] = {"file_name": placed.file_name}
        if placed.file_name != image.name:
            record["name"] = image.name
        if self.flags:
            record["segments"] = self.flags
        if self.ignored:
            record["ignored"] = self.ignored
        if self.objects:
            record["objects"] = self.objects
        return record if len(record) > 1 else None


@dataclass(frozen=True, slots=True)
class _Writer:
    ontology: Ontology
    classes: Mapping[int, ClassDef]
    annotations: SpooledRecords
    losses: LossCounts
    polygons: bool
    things_only: bool


def write_instances(
    view: DatasetView, sink: Sink, progress: Progress, options: WriteOptions, *, chosen: Mapping[str, str]
) -> LossReport:
    """Raises FormatError ``not_supported`` for a class table: category ids are the class numbers."""
    if options.class_table is not None:
        raise FormatError("not_supported", "COCO instances takes no class table; category ids are class numbers")
    ontology = view.ontology
    losses = LossCounts(LOSSES)
    places = ImagePlaces(sink)
    void = frozenset(entry.number for entry in ontology.classes if entry.kind == "ignore")
    with ExitStack() as stack:
        images, records, rows, annotations = (stack.enter_context(SpooledRecords()) for _ in range(4))
        classes = {entry.number: entry for entry in ontology.classes}
        things_only = chosen["classes"] == "things"
        polygons = chosen["segmentation"] == "polygons"
        writer = _Writer(ontology, classes, annotations, losses, polygons, things_only)
        numbers = NumberTable(rows, id_column="number_in_file")
        for image in view.images():
            placed = places.place(image, losses)
            height, width = image.size_hw
            images.add({"id": image.export_no, "width": width, "height": height, "file_name": placed.file_name})
            ids = segment_ids(image, highest=NUMBER_MAX, void_classes=void)
            if ids.renumbered:
                losses.add("renumbered")
                numbers.add(image, placed.file_name, ids)
            more = _ImageRecord()
            drawn: set[int] = set()
            for layer in ontology.layers:
                drawn |= _write_layer(writer, image, layer.name, ids.ids, more)
            _write_objects(writer, image, ids.ids, more)
            live = {segment.id for segment in image.segments.values() if segment.state == "live"}
            losses.add("empty_segments", len(live - drawn))
            record = more.fields(image, placed)
            if record is not None:
                records.add(record)
            losses.images += 1
            progress(losses.images, view.count)
        kept = [e for e in ontology.classes if e.kind == "thing" or (e.kind == "stuff" and not things_only)]
        fields = {
            "images": images,
            "annotations": annotations,
            "categories": [category_of(entry, classes) for entry in kept],
        }
        write_object(sink, ANNOTATIONS_NAME, fields)
        numbers.write(sink)
        extension = {**extension_fields(SLUG, ontology), "annotations": ANNOTATIONS_NAME, "images": records}
        write_object(sink, EXTENSION_NAME, extension)
    return losses.report()


def _write_layer(
    writer: _Writer, image: LabelledImage, layer: str, ids: Mapping[int, int], more: _ImageRecord
) -> set[int]:
    """Annotations of one layer; returns the segments that own pixels in it."""
    grid = layer_grid(image, layer)
    found = extents(row_runs(grid))
    segments = {extent.value: owner_of(image, extent.value) for extent in found if extent.value != 0}
    strings = encode_all(grid).strings()
    written: list[tuple[Segment, ValueExtent]] = []
    for extent in found:
        segment = segments.get(extent.value)
        if segment is None:
            writer.losses.add("unlabelled_is_absent", extent.area_px)
            continue
        entry = writer.classes.get(segment.class_number)
        if entry is None or entry.layer != layer:
            message = f"segment {segment.id} has class {segment.class_number}, which is not in this layer"
            raise FormatError("unknown_class", message, where=image.name)
        if entry.kind == "ignore":
            writer.losses.add("ignore_in_extension", extent.area_px)
            number = image.numbers.get(segment.id)
            more.ignored.append({"class": entry.number, "number": number, "counts": strings[segment.id]})
        elif entry.kind == "stuff" and writer.things_only:
            writer.losses.add("stuff_dropped")
        else:
            written.append((segment, extent))
    polygons = _polygons(writer, grid, [segment for segment, _ in written])
    height, width = image.size_hw
    for segment, extent in sorted(written, key=lambda pair: ids[pair[0].id]):
        outline: object = polygons.get(segment.id) or {"size": [height, width], "counts": strings[segment.id]}
        written_id = annotation_id(image.export_no, ids[segment.id])
        attributes = attributes_of(writer.classes.get(segment.class_number), segment.answers)
        writer.annotations.add({**_annotation(written_id, image.export_no, segment, extent, outline), **attributes})
        writer.losses.segments += 1
        flags = segment_flags(segment)
        writer.losses.add("instances_unknown_in_extension", int(segment.instances_unknown))
        writer.losses.add("answers_in_extension", int(bool(segment.answers)))
        if flags:
            more.flags[str(written_id)] = flags
    return set(segments)


def _write_objects(writer: _Writer, image: LabelledImage, ids: Mapping[int, int], more: _ImageRecord) -> None:
    count_items_left_out(image, writer.losses, objects=False)
    for number, item, fields, told in object_annotations(image, taken=ids.values(), losses=writer.losses):
        if item.class_number not in writer.classes:
            message = f"object {item.id} has class {item.class_number}, which is not in the ontology"
            raise FormatError("unknown_class", message, where=image.name)
        written_id = annotation_id(image.export_no, number)
        writer.annotations.add({"id": written_id, "image_id": image.export_no, **fields})
        more.objects[str(written_id)] = told


def _polygons(
    writer: _Writer, grid: np.ndarray[tuple[int, ...], np.dtype[np.uint32]], written: list[Segment]
) -> Mapping[int, list[list[float]]]:
    if not writer.polygons or not written:
        return {}
    single = [segment.id for segment in written if not segment.crowd]
    polygons = polygons_of(grid, wanted=single)
    writer.losses.add("crowd_as_rle", len(written) - len(single))
    writer.losses.add("holes_as_rle", len(single) - len(polygons))
    writer.losses.add("polygons_by_centres", len(polygons))
    return polygons


def _annotation(
    written_id: int, image_id: int, segment: Segment, extent: ValueExtent, outline: object
) -> dict[str, object]:
    x0, y0, x1, y1 = extent.box_xyxy
    return {
        "id": written_id,
        "image_id": image_id,
        "category_id": segment.class_number,
        "iscrowd": int(segment.crowd),
        "area": extent.area_px,
        "bbox": [x0, y0, x1 - x0, y1 - y0],
        "segmentation": outline,
    }
