# SPDX-License-Identifier: Apache-2.0
"""Save: replay edits on the head, in order, each on its own; all that was accepted becomes one revision.

The key of an edit is written in the transaction of its effect, so that a repeated request changes nothing. An edit that
is refused leaves no trace and does not stop those after it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from intarsia.core.annotation import Annotation
from intarsia.core.edit import Edit
from intarsia.core.edit_check import check_edit
from intarsia.core.edit_json import edit_from_json, edit_to_json
from intarsia.core.errors import EditError, IntarsiaError
from intarsia.core.geometry import SizeHW
from intarsia.core.item_merge import ItemConflict
from intarsia.core.limits import (
    EDIT_JSON_MAX_BYTES,
    ITEMS_PER_ANNOTATION_MAX,
    SEGMENTS_PER_ANNOTATION_MAX,
    THING_ID_MIN,
)
from intarsia.core.merge import FieldConflict, ReplayResult, replay
from intarsia.core.ontology import Ontology
from intarsia.core.permissions import Action, Actor
from intarsia.core.pixel_runs import PixelRuns
from intarsia.server.clock import rfc3339
from intarsia.server.ports import Ports, UnitOfWork
from intarsia.server.records import WHOLE_REVISION, AnnotationRow, ConflictRow, EditKeyRow, EditRow, RevisionKind
from intarsia.server.use_cases.head import Head, Written, load_head, write_revision
from intarsia.server.use_cases.loading import load_annotation
from intarsia.server.use_cases.map_checksum import map_checksum
from intarsia.server.use_cases.revision_state import layer_names, ontology_of

SERVER_TOOLS = frozenset({WHOLE_REVISION, "restore", "resolve"})
EditStatus = Literal["applied", "conflict", "rejected", "duplicate"]


@dataclass(frozen=True, slots=True)
class EditResult:
    """What became of one edit. `id` is None when the edit had no readable id."""

    id: str | None
    status: EditStatus
    code: str | None = None
    message: str | None = None
    conflict_pixels: int = 0
    conflict_fields: int = 0


@dataclass(frozen=True, slots=True)
class SaveResult:
    """`checksums` are those of the head, for the layers that the request named."""

    revision: int
    saved_at: str
    results: list[EditResult]
    numbers: dict[int, int]
    checksums: dict[str, str]
    foreign_edits: bool


@dataclass(frozen=True, slots=True)
class ParsedEdit:
    """An edit as it came: `edit` or `error`, never both."""

    id: str | None
    body_hash: bytes
    edit: Edit | None
    error: IntarsiaError | None


@dataclass(slots=True)
class Progress:
    """What a save has done so far in its transaction."""

    after: Annotation
    keys: dict[str, EditKeyRow] = field(default_factory=dict)
    results: list[EditResult] = field(default_factory=list)
    accepted: list[tuple[ParsedEdit, ReplayResult]] = field(default_factory=list)
    created: set[int] = field(default_factory=set)


def save_edits(
    ports: Ports,
    actor: Actor,
    annotation_id: str,
    *,
    client: str,
    bodies: Sequence[Any],
    known_revision: int | None = None,
) -> SaveResult:
    """Replay decoded JSON edits; returns after the commit.

    `known_revision` is the revision that the client started from; it only serves to say whether others have been at it.
    """
    with ports.database.read() as unit:
        size_hw = load_annotation(unit, actor, Action.ANNOTATION_EDIT, annotation_id).size_hw
    parsed = [not_ours(parse_edit(body, size_hw=size_hw, annotation_id=annotation_id)) for body in bodies]
    with ports.database.write() as unit:
        row = load_annotation(unit, actor, Action.ANNOTATION_EDIT, annotation_id)
        foreign = _others_were_here(unit, row, client, known_revision)
        progress, written = take_edits(ports, unit, actor, row, parsed, kind="save", client=client)
        edits = [item.edit for item in parsed if item.edit is not None]
        layers = {edit.layer for edit in edits} & progress.after.layers.keys()
        checksums = {
            layer: map_checksum(layer, row.size_hw, unit.tiles.names(row.id, layer)) for layer in sorted(layers)
        }
        numbers = _numbers(unit, row, edits)
    return SaveResult(written.revision, written.saved_at, progress.results, numbers, checksums, foreign)


def take_edits(
    ports: Ports,
    unit: UnitOfWork,
    actor: Actor,
    row: AnnotationRow,
    parsed: Sequence[ParsedEdit],
    *,
    kind: RevisionKind,
    client: str,
) -> tuple[Progress, Written]:
    """Replay edits in order on the head and store what was accepted; inside a transaction."""
    ontology = ontology_of(unit, row)
    head = load_head(unit, row, layer_names(ontology), [item.edit for item in parsed if item.edit is not None])
    progress = Progress(head.annotation)
    for item in parsed:
        progress.results.append(_take(unit, head, progress, item, ontology))
    now = rfc3339(ports.clock.now_ms())
    return progress, _store_accepted(ports, unit, actor, head, progress, kind=kind, client=client, now=now)


def not_ours(item: ParsedEdit) -> ParsedEdit:
    """The edit, or `reserved_tool`: history, protection and checks trust names that only the server signs with."""
    if item.edit is None or item.edit.tool not in SERVER_TOOLS:
        return item
    message = f"Tool name {item.edit.tool!r} is the server's own. The edit was not applied. Name your tool otherwise."
    return replace(item, edit=None, error=EditError("reserved_tool", message))


def _numbers(unit: UnitOfWork, row: AnnotationRow, edits: Sequence[Edit]) -> dict[int, int]:
    """Numbers of all segments that these edits create; also of those that an earlier, unheard answer gave."""
    created = {change.id for edit in edits for change in edit.segments if change.before is None}
    found = unit.segments.head(row.id, created) if created else {}
    return {key: found[key].number for key in sorted(found)}


def parse_edit(body: Any, *, size_hw: SizeHW, annotation_id: str) -> ParsedEdit:
    """Read one edit; what is wrong with it is kept as its error."""
    given_id = body.get("id") if isinstance(body, dict) else None
    edit_id = given_id if isinstance(given_id, str) and len(given_id) == 36 else None
    text = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
    body_hash = hashlib.sha256(annotation_id.encode() + b"\n" + text).digest()
    if len(text) > EDIT_JSON_MAX_BYTES:
        message = f"The edit is larger than {EDIT_JSON_MAX_BYTES} bytes. It was not applied. Split it."
        return ParsedEdit(edit_id, body_hash, None, EditError("edit_too_large", message))
    try:
        return ParsedEdit(edit_id, body_hash, edit_from_json(body, size_hw=size_hw), None)
    except IntarsiaError as error:
        return ParsedEdit(edit_id, body_hash, None, error)


def _take(unit: UnitOfWork, head: Head, progress: Progress, item: ParsedEdit, ontology: Ontology) -> EditResult:
    """Replay one edit onto what is so far, or say why not."""
    known = None
    if item.id is not None:
        known = progress.keys.get(item.id) or unit.history.key(head.row.workspace_id, item.id)
    if known is not None:
        return _answer_again(known, item)
    try:
        if item.error is not None or item.edit is None:
            raise item.error or EditError("bad_json", "The edit could not be read.")
        _check(unit, head, progress, item.edit, ontology)
        outcome = replay(progress.after, item.edit)
    except IntarsiaError as error:
        return EditResult(item.id, "rejected", error.code, error.message)
    pixels = outcome.conflict_pixels.pixel_count
    fields = len(outcome.field_conflicts) + len(outcome.item_conflicts)
    status: EditStatus = "conflict" if pixels or fields else "applied"
    progress.after = outcome.annotation
    progress.accepted.append((item, outcome))
    progress.created |= outcome.annotation.segments.keys() - head.segments.keys()
    progress.keys[item.edit.id] = EditKeyRow(item.edit.id, item.body_hash, status, pixels, fields)
    return EditResult(item.edit.id, status, None, None, pixels, fields)


def _answer_again(known: EditKeyRow, item: ParsedEdit) -> EditResult:
    if known.body_hash != item.body_hash:
        message = "Another edit was saved under this id. This one was not applied. Send it under a new id."
        return EditResult(item.id, "rejected", "edit_id_reused", message)
    return EditResult(
        item.id, "duplicate", conflict_pixels=known.conflict_pixels, conflict_fields=known.conflict_fields
    )


def _check(unit: UnitOfWork, head: Head, progress: Progress, edit: Edit, ontology: Ontology) -> None:
    """All rules of the contract; the head knows only some segments and items, so the database is asked how many."""
    next_thing_id = head.row.next_thing_id

    def leased(segment_id: int) -> bool:
        return THING_ID_MIN <= segment_id < next_thing_id

    check_edit(edit, annotation=progress.after, ontology=ontology, leased=leased)
    new = {change.id for change in edit.segments} - progress.after.segments.keys()
    if new and unit.segments.count(head.row.id) + len(progress.created | new) > SEGMENTS_PER_ANNOTATION_MAX:
        message = f"An image holds at most {SEGMENTS_PER_ANNOTATION_MAX} segments. The edit was not applied."
        raise EditError("too_many_segments", message)
    made = {change.id for change in edit.items} | progress.after.items.keys()
    fresh = made - head.annotation.items.keys()
    if edit.items and fresh and unit.items.count(head.row.id) + len(fresh) > ITEMS_PER_ANNOTATION_MAX:
        message = f"An image holds at most {ITEMS_PER_ANNOTATION_MAX} items, deleted ones too. It was not applied."
        raise EditError("too_many_items", message)


def _store_accepted(
    ports: Ports,
    unit: UnitOfWork,
    actor: Actor,
    head: Head,
    progress: Progress,
    *,
    kind: RevisionKind,
    client: str,
    now: str,
) -> Written:
    """One revision of all accepted edits with their keys, audit rows and conflicts; none when nothing was accepted."""
    row = head.row
    if not progress.accepted:
        return Written(row.revision, row.updated_at, {}, frozenset())
    written = write_revision(
        ports,
        unit,
        head,
        progress.after,
        kind=kind,
        author_id=actor.user_id,
        author_name=actor.name,
        client=client,
        edit_count=len(progress.accepted),
        changed_px=sum(outcome.applied.pixels.pixel_count for _, outcome in progress.accepted),
        saved_at=now,
    )
    for key in progress.keys.values():
        unit.history.add_key(row, key, created_at=now)
    rows = [
        edit_row(outcome.applied, ordinal=place, revision=written.revision, actor=actor, client=client, now=now)
        for place, (_, outcome) in enumerate(progress.accepted)
    ]
    unit.history.add_edits(row, rows)
    for _, outcome in progress.accepted:
        if outcome.conflict_pixels.run_count or outcome.field_conflicts or outcome.item_conflicts:
            unit.conflicts.add(row, _conflict(ports, row, actor, outcome, now))
    return written


def edit_row(edit: Edit, *, ordinal: int, revision: int, actor: Actor, client: str, now: str) -> EditRow:
    """The audit row of an edit as it was applied."""
    body: Any = edit_to_json(edit)
    return EditRow(
        edit_id=edit.id,
        ordinal=ordinal,
        revision=revision,
        author_id=actor.user_id,
        client=client,
        seq=edit.seq,
        layer=edit.layer,
        tool=edit.tool,
        assist=edit.assist,
        pixels=edit.pixels.encode(),
        segments=body["segments"],
        items=body.get("items", []),
        changed_px=edit.pixels.pixel_count,
        created_at=now,
    )


def _conflict(ports: Ports, row: AnnotationRow, actor: Actor, outcome: ReplayResult, now: str) -> ConflictRow:
    pixels: PixelRuns = outcome.conflict_pixels
    return ConflictRow(
        id=ports.ids.new("cnf"),
        annotation_id=row.id,
        edit_id=outcome.applied.id,
        author_id=actor.user_id,
        layer=outcome.applied.layer,
        pixels=pixels.encode(),
        pixel_count=pixels.pixel_count,
        box_xyxy=pixels.box_xyxy(),
        fields=[*map(_field_json, outcome.field_conflicts), *map(_field_json, outcome.item_conflicts)],
        state="open",
        created_at=now,
    )


def _field_json(conflict: FieldConflict | ItemConflict) -> dict[str, Any]:
    owner: dict[str, Any] = (
        {"item_id": conflict.item_id} if isinstance(conflict, ItemConflict) else {"segment_id": conflict.segment_id}
    )
    return {
        **owner,
        "field": conflict.field,
        "head": conflict.head,
        "wanted": conflict.wanted,
    }


def _others_were_here(unit: UnitOfWork, row: AnnotationRow, client: str, known_revision: int | None) -> bool:
    """Whether another client has saved since this one's last save, or since the revision that it says it knows.

    Of a first save that does not say so nothing is known; then any save of another client counts.
    """
    seen = max(known_revision or 0, unit.history.last_of_client(row.id, client) or 0)
    return unit.history.other_client_since(row.id, client, seen)
