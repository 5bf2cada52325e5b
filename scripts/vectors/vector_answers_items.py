# SPDX-License-Identifier: Apache-2.0
"""What the Python core answers to golden vectors of items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vector_shapes import Answer, Json

from intarsia.core.annotation import Annotation, apply_exactly
from intarsia.core.edit import compose, invert
from intarsia.core.edit_json import edit_from_json, edit_to_json
from intarsia.core.item import Item
from intarsia.core.item_json import item_changes_to_json, item_from_json, item_to_json
from intarsia.core.merge import replay

Input = dict[str, Any]


def _edit(given: Input, key: str = "edit") -> Any:
    height, width = given["size_hw"]
    return edit_from_json(given[key], size_hw=(height, width))


def _head(given: Input) -> Annotation:
    height, width = given["size_hw"]
    items = {key: item_from_json(state, item_id=key, where="items") for key, state in given["items"].items()}
    empty = Annotation.empty((height, width), ["main"])
    return Annotation(empty.layers, {}, items)


def _items(items: Mapping[str, Item]) -> Json:
    return {key: item_to_json(items[key]) for key in sorted(items)}


def _read_edit(given: Input) -> Json:
    return {"edit": edit_to_json(_edit(given))}


def _invert(given: Input) -> Json:
    return {"edit": edit_to_json(invert(_edit(given)))}


def _compose(given: Input) -> Json:
    return {"items": item_changes_to_json(compose(_edit(given, "first"), _edit(given, "second")).items)}


def _apply_exactly(given: Input) -> Json:
    return {"items": _items(apply_exactly(_head(given), _edit(given)).items)}


def _replay(given: Input) -> Json:
    result = replay(_head(given), _edit(given))
    return {
        "applied": item_changes_to_json(result.applied.items),
        "conflicts": [
            {"item": entry.item_id, "field": entry.field, "head": entry.head, "wanted": entry.wanted}
            for entry in result.item_conflicts
        ],
        "items": _items(result.annotation.items),
    }


ITEM_ANSWERS: dict[str, Answer] = {
    "read_edit": _read_edit,
    "invert": _invert,
    "compose": _compose,
    "apply_exactly": _apply_exactly,
    "replay": _replay,
}
