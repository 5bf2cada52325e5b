# SPDX-License-Identifier: Apache-2.0
"""After any replay a segment that is not live owns no pixel, and the order of two acknowledgements does not matter."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from intarsia.core.annotation import Annotation, apply_exactly
from intarsia.core.edit import Edit, PixelRuns, Segment, SegmentChange, invert
from intarsia.core.label_map import LabelMap
from intarsia.core.merge import replay
from intarsia.core.pixel_runs import PixelRuns as Runs

from .strategies import Ids, border_sizes, changes_between, edit_of, small_sizes

ONE, TWO, THREE = 65_536, 65_537, 65_538
KEYS = (0, ONE, TWO, THREE)
CLASS = 3

sizes = st.one_of(small_sizes, small_sizes, border_sizes)


def grids(count: int) -> st.SearchStrategy[list[Ids]]:
    """Grids of one size whose ids are segments of the tests."""

    def make(size_hw: tuple[int, int], seed: int) -> list[Ids]:
        random = np.random.default_rng(seed)
        return [random.choice(np.array(KEYS, np.uint32), size_hw) for _ in range(count)]

    return st.builds(make, sizes, st.integers(0, 2**32))


def live(*keys: int) -> dict[int, Segment]:
    return {key: Segment(key, CLASS) for key in keys}


def ending(ids: Ids, segment_id: int, into: int) -> Edit:
    """Delete (into 0) or merge a segment as someone does who sees `ids`."""
    after = np.where(ids == segment_id, np.uint32(into), ids)
    state = Segment(segment_id, CLASS).with_state("merged", into) if into else None
    gone = state or Segment(segment_id, CLASS, state="deleted")
    change = SegmentChange(segment_id, Segment(segment_id, CLASS), gone)
    return replace(edit_of(changes_between(ids, after)), segments=(change,))


def owners_that_are_not_live(annotation: Annotation) -> set[int]:
    owners = set(np.unique(annotation.layers["main"].to_array()).tolist()) - {0}
    return {key for key in owners if annotation.segments[key].state != "live"}


@given(grids(2), st.sampled_from([(ONE, 0), (ONE, TWO), (TWO, THREE)]))
@settings(max_examples=150)
def test_what_is_not_live_owns_nothing(pair: list[Ids], what: tuple[int, int]) -> None:
    head_ids, seen = pair
    head = Annotation({"main": LabelMap.from_array(head_ids)}, live(ONE, TWO, THREE))
    result = replay(head, ending(seen, *what))
    assert owners_that_are_not_live(result.annotation) == set()
    assert apply_exactly(head, result.applied) == result.annotation
    assert apply_exactly(result.annotation, invert(result.applied)) == head
    again = replay(result.annotation, ending(seen, *what))
    assert again.annotation.layers == result.annotation.layers
    key, into = what
    if into:
        expected = np.where(head_ids == key, np.uint32(into), head_ids)
        assert np.array_equal(result.annotation.layers["main"].to_array()[seen == head_ids], expected[seen == head_ids])
        assert not (result.annotation.layers["main"].to_array() == key).any()


@given(grids(1), st.sampled_from([0, TWO]), st.integers(0, 2**32))
@settings(max_examples=150)
def test_painting_and_ending_meet_alike_in_both_orders(start: list[Ids], into: int, seed: int) -> None:
    """One paints with a segment on unlabelled pixels, the other deletes or merges it: same map, same segments."""
    ids = start[0]
    painted = ids.copy()
    free = (ids == 0) & (np.random.default_rng(seed).random(ids.shape) < 0.5)
    painted[free] = ONE
    paint = edit_of(changes_between(ids, painted))
    end = ending(ids, ONE, into)
    base = Annotation({"main": LabelMap.from_array(ids)}, live(ONE, TWO, THREE))
    one_way, other_way = (replay(replay(base, a).annotation, b) for a, b in ((paint, end), (end, paint)))
    assert one_way.annotation == other_way.annotation
    assert owners_that_are_not_live(one_way.annotation) == set()
    for result in (one_way, other_way):
        assert result.conflict_pixels.run_count == 0 and result.field_conflicts == ()


def test_a_creation_taken_back_keeps_what_others_painted() -> None:
    ids = np.array([[ONE, ONE, 0, ONE]], np.uint32)
    head = Annotation({"main": LabelMap.from_array(ids)}, live(ONE))
    undo = replace(
        edit_of(Runs.from_runs([(0, 0, 2, ONE, 0)])), segments=(SegmentChange(ONE, Segment(ONE, CLASS), None),)
    )
    result = replay(head, undo)
    assert result.annotation.layers["main"].to_array()[0].tolist() == [0, 0, 0, ONE]
    assert result.annotation.segments[ONE].state == "live"
    assert result.applied.segments == ()


def test_pixels_in_other_tiles_go_along() -> None:
    ids = np.zeros((300, 600), np.uint32)
    ids[0, 250:260] = ids[299, 590:] = ONE
    ids[5, 5] = TWO
    head = Annotation({"main": LabelMap.from_array(ids)}, live(ONE, TWO))
    change = SegmentChange(ONE, Segment(ONE, CLASS), Segment(ONE, CLASS).with_state("merged", TWO))
    result = replay(head, replace(edit_of(PixelRuns.empty()), segments=(change,)))
    assert np.array_equal(result.annotation.layers["main"].to_array(), np.where(ids == ONE, np.uint32(TWO), ids))
    assert result.applied.pixels.pixel_count == 20
