# SPDX-License-Identifier: Apache-2.0
"""Arcs to pixels by label switching, against the row-by-row oracle; what is no partition is refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intarsia.core.errors import GeometryError
from intarsia.core.partition_raster import rasterize
from intarsia.core.simplify import simplify
from intarsia.core.vectorize import VectorView, vectorize

from . import view_oracle
from .strategies import Ids, grids


def oracle_rows(view: VectorView) -> list[list[int]]:
    arcs = [
        (int(view.left[k]), int(view.right[k]), [tuple(xy) for xy in view.arc(k).tolist()])
        for k in range(view.arc_count)
    ]
    return view_oracle.rasterized(arcs, view.size_hw)


@settings(max_examples=150, deadline=None)
@given(grids(), st.sampled_from([0.0, 0.75, 1.0, 2.5, 7.0]))
def test_pixels_are_those_of_the_oracle(ids: Ids, tolerance_px: float) -> None:
    view = simplify(vectorize(ids), tolerance_px=tolerance_px)
    assert rasterize(view).tolist() == oracle_rows(view)


@settings(max_examples=150, deadline=None)
@given(grids(), st.integers(0, 1 << 32), st.integers(1, 900))
def test_dragged_borders_are_those_of_the_oracle(ids: Ids, seed: int, reach: int) -> None:
    exact = vectorize(ids)
    rng = np.random.default_rng(seed)
    xy = exact.xy_fixed + rng.integers(-reach, reach + 1, exact.xy_fixed.shape).astype(np.int32)
    frame = np.repeat(exact.left == -1, np.diff(exact.offsets))
    xy[frame] = exact.xy_fixed[frame]
    view = replace(exact, xy_fixed=xy)
    rows = oracle_rows(view)
    if any(-1 in row for row in rows):
        with pytest.raises(GeometryError) as refused:
            rasterize(view)
        assert refused.value.code == "open_partition"
    else:
        assert rasterize(view).tolist() == rows


@pytest.mark.parametrize("missing", range(4))
def test_a_frame_with_a_side_missing_or_reversed_is_no_partition(missing: int) -> None:
    exact = vectorize(np.full((3, 5), 4, np.uint32))
    rest = [k for k in range(4) if k != missing]
    open_view = VectorView(
        exact.size_hw,
        np.concatenate([exact.arc(k) for k in rest]),
        np.array([0, 2, 4, 6]),
        exact.left[rest],
        exact.right[rest],
    )
    turned = exact.xy_fixed.copy()
    turned[2 * missing : 2 * missing + 2] = turned[2 * missing : 2 * missing + 2][::-1]
    reversed_view = replace(exact, xy_fixed=turned)
    # The upper and lower side cross no row; the right one only ends what is inside.
    for view in (open_view, reversed_view):
        rows = oracle_rows(view)
        if any(-1 in row for row in rows):
            with pytest.raises(GeometryError) as refused:
                rasterize(view)
            assert refused.value.code == "open_partition"
        else:
            assert rasterize(view).tolist() == rows
    assert any(-1 in row for row in oracle_rows(reversed_view)) == (missing == 2)


def test_no_arcs_at_all_are_no_partition() -> None:
    nothing = VectorView(
        (2, 2), np.zeros((0, 2), np.int32), np.zeros(1, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64)
    )
    with pytest.raises(GeometryError) as refused:
        rasterize(nothing)
    assert refused.value.code == "open_partition"


def test_an_impossible_size_is_refused_before_any_work() -> None:
    exact = vectorize(np.zeros((1, 1), np.uint8))
    with pytest.raises(GeometryError) as refused:
        rasterize(replace(exact, size_hw=(1 << 20, 1 << 20)))
    assert refused.value.code == "size_out_of_range"
