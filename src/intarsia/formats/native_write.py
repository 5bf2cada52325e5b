# SPDX-License-Identifier: Apache-2.0
"""A dataset out, whole: tiles as they are stored, and a JSON document per image."""

from __future__ import annotations

from functools import partial

from intarsia.core.item_json import item_to_json
from intarsia.core.ontology_json import ontology_to_json
from intarsia.core.segment import Segment
from intarsia.formats.base import DatasetView, FormatError, LabelledImage, LossReport, Progress, Sink, WriteOptions
from intarsia.formats.extension import EXTENSION_NAME
from intarsia.formats.json_files import dump_json
from intarsia.formats.writers import (
    ImagePlaces,
    LossCounts,
    OrderedWrites,
    Placed,
    SpooledRecords,
    owner_of,
    write_object,
)

SLUG = "native"
VERSION = 1
LOSSES = {
    "renamed": "{count} files have another name than their image; the documents give both.",
    "no_photograph": "{count} images are written without their photograph.",
}


def write_native(view: DatasetView, sink: Sink, progress: Progress, options: WriteOptions) -> LossReport:
    """Raises FormatError ``not_supported`` for a class table: classes keep their numbers."""
    if options.class_table is not None:
        raise FormatError("not_supported", "the native format takes no class table; classes keep their numbers")
    ontology = view.ontology
    layers = {layer.name for layer in ontology.layers}
    losses = LossCounts(LOSSES)
    places = ImagePlaces(sink)
    with SpooledRecords() as listed:
        with OrderedWrites(sink) as members:
            for image in view.images():
                placed = places.place(image, losses)
                for layer in image.layers:
                    if layer not in layers:
                        message = f"there is no layer {layer!r} in the ontology"
                        raise FormatError("unknown_layer", message, where=image.name)
                    _write_layer(members, image, placed, layer)
                name = f"annotations/{placed.stem}.json"
                members.write(name, partial(dump_json, _document(image, placed)))
                listed.add({"name": image.name, "annotation": name})
                losses.images += 1
                losses.segments += sum(segment.state == "live" for segment in image.segments.values())
                progress(losses.images, view.count)
        head = {"format": f"intarsia-{SLUG}", "version": VERSION, "ontology": ontology_to_json(ontology)}
        write_object(sink, EXTENSION_NAME, {**head, "images": listed})
    return losses.report()


def _write_layer(members: OrderedWrites, image: LabelledImage, placed: Placed, layer: str) -> None:
    label_map = image.layers[layer]
    if label_map.size_hw != tuple(image.size_hw):
        message = f"layer {layer!r} is {label_map.size_hw} px in an image of {image.size_hw}"
        raise FormatError("bad_map", message, where=image.name)
    for segment_id in label_map.areas():
        if segment_id:
            owner_of(image, segment_id)
    members.write(_pack_name(placed, layer), label_map.to_pack)


def _pack_name(placed: Placed, layer: str) -> str:
    return f"labels/{placed.stem}/{layer}.pack"


def _document(image: LabelledImage, placed: Placed) -> dict[str, object]:
    document: dict[str, object] = {
        "name": image.name,
        "width": image.size_hw[1],
        "height": image.size_hw[0],
        "export_no": image.export_no,
        "task_state": image.task_state,
    }
    if image.open_image is not None:
        document["file"] = f"images/{placed.file_name}"
        document["media_type"] = image.media_type
    document["layers"] = [
        {"layer": layer, "pack": _pack_name(placed, layer), "checksum": label_map.checksum(layer)}
        for layer, label_map in sorted(image.layers.items())
    ]
    document["segments"] = [_segment(image.segments[key], image.numbers.get(key)) for key in sorted(image.segments)]
    if image.items:
        document["items"] = [{"id": key, **item_to_json(image.items[key])} for key in sorted(image.items)]
    return document


def _segment(segment: Segment, number: int | None) -> dict[str, object]:
    row: dict[str, object] = {
        "id": segment.id,
        "class": segment.class_number,
        "number": number,
        "crowd": segment.crowd,
        "instances_unknown": segment.instances_unknown,
        "answers": dict(segment.answers),
        "state": segment.state,
    }
    if segment.merged_into is not None:
        row["merged_into"] = segment.merged_into
    return row
