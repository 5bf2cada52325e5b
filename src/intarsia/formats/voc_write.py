# SPDX-License-Identifier: Apache-2.0
"""Pascal VOC out: class and object masks in the VOC palette, boxes, lists; beside them what VOC cannot say."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from intarsia.core.ontology import ClassDef, Ontology
from intarsia.core.segment import Segment
from intarsia.formats.base import DatasetView, FormatError, LabelledImage, LossReport, Progress, Sink, WriteOptions
from intarsia.formats.extension import EXTENSION_NAME, extension_fields, segment_flags
from intarsia.formats.item_losses import ITEM_LOSSES, count_items_left_out
from intarsia.formats.numbering import segment_ids
from intarsia.formats.png import encode_index_png, encode_png
from intarsia.formats.runs import RowRuns, extents, relabel
from intarsia.formats.voc_labels import CLASSES_MAX, LABEL_MAP_NAME, VOID, label_map_text, voc_palette
from intarsia.formats.voc_xml import VocObject, annotation_xml
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

SLUG = "pascal-voc"
OBJECTS_MAX = 254
PHOTOS = "JPEGImages"
LIST_FOLDER = "ImageSets/Segmentation"
_ANY_NUMBER = 2**63
LOSSES = {
    **ITEM_LOSSES,
    "unlabelled_is_background": "{count} unlabelled px are background (0), which VOC readers take for a class.",
    "ignore_is_void": "{count} ignored px are void (255).",
    "stuff_has_no_object": "{count} stuff segments are in the class masks alone, with object 0.",
    "objects_beyond_254": "{count} objects are beyond the 254 of an image; 16-bit masks beside hold all of them.",
    "flags_are_difficult": "{count} crowds and uncounted instances are difficult objects; intarsia.json says which.",
    "answers_in_extension": "{count} segments have answers, which stand in intarsia.json alone.",
    "empty_segments": "{count} segments own no pixel and are not written.",
    "renamed": "{count} files have another name than their image; intarsia.json lists both.",
    "no_photograph": "{count} images are written without their photograph.",
}


@dataclass(frozen=True, slots=True)
class LayerFolders:
    """Folders of one layer; those of the first have the standard's names."""

    layer: str
    classes: str
    objects: str
    objects16: str
    void: str

    @staticmethod
    def of(layer: str, *, first: bool) -> LayerFolders:
        end = "" if first else f"_{layer}"
        names = ("SegmentationClass", "SegmentationObject", "SegmentationObject16", "SegmentationVoid")
        return LayerFolders(layer, *(name + end for name in names))


@dataclass(frozen=True, slots=True)
class _Classes:
    by_number: Mapping[int, ClassDef]
    index: Mapping[int, int]
    several_void: frozenset[str]


@dataclass(slots=True)
class _ImageParts:
    """What the masks of one image are made from, and what is said of it elsewhere."""

    objects: Mapping[int, int]
    boxes: dict[int, VocObject] = field(default_factory=dict)
    rows: list[dict[str, object]] = field(default_factory=list)
    drawn: set[int] = field(default_factory=set)


def write_voc(view: DatasetView, sink: Sink, progress: Progress, options: WriteOptions) -> LossReport:
    """Raises FormatError ``cannot_write`` for more than 254 classes, ``not_supported`` for a class table."""
    if options.class_table is not None:
        raise FormatError("not_supported", "Pascal VOC takes no class table; indices follow the classes' numbers")
    ontology = view.ontology
    classes = _indexed(ontology)
    folders = [LayerFolders.of(layer.name, first=i == 0) for i, layer in enumerate(ontology.layers)]
    losses = LossCounts(LOSSES)
    places = ImagePlaces(sink, folder=PHOTOS)
    with ExitStack() as stack:
        records, stems = (stack.enter_context(SpooledRecords()) for _ in range(2))
        with OrderedWrites(sink) as masks:
            for image in view.images():
                placed = places.place(image, losses)
                count_items_left_out(image, losses)
                stems.add(placed.stem)
                parts = _ImageParts(_object_numbers(image, classes))
                for entry in folders:
                    _write_layer(masks, image, placed, entry, classes, parts, losses)
                boxes = [parts.boxes[number] for number in sorted(parts.boxes)]
                document = annotation_xml(placed.file_name, image.size_hw, boxes)
                masks.write(f"Annotations/{placed.stem}.xml", partial(bytes, document))
                live = {segment.id for segment in image.segments.values() if segment.state == "live"}
                losses.add("empty_segments", len(live - parts.drawn))
                losses.segments += len(parts.drawn)
                record: dict[str, object] = {"file_name": placed.file_name, "stem": placed.stem}
                if placed.file_name != image.name:
                    record["name"] = image.name
                records.add({**record, "segments": parts.rows})
                losses.images += 1
                progress(losses.images, view.count)
        names = [classes.by_number[number].name for number in classes.index]
        sink.write(LABEL_MAP_NAME, label_map_text(names).encode("utf-8"))
        listed = "".join(f"{stem}\n" for stem in stems.records())
        sink.write(f"{LIST_FOLDER}/trainval.txt", listed.encode("utf-8"))
        extension = extension_fields(SLUG, ontology)
        extension["indices"] = [{"index": index, "class": number} for number, index in classes.index.items()]
        extension["layers"] = [_folders_json(entry) for entry in folders]
        write_object(sink, EXTENSION_NAME, {**extension, "images": records})
    return losses.report()


def _indexed(ontology: Ontology) -> _Classes:
    """Index 1, 2, … of every class that is not ignored, in the order of their numbers."""
    kept = sorted(entry.number for entry in ontology.classes if entry.kind != "ignore")
    if len(kept) > CLASSES_MAX:
        raise FormatError("cannot_write", f"{len(kept)} classes; Pascal VOC has room for {CLASSES_MAX}")
    ignored = [entry.layer for entry in ontology.classes if entry.kind == "ignore"]
    several = frozenset(layer for layer in ignored if ignored.count(layer) > 1)
    index = {number: place for place, number in enumerate(kept, start=1)}
    return _Classes({entry.number: entry for entry in ontology.classes}, index, several)


def _object_numbers(image: LabelledImage, classes: _Classes) -> Mapping[int, int]:
    """1, 2, … for each thing of the image, in the order of the segments' numbers."""
    not_things = {number for number, entry in classes.by_number.items() if entry.kind != "thing"}
    ids = segment_ids(image, highest=_ANY_NUMBER, void_classes=not_things).ids
    return {segment_id: place for place, segment_id in enumerate(sorted(ids, key=lambda key: ids[key]), start=1)}


def _write_layer(
    masks: OrderedWrites,
    image: LabelledImage,
    placed: Placed,
    folders: LayerFolders,
    classes: _Classes,
    parts: _ImageParts,
    losses: LossCounts,
) -> None:
    runs = layer_runs(image, folders.layer)
    of_class: dict[int, int] = {}
    of_object: dict[int, int] = {}
    ignored: dict[int, int] = {}
    for extent in extents(runs):
        if extent.value == 0:
            losses.add("unlabelled_is_background", extent.area_px)
            continue
        segment = owner_of(image, extent.value)
        entry = classes.by_number.get(segment.class_number)
        if entry is None or entry.layer != folders.layer:
            message = f"segment {segment.id} has class {segment.class_number}, which is not in this layer"
            raise FormatError("unknown_class", message, where=image.name)
        parts.drawn.add(segment.id)
        row: dict[str, object] = {"class": entry.number, "number": image.numbers.get(segment.id)}
        if entry.kind == "ignore":
            of_class[segment.id] = of_object[segment.id] = VOID
            ignored[segment.id] = entry.number
            losses.add("ignore_is_void", extent.area_px)
        else:
            of_class[segment.id] = classes.index[entry.number]
        if entry.kind == "thing":
            number = row["object"] = of_object[segment.id] = parts.objects[segment.id]
            difficult = segment.crowd or segment.instances_unknown
            parts.boxes[number] = VocObject(entry.name, extent.box_xyxy, difficult)
        parts.rows.append({**row, **_flags(segment)})
        _count(segment, entry, losses)
    stem = f"{placed.stem}.png"
    masks.write(f"{folders.classes}/{stem}", lambda: _palette_png(runs, of_class))
    small = {key: number for key, number in of_object.items() if number <= OBJECTS_MAX or key in ignored}
    masks.write(f"{folders.objects}/{stem}", lambda: _palette_png(runs, small))
    if len(small) < len(of_object):
        losses.add("objects_beyond_254", len(of_object) - len(small))
        things = {key: number for key, number in of_object.items() if key not in ignored}
        masks.write(f"{folders.objects16}/{stem}", lambda: encode_index_png(relabel(runs, things), bits=16))
    if ignored and folders.layer in classes.several_void:
        masks.write(f"{folders.void}/{stem}", lambda: encode_index_png(relabel(runs, ignored), bits=16))


def _count(segment: Segment, entry: ClassDef, losses: LossCounts) -> None:
    losses.add("stuff_has_no_object", int(entry.kind == "stuff"))
    losses.add("flags_are_difficult", int(entry.kind == "thing" and (segment.crowd or segment.instances_unknown)))
    losses.add("answers_in_extension", int(bool(segment.answers)))


def _flags(segment: Segment) -> dict[str, object]:
    return {**({"crowd": True} if segment.crowd else {}), **segment_flags(segment)}


def _palette_png(runs: RowRuns, values: Mapping[int, int]) -> bytes:
    return encode_png(relabel(runs, values).astype(np.uint8), palette=voc_palette())


def _folders_json(folders: LayerFolders) -> dict[str, str]:
    return {
        "layer": folders.layer,
        "classes": folders.classes,
        "objects": folders.objects,
        "objects16": folders.objects16,
        "void": folders.void,
    }
