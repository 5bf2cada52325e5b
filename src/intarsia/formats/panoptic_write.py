# SPDX-License-Identifier: Apache-2.0
"""COCO panoptic out: id PNGs, the JSON, and beside them what COCO has no field for."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field

from intarsia.core.ontology import ClassDef, Layer, Ontology
from intarsia.core.ontology_json import ontology_to_json
from intarsia.formats.base import DatasetView, FormatError, LabelledImage, LossReport, Progress, Sink, WriteOptions
from intarsia.formats.coco_ontology import attributes_of, category_of
from intarsia.formats.item_losses import ITEM_LOSSES, count_items_left_out
from intarsia.formats.numbering import NumberTable, segment_ids
from intarsia.formats.panoptic_extension import EXTENSION_FORMAT, EXTENSION_NAME
from intarsia.formats.panoptic_index import PANOPTIC_ID_MAX
from intarsia.formats.png import encode_index_png, encode_png, rgb_of_runs
from intarsia.formats.runs import RowRuns, ValueExtent, extents, looked_up, relabel
from intarsia.formats.writers import (
    ImagePlaces,
    LossCounts,
    OrderedWrites,
    Placed,
    SpooledRecords,
    layer_runs,
    owner_of,
    write_object,
)

LOSSES = {
    **ITEM_LOSSES,
    "unlabelled_is_void": "{count} unlabelled px are void (0), which evaluators leave out.",
    "ignore_is_void": "{count} ignored px are void (0) in the PNG; the folder of ignored pixels keeps them apart.",
    "renumbered": "{count} images have ids above 2^24-1 or none, and were renumbered; numbers.csv lists both.",
    "instances_unknown_in_extension": "{count} segments of uncounted things are marked as such in intarsia.json alone.",
    "answers_in_extension": "{count} segments have answers; attributes hold the open ones, intarsia.json holds all.",
    "empty_segments": "{count} segments own no pixel and are not written.",
    "renamed": "{count} files have another name than their image; intarsia.json lists both.",
    "no_photograph": "{count} images are written without their photograph.",
}


@dataclass(frozen=True, slots=True)
class _LayerTarget:
    """Names of one layer's files, its classes, and its annotations so far."""

    layer: Layer
    stem: str
    classes: Mapping[int, ClassDef]
    annotations: SpooledRecords

    @property
    def ignored_folder(self) -> str:
        return f"{self.stem}_ignored"


@dataclass(slots=True)
class _Extras:
    """What ``intarsia.json`` will say of one image."""

    instances_unknown: list[int] = field(default_factory=list)
    answers: dict[str, object] = field(default_factory=dict)

    def record(self, image: LabelledImage, placed: Placed) -> dict[str, object] | None:
        record: dict[str, object] = {"file_name": placed.file_name}
        if placed.file_name != image.name:
            record["name"] = image.name
        if self.instances_unknown:
            record["instances_unknown"] = sorted(self.instances_unknown)
        if self.answers:
            record["answers"] = self.answers
        return record if len(record) > 1 else None


def write_panoptic(view: DatasetView, sink: Sink, progress: Progress, options: WriteOptions) -> LossReport:
    """Raises FormatError ``not_supported`` for a class table: category ids are the class numbers."""
    if options.class_table is not None:
        raise FormatError("not_supported", "COCO panoptic takes no class table; category ids are class numbers")
    ontology = view.ontology
    losses = LossCounts(LOSSES)
    places = ImagePlaces(sink)
    with ExitStack() as stack:
        images, extras, renumbered = (stack.enter_context(SpooledRecords()) for _ in range(3))
        targets = [_target(layer, i, ontology, stack) for i, layer in enumerate(ontology.layers)]
        numbers = NumberTable(renumbered, id_column="panoptic_id")
        void = frozenset(entry.number for entry in ontology.classes if entry.kind == "ignore")
        with OrderedWrites(sink) as masks:
            for image in view.images():
                placed = places.place(image, losses)
                count_items_left_out(image, losses)
                height, width = image.size_hw
                images.add({"id": image.export_no, "width": width, "height": height, "file_name": placed.file_name})
                given = segment_ids(image, highest=PANOPTIC_ID_MAX, void_classes=void)
                if given.renumbered:
                    losses.add("renumbered")
                    numbers.add(image, placed.file_name, given)
                more = _Extras()
                drawn = {
                    i for target in targets for i in _write_layer(masks, image, placed, target, given.ids, more, losses)
                }
                live = {segment.id for segment in image.segments.values() if segment.state == "live"}
                losses.add("empty_segments", len(live - drawn))
                record = more.record(image, placed)
                if record is not None:
                    extras.add(record)
                losses.images += 1
                progress(losses.images, view.count)
        every = {entry.number: entry for entry in ontology.classes}
        for target in targets:
            categories = [category_of(entry, every) for entry in target.classes.values() if entry.kind != "ignore"]
            fields = {"images": images, "annotations": target.annotations, "categories": categories}
            write_object(sink, f"{target.stem}.json", fields)
        numbers.write(sink)
        write_object(sink, EXTENSION_NAME, _extension_fields(ontology, targets, extras))
    return losses.report()


def _target(layer: Layer, place: int, ontology: Ontology, stack: ExitStack) -> _LayerTarget:
    classes = {entry.number: entry for entry in ontology.classes if entry.layer == layer.name}
    stem = "panoptic" if place == 0 else f"panoptic_{layer.name}"
    return _LayerTarget(layer, stem, classes, stack.enter_context(SpooledRecords()))


def _extension_fields(ontology: Ontology, targets: list[_LayerTarget], extras: SpooledRecords) -> dict[str, object]:
    layers = [
        {
            "layer": target.layer.name,
            "annotations": f"{target.stem}.json",
            "masks": target.stem,
            "ignored": target.ignored_folder,
        }
        for target in targets
    ]
    return {
        "format": EXTENSION_FORMAT,
        "version": 1,
        "void": 0,
        "layers": layers,
        "ontology": ontology_to_json(ontology),
        "images": extras,
    }


def _write_layer(
    masks: OrderedWrites,
    image: LabelledImage,
    placed: Placed,
    target: _LayerTarget,
    ids: Mapping[int, int],
    more: _Extras,
    losses: LossCounts,
) -> set[int]:
    """Write mask, ignored pixels and annotation of one layer; returns the segments that own pixels in it."""
    runs = layer_runs(image, target.layer.name)
    written: dict[int, int] = {}
    ignored: dict[int, int] = {}
    infos: list[tuple[int, dict[str, object]]] = []
    for extent in extents(runs):
        if extent.value == 0:
            losses.add("unlabelled_is_void", extent.area_px)
            continue
        segment = owner_of(image, extent.value)
        entry = target.classes.get(segment.class_number)
        if entry is None:
            message = f"segment {segment.id} has class {segment.class_number}, which is not in this layer"
            raise FormatError("unknown_class", message, where=image.name)
        if entry.kind == "ignore":
            ignored[segment.id] = entry.number
            losses.add("ignore_is_void", extent.area_px)
            continue
        panoptic_id = written[segment.id] = ids[segment.id]
        info = _segment_info(panoptic_id, segment.class_number, segment.crowd, extent)
        infos.append((panoptic_id, {**info, **attributes_of(entry, segment.answers)}))
        losses.segments += 1
        if segment.instances_unknown:
            more.instances_unknown.append(panoptic_id)
            losses.add("instances_unknown_in_extension")
        if segment.answers:
            more.answers[str(panoptic_id)] = dict(segment.answers)
            losses.add("answers_in_extension")
    file_name = f"{placed.stem}.png"
    masks.write(f"{target.stem}/{file_name}", lambda: encode_png(rgb_of_runs(runs, looked_up(runs, written))))
    if ignored:
        masks.write(f"{target.ignored_folder}/{file_name}", lambda: _ignored_png(runs, ignored))
    listed = [info for _, info in sorted(infos, key=lambda pair: pair[0])]
    target.annotations.add({"image_id": image.export_no, "file_name": file_name, "segments_info": listed})
    return written.keys() | ignored.keys()


def _ignored_png(runs: RowRuns, ignored: dict[int, int]) -> bytes:
    return encode_index_png(relabel(runs, ignored), bits=8 if max(ignored.values()) < 256 else 16)


def _segment_info(panoptic_id: int, category_id: int, crowd: bool, extent: ValueExtent) -> dict[str, object]:
    x0, y0, x1, y1 = extent.box_xyxy
    return {
        "id": panoptic_id,
        "category_id": category_id,
        "area": extent.area_px,
        "bbox": [x0, y0, x1 - x0, y1 - y0],
        "iscrowd": int(crowd),
    }
