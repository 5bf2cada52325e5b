# SPDX-License-Identifier: Apache-2.0
"""The part of an annotation's head that a list of edits can touch: loaded once, replayed on, written once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from intarsia.core.annotation import Annotation
from intarsia.core.edit import Edit
from intarsia.core.item import End, RelationItem
from intarsia.core.label_map import LabelMap
from intarsia.core.segment import Segment
from intarsia.server.ports import Ports, UnitOfWork
from intarsia.server.records import AnnotationRow, RevisionKind, RevisionRow, SegmentRow, TileChange, TileRow
from intarsia.server.use_cases.item_rows import changed_rows, items_of


@dataclass(frozen=True, slots=True)
class Head:
    """`annotation` holds true tiles for `tiles` (layer, index), true segments for `segments`, and those items that were
    asked for; it knows no others."""

    row: AnnotationRow
    annotation: Annotation
    tiles: dict[tuple[str, int], TileRow]
    segments: dict[int, SegmentRow]


def load_head(unit: UnitOfWork, row: AnnotationRow, layers: Sequence[str], edits: Iterable[Edit]) -> Head:
    """What `edits` can touch: the tiles under their pixels, the items they name and the ends of their relations, the
    segments they name and those they were merged into.

    A merge or deletion also reaches the tiles in which others have used the segment in the meantime.
    """
    tiles: dict[tuple[str, int], TileRow] = {}
    wanted: dict[str, set[int]] = {layer: set() for layer in layers}
    named: set[int] = set()
    named_items: set[str] = set()
    for edit in edits:
        named |= _named_ids(edit)
        named_items |= _named_items(edit)
        if edit.layer in wanted:
            wanted[edit.layer].update(edit.pixels.tile_indices(row.size_hw))
            ended = [change.id for change in edit.segments if change.after is None or change.after.state != "live"]
            if ended:
                wanted[edit.layer] |= unit.tiles.holding(row, edit.layer, ended)
    maps: dict[str, LabelMap] = {}
    for layer, indices in wanted.items():
        found = unit.tiles.head(row, layer, indices) if indices else {}
        tiles.update({(layer, index): tile for index, (tile, _) in found.items()})
        maps[layer] = LabelMap.from_payloads(row.size_hw, {index: payload for index, (_, payload) in found.items()})
    rows = _with_targets(unit, row, named)
    items = items_of(unit.items.head(row.id, named_items)) if named_items else {}
    return Head(row, Annotation(maps, {key: segment_of(value) for key, value in rows.items()}, items), tiles, rows)


def _named_ids(edit: Edit) -> set[int]:
    ids = edit.pixels.ids()
    for change in edit.segments:
        ids.add(change.id)
        for side in (change.before, change.after):
            if side is not None and side.merged_into is not None:
                ids.add(side.merged_into)
    return (ids | {end for end in _ends(edit) if isinstance(end, int)}) - {0}


def _named_items(edit: Edit) -> set[str]:
    return {change.id for change in edit.items} | {end for end in _ends(edit) if isinstance(end, str)}


def _ends(edit: Edit) -> Iterator[End]:
    for change in edit.items:
        for side in (change.before, change.after):
            if isinstance(side, RelationItem):
                yield side.from_end
                yield side.to_end


def _with_targets(unit: UnitOfWork, row: AnnotationRow, ids: set[int]) -> dict[int, SegmentRow]:
    """Segments of `ids`, and along their aliases to the end."""
    found: dict[int, SegmentRow] = {}
    missing = set(ids)
    while missing:
        found.update(unit.segments.head(row.id, missing))
        targets = {segment.merged_into for segment in found.values() if segment.merged_into is not None}
        missing = targets - found.keys() - missing
    return found


def segment_of(row: SegmentRow) -> Segment:
    return Segment(
        id=row.id,
        class_number=row.class_number,
        crowd=row.crowd,
        instances_unknown=row.instances_unknown,
        answers=row.answers,
        state=row.state,  # type: ignore[arg-type]
        merged_into=row.merged_into,
    )


def segment_row(segment: Segment, number: int) -> SegmentRow:
    return SegmentRow(
        id=segment.id,
        number=number,
        class_number=segment.class_number,
        crowd=segment.crowd,
        instances_unknown=segment.instances_unknown,
        answers=dict(segment.answers),
        state=segment.state,
        merged_into=segment.merged_into,
    )


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the head: `numbers` are those of segments that are new in this revision."""

    revision: int
    saved_at: str
    numbers: dict[int, int]
    layers: frozenset[str]


def write_revision(
    ports: Ports,
    unit: UnitOfWork,
    head: Head,
    after: Annotation,
    *,
    kind: RevisionKind,
    author_id: str,
    author_name: str,
    client: str,
    edit_count: int,
    changed_px: int,
    saved_at: str,
    numbers: Mapping[int, int] | None = None,
) -> Written:
    """Store `after` as the next revision of the head: changed tiles, segments and items, counts. In the transaction.

    `numbers` are wanted for new segments (an import has its own); they must be free, which the caller makes sure of.
    """
    row, number = head.row, head.row.revision + 1
    changes, payloads = _tile_changes(head, after)
    segments, given = _segment_changes(head, after, numbers or {})
    labelled_px = row.labelled_px
    for change in changes:
        before = head.tiles.get((change.layer, change.index))
        labelled_px += change.labelled_px - (before.labelled_px if before else 0)
    unit.history.add_revision(
        row,
        RevisionRow(
            ports.ids.new("rev"), number, saved_at, author_id, author_name, kind, client, edit_count, changed_px
        ),
    )
    unit.tiles.write(row, revision=number, changes=changes, payloads=payloads)
    unit.segments.write(row, revision=number, segments=segments)
    unit.items.write(row, revision=number, changed=changed_rows(head.annotation, after))
    unit.annotations.set_head(
        row.id,
        revision=number,
        next_number=max(row.next_number, 1 + max(given.values(), default=0)),
        labelled_px=labelled_px,
        updated_at=saved_at,
    )
    return Written(number, saved_at, given, frozenset(change.layer for change in changes))


def _tile_changes(head: Head, after: Annotation) -> tuple[list[TileChange], dict[bytes, bytes]]:
    changes: list[TileChange] = []
    payloads: dict[bytes, bytes] = {}
    for layer, label_map in after.layers.items():
        for index in label_map.changed_tiles(head.annotation.layers[layer]):
            labelled_px = label_map.tile_labelled_px(index)
            name = label_map.tile_name(index) if labelled_px else None
            if name is not None:
                payloads[name] = label_map.tile_payload(index)
            changes.append(TileChange(layer, index, name, labelled_px))
    return changes, payloads


def _segment_changes(
    head: Head, after: Annotation, wanted: Mapping[int, int]
) -> tuple[list[SegmentRow], dict[int, int]]:
    """Rows of segments that changed, and the numbers given to new ones: as wanted, else counting on in order of id."""
    rows: list[SegmentRow] = []
    numbers: dict[int, int] = {}
    following = max(head.row.next_number, 1 + max(wanted.values(), default=0))
    for key in sorted(after.segments):
        segment = after.segments[key]
        known = head.segments.get(key)
        if known is None:
            if key in wanted:
                numbers[key] = wanted[key]
            else:
                numbers[key], following = following, following + 1
            rows.append(segment_row(segment, numbers[key]))
        elif head.annotation.segments[key] != segment:
            rows.append(segment_row(segment, known.number))
    return rows, numbers
