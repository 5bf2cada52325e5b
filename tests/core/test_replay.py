# SPDX-License-Identifier: Apache-2.0
"""Replay against a head that moved: its laws, and the rules for aliases, revival and fields."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intarsia.core.annotation import Annotation, apply_exactly
from intarsia.core.edit import Edit, PixelRuns, Segment, SegmentChange, invert
from intarsia.core.errors import EditError
from intarsia.core.label_map import LabelMap
from intarsia.core.merge import FieldConflict, ReplayResult, replay, resolve_alias

from . import oracle
from .strategies import Ids, border_sizes, changes_between, edit_of, same_size_grids, small_sizes

CAR, ROAD, SKY = 65_536, 65_537, 5
sizes = st.one_of(small_sizes, small_sizes, border_sizes)


def head_of(ids: Ids, *segments: Segment) -> Annotation:
    return Annotation({"main": LabelMap.from_array(ids)}, {segment.id: segment for segment in segments})


def row(*ids: int) -> Ids:
    return np.array([ids], np.uint32)


def ids_of(result: ReplayResult | Annotation) -> list[int]:
    annotation = result.annotation if isinstance(result, ReplayResult) else result
    return annotation.layers["main"].to_array()[0].tolist()


@given(same_size_grids(3, sizes))
@settings(max_examples=200)
def test_each_pixel_is_written_left_or_in_conflict_as_the_page_says(grids: list[Ids]) -> None:
    head, before, after = grids
    edit = edit_of(changes_between(before, after))
    result = replay(head_of(head), edit)
    expected, conflicts = oracle.replayed(head, before, after, {})
    assert np.array_equal(result.annotation.layers["main"].to_array(), expected)
    assert result.applied.pixels.runs() == oracle.runs_of(head, expected)
    wanted = head.copy()
    for (y, x), segment_id in conflicts.items():
        wanted[y, x] = segment_id
    assert result.conflict_pixels.runs() == oracle.runs_of(head, wanted)
    # What was applied is exact against the head, so that it can be taken back.
    assert apply_exactly(head_of(head), result.applied) == result.annotation
    assert apply_exactly(result.annotation, invert(result.applied)) == head_of(head)


@given(same_size_grids(3))
def test_replay_twice_equals_once(grids: list[Ids]) -> None:
    head, before, after = grids
    edit = edit_of(changes_between(before, after))
    once = replay(head_of(head), edit)
    twice = replay(once.annotation, edit)
    assert twice.annotation == once.annotation
    assert twice.applied.is_empty
    assert twice.conflict_pixels == once.conflict_pixels


@given(same_size_grids(1))
def test_an_empty_edit_changes_nothing(grids: list[Ids]) -> None:
    head = head_of(grids[0], Segment(CAR, 3))
    result = replay(head, edit_of(PixelRuns.empty()))
    assert result.annotation is head or result.annotation == head
    assert result.applied.is_empty
    assert result.conflict_pixels.run_count == 0


@given(same_size_grids(3))
@settings(max_examples=200)
def test_edits_without_conflict_between_them_commute(grids: list[Ids]) -> None:
    base, one, other = grids
    first, second = edit_of(changes_between(base, one)), edit_of(changes_between(base, other))
    both = [replay(replay(head_of(base), a).annotation, b) for a, b in ((first, second), (second, first))]
    if all(result.conflict_pixels.run_count == 0 for result in both):
        assert both[0].annotation == both[1].annotation
    else:
        # The order of acknowledgement decides, and both orders see the same pixels in conflict.
        assert both[0].conflict_pixels.region() == both[1].conflict_pixels.region()


@given(same_size_grids(2))
def test_replay_where_nothing_moved_is_exact(pair: list[Ids]) -> None:
    before, after = pair
    edit = edit_of(changes_between(before, after))
    result = replay(head_of(before), edit)
    assert result.applied == edit
    assert result.annotation == apply_exactly(head_of(before), edit)


@given(same_size_grids(3), st.dictionaries(st.sampled_from([1, 2, 65_536, 65_537]), st.sampled_from([1, 2, 65_537, 9])))
@settings(max_examples=200)
def test_both_ids_of_a_pixel_follow_merges(grids: list[Ids], aliases: dict[int, int]) -> None:
    head, before, after = grids
    segments = [Segment(key, 3, state="merged", merged_into=target) for key, target in aliases.items()]
    edit = edit_of(changes_between(before, after))
    if _has_cycle(aliases):
        used = {key for key in edit.pixels.ids() if _meets_cycle(key, aliases)}
        if used:
            with pytest.raises(EditError) as refused:
                replay(head_of(head, *segments), edit)
            assert refused.value.code == "alias_cycle"
        return
    result = replay(head_of(head, *segments), edit)
    expected, conflicts = oracle.replayed(head, before, after, aliases)
    assert np.array_equal(result.annotation.layers["main"].to_array(), expected)
    assert result.conflict_pixels.pixel_count == len(conflicts)
    assert result.applied.pixels.runs() == oracle.runs_of(head, expected)


def _meets_cycle(start: int, aliases: dict[int, int]) -> bool:
    seen: set[int] = set()
    while start in aliases:
        if start in seen:
            return True
        seen.add(start)
        start = aliases[start]
    return False


def _has_cycle(aliases: dict[int, int]) -> bool:
    return any(_meets_cycle(key, aliases) for key in aliases)


def test_resolve_alias_follows_chains_and_finds_cycles() -> None:
    chain = {
        key: Segment(key, 3, state="merged", merged_into=target) for key, target in ((1, 2), (2, 3), (8, 9), (9, 8))
    }
    assert [resolve_alias(chain, key) for key in (0, 1, 2, 3, 77)] == [0, 3, 3, 3, 77]
    for key in (8, 9):
        with pytest.raises(EditError) as refused:
            resolve_alias(chain, key)
        assert refused.value.code == "alias_cycle"


def test_a_long_chain_of_merges_is_followed() -> None:
    chain = {key: Segment(key, 3, state="merged", merged_into=key + 1) for key in range(1, 60_000)}
    assert resolve_alias(chain, 1) == 60_000


def test_later_pixels_of_a_merged_segment_go_to_its_target() -> None:
    head = head_of(row(0, ROAD), Segment(CAR, 3, state="merged", merged_into=ROAD), Segment(ROAD, 3))
    result = replay(head, edit_of(PixelRuns.from_runs([(0, 0, 1, 0, CAR)])))
    assert ids_of(result) == [ROAD, ROAD]
    assert result.applied.segments == ()


def merge_edit() -> Edit:
    """CAR, in the first two of four pixels, becomes ROAD."""
    car = Segment(CAR, 3)
    return edit_of(PixelRuns.from_runs([(0, 0, 2, CAR, ROAD)]), SegmentChange(CAR, car, car.with_state("merged", ROAD)))


def test_undoing_a_merge_gives_the_pixels_back() -> None:
    start = head_of(row(CAR, CAR, ROAD, 0), Segment(CAR, 3), Segment(ROAD, 3))
    merged = replay(start, merge_edit()).annotation
    assert ids_of(merged) == [ROAD, ROAD, ROAD, 0]
    undone = replay(merged, invert(merge_edit()))
    assert undone.annotation == start
    assert replay(undone.annotation, invert(merge_edit())).applied.is_empty


def test_undoing_a_merge_that_another_merge_replaced_follows_that_one() -> None:
    other = Segment(CAR, 3, state="merged", merged_into=SKY)
    head = head_of(row(ROAD, SKY), other, Segment(ROAD, 3), Segment(SKY, SKY))
    result = replay(head, invert(merge_edit()))
    assert ids_of(result) == [SKY, SKY]
    wanted = {"state": "live", "merged_into": None}
    assert result.field_conflicts == (FieldConflict(CAR, "state", {"state": "merged", "merged_into": SKY}, wanted),)


def test_pixels_revive_a_deleted_segment_when_one_is_written() -> None:
    stone = Segment(CAR, 3, state="deleted")
    painted = edit_of(PixelRuns.from_runs([(0, 0, 1, 0, CAR)]))
    result = replay(head_of(row(0, 0), stone), painted)
    assert result.annotation.segments[CAR].state == "live"
    assert result.applied.segments == (SegmentChange(CAR, stone, Segment(CAR, 3)),)
    kept = replay(head_of(row(SKY, 0), stone), painted)
    assert kept.annotation.segments[CAR].state == "deleted"
    assert kept.conflict_pixels.runs() == [(0, 0, 1, SKY, CAR)]


def test_undo_and_redo_of_a_creation_leave_a_stone_between() -> None:
    made = edit_of(PixelRuns.from_runs([(0, 0, 2, 0, CAR)]), SegmentChange(CAR, None, Segment(CAR, 3)))
    done = replay(head_of(row(0, 0, 0)), made)
    undone = replay(done.annotation, invert(made))
    assert ids_of(undone) == [0, 0, 0]
    assert undone.annotation.segments == {CAR: Segment(CAR, 3, state="deleted")}
    redone = replay(undone.annotation, made)
    assert redone.annotation == done.annotation
    assert redone.field_conflicts == ()


def test_an_edit_cannot_leave_its_own_pixels_to_a_segment_that_it_deletes() -> None:
    car = Segment(CAR, 3)
    edit = edit_of(PixelRuns.from_runs([(0, 0, 1, 0, CAR)]), SegmentChange(CAR, car, car.with_state("deleted")))
    assert replay(head_of(row(0), car), edit).annotation.segments[CAR].state == "live"


def change(before: Segment | None, after: Segment | None) -> Edit:
    one = after or before
    assert one is not None
    return edit_of(PixelRuns.empty(), SegmentChange(one.id, before, after))


def test_fields_merge_one_by_one() -> None:
    was = Segment(CAR, 3, answers={"colour": "red", "doors": 4})
    now = Segment(CAR, 4, crowd=True, answers={"colour": "blue", "seats": 2})
    head = Segment(CAR, 3, instances_unknown=True, answers={"colour": "green", "doors": 4})
    result = replay(head_of(row(0), head), change(was, now))
    assert result.annotation.segments[CAR] == Segment(
        CAR, 4, crowd=True, instances_unknown=True, answers={"colour": "green", "seats": 2}
    )
    assert result.field_conflicts == (FieldConflict(CAR, "answers.colour", "green", "blue"),)
    again = replay(result.annotation, change(was, now))
    assert again.annotation == result.annotation
    assert again.field_conflicts == result.field_conflicts


def test_every_field_that_both_sides_changed_conflicts() -> None:
    was = Segment(CAR, 3)
    now = Segment(CAR, 4, crowd=True, answers={"q": 1}, state="deleted")
    head = Segment(CAR, 5, crowd=True, answers={"q": True}, state="merged", merged_into=ROAD)
    result = replay(head_of(row(0), head), change(was, now))
    assert result.annotation.segments[CAR] == head
    assert result.applied.is_empty
    assert result.field_conflicts == (
        FieldConflict(CAR, "class", 5, 4),
        FieldConflict(CAR, "answers.q", True, 1),
        FieldConflict(
            CAR,
            "state",
            {"state": "merged", "merged_into": ROAD},
            {"state": "deleted", "merged_into": None},
        ),
    )


def test_a_new_segment_that_the_head_knows_conflicts_where_it_differs() -> None:
    mine, theirs = Segment(SKY, SKY, answers={"cloudy": True}), Segment(SKY, SKY, crowd=True)
    assert replay(head_of(row(0), mine), change(None, mine)).applied.is_empty
    result = replay(head_of(row(0), mine), change(None, theirs))
    assert result.annotation.segments[SKY] == mine
    assert [(item.field, item.head, item.wanted) for item in result.field_conflicts] == [
        ("crowd", False, True),
        ("answers.cloudy", True, None),
    ]


def test_a_change_of_an_unknown_segment_or_layer_is_refused() -> None:
    was, now = Segment(CAR, 3), Segment(CAR, 4)
    for edit, code in (
        (change(was, now), "unknown_segment"),
        (change(was, None), "unknown_segment"),
        (edit_of(PixelRuns.empty(), layer="parts"), "unknown_layer"),
        (edit_of(PixelRuns.from_runs([(0, 0, 2, 0, 5)])), "out_of_image"),
    ):
        with pytest.raises(EditError) as refused:
            replay(head_of(row(0)), edit)
        assert refused.value.code == code


segments = st.builds(
    Segment,
    st.just(CAR),
    st.integers(1, 2),
    st.booleans(),
    st.booleans(),
    st.dictionaries(st.sampled_from(["a", "b"]), st.sampled_from([None, 0, 1, True, "x"]), max_size=2),
    st.sampled_from(["live", "deleted"]),
)


@given(segments, segments, segments)
@settings(max_examples=300)
def test_fields_idempotent_and_exact(head: Segment, was: Segment, now: Segment) -> None:
    if was == now:
        return
    start = head_of(row(0), head)
    once = replay(start, change(was, now))
    twice = replay(once.annotation, change(was, now))
    assert twice.annotation == once.annotation
    assert apply_exactly(once.annotation, invert(once.applied)) == start
    # A null answer is no answer, so fields are compared without such.
    if head == was:
        done = once.annotation.segments[CAR]
        assert done.class_number == now.class_number
        assert {k: v for k, v in done.answers.items() if v is not None} == {
            k: v for k, v in now.answers.items() if v is not None
        }
        assert once.field_conflicts == ()


@given(segments, segments, segments)
@settings(max_examples=300)
def test_changes_of_fields_commute_where_none_conflicts(base: Segment, one: Segment, other: Segment) -> None:
    if base in (one, other):
        return
    first, second = change(base, one), change(base, other)
    both = [replay(replay(head_of(row(0), base), a).annotation, b) for a, b in ((first, second), (second, first))]
    if not any(result.field_conflicts for result in both):
        left, right = (result.annotation.segments[CAR] for result in both)
        assert (left.class_number, left.crowd, left.state) == (right.class_number, right.crowd, right.state)
        for question in ("a", "b"):
            assert left.answers.get(question) == right.answers.get(question)
