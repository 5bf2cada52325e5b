# SPDX-License-Identifier: Apache-2.0
"""Simplification: to the bit as the page says, no pixel changed up to 0.75 px, borders never cross nor stray."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from intarsia.core.errors import GeometryError
from intarsia.core.partition_raster import rasterize
from intarsia.core.simplify import simplify
from intarsia.core.vectorize import VectorView, vectorize

from . import view_oracle
from .map_kinds import random_maps
from .strategies import Ids, grids

tolerances = st.one_of(st.integers(0, 300), st.sampled_from([90, 91, 180, 181, 192, 193]), st.integers(0, 3000))
Line = NDArray[np.float64]


def expected_line(arc: view_oracle.Arc, tolerance: int) -> list[view_oracle.Vertex]:
    line = view_oracle.thinned(arc, tolerance=tolerance)
    if tolerance > 192 and len(arc.xy) > 2:
        return view_oracle.coarsened(line, tolerance=tolerance - 192)
    return line


@settings(max_examples=250, deadline=None)
@given(grids(), tolerances)
@example(np.tri(40, 300, 3, dtype=np.uint32), 192)
def test_every_arc_is_that_of_the_oracle(ids: Ids, tolerance: int) -> None:
    view = simplify(vectorize(ids), tolerance_px=tolerance / 256)
    arcs = view_oracle.arcs(ids)
    assert view.arc_count == len(arcs)
    for k, arc in enumerate(arcs):
        assert [tuple(xy) for xy in view.arc(k).tolist()] == expected_line(arc, tolerance)


def test_long_winding_arcs_are_those_of_the_oracle() -> None:
    ys, xs = np.indices((60, 400))
    for slope in (0.0, 0.08):
        ids = (ys > 30 + slope * (xs - 200) + 9 * np.sin(xs / 7)).astype(np.uint32)
        ids[:, 399] = 2
        arcs = view_oracle.arcs(ids)
        assert max(len(arc.cracks) for arc in arcs) > 400
        for tolerance in (192, 500):
            view = simplify(vectorize(ids), tolerance_px=tolerance / 256)
            for k, arc in enumerate(arcs):
                assert [tuple(xy) for xy in view.arc(k).tolist()] == expected_line(arc, tolerance)


@settings(max_examples=200, deadline=None)
@given(grids(), st.integers(0, 192))
def test_up_to_three_quarters_of_a_pixel_no_pixel_changes(ids: Ids, tolerance: int) -> None:
    assert np.array_equal(rasterize(simplify(vectorize(ids), tolerance_px=tolerance / 256)), ids)


def test_thinned_borders_never_cross_or_touch_but_in_nodes() -> None:
    for ids in random_maps(160, seed=31, side_max=12):
        view = simplify(vectorize(ids), tolerance_px=0.75)
        assert crossing_pieces(view) == []


def crossing_pieces(view: VectorView) -> list[tuple[int, int]]:
    """Pairs of straight pieces that have a point in common which is not an end of both."""
    tails, heads = [], []
    for k in range(view.arc_count):
        xy = view.arc(k).astype(np.int64)
        tails.append(xy[:-1])
        heads.append(xy[1:])
    a, b = np.concatenate(tails), np.concatenate(heads)

    def side(p: NDArray[np.int64], q: NDArray[np.int64], r: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.sign(
            (q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1]) - (q[..., 1] - p[..., 1]) * (r[..., 0] - p[..., 0])
        )

    a1, b1, a2, b2 = a[:, None], b[:, None], a[None], b[None]
    apart = side(a1, b1, a2) * side(a1, b1, b2)
    other = side(a2, b2, a1) * side(a2, b2, b1)
    low = np.maximum(np.minimum(a1, b1), np.minimum(a2, b2))
    high = np.minimum(np.maximum(a1, b1), np.maximum(a2, b2))
    meet = (apart <= 0) & (other <= 0) & (low <= high).all(axis=-1)
    shared = sum(((p == q).all(axis=-1)).astype(int) for p in (a1, b1) for q in (a2, b2))
    # Pieces may share one end. Sharing an end and yet overlapping on a line shows as low != high.
    allowed = (shared == 1) & ~(
        (apart == 0) & (other == 0) & (low < high).any(axis=-1) & (side(a1, b1, a2) == side(a1, b1, b2))
    )
    return [(i, j) for i, j in np.argwhere(meet & ~allowed).tolist() if i < j]


@settings(max_examples=80, deadline=None)
@given(grids(), st.integers(91, 1500))
def test_old_and_new_border_are_nowhere_farther_apart_than_the_tolerance(ids: Ids, tolerance: int) -> None:
    exact = vectorize(ids)
    view = simplify(exact, tolerance_px=tolerance / 256)
    for k in range(exact.arc_count):
        old, new = exact.arc(k).astype(np.float64), view.arc(k).astype(np.float64)
        assert farthest(samples(old), new) <= tolerance + 1e-6
        assert farthest(samples(new), old) <= tolerance + 1e-6


def samples(line: Line) -> Line:
    steps = np.linspace(0, 1, 9)[:, None, None]
    return (line[:-1] + steps * (line[1:] - line[:-1])).reshape(-1, 2)


def farthest(points: Line, line: Line) -> float:
    """Greatest distance of points from a polyline."""
    a, d = line[:-1], line[1:] - line[:-1]
    length2 = np.maximum((d * d).sum(axis=1), 1e-12)
    t = np.clip(((points[:, None] - a) * d).sum(axis=2) / length2, 0, 1)
    away = points[:, None] - (a + t[..., None] * d)
    return math.sqrt(float((away * away).sum(axis=2).min(axis=1).max()))


@settings(max_examples=150, deadline=None)
@given(grids(), st.floats(0, 30))
def test_every_pixel_has_one_owner_of_the_map_whatever_the_tolerance(ids: Ids, tolerance_px: float) -> None:
    result = rasterize(simplify(vectorize(ids), tolerance_px=tolerance_px))
    assert result.shape == ids.shape
    assert np.isin(result, ids).all()


def test_what_is_left_is_shared_arc_by_arc() -> None:
    for ids in random_maps(40, seed=8):
        exact, view = vectorize(ids), simplify(vectorize(ids), tolerance_px=1.5)
        assert np.array_equal(exact.left, view.left)
        assert np.array_equal(exact.right, view.right)
        for k in range(exact.arc_count):
            loop = bool((exact.arc(k)[0] == exact.arc(k)[-1]).all())
            assert loop == bool((view.arc(k)[0] == view.arc(k)[-1]).all())
            if not loop:
                assert (exact.arc(k)[[0, -1]] == view.arc(k)[[0, -1]]).all()


def test_a_slanted_border_becomes_one_piece_and_a_disc_keeps_its_area() -> None:
    ys, xs = np.indices((100, 240))
    slanted = simplify(vectorize((ys > xs // 3 + 5).astype(np.uint8)), tolerance_px=0.75)
    inner = int(np.flatnonzero(slanted.left == 0)[0])
    assert len(slanted.arc(inner)) == 4
    disc = ((ys - 50) ** 2 + (xs - 120) ** 2 <= 40**2).astype(np.uint8)
    view = simplify(vectorize(disc), tolerance_px=2.0)
    kept = int((rasterize(view) == 1).sum())
    assert len(view.arc(int(np.flatnonzero(view.left == 0)[0]))) < 20
    assert abs(kept - int(disc.sum())) < 0.03 * disc.sum()


@pytest.mark.parametrize("tolerance_px", [math.nan, math.inf])
def test_a_tolerance_that_is_no_number_is_refused(tolerance_px: float) -> None:
    with pytest.raises(GeometryError) as refused:
        simplify(vectorize(np.zeros((2, 2), np.uint8)), tolerance_px=tolerance_px)
    assert refused.value.code == "coordinate_not_finite"
