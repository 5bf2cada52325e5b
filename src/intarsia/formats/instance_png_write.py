# SPDX-License-Identifier: Apache-2.0
"""Numbers of segments out as 16-bit PNGs, the table beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from intarsia.core.ontology_json import ontology_to_json
from intarsia.formats.base import DatasetView, FormatError, LabelledImage, LossReport, Progress, Sink, WriteOptions
from intarsia.formats.extension import segment_flags
from intarsia.formats.item_losses import ITEM_LOSSES, count_items_left_out
from intarsia.formats.numbering import segment_ids
from intarsia.formats.png import encode_index_png
from intarsia.formats.runs import extents, relabel
from intarsia.formats.writers import (
    ImagePlaces,
    LossCounts,
    OrderedWrites,
    SpooledRecords,
    layer_runs,
    owner_of,
    write_object,
)

SLUG = "instance-png"
TABLE_NAME = "instances.json"
VALUE_MAX = 65_535
LOSSES = {
    **ITEM_LOSSES,
    "renumbered": "{count} images have numbers above 65,535 or none, and were renumbered; instances.json gives both.",
    "empty_segments": "{count} segments own no pixel and are not written.",
    "renamed": "{count} files have another name than their image; instances.json lists both.",
    "no_photograph": "{count} images are written without their photograph.",
}


def write_instance_png(view: DatasetView, sink: Sink, progress: Progress, options: WriteOptions) -> LossReport:
    """Raises FormatError ``not_supported`` for a class table: values are segments, not classes."""
    if options.class_table is not None:
        raise FormatError("not_supported", "values are numbers of segments; there is no class table to choose")
    ontology = view.ontology
    losses = LossCounts(LOSSES)
    places = ImagePlaces(sink)
    folders = {
        layer.name: "instances" if i == 0 else f"instances_{layer.name}" for i, layer in enumerate(ontology.layers)
    }
    with SpooledRecords() as listed:
        with OrderedWrites(sink) as masks:
            for image in view.images():
                placed = places.place(image, losses)
                count_items_left_out(image, losses)
                ids = segment_ids(image, highest=VALUE_MAX)
                losses.add("renumbered", int(ids.renumbered))
                labels: dict[str, str] = {}
                drawn: set[int] = set()
                for layer, folder in folders.items():
                    labels[layer] = f"{folder}/{placed.stem}.png"
                    make_mask, segments = _mask(image, layer, ids.ids)
                    masks.write(labels[layer], make_mask)
                    drawn |= segments
                live = {segment.id for segment in image.segments.values() if segment.state == "live"}
                losses.add("empty_segments", len(live - drawn))
                losses.segments += len(drawn)
                record: dict[str, object] = {"name": image.name, "width": image.size_hw[1], "height": image.size_hw[0]}
                if image.open_image is not None:
                    record["file"] = f"images/{placed.file_name}"
                rows = _rows(image, drawn, ids.ids, renumbered=ids.renumbered)
                listed.add({**record, "labels": labels, "segments": rows})
                losses.images += 1
                progress(losses.images, view.count)
        head = {"format": f"intarsia-{SLUG}", "version": 1, "unlabelled": 0, "ontology": ontology_to_json(ontology)}
        write_object(sink, TABLE_NAME, {**head, "images": listed})
    return losses.report()


def _mask(image: LabelledImage, layer: str, ids: Mapping[int, int]) -> tuple[Callable[[], bytes], set[int]]:
    """How to make the PNG of one layer, and which segments own pixels in it."""
    runs = layer_runs(image, layer)
    drawn = [owner_of(image, extent.value).id for extent in extents(runs) if extent.value != 0]
    table = {segment_id: ids[segment_id] for segment_id in drawn}
    return lambda: encode_index_png(relabel(runs, table), bits=16), set(drawn)


def _rows(
    image: LabelledImage, drawn: set[int], ids: Mapping[int, int], *, renumbered: bool
) -> list[dict[str, object]]:
    rows = []
    for segment_id in sorted(drawn, key=lambda key: ids[key]):
        segment = image.segments[segment_id]
        row: dict[str, object] = {"id": ids[segment_id], "class": segment.class_number}
        if segment.crowd:
            row["crowd"] = True
        row.update(segment_flags(segment))
        if renumbered:
            row["number"] = image.numbers.get(segment_id)
        rows.append(row)
    return rows
