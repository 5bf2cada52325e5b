# SPDX-License-Identifier: Apache-2.0
"""Replay of item changes against a head that moved: field by field, as with segments (contract/items.md, replay)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from intarsia.core.errors import EditError
from intarsia.core.item import ImageItem, Item, ItemChange, ObjectItem, RelationItem, item_of, with_item_state
from intarsia.core.item_json import (
    end_from_json,
    end_to_json,
    geometry_from_json,
    geometry_to_json,
)
from intarsia.core.segment import JsonValue, json_equal

_ANSWER = "answers."


@dataclass(frozen=True, slots=True)
class ItemConflict:
    """A field that head and edit changed to different values, as JSON values; the head keeps its own.

    `field` is "class", "geometry", "relation", "from", "to", "state" or "answers.<question>" (None: no answer).
    """

    item_id: str
    field: str
    head: JsonValue
    wanted: JsonValue


def replay_items(
    head: Mapping[str, Item], changes: tuple[ItemChange, ...]
) -> tuple[tuple[ItemChange, ...], tuple[ItemConflict, ...]]:
    """(changes as they really happen, exact against the head; conflicts). Raises `unknown_item`."""
    applied: list[ItemChange] = []
    conflicts: list[ItemConflict] = []
    for change in changes:
        mine = item_of(head, change.id)
        if mine is None and change.before is not None:
            raise EditError("unknown_item", f"Item {change.id} is not known here. Reload the image.", item=change.id)
        after = _merged(mine, change, conflicts)
        if after != mine:
            applied.append(ItemChange(change.id, before=mine, after=after))
    return tuple(applied), tuple(conflicts)


def _merged(head: Item | None, change: ItemChange, conflicts: list[ItemConflict]) -> Item:
    before, after = change.before, change.after
    if after is None:
        # A creation taken back: ids are never forgotten, so the item becomes a deleted stone.
        assert before is not None
        after = with_item_state(before, "deleted")
    if head is None:
        return after
    merged = head
    was, now, mine = (_fields(entry) if entry is not None else None for entry in (before, after, head))
    assert now is not None and mine is not None
    for name in _names(was or mine, now):
        wanted, held = now.get(name), mine.get(name)
        if (was is not None and json_equal(was.get(name), wanted)) or json_equal(held, wanted):
            continue
        # Redoing a creation finds its deleted stone, which nobody else can have wanted so.
        reborn = was is None and name == "state" and held == "deleted"
        if reborn or (was is not None and json_equal(held, was.get(name))):
            merged = with_field(merged, name, wanted)
        else:
            conflicts.append(ItemConflict(change.id, name, held, wanted))
    return merged


def _names(was: Mapping[str, JsonValue], now: Mapping[str, JsonValue]) -> list[str]:
    """Fields in the order of the page, the answers by question."""
    answers = sorted(name for name in {*was, *now} if name.startswith(_ANSWER))
    order = ("class", "geometry", "relation", "from", "to")
    return [*(name for name in order if name in now), *answers, *(["state"] if "state" in now else [])]


def _fields(item: Item) -> dict[str, JsonValue]:
    if isinstance(item, RelationItem):
        return {
            "relation": item.relation,
            "from": end_to_json(item.from_end),
            "to": end_to_json(item.to_end),
            "state": item.state,
        }
    fields: dict[str, JsonValue] = {_ANSWER + question: answer for question, answer in item.answers.items()}
    if isinstance(item, ObjectItem):
        fields |= {"class": item.class_number, "geometry": geometry_to_json(item.geometry), "state": item.state}
    return fields


def with_field(item: Item, name: str, value: JsonValue) -> Item:
    """The item with one field of a conflict or change set. Raises `bad_json` for a value that cannot be there."""
    if name.startswith(_ANSWER) and not isinstance(item, RelationItem):
        answers = {**item.answers, name[len(_ANSWER) :]: value}
        if value is None:
            del answers[name[len(_ANSWER) :]]
        return replace(item, answers=answers)
    if isinstance(item, ImageItem):
        raise EditError("bad_json", f"The image has no field {name!r}.", field=name)
    if name == "state":
        return with_item_state(item, "deleted" if value == "deleted" else "live")
    if isinstance(item, RelationItem):
        if name == "relation":
            return replace(item, relation=str(value))
        return replace(item, **{f"{name}_end": end_from_json(value, where=name)})  # type: ignore[arg-type]
    if name == "geometry":
        return replace(item, geometry=geometry_from_json(value, where=name))
    return replace(item, class_number=value)  # type: ignore[arg-type]
