# SPDX-License-Identifier: Apache-2.0
"""Gaps given to their neighbours and islands given away, against pixel by pixel, and what no gift may do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intarsia.core.components import components
from intarsia.core.edit import apply
from intarsia.core.errors import GeometryError
from intarsia.core.gaps import Gift, give_to_neighbours
from intarsia.core.islands import islands
from intarsia.core.label_map import LabelMap
from intarsia.core.runs import Region

from . import gap_oracle, region_oracle
from .map_kinds import random_maps
from .strategies import Ids, grids, segment_ids

few_ids = st.sets(segment_ids, max_size=2)


def region_where(mask: np.ndarray) -> Region:
    runs = region_oracle.runs_of({(int(y), int(x)) for y, x in zip(*np.nonzero(mask), strict=True)})
    return Region(*np.array(runs, np.int32).reshape(-1, 3).T)


def as_pixels(gifts: list[Gift]) -> dict[int, list[tuple[int, int, int]]]:
    assert [gift.segment_id for gift in gifts] == sorted({gift.segment_id for gift in gifts})
    return {gift.segment_id: gift.region.runs() for gift in gifts}


@settings(max_examples=150, deadline=None)
@given(grids(), few_ids, st.data())
def test_each_pixel_goes_to_its_nearest_taker(ids: Ids, closed: set[int], data: st.DataObject) -> None:
    chosen = data.draw(st.sampled_from(np.unique(ids).tolist()))
    mask = ids == chosen
    if mask.size > 400:
        mask[:, 20:] = False
        mask[20:] = False
    if data.draw(st.booleans()):
        mask[: ids.shape[0] // 2, : ids.shape[1] // 2] = mask.size <= 400
    expected = gap_oracle.gifts(ids, {(int(y), int(x)) for y, x in zip(*np.nonzero(mask), strict=True)}, closed)
    found = give_to_neighbours(ids, region_where(mask), closed=closed)
    assert as_pixels(found) == {taker: region_oracle.runs_of(pixels) for taker, pixels in expected.items()}


def test_gaps_of_troublesome_maps_are_those_of_the_oracle() -> None:
    for number, ids in enumerate(random_maps(300, seed=31)):
        closed = {int(ids[-1, 0])} if number % 3 == 0 else set()
        gaps = {(int(y), int(x)) for y, x in zip(*np.nonzero(ids == 0), strict=True)}
        expected = gap_oracle.gifts(ids, gaps, closed)
        found = give_to_neighbours(ids, region_where(ids == 0), closed=closed)
        assert as_pixels(found) == {taker: region_oracle.runs_of(pixels) for taker, pixels in expected.items()}


def test_all_gaps_at_once_and_one_by_one_are_the_same() -> None:
    for ids in random_maps(60, seed=32):
        whole = as_pixels(give_to_neighbours(ids, region_where(ids == 0)))
        apart: dict[int, set[tuple[int, int, int]]] = {}
        for part in components(ids, segment_ids=[0]):
            for gift in give_to_neighbours(ids, part.region):
                apart.setdefault(gift.segment_id, set()).update(gift.region.runs())
        assert {taker: set(runs) for taker, runs in whole.items()} == apart


def test_a_filled_map_has_no_gap_and_the_rest_is_as_before() -> None:
    for ids in random_maps(60, seed=33):
        if not (ids != 0).any():
            continue
        full = LabelMap.from_array(ids)
        for gift in give_to_neighbours(ids, region_where(ids == 0)):
            full = full.with_pixels(apply(full, gift.region, gift.segment_id, mode="behind"))
        after = full.to_array()
        assert (after != 0).all()
        assert np.array_equal(after[ids != 0], ids[ids != 0])


def test_nothing_is_reached_across_a_closed_segment() -> None:
    ids = np.array([[0, 7, 2]], np.uint32)
    assert give_to_neighbours(ids, region_where(ids == 0), closed=[7]) == []


@pytest.mark.parametrize("run", [(0, -1, 1), (0, 1, 3), (-1, 0, 1), (2, 0, 1)])
def test_a_region_outside_the_image_is_refused(run: tuple[int, int, int]) -> None:
    with pytest.raises(GeometryError) as refused:
        give_to_neighbours(np.ones((2, 2), np.uint32), Region(*np.array([run], np.int32).T))
    assert refused.value.code == "out_of_image"


@settings(max_examples=100, deadline=None)
@given(grids(), st.integers(0, 12), st.none() | few_ids, few_ids)
def test_islands_are_those_of_the_oracle(ids: Ids, below_px: int, wanted: set[int] | None, closed: set[int]) -> None:
    ids = ids[:20, :20]
    found = islands(ids, below_px=below_px, segment_ids=wanted, closed=closed)
    expected = gap_oracle.islands(ids, below_px, wanted, closed)
    assert [(one.segment_id, one.taker_id, one.region.runs()) for one in found] == [
        (segment_id, taker, region_oracle.runs_of(pixels)) for segment_id, taker, pixels in expected
    ]


def test_islands_of_troublesome_maps_are_those_of_the_oracle() -> None:
    for number, ids in enumerate(random_maps(300, seed=34)):
        closed = {int(ids[0, -1])} if number % 4 == 0 else set()
        found = islands(ids, below_px=1 + number % 9, closed=closed)
        expected = gap_oracle.islands(ids, 1 + number % 9, None, closed)
        assert [(one.segment_id, one.taker_id, one.region.runs()) for one in found] == [
            (segment_id, taker, region_oracle.runs_of(pixels)) for segment_id, taker, pixels in expected
        ]


def test_no_segment_vanishes_and_no_island_is_left() -> None:
    for ids in random_maps(100, seed=35):
        after = ids.copy()
        for one in islands(ids, below_px=5):
            for y, x0, x1 in one.region.runs():
                after[y, x0:x1] = one.taker_id
        assert set(np.unique(ids).tolist()) - {0} == set(np.unique(after).tolist()) - {0}
        largest: dict[int, int] = {}
        for part in components(after):
            largest[part.segment_id] = max(largest.get(part.segment_id, 0), part.area_px)
        if len(largest) > 1 or 0 not in largest:
            lone = [p for p in components(after) if p.area_px < 5 and p.area_px < largest[p.segment_id]]
            assert [p for p in lone if p.segment_id != 0] == []
