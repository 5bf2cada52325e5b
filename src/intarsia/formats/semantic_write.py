# SPDX-License-Identifier: Apache-2.0
"""Index images out: one value per class, the table beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from intarsia.core.limits import THING_ID_MIN
from intarsia.core.ontology import ClassDef, Ontology
from intarsia.formats.base import (
    DatasetView,
    FormatError,
    LabelledImage,
    LossReport,
    Progress,
    Sink,
    WriteOptions,
)
from intarsia.formats.class_table import ClassTable
from intarsia.formats.item_losses import ITEM_LOSSES, count_items_left_out
from intarsia.formats.json_files import dump_json
from intarsia.formats.png import encode_index_png
from intarsia.formats.runs import extents, relabel
from intarsia.formats.semantic_layout import LIST_NAME
from intarsia.formats.writers import (
    ImagePlaces,
    LossCounts,
    OrderedWrites,
    SpooledRecords,
    layer_runs,
    owner_of,
    write_object,
)

LOSSES = {
    **ITEM_LOSSES,
    "instances_merged": "{count} things share a value with others of their class; the mask does not tell them apart.",
    "crowd_dropped": "{count} crowd segments are written as their class; the mask has no crowd flag.",
    "answers_dropped": "{count} segments have answers, which an index image cannot hold.",
    "empty_segments": "{count} segments own no pixel and are not written.",
    "renamed": "{count} files have another name than their image; images.json lists both.",
    "no_photograph": "{count} images are written without their photograph.",
}


@dataclass(frozen=True, slots=True)
class _Values:
    """Index value by class number, and of unlabelled pixels (None: the table has none)."""

    of_class: Mapping[int, int]
    unlabelled: int | None
    bits: int


def write_semantic(view: DatasetView, sink: Sink, progress: Progress, options: WriteOptions) -> LossReport:
    """Raises FormatError ``not_in_class_table`` or ``no_value_for_unlabelled`` when an explicit table does not fit."""
    ontology = view.ontology
    values = _values(ontology, options.class_table)
    losses = LossCounts(LOSSES)
    places = ImagePlaces(sink)
    folders = {layer.name: "labels" if i == 0 else f"labels_{layer.name}" for i, layer in enumerate(ontology.layers)}
    with SpooledRecords() as listed:
        with OrderedWrites(sink) as masks:
            for image in view.images():
                placed = places.place(image, losses)
                count_items_left_out(image, losses)
                labels, drawn = {}, 0
                for layer, folder in folders.items():
                    labels[layer] = f"{folder}/{placed.stem}.png"
                    make_mask, segments = _mask(image, layer, values, losses)
                    masks.write(labels[layer], make_mask)
                    drawn += segments
                losses.segments += drawn
                losses.add("empty_segments", sum(s.state == "live" for s in image.segments.values()) - drawn)
                record: dict[str, object] = {"name": image.name, "width": image.size_hw[1], "height": image.size_hw[0]}
                if image.open_image is not None:
                    record["file"] = f"images/{placed.file_name}"
                listed.add({**record, "labels": labels})
                losses.images += 1
                progress(losses.images, view.count)
        sink.write("classes.json", dump_json(_table_json(ontology, values)))
        write_object(sink, LIST_NAME, {"images": listed})
    return losses.report()


def _values(ontology: Ontology, table: ClassTable | None) -> _Values:
    if table is None:
        of_class = {entry.number: entry.number for entry in ontology.classes}
        unlabelled: int | None = 0
    else:
        of_class, unlabelled = {}, table.unlabelled
        for layer in ontology.layers:
            by_name = {entry.name: entry.index for entry in table.for_layer(layer.name)}
            for entry in ontology.classes:
                if entry.layer == layer.name and entry.name in by_name:
                    of_class[entry.number] = by_name[entry.name]
    highest = max([*of_class.values(), unlabelled or 0], default=0)
    return _Values(of_class, unlabelled, 8 if highest <= 255 else 16)


def _mask(image: LabelledImage, layer: str, values: _Values, losses: LossCounts) -> tuple[Callable[[], bytes], int]:
    """How to make the PNG of one layer, and how many segments own pixels in it."""
    runs = layer_runs(image, layer)
    table: dict[int, int] = {}
    things: dict[int, int] = {}
    drawn = 0
    for extent in extents(runs):
        if extent.value == 0:
            if values.unlabelled is None:
                message = (
                    f"{extent.area_px} px are unlabelled, but the class table has no value for unlabelled"
                    " · add one, or finish the image"
                )
                raise FormatError("no_value_for_unlabelled", message, where=image.name)
            table[0] = values.unlabelled
            continue
        segment = owner_of(image, extent.value)
        if segment.class_number not in values.of_class:
            message = f"class {segment.class_number} is used here but is not in the class table"
            raise FormatError("not_in_class_table", message, where=image.name)
        table[extent.value] = values.of_class[segment.class_number]
        drawn += 1
        if segment.id >= THING_ID_MIN:
            things[segment.class_number] = things.get(segment.class_number, 0) + 1
        losses.add("crowd_dropped", int(segment.crowd))
        losses.add("answers_dropped", int(bool(segment.answers)))
    losses.add("instances_merged", sum(count for count in things.values() if count > 1))
    return lambda: encode_index_png(relabel(runs, table), bits=values.bits), drawn


def _table_json(ontology: Ontology, values: _Values) -> dict[str, object]:
    return {
        "format": "intarsia-semantic-png",
        "version": 1,
        "bits": values.bits,
        "unlabelled": values.unlabelled,
        "layers": [{"name": layer.name, "title": layer.title} for layer in ontology.layers],
        "classes": [
            _class_json(entry, values.of_class[entry.number])
            for entry in ontology.classes
            if entry.number in values.of_class
        ],
    }


def _class_json(entry: ClassDef, index: int) -> dict[str, object]:
    record: dict[str, object] = {
        "index": index,
        "name": entry.name,
        "kind": entry.kind,
        "colour": entry.colour,
        "layer": entry.layer,
    }
    if entry.key:
        record["key"] = entry.key
    if entry.retired:
        record["retired"] = True
    return record
