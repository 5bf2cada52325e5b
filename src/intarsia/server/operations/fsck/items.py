# SPDX-License-Identifier: Apache-2.0
"""Items of an annotation: the head is the newest revision, each can be read, each leads to what is there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from intarsia.core.errors import IntarsiaError
from intarsia.core.item import Item, ObjectItem, RelationItem
from intarsia.core.item_json import item_changes_from_json, item_from_json
from intarsia.core.ontology import Ontology
from intarsia.server.operations.data_dir import Snapshot
from intarsia.server.operations.fsck.finding import Finding
from intarsia.server.records import ItemRow
from intarsia.server.use_cases.item_rows import item_row, state_json

_ITEM = "id, kind, state, body, workspace_id"


def check_items(state: Snapshot, annotation_id: str, workspace_id: str, ontology: Ontology) -> Iterator[Finding]:
    def finding(code: str, what: str, message: str) -> Finding:
        return Finding(code, f"annotation {annotation_id} {what}", message)

    head = {row[0]: row for row in state.rows(f"SELECT {_ITEM} FROM items WHERE annotation_id = ?", annotation_id)}
    newest = {
        row[0]: row[: len(row) - 1]
        for row in state.rows(
            f"SELECT {_ITEM}, max(revision) FROM revision_items WHERE annotation_id = ? GROUP BY id", annotation_id
        )
    }
    for key in sorted(head.keys() | newest.keys(), key=str):
        if head.get(key) != newest.get(key):
            yield finding("head_differs", f"item {key}", "differs from the newest revision of it")
    items: list[Item] = []
    for key, row in head.items():
        if row[4] != workspace_id:
            yield finding("wrong_workspace", f"item {key}", f"lies in {row[4]}")
        try:
            items.append(_item(row))
        except (IntarsiaError, ValueError, KeyError, TypeError) as error:
            yield finding("item_damaged", f"item {key}", str(error))
    segments = {key for (key,) in state.rows("SELECT id FROM segments WHERE annotation_id = ?", annotation_id)}
    for item in items:
        if isinstance(item, ObjectItem) and ontology.by_number(item.class_number) is None:
            message = f"has class {item.class_number}, which is not there"
            yield finding("unknown_class", f"item {item.id}", message)
        if isinstance(item, RelationItem):
            for end in (item.from_end, item.to_end):
                if end not in segments and end not in head:
                    yield finding("dangling_reference", f"item {item.id}", f"leads to {end}, unknown here")
    query = "SELECT edit_id, items FROM edits WHERE annotation_id = ? AND items != '[]'"
    for edit_id, body in state.rows(query, annotation_id):
        try:
            item_changes_from_json(json.loads(body), where="items")
        except (IntarsiaError, ValueError, TypeError) as error:
            yield finding("edit_damaged", f"edit {edit_id}", str(error))


def _item(row: tuple[Any, ...]) -> Item:
    """Raises when it cannot be read, or when its kind is not what its id says."""
    stored = ItemRow(row[0], row[1], row[2], json.loads(row[3]))
    item = item_from_json(state_json(stored), item_id=stored.id, where="items")
    if item_row(item) != stored:
        raise ValueError("is not written as this version writes it")
    return item
