# SPDX-License-Identifier: Apache-2.0
"""Replay of an edit against a head that moved since the edit was made (contract/edit.md, replay)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from intarsia.core.annotation import Annotation
from intarsia.core.edit import Edit
from intarsia.core.errors import EditError
from intarsia.core.item_merge import ItemConflict, replay_items
from intarsia.core.label_map import LabelMap
from intarsia.core.left_behind import carried_over
from intarsia.core.pixel_runs import PixelRuns
from intarsia.core.segment import JsonValue, Segment, SegmentChange, json_equal

U32 = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """A field that head and edit changed to different values; the head keeps its own.

    `field` is "class", "crowd", "instances_unknown", "state" (values {"state", "merged_into"}) or "answers.<question>"
    (None where there is no answer).
    """

    segment_id: int
    field: str
    head: JsonValue
    wanted: JsonValue


@dataclass(frozen=True, slots=True)
class ReplayResult:
    """`annotation` is the head after the edit, `applied` the edit as it really happened (exact against the head).

    `conflict_pixels` are pixels the head kept: before = its id, after = the wanted id.
    """

    annotation: Annotation
    applied: Edit
    conflict_pixels: PixelRuns
    field_conflicts: tuple[FieldConflict, ...]
    item_conflicts: tuple[ItemConflict, ...] = ()


def resolve_alias(segments: Mapping[int, Segment], segment_id: int) -> int:
    """The segment that `segment_id` was merged into, through chains. Raises `alias_cycle`."""
    seen: set[int] = set()
    while True:
        segment = segments.get(segment_id)
        if segment is None or segment.state != "merged" or segment.merged_into is None:
            return segment_id
        if segment_id in seen:
            raise EditError(
                "alias_cycle", "Segments were merged in a circle. Restore an earlier revision.", segment=segment_id
            )
        seen.add(segment_id)
        segment_id = segment.merged_into


def replay(annotation: Annotation, edit: Edit) -> ReplayResult:
    """Carry out `edit` as far as the head allows.

    Raises `unknown_layer`, `unknown_segment`, `unknown_item`, `alias_cycle`.
    """
    head_map = annotation.layer(edit.layer)
    for change in edit.segments:
        if change.before is not None and change.id not in annotation.segments:
            raise EditError(
                "unknown_segment", f"Segment {change.id} is not known here. Reload the image.", segment=change.id
            )
    items, item_conflicts = replay_items(annotation.items, edit.items)
    wanted = _resolved(edit, annotation.segments)
    written, conflicts = _replay_pixels(head_map, wanted)
    changed, field_conflicts = _replay_segments(annotation.segments, edit, written)
    written, after_map = _without_remains(annotation.segments, changed, head_map, written)
    changes = tuple(
        SegmentChange(key, before=annotation.segments.get(key), after=changed[key])
        for key in sorted(changed)
        if annotation.segments.get(key) != changed[key]
    )
    after = annotation.with_layer(edit.layer, after_map).with_changes(changes).with_items(items)
    applied = replace(edit, pixels=written, segments=changes, items=items)
    return ReplayResult(after, applied, conflicts, tuple(field_conflicts), item_conflicts)


def _resolved(edit: Edit, segments: Mapping[int, Segment]) -> PixelRuns:
    """Pixels of the edit with both ids resolved; not merged, so that each run still has one before and after."""
    pixels = edit.pixels
    ids = np.unique(np.concatenate((pixels.before, pixels.after)))
    taken_back = _unmerged(edit, segments)
    known = {key: segment for key, segment in segments.items() if key not in taken_back} if taken_back else segments
    targets = np.array([resolve_alias(known, segment_id) for segment_id in ids.tolist()], np.uint32)
    if np.array_equal(ids, targets):
        return pixels
    return PixelRuns(
        pixels.ys,
        pixels.x0s,
        pixels.lengths,
        targets[np.searchsorted(ids, pixels.before)],
        targets[np.searchsorted(ids, pixels.after)],
    )


def _unmerged(edit: Edit, segments: Mapping[int, Segment]) -> set[int]:
    """Ids whose merge this very edit takes back: undoing a merge must give the pixels back, not follow the alias."""
    return {
        change.id
        for change in edit.segments
        if change.before is not None
        and change.before.state == "merged"
        and (change.after is None or change.after.state != "merged")
        and _state_of(segments[change.id]) == _state_of(change.before)
    }


def _replay_pixels(head: LabelMap, wanted: PixelRuns) -> tuple[PixelRuns, PixelRuns]:
    """(pixels written, pixels in conflict), both canonical, with the head's id as `before`."""
    if not wanted.fits(head.size_hw):
        raise EditError("out_of_image", "The edit reaches outside the image. It was not applied.")
    ys = wanted.ys.astype(np.int64)
    source, x0s, lengths, ids = head.split_runs(ys, wanted.x0s.astype(np.int64), wanted.x1s)
    after = wanted.after[source]
    differs = ids != after
    writes = differs & (ids == wanted.before[source])
    parts = []
    for chosen in (np.flatnonzero(writes), np.flatnonzero(differs & ~writes)):
        rows = ys[source[chosen]]
        parts.append(PixelRuns.from_columns(rows, x0s[chosen], lengths[chosen], ids[chosen], after[chosen]))
    return parts[0], parts[1]


def _replay_segments(
    head: Mapping[int, Segment], edit: Edit, written: PixelRuns
) -> tuple[dict[int, Segment], list[FieldConflict]]:
    """Segments that the edit touches, as they are after it, and the fields that conflict.

    Pixels come first, so that redoing a creation finds its deleted stone alive again and agrees with it.
    """
    owners = np.unique(written.after).tolist()
    changed = _revived(head, owners)
    conflicts: list[FieldConflict] = []
    for change in edit.segments:
        outcome = _merge_change(changed.get(change.id, head.get(change.id)), change, conflicts)
        changed[change.id] = outcome
    # An edit may not leave a pixel to a segment that it deletes itself.
    changed.update(_revived(changed, owners))
    return changed, conflicts


def _without_remains(
    head: Mapping[int, Segment], changed: dict[int, Segment], head_map: LabelMap, written: PixelRuns
) -> tuple[PixelRuns, LabelMap]:
    """(pixels written, map after them) such that no segment that the edit merged or deleted owns a pixel.

    What a merge did not name goes the same way; a segment of which a deletion did not name all pixels stays live in
    `changed`.
    """
    ended = {key: segment for key, segment in changed.items() if segment.state != "live" and segment != head.get(key)}
    after = {**head, **changed}
    targets = {key: resolve_alias(after, key) for key, segment in ended.items() if segment.state == "merged"}
    if targets:
        written = carried_over(head_map, written, targets)
        changed.update(_revived(after, np.unique(written.after).tolist()))
    after_map = head_map.with_pixels(written) if written.run_count else head_map
    for key in [key for key, segment in ended.items() if segment.state == "deleted"]:
        if after_map.tiles_holding([key]):
            changed[key] = changed[key].with_state("live")
    return written, after_map


def _revived(segments: Mapping[int, Segment], owners: Iterable[int]) -> dict[int, Segment]:
    """Those of the owners of written pixels that were deleted, live again."""
    found = (segments.get(key) for key in owners)
    return {segment.id: segment.with_state("live") for segment in found if segment and segment.state == "deleted"}


def _merge_change(head: Segment | None, change: SegmentChange, conflicts: list[FieldConflict]) -> Segment:
    """The segment after one change, field by field."""
    before, after = change.before, change.after
    if after is None:
        # A creation taken back: ids are never forgotten, so the segment becomes a deleted stone.
        assert before is not None
        after = before.with_state("deleted")
    if head is None:
        return after
    merged = head
    for name, was, now in _fields_of(before, after, head):
        mine = _field(head, name)
        if (before is not None and json_equal(was, now)) or json_equal(mine, now):
            continue
        if before is not None and json_equal(mine, was):
            merged = _with_field(merged, name, now)
        else:
            conflicts.append(FieldConflict(change.id, name, mine, now))
    return merged


_ANSWER = "answers."


def _fields_of(before: Segment | None, after: Segment, head: Segment) -> list[tuple[str, JsonValue, JsonValue]]:
    """(field, value before, value after); `before` None asks for all fields of the head too."""
    questions = sorted({*(before or head).answers, *after.answers})
    names = ["class", "crowd", "instances_unknown", *(_ANSWER + question for question in questions), "state"]
    return [(name, _field(before, name) if before else None, _field(after, name)) for name in names]


def _state_of(segment: Segment) -> JsonValue:
    return {"state": segment.state, "merged_into": segment.merged_into}


def _field(segment: Segment, name: str) -> JsonValue:
    if name.startswith(_ANSWER):
        return segment.answers.get(name[len(_ANSWER) :])
    values: dict[str, JsonValue] = {
        "class": segment.class_number,
        "crowd": segment.crowd,
        "instances_unknown": segment.instances_unknown,
        "state": _state_of(segment),
    }
    return values[name]


def _with_field(segment: Segment, name: str, value: JsonValue) -> Segment:
    if name.startswith(_ANSWER):
        answers = {**segment.answers, name[len(_ANSWER) :]: value}
        if value is None:
            del answers[name[len(_ANSWER) :]]
        return replace(segment, answers=answers)
    if name == "state":
        assert isinstance(value, dict)
        return replace(segment, state=value["state"], merged_into=value["merged_into"])  # type: ignore[arg-type]
    python_name = "class_number" if name == "class" else name
    return replace(segment, **{python_name: value})  # type: ignore[arg-type]
