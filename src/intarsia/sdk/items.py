# SPDX-License-Identifier: Apache-2.0
"""Objects, relations and answers of the image for scripts: made here, written by ``client.annotations.write_items``."""

from __future__ import annotations

import math
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from intarsia.core.item import (
    IMAGE_ID,
    End,
    ImageItem,
    Item,
    ItemChange,
    ObjectItem,
    RelationItem,
    item_of,
    with_item_state,
)
from intarsia.core.item_geometry import Box, Geometry, Point, Polygon, Polyline, RotatedBox
from intarsia.core.item_json import item_from_json

__all__ = [
    "Box", "Geometry", "ImageItem", "Item", "ObjectItem", "Point", "Polygon", "Polyline", "RelationItem", "RotatedBox",
    "image_answers", "new_object", "new_relation", "on_grid",
]  # fmt: skip

ITEMS_PER_EDIT = 1_000


def new_object(class_number: int, geometry: Geometry, *, answers: Mapping[str, Any] | None = None) -> ObjectItem:
    """An object under a new id. Coordinates are multiples of 1/256 px: ``on_grid`` makes them so."""
    return ObjectItem(f"obj_{uuid.uuid4()}", class_number, geometry, dict(answers or {}))


def new_relation(relation: str, from_end: End, to_end: End) -> RelationItem:
    """A relation of the ontology between two ends: ids of segments (int) or of objects (str)."""
    return RelationItem(f"rel_{uuid.uuid4()}", relation, from_end, to_end)


def image_answers(answers: Mapping[str, Any]) -> ImageItem:
    """Answers to the questions on the image; they take the place of all that are there."""
    return ImageItem(dict(answers))


def on_grid(value_px: float) -> float:
    """The nearest multiple of 1/256."""
    return math.floor(value_px * 256 + 0.5) / 256


def items_from_answer(listed: Iterable[Mapping[str, Any]]) -> dict[str, Item]:
    """Items by id of what the server answers."""
    items: dict[str, Item] = {}
    for entry in listed:
        state = {key: value for key, value in entry.items() if key != "id"}
        items[entry["id"]] = item_from_json(state, item_id=entry["id"], where="items")
    return items


def changes_towards(
    head: Mapping[str, Item], wanted: Iterable[Item], deleted: Iterable[str]
) -> Iterator[tuple[ItemChange, ...]]:
    """Changes of a head, each tuple for one edit: relations last, since they lead to objects.

    Raises KeyError for an id to delete that the head does not have.
    """
    after: dict[str, Item] = {item.id: item for item in wanted}
    for item_id in deleted:
        after[item_id] = ImageItem() if item_id == IMAGE_ID else with_item_state(head[item_id], "deleted")
    changes = [ItemChange(key, before=item_of(head, key), after=after[key]) for key in after]
    changes = [change for change in changes if change.before != change.after]
    changes.sort(key=lambda change: (isinstance(change.after, RelationItem), change.id))
    for start in range(0, len(changes), ITEMS_PER_EDIT):
        yield tuple(sorted(changes[start : start + ITEMS_PER_EDIT], key=lambda change: change.id))
