# SPDX-License-Identifier: Apache-2.0
"""Choose a side of a conflict: keep what the head has, or write what was wanted."""

from __future__ import annotations

import uuid
from typing import Any, Literal

from intarsia.core.edit import Edit
from intarsia.core.edit_json import fields_from_json, fields_to_json
from intarsia.core.errors import ConflictError
from intarsia.core.item import Item, ItemChange, item_of
from intarsia.core.item_merge import with_field
from intarsia.core.permissions import Action, Actor
from intarsia.core.pixel_runs import PixelRuns
from intarsia.core.segment import Segment, SegmentChange
from intarsia.server.ports import Ports, UnitOfWork
from intarsia.server.records import AnnotationRow, ConflictRow
from intarsia.server.use_cases.head import segment_of
from intarsia.server.use_cases.item_rows import items_of
from intarsia.server.use_cases.loading import load_annotation, load_conflict
from intarsia.server.use_cases.replace_annotation import SERVER_CLIENT
from intarsia.server.use_cases.revision_state import annotation_view, ontology_of
from intarsia.server.use_cases.save_edits import ParsedEdit, take_edits
from intarsia.server.use_cases.views import AnnotationView

Choice = Literal["head", "wanted"]
_ANSWER = "answers."


def resolve_conflict(
    ports: Ports, actor: Actor, annotation_id: str, conflict_id: str, *, choice: Choice
) -> AnnotationView:
    """Close a conflict; one that is closed stays so. Either choice is an edit of its own, so history tells who chose.

    `wanted` writes what was wanted, and may conflict afresh; `head` changes nothing.
    Raises ConflictError with the code of what refuses that edit now.
    """
    with ports.database.write() as unit:
        row = load_annotation(unit, actor, Action.CONFLICT_RESOLVE, annotation_id)
        conflict = load_conflict(unit, actor, Action.CONFLICT_RESOLVE, row, conflict_id)
        if conflict.state == "open":
            edit = _edit_of(ports, unit, row, conflict) if choice == "wanted" else _keep_head(ports, conflict)
            parsed = ParsedEdit(edit.id, conflict.id.encode(), edit, None)
            progress, _ = take_edits(ports, unit, actor, row, [parsed], kind="save", client=SERVER_CLIENT)
            result = progress.results[0]
            if result.status == "rejected":
                raise ConflictError(result.code or "rejected", result.message or "This cannot be written any more.")
            unit.conflicts.resolve(conflict.id)
        changed = unit.annotations.get(annotation_id)
        assert changed is not None
        return annotation_view(unit, changed, ontology_of(unit, changed))


def _keep_head(ports: Ports, conflict: ConflictRow) -> Edit:
    return Edit(id=_edit_id(ports), seq=1, layer=conflict.layer, tool="resolve: keep head", pixels=PixelRuns.empty())


def _edit_of(ports: Ports, unit: UnitOfWork, row: AnnotationRow, conflict: ConflictRow) -> Edit:
    fields: dict[int, list[dict[str, Any]]] = {}
    for entry in conflict.fields:
        if "segment_id" in entry:
            fields.setdefault(entry["segment_id"], []).append(entry)
    known = unit.segments.head(row.id, fields) if fields else {}
    changes = []
    for key in sorted(known):
        before = segment_of(known[key])
        after = _with_fields(before, fields[key])
        if after != before:
            changes.append(SegmentChange(key, before=before, after=after))
    return Edit(
        id=_edit_id(ports),
        seq=1,
        layer=conflict.layer,
        tool="resolve",
        pixels=PixelRuns.decode(conflict.pixels, row.size_hw),
        segments=tuple(changes),
        items=_item_changes(unit, row, conflict),
    )


def _item_changes(unit: UnitOfWork, row: AnnotationRow, conflict: ConflictRow) -> tuple[ItemChange, ...]:
    entries = [entry for entry in conflict.fields if "item_id" in entry]
    head = items_of(unit.items.head(row.id, {entry["item_id"] for entry in entries})) if entries else {}
    wanted: dict[str, Item] = {}
    for entry in entries:
        item_id = entry["item_id"]
        item = wanted.get(item_id) or item_of(head, item_id)
        assert item is not None, "items are never forgotten"
        wanted[item_id] = with_field(item, entry["field"], entry["wanted"])
    changes = (ItemChange(key, before=item_of(head, key), after=wanted[key]) for key in sorted(wanted))
    return tuple(change for change in changes if change.before != change.after)


def _edit_id(ports: Ports) -> str:
    return str(uuid.UUID(hex=ports.ids.new("edt").partition("_")[2]))


def _with_fields(segment: Segment, entries: list[dict[str, Any]]) -> Segment:
    body: Any = fields_to_json(segment)
    for entry in entries:
        name, wanted = entry["field"], entry["wanted"]
        if name == "state":
            body.update(wanted)
        elif not name.startswith(_ANSWER):
            body[name] = wanted
        elif wanted is None:
            body["answers"].pop(name[len(_ANSWER) :], None)
        else:
            body["answers"][name[len(_ANSWER) :]] = wanted
    return fields_from_json(body, segment_id=segment.id, where="conflict")
