# SPDX-License-Identifier: Apache-2.0
"""Statistics of ids: equal to counting pixel by pixel, and an update equals counting afresh."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from intarsia.core.label_map import LabelMap
from intarsia.core.statistics import MapStatistics

from . import region_oracle
from .map_kinds import random_maps
from .strategies import Ids, border_sizes, changes_between, grids, same_size_grids, small_sizes

sizes = st.one_of(small_sizes, border_sizes)


def assert_counts(statistics: MapStatistics, ids: Ids) -> None:
    expected = region_oracle.neighbours(ids)
    assert list(statistics.by_id) == sorted(expected)
    for segment_id, found in statistics.by_id.items():
        ys, xs = np.nonzero(ids == segment_id)
        assert found.area_px == ys.size
        assert found.box_xyxy == (xs.min(), ys.min(), xs.max() + 1, ys.max() + 1)
        assert found.neighbours == expected[segment_id]
        assert list(found.neighbours) == sorted(found.neighbours)
        assert found.perimeter_cracks == sum(expected[segment_id].values())


@settings(max_examples=100, deadline=None)
@given(grids())
def test_small_maps_are_counted_as_the_oracle_does(ids: Ids) -> None:
    assert_counts(MapStatistics.of(LabelMap.from_array(ids)), ids)


def test_troublesome_maps_are_counted_as_the_oracle_does() -> None:
    for ids in random_maps(120, seed=4):
        assert_counts(MapStatistics.of(LabelMap.from_array(ids)), ids)


@settings(max_examples=8, deadline=None)
@given(border_sizes.flatmap(grids))
def test_seams_between_tiles_are_counted_once(ids: Ids) -> None:
    assert_counts(MapStatistics.of(LabelMap.from_array(ids)), ids)


@settings(max_examples=60, deadline=None)
@given(same_size_grids(3, sizes))
def test_an_update_of_the_changed_tiles_equals_counting_afresh(states: list[Ids]) -> None:
    label_map = LabelMap.from_array(states[0])
    statistics = MapStatistics.of(label_map)
    for before, after in pairwise(states):
        changed = label_map.with_pixels(changes_between(before, after))
        statistics = statistics.updated(changed, tiles=changed.changed_tiles(label_map))
        label_map = changed
        assert statistics.by_id == MapStatistics.of(LabelMap.from_array(after)).by_id


def test_an_update_leaves_the_statistics_before_it_as_they_were() -> None:
    ids = np.zeros((300, 600), np.uint32)
    first = LabelMap.from_array(ids)
    before = MapStatistics.of(first)
    ids[250:260, 250:520] = 9
    second = LabelMap.from_array(ids)
    after = before.updated(second, tiles=second.changed_tiles(first))
    assert list(before.by_id) == [0]
    assert before.by_id[0].neighbours == {-1: 1800}
    assert after.by_id[9].box_xyxy == (250, 250, 520, 260)
    assert after.by_id[9].neighbours == {0: 560}
