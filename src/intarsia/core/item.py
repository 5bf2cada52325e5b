# SPDX-License-Identifier: Apache-2.0
"""Items: what an annotation holds beside its label maps (contract/items.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from intarsia.core.item_geometry import Geometry
from intarsia.core.segment import JsonValue, json_equal

ItemState = Literal["live", "deleted"]
ITEM_STATES: tuple[ItemState, ...] = ("live", "deleted")
IMAGE_ID: Final = "image"
OBJECT_PREFIX: Final = "obj_"
RELATION_PREFIX: Final = "rel_"

End = int | str
"""What a relation leads from or to: the id of a segment (int) or of an object (str)."""


@dataclass(frozen=True, slots=True, eq=False)
class ObjectItem:
    """A vector annotation of a class; `id` is `obj_` and a UUID."""

    id: str
    class_number: int
    geometry: Geometry
    answers: Mapping[str, JsonValue] = field(default_factory=dict)
    state: ItemState = "live"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ObjectItem):
            return NotImplemented
        mine = (self.id, self.class_number, self.geometry, self.state)
        theirs = (other.id, other.class_number, other.geometry, other.state)
        return mine == theirs and json_equal(dict(self.answers), dict(other.answers))

    def __hash__(self) -> int:
        return hash((self.id, self.class_number, self.geometry, self.state))


@dataclass(frozen=True, slots=True)
class RelationItem:
    """A named link between two ends; `id` is `rel_` and a UUID, `relation` the id of a relation of the ontology."""

    id: str
    relation: str
    from_end: End
    to_end: End
    state: ItemState = "live"


@dataclass(frozen=True, slots=True, eq=False)
class ImageItem:
    """The answers to the questions on the image. It exists from the start, without answers."""

    answers: Mapping[str, JsonValue] = field(default_factory=dict)
    id: str = IMAGE_ID

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ImageItem):
            return NotImplemented
        return json_equal(dict(self.answers), dict(other.answers))

    def __hash__(self) -> int:
        return hash(self.id)


Item = ObjectItem | RelationItem | ImageItem
EMPTY_IMAGE: Final = ImageItem()


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An item before and after an edit; `before` is None for a new one, `after` when a creation is undone."""

    id: str
    before: Item | None
    after: Item | None

    def inverted(self) -> ItemChange:
        return ItemChange(self.id, before=self.after, after=self.before)


def is_live(item: Item) -> bool:
    return isinstance(item, ImageItem) or item.state == "live"


def with_item_state(item: Item, state: ItemState) -> Item:
    """The item in another state; the image's has none and stays."""
    return item if isinstance(item, ImageItem) else replace(item, state=state)


def item_of(items: Mapping[str, Item], item_id: str) -> Item | None:
    """The item of that id; the image's is there even when nothing was answered."""
    return items.get(item_id, EMPTY_IMAGE if item_id == IMAGE_ID else None)


def with_item_changes(items: Mapping[str, Item], changes: tuple[ItemChange, ...]) -> Mapping[str, Item]:
    """Items after the changes, whose `before` is not looked at. An image without answers takes no place."""
    if not changes:
        return items
    after = dict(items)
    for change in changes:
        if change.after is None or (isinstance(change.after, ImageItem) and not change.after.answers):
            after.pop(change.id, None)
        else:
            after[change.id] = change.after
    return after
