# SPDX-License-Identifier: Apache-2.0
"""Items between the core and their rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from intarsia.core.annotation import Annotation
from intarsia.core.item import EMPTY_IMAGE, IMAGE_ID, Item, ObjectItem, RelationItem, item_of, with_item_state
from intarsia.core.item_json import item_from_json, item_to_json
from intarsia.server.records import ItemKind, ItemRow


def item_row(item: Item) -> ItemRow:
    kind: ItemKind = "image"
    if isinstance(item, ObjectItem):
        kind = "object"
    elif isinstance(item, RelationItem):
        kind = "relation"
    body: dict[str, Any] = item_to_json(item)
    return ItemRow(item.id, kind, body.pop("state", "live"), body)


def state_json(row: ItemRow) -> dict[str, Any]:
    """State of contract/items.md."""
    return dict(row.body) if row.kind == "image" else {**row.body, "state": row.state}


def items_of(rows: Mapping[str, ItemRow]) -> dict[str, Item]:
    """Items by id; the image's is left out while it has no answers."""
    found = {key: item_from_json(state_json(row), item_id=key, where="items") for key, row in rows.items()}
    if found.get(IMAGE_ID) == EMPTY_IMAGE:
        del found[IMAGE_ID]
    return found


def told(rows: Mapping[str, ItemRow]) -> dict[str, ItemRow]:
    """Rows that are answered, by id: without the image's while it has no answers."""
    return {key: rows[key] for key in sorted(rows) if rows[key].kind != "image" or rows[key].body["answers"]}


def changed_rows(before: Annotation, after: Annotation) -> list[ItemRow]:
    """Rows of the items that differ, by id."""
    if before.items is after.items:
        return []
    changed = []
    for key in sorted(before.items.keys() | after.items.keys()):
        old, new = item_of(before.items, key), item_of(after.items, key)
        if new is None:
            assert old is not None
            new = with_item_state(old, "deleted")
        if old != new:
            changed.append(item_row(new))
    return changed
