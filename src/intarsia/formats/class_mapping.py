# SPDX-License-Identifier: Apache-2.0
"""Bring an import's classes into an existing ontology: by name, never by number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from intarsia.core.item import End, Item, ObjectItem, RelationItem
from intarsia.core.label_map import LabelMap
from intarsia.core.limits import STUFF_ID_MAX
from intarsia.core.ontology import ClassDef, Layer, Ontology
from intarsia.core.segment import Segment
from intarsia.formats.base import FormatError, LabelledImage
from intarsia.formats.runs import relabel, row_runs


@dataclass(frozen=True, slots=True)
class ClassMapping:
    """``ontology`` holds the existing classes unchanged and the new ones after them; ``numbers`` maps old to new."""

    ontology: Ontology
    numbers: Mapping[int, int]
    added: tuple[ClassDef, ...]


def map_classes(existing: Ontology, incoming: Ontology) -> ClassMapping:
    """Match by name within a layer. The version is left as it is: publishing is the caller's affair.

    Raises FormatError ``class_kind_differs`` when one name is a thing here and stuff there.
    """
    by_name = {(entry.layer, entry.name): entry for entry in existing.classes if not entry.retired}
    taken = {entry.number for entry in existing.classes}
    keys = {entry.key for entry in existing.classes if not entry.retired}
    numbers: dict[int, int] = {}
    added: list[ClassDef] = []
    for entry in incoming.classes:
        known = by_name.get((entry.layer, entry.name))
        if known is not None and known.kind != entry.kind:
            message = f"it is {known.kind} in this project but {entry.kind} in the import · rename one of them"
            raise FormatError("class_kind_differs", message, where=f"class {entry.name!r}")
        if known is not None:
            numbers[entry.number] = known.number
            continue
        number = entry.number if entry.number not in taken else max(taken) + 1
        if number > STUFF_ID_MAX:
            raise FormatError("too_many_classes", f"class numbers end at {STUFF_ID_MAX}", where=f"class {entry.name!r}")
        taken.add(number)
        key = entry.key if entry.key not in keys else None
        keys.add(key)
        numbers[entry.number] = number
        added.append(replace(entry, number=number, key=key))
    layers = {layer.name for layer in existing.layers}
    new_layers: tuple[Layer, ...] = tuple(layer for layer in incoming.layers if layer.name not in layers)
    if not added and not new_layers:
        return ClassMapping(existing, numbers, ())
    merged = Ontology(existing.version, (*existing.layers, *new_layers), (*existing.classes, *added))
    return ClassMapping(merged, numbers, tuple(added))


def _items_under(image: LabelledImage, numbers: Mapping[int, int]) -> dict[str, Item]:
    """Objects under other class numbers, and relations that still lead to the same stuff."""
    ids = {
        segment.id: numbers[segment.class_number] for segment in image.segments.values() if segment.id <= STUFF_ID_MAX
    }

    def end(old: End) -> End:
        return ids.get(old, old) if isinstance(old, int) else old

    items: dict[str, Item] = {}
    for key, item in image.items.items():
        if isinstance(item, ObjectItem):
            items[key] = replace(item, class_number=numbers[item.class_number])
        elif isinstance(item, RelationItem):
            items[key] = replace(item, from_end=end(item.from_end), to_end=end(item.to_end))
        else:
            items[key] = item
    return items


def with_class_numbers(image: LabelledImage, numbers: Mapping[int, int]) -> LabelledImage:
    """The same annotation under other class numbers: ids of stuff and ignore segments follow their class."""
    image = replace(image, items=_items_under(image, numbers))
    if all(numbers.get(s.class_number) == s.class_number for s in image.segments.values()):
        return image
    segments: dict[int, Segment] = {}
    ids: dict[int, int] = {0: 0}
    for segment in image.segments.values():
        number = numbers[segment.class_number]
        segment_id = number if segment.id <= STUFF_ID_MAX else segment.id
        ids[segment.id] = segment_id
        segments[segment_id] = replace(segment, id=segment_id, class_number=number)
    layers = {name: LabelMap.from_array(relabel(row_runs(m.to_array()), ids)) for name, m in image.layers.items()}
    small = {ids[segment_id]: number for segment_id, number in image.numbers.items() if segment_id in ids}
    return replace(image, layers=layers, segments=segments, numbers=small)
