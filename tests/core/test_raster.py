# SPDX-License-Identifier: Apache-2.0
"""Shapes take the pixels that contract/raster.md says, no more and no fewer."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intarsia.core import raster
from intarsia.core.errors import GeometryError

from . import oracle
from .strategies import coordinates, points, radii, small_sizes

rings = st.lists(st.lists(points, min_size=3, max_size=8), min_size=1, max_size=3)
paths = st.lists(points, min_size=1, max_size=5)
FAR = st.sampled_from([-(1 << 24), (1 << 25) - 1, -70_000, 1 << 22, 0, 128])


@settings(max_examples=300)
@given(rings, st.sampled_from(["nonzero", "evenodd"]), small_sizes)
def test_polygon_takes_what_the_crossings_say(
    rings: list[list[tuple[int, int]]], rule: raster.FillRule, size_hw: tuple[int, int]
) -> None:
    region = raster.polygon(rings, rule=rule, size_hw=size_hw)
    assert np.array_equal(oracle.region_mask(region.runs(), size_hw), oracle.polygon_mask(rings, rule, size_hw))


@settings(max_examples=300)
@given(paths, radii, small_sizes)
def test_round_stroke_takes_first_to_last_of_each_row(
    path: list[tuple[int, int]], radius: int, size_hw: tuple[int, int]
) -> None:
    region = raster.stroke(path, radius_fixed=radius, size_hw=size_hw)
    assert np.array_equal(oracle.region_mask(region.runs(), size_hw), oracle.stroke_mask(path, radius, size_hw))


@settings(max_examples=300)
@given(paths, radii, small_sizes)
def test_square_stroke_is_the_union_of_swept_squares(
    path: list[tuple[int, int]], radius: int, size_hw: tuple[int, int]
) -> None:
    region = raster.square_stroke(path, radius_fixed=radius, size_hw=size_hw)
    assert np.array_equal(oracle.region_mask(region.runs(), size_hw), oracle.square_stroke_mask(path, radius, size_hw))


@given(st.tuples(coordinates, coordinates, coordinates, coordinates), small_sizes)
def test_box_takes_centres_from_left_and_top_to_before_right_and_bottom(
    corners: tuple[int, int, int, int], size_hw: tuple[int, int]
) -> None:
    region = raster.box(corners, size_hw=size_hw)
    assert np.array_equal(oracle.region_mask(region.runs(), size_hw), oracle.box_mask(corners, size_hw))


@given(st.lists(st.tuples(FAR, FAR), min_size=2, max_size=3), st.sampled_from([128, 300, 5000, 1 << 20]))
@settings(max_examples=40)
def test_strokes_far_outside_follow_the_predicate(path: list[tuple[int, int]], radius: int) -> None:
    # Coordinates at the ends of the range, where c·c and r²·L pass 2^53 and are rounded.
    size_hw = (4, 7)
    expected = np.zeros(size_hw, np.bool_)
    for a, b in pairwise(path):
        for y in range(size_hw[0]):
            span = oracle.capsule_row(a, b, radius, y)
            if span is not None:
                expected[y, max(span[0], 0) : max(span[1] + 1, 0)] = True
    region = raster.stroke(path, radius_fixed=radius, size_hw=size_hw)
    assert np.array_equal(oracle.region_mask(region.runs(), size_hw), expected)


@given(st.lists(st.tuples(FAR, FAR), min_size=3, max_size=6), st.sampled_from(["nonzero", "evenodd"]))
@settings(max_examples=60)
def test_polygons_with_vertices_far_outside(ring: list[tuple[int, int]], rule: raster.FillRule) -> None:
    size_hw = (4, 5)
    region = raster.polygon([ring], rule=rule, size_hw=size_hw)
    assert np.array_equal(oracle.region_mask(region.runs(), size_hw), oracle.polygon_mask([ring], rule, size_hw))


@given(points, points, points, points, small_sizes)
def test_triangles_that_share_an_edge_leave_no_gap_and_no_overlap(
    a: tuple[int, int], b: tuple[int, int], c: tuple[int, int], d: tuple[int, int], size_hw: tuple[int, int]
) -> None:
    # c and d on different sides of the line through a and b.
    def side(p: tuple[int, int]) -> int:
        return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])

    if side(c) * side(d) >= 0:
        return
    first, second, both = (
        oracle.region_mask(raster.polygon([ring], rule="nonzero", size_hw=size_hw).runs(), size_hw)
        for ring in ([a, b, c], [b, a, d], [a, d, b, c])
    )
    assert not (first & second).any()
    assert np.array_equal(first | second, both)


@given(st.lists(st.lists(points, min_size=3, max_size=5), min_size=1, max_size=2), st.integers(0, 6))
def test_direction_and_first_vertex_of_a_ring_do_not_matter(rings: list[list[tuple[int, int]]], turn: int) -> None:
    size_hw = (12, 13)
    turned = [ring[turn % len(ring) :] + ring[: turn % len(ring)] for ring in rings]
    turned = [list(reversed(ring)) for ring in turned]
    for rule in ("nonzero", "evenodd"):
        assert raster.polygon(rings, rule=rule, size_hw=size_hw) == raster.polygon(turned, rule=rule, size_hw=size_hw)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=20))
def test_quantise_is_floor_of_v_256_and_a_half_then_clamped(values: list[float]) -> None:
    def expected(value: float) -> int:
        scaled = value * 256 + 0.5
        whole = math.floor(scaled) if math.isfinite(scaled) else (1 << 40) * (1 if value > 0 else -1)
        return min(max(whole, -(1 << 24)), (1 << 25) - 1)

    assert raster.quantise(values).tolist() == [expected(value) for value in values]


def test_quantise_keeps_the_rounding_of_float64() -> None:
    # 0.5 - 2^-54 + 0.5 rounds to 1.0 in float64: the page asks for that order of operations.
    value = (0.5 - 2.0**-54) / 256
    assert raster.quantise([value]).tolist() == [1]
    assert math.floor(Fraction(value) * 256 + Fraction(1, 2)) == 0


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_quantise_refuses_what_is_not_finite(value: float) -> None:
    with pytest.raises(GeometryError) as refused:
        raster.quantise([0.0, value])
    assert refused.value.code == "coordinate_not_finite"


@pytest.mark.parametrize("draw", [raster.stroke, raster.square_stroke])
@pytest.mark.parametrize("radius", [-1, 0, 127, (1 << 20) + 1])
def test_radius_has_bounds(draw: type[object], radius: int) -> None:
    with pytest.raises(GeometryError) as refused:
        draw([(0, 0)], radius_fixed=radius, size_hw=(4, 4))  # type: ignore[call-arg]
    assert refused.value.code == "radius_out_of_range"


def test_vertices_have_a_limit_over_all_rings() -> None:
    ring = [(0, 0)] * 100_001
    with pytest.raises(GeometryError) as refused:
        raster.polygon([ring, ring], rule="nonzero", size_hw=(4, 4))
    assert refused.value.code == "too_many_vertices"
    with pytest.raises(GeometryError) as refused:
        raster.stroke([(0, 0)] * 200_001, radius_fixed=256, size_hw=(4, 4))
    assert refused.value.code == "too_many_vertices"


def test_a_ring_has_three_vertices() -> None:
    with pytest.raises(GeometryError) as refused:
        raster.polygon([[(0, 0), (9, 0), (0, 9)], [(0, 0), (9, 9)]], rule="nonzero", size_hw=(4, 4))
    assert refused.value.code == "ring_too_short"


@pytest.mark.parametrize("size_hw", [(0, 5), (5, 0), (65_536, 1), (1, 65_536), (65_535, 65_535), (-1, 4)])
def test_sizes_have_bounds(size_hw: tuple[int, int]) -> None:
    with pytest.raises(GeometryError) as refused:
        raster.box((0, 0, 256, 256), size_hw=size_hw)
    assert refused.value.code == "size_out_of_range"


def test_shapes_without_points_are_empty() -> None:
    assert raster.polygon([], rule="nonzero", size_hw=(4, 4)).run_count == 0
    assert raster.stroke([], radius_fixed=256, size_hw=(4, 4)).run_count == 0
    assert raster.square_stroke([], radius_fixed=256, size_hw=(4, 4)).run_count == 0


def test_an_outline_up_and_down_many_times_is_worked_through_in_bands() -> None:
    # 20,000 edges over 300 rows are 6 million crossings, more than are worked on at once.
    xs = np.linspace(0, 1000 * 256, 20_000).astype(np.int64)
    ys = np.where(np.arange(20_000) % 2 == 0, 0, 300 * 256)
    ring = np.stack((xs, ys), axis=1)
    region = raster.polygon([ring], rule="nonzero", size_hw=(300, 1000))
    band = raster.polygon([ring], rule="nonzero", size_hw=(7, 1000))
    rows = region.ys < 7
    assert np.array_equal(region.x0s[rows], band.x0s)
    assert np.array_equal(region.x1s[rows], band.x1s)


def test_many_capsules_in_pieces_equal_their_union() -> None:
    rng = np.random.default_rng(5)
    path = rng.integers(-2000, 900 * 256, (4000, 2))
    size_hw = (900, 800)
    whole = oracle.region_mask(raster.stroke(path, radius_fixed=700, size_hw=size_hw).runs(), size_hw)
    parts = np.zeros(size_hw, np.bool_)
    for first in range(0, 4000, 500):
        part = raster.stroke(path[first : first + 501], radius_fixed=700, size_hw=size_hw)
        parts |= oracle.region_mask(part.runs(), size_hw)
    assert np.array_equal(whole, parts)
