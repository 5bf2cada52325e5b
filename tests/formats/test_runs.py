# SPDX-License-Identifier: Apache-2.0
"""Row runs against counting pixel by pixel."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from intarsia.formats.runs import extents, first_use, relabel, row_runs

grids = npst.arrays(
    np.uint32, npst.array_shapes(min_dims=2, max_dims=2, max_side=12), elements=st.sampled_from((0, 1, 2, 2**32 - 1))
)


@given(grids)
def test_runs_cover_every_pixel_once_and_are_maximal(grid: np.ndarray) -> None:
    runs = row_runs(grid)
    assert np.array_equal(runs.spread(runs.values), grid)
    for i in range(1, len(runs.values)):
        same_row = runs.y[i] == runs.y[i - 1]
        assert not same_row or runs.values[i] != runs.values[i - 1]


@given(grids)
def test_extents_equal_counting(grid: np.ndarray) -> None:
    found = extents(row_runs(grid))
    assert [extent.value for extent in found] == sorted(set(grid.ravel().tolist()))
    for extent in found:
        ys, xs = np.nonzero(grid == extent.value)
        assert extent.area_px == len(ys)
        assert extent.box_xyxy == (xs.min(), ys.min(), xs.max() + 1, ys.max() + 1)


@given(grids)
def test_first_use_is_row_major(grid: np.ndarray) -> None:
    assert list(first_use(row_runs(grid))) == list(dict.fromkeys(grid.ravel().tolist()))


@given(grids)
def test_relabel_replaces_each_value_by_its_own_entry(grid: np.ndarray) -> None:
    table = {1: 2, 2: 1, 2**32 - 1: 70_000}
    expected = np.vectorize(lambda value: table.get(int(value), 0))(grid)
    assert np.array_equal(relabel(row_runs(grid), table), expected)
