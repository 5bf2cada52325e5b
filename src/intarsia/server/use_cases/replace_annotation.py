# SPDX-License-Identifier: Apache-2.0
"""Turn an annotation's head into a given state, as edits that the server makes: for restoring and for importing.

What is stored is what a person's edits would have stored, so that history and audit know no second kind of change.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from intarsia.core.annotation import Annotation
from intarsia.core.edit import Edit
from intarsia.core.edit_check import check_edit
from intarsia.core.label_map import LabelMap
from intarsia.core.limits import THING_ID_MIN
from intarsia.core.merge import replay
from intarsia.core.ontology import Ontology
from intarsia.core.permissions import Actor
from intarsia.core.segment import Segment, SegmentChange
from intarsia.server.clock import rfc3339
from intarsia.server.ports import Ports, UnitOfWork
from intarsia.server.records import AnnotationRow, EditRow, RevisionKind, TileRow
from intarsia.server.use_cases.head import Head, Written, segment_of, write_revision
from intarsia.server.use_cases.map_diff import diff_maps
from intarsia.server.use_cases.revision_state import layer_names
from intarsia.server.use_cases.save_edits import edit_row

SERVER_CLIENT = "server"


def load_whole_head(unit: UnitOfWork, row: AnnotationRow, ontology: Ontology) -> Head:
    """The head with all its tiles and segments."""
    tiles: dict[tuple[str, int], TileRow] = {}
    maps: dict[str, LabelMap] = {}
    for layer in layer_names(ontology):
        found = unit.tiles.head(row, layer, unit.tiles.names(row.id, layer))
        tiles.update({(layer, index): tile for index, (tile, _) in found.items()})
        maps[layer] = LabelMap.from_payloads(row.size_hw, {index: payload for index, (_, payload) in found.items()})
    segments = unit.segments.head(row.id)
    return Head(row, Annotation(maps, {key: segment_of(value) for key, value in segments.items()}), tiles, segments)


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
) -> Written:
    """Make the head hold `layers` (those not given stay) and `segments`; segments not given become deleted.

    Every edit passes `check_edit`; nothing is written when the head is so already. Raises EditError.
    """
    row, after = head.row, head.annotation
    now = rfc3339(ports.clock.now_ms())
    rows: list[EditRow] = []
    for layer in layer_names(ontology):
        edit = _edit_to(ports, after, layer, ontology, kind, layers.get(layer), segments)
        if edit.is_empty:
            continue
        check_edit(
            edit, annotation=after, ontology=ontology, leased=lambda key: THING_ID_MIN <= key < row.next_thing_id
        )
        outcome = replay(after, edit)
        assert not outcome.conflict_pixels.run_count and not outcome.field_conflicts, "the head is what we read"
        after = outcome.annotation
        rows.append(
            edit_row(outcome.applied, ordinal=len(rows), revision=row.revision + 1, actor=actor, client=client, now=now)
        )
    if not rows:
        return Written(row.revision, row.updated_at, {}, frozenset())
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


def _edit_to(
    ports: Ports,
    after: Annotation,
    layer: str,
    ontology: Ontology,
    kind: RevisionKind,
    wanted_map: LabelMap | None,
    wanted: Mapping[int, Segment],
) -> Edit:
    """The edit of one layer: its pixels, and the segments whose class is in this layer."""
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
    head_map = after.layers[layer]
    pixels = diff_maps(head_map, wanted_map if wanted_map is not None else head_map)
    edit_id = str(uuid.UUID(hex=ports.ids.new("edt").partition("_")[2]))
    return Edit(id=edit_id, seq=1, layer=layer, tool=kind, pixels=pixels, segments=tuple(changes))
