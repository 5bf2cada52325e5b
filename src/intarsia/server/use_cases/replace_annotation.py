# SPDX-License-Identifier: Apache-2.0
"""Turn an annotation's head into a given state, as edits that the server makes: for restoring and for importing.

What is stored is what a person's edits would have stored, so that history and audit know no second kind of change.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace

from intarsia.core.annotation import Annotation
from intarsia.core.edit import Edit
from intarsia.core.edit_check import check_edit
from intarsia.core.item import Item, ItemChange, item_of, with_item_state
from intarsia.core.label_map import LabelMap
from intarsia.core.limits import EDIT_RUNS_MAX, THING_ID_MIN
from intarsia.core.ontology import Ontology
from intarsia.core.permissions import Actor
from intarsia.core.pixel_runs import PixelRuns
from intarsia.core.segment import Segment, SegmentChange
from intarsia.server.clock import rfc3339
from intarsia.server.ports import Ports, UnitOfWork
from intarsia.server.records import AnnotationRow, RevisionKind, TileRow
from intarsia.server.use_cases.head import Head, Written, segment_of, write_revision
from intarsia.server.use_cases.item_rows import items_of
from intarsia.server.use_cases.map_diff import diff_maps
from intarsia.server.use_cases.revision_state import layer_names
from intarsia.server.use_cases.save_edits import edit_row

SERVER_CLIENT = "server"


def load_whole_head(unit: UnitOfWork, row: AnnotationRow, ontology: Ontology) -> Head:
    """The head with all its tiles, segments and items."""
    tiles: dict[tuple[str, int], TileRow] = {}
    maps: dict[str, LabelMap] = {}
    for layer in layer_names(ontology):
        found = unit.tiles.head(row, layer, unit.tiles.names(row.id, layer))
        tiles.update({(layer, index): tile for index, (tile, _) in found.items()})
        maps[layer] = LabelMap.from_payloads(row.size_hw, {index: payload for index, (_, payload) in found.items()})
    segments = unit.segments.head(row.id)
    known = {key: segment_of(value) for key, value in segments.items()}
    return Head(row, Annotation(maps, known, items_of(unit.items.head(row.id))), tiles, segments)


def replace_annotation(
    ports: Ports,
    unit: UnitOfWork,
    actor: Actor,
    head: Head,
    ontology: Ontology,
    *,
    layers: Mapping[str, LabelMap],
    segments: Mapping[int, Segment],
    kind: RevisionKind,
    numbers: Mapping[int, int] | None = None,
    client: str = SERVER_CLIENT,
    differences: Mapping[str, PixelRuns] | None = None,
    items: Mapping[str, Item] | None = None,
) -> Written:
    """Make the head hold `layers` (those not given stay), `segments` and, when given, `items`; segments and items of
    the head that are not among them become deleted.

    `differences` from the head, by layer, save time inside the transaction when the caller knows them beforehand.
    Every edit passes `check_edit`; nothing is written when the head is so already. Raises EditError.
    """
    row, now = head.row, rfc3339(ports.clock.now_ms())
    after, parts = _edited(ports, head, ontology, kind, layers, segments, differences or {})
    if items is not None:
        # Last, since relations lead to segments of any layer.
        layer = ontology.layers[0].name
        changes = _item_changes(after.items, items)
        edit = Edit(_edit_id(ports), 1, layer, kind, PixelRuns.empty(), items=changes)
        if not edit.is_empty:
            check_edit(edit, annotation=after, ontology=ontology, leased=lambda _: False)
            after = after.with_items(edit.items)
            parts.append(edit)
    if not parts:
        return Written(row.revision, row.updated_at, {}, frozenset())
    rows = [
        edit_row(part, ordinal=place, revision=row.revision + 1, actor=actor, client=client, now=now)
        for place, part in enumerate(parts)
    ]
    written = write_revision(
        ports,
        unit,
        head,
        after,
        kind=kind,
        author_id=actor.user_id,
        author_name=actor.name,
        client=client,
        edit_count=len(rows),
        changed_px=sum(item.changed_px for item in rows),
        saved_at=now,
        numbers=numbers,
    )
    unit.history.add_edits(row, rows)
    return written


def _edited(
    ports: Ports,
    head: Head,
    ontology: Ontology,
    kind: RevisionKind,
    layers: Mapping[str, LabelMap],
    segments: Mapping[int, Segment],
    differences: Mapping[str, PixelRuns],
) -> tuple[Annotation, list[Edit]]:
    """The annotation as wanted, and the checked edits that make it so."""
    after, parts = head.annotation, list[Edit]()
    next_thing_id = head.row.next_thing_id
    for layer in layer_names(ontology):
        pixels = differences.get(layer)
        if pixels is None:
            pixels = diff_maps(after.layers[layer], layers.get(layer, after.layers[layer]))
        changes = _segment_changes(after, layer, ontology, segments)
        edit = Edit(id=_edit_id(ports), seq=1, layer=layer, tool=kind, pixels=pixels, segments=changes)
        if edit.is_empty:
            continue
        check_edit(edit, annotation=after, ontology=ontology, leased=lambda key: THING_ID_MIN <= key < next_thing_id)
        # Exact, not replayed: the head is what was just read, and pixels that name a merged segment stay as told.
        after = after.with_layer(layer, layers.get(layer, after.layers[layer])).with_changes(edit.segments)
        parts.extend(_parts(ports, edit))
    return after, parts


def _segment_changes(
    after: Annotation, layer: str, ontology: Ontology, wanted: Mapping[int, Segment]
) -> tuple[SegmentChange, ...]:
    """From the segments of `after` to those wanted, for the classes of one layer."""
    changes: list[SegmentChange] = []
    for key in sorted(after.segments.keys() | wanted.keys()):
        now = after.segments.get(key)
        then = wanted.get(key)
        if then is None and now is not None:
            then = now if now.state == "deleted" else now.with_state("deleted")
        assert then is not None
        entry = ontology.by_number(then.class_number)
        in_layer = entry.layer == layer if entry else layer == ontology.layers[0].name
        if in_layer and now != then:
            changes.append(SegmentChange(key, before=now, after=then))
    return tuple(changes)


def _item_changes(now: Mapping[str, Item], wanted: Mapping[str, Item]) -> tuple[ItemChange, ...]:
    """From the items of `now` to those wanted."""
    changes: list[ItemChange] = []
    for key in sorted(now.keys() | wanted.keys()):
        before, after = item_of(now, key), item_of(wanted, key)
        if after is None:
            assert before is not None
            after = with_item_state(before, "deleted")
        if before != after:
            changes.append(ItemChange(key, before=before, after=after))
    return tuple(changes)


def _parts(ports: Ports, edit: Edit) -> Iterator[Edit]:
    """The edit, or several that make it up, so that each can be read back within the limit of runs."""
    runs = edit.pixels
    if runs.run_count <= EDIT_RUNS_MAX:
        yield edit
        return
    for start in range(0, runs.run_count, EDIT_RUNS_MAX):
        part = slice(start, start + EDIT_RUNS_MAX)
        pixels = PixelRuns(runs.ys[part], runs.x0s[part], runs.lengths[part], runs.before[part], runs.after[part])
        segments = edit.segments if start == 0 else ()
        yield replace(edit, id=_edit_id(ports), pixels=pixels, segments=segments)


def _edit_id(ports: Ports) -> str:
    return str(uuid.UUID(hex=ports.ids.new("edt").partition("_")[2]))
