# SPDX-License-Identifier: Apache-2.0
"""Measures and pixels of objects against what each pixel's centre says."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intarsia.core.item_geometry import Box, Geometry, Point, Polygon, Polyline, RotatedBox
from intarsia.core.label_map import LabelMap
from intarsia.core.object_shape import area_px, bounds_xyxy, box_of_segment, corners_of, region_of

from . import oracle
from .strategies import Ids, border_sizes, coordinates, grids, small_sizes

SIZE_HW = (12, 14)
px = coordinates.map(lambda fixed: fixed / 256)
rings = st.lists(st.tuples(px, px), min_size=3, max_size=6).map(tuple)
pairs = st.lists(px, min_size=2, max_size=2, unique=True).map(sorted)
sizes = st.integers(1, 4000).map(lambda fixed: fixed / 256)
rotated = st.builds(
    RotatedBox,
    st.tuples(px, px),
    st.tuples(sizes, sizes),
    st.one_of(st.sampled_from([0.0, 90.0, 180.0, 270.0]), st.integers(0, 360 * 256 - 1).map(lambda step: step / 256)),
)


def mask_of(geometry: Geometry) -> np.ndarray:
    return oracle.region_mask(region_of(geometry, size_hw=SIZE_HW).runs(), SIZE_HW)


@given(st.lists(rings, min_size=1, max_size=3).map(tuple))
def test_polygons_fill_by_even_odd(rings: tuple[tuple[tuple[float, float], ...], ...]) -> None:
    fixed = [[(int(x * 256), int(y * 256)) for x, y in ring] for ring in rings]
    assert np.array_equal(mask_of(Polygon(rings)), oracle.polygon_mask(fixed, "evenodd", SIZE_HW))


@given(pairs, pairs)
def test_boxes_hold_the_centres_between_their_edges(xs: list[float], ys: list[float]) -> None:
    box = Box((xs[0], ys[0], xs[1], ys[1]))
    rows, columns = np.arange(SIZE_HW[0]) + 0.5, np.arange(SIZE_HW[1]) + 0.5
    inside = ((ys[0] <= rows) & (rows < ys[1]))[:, None] & ((xs[0] <= columns) & (columns < xs[1]))[None]
    assert np.array_equal(mask_of(box), inside)
    assert area_px(box) == (xs[1] - xs[0]) * (ys[1] - ys[0])
    assert bounds_xyxy(box) == box.box_xyxy


@given(rotated)
def test_rotated_boxes_hold_what_lies_within_half_their_sides(box: RotatedBox) -> None:
    mask = mask_of(box)
    turn = math.radians(box.angle_deg)
    for y in range(SIZE_HW[0]):
        for x in range(SIZE_HW[1]):
            dx, dy = x + 0.5 - box.centre[0], y + 0.5 - box.centre[1]
            along = abs(dx * math.cos(turn) + dy * math.sin(turn)) - box.size_wh[0] / 2
            across = abs(dy * math.cos(turn) - dx * math.sin(turn)) - box.size_wh[1] / 2
            # Corners are quantised: nearer than a step of 1/256 px to an edge either answer is right.
            if max(along, across) < -0.01:
                assert mask[y, x]
            elif max(along, across) > 0.01:
                assert not mask[y, x]
    x0, y0, x1, y1 = bounds_xyxy(box)
    reach = math.hypot(*box.size_wh) / 2
    assert x1 - x0 <= 2 * reach + 1e-6 and y1 - y0 <= 2 * reach + 1e-6
    (ax, ay), (bx, by), _, (dx, dy) = corners_of(box)
    assert area_px(box) == pytest.approx(abs((bx - ax) * (dy - ay) - (dx - ax) * (by - ay)), abs=1e-6)


def test_a_quarter_turn_is_exact() -> None:
    assert corners_of(RotatedBox((5, 5), (4, 2), 90)) == ((6, 3), (6, 7), (4, 7), (4, 3))


def test_holes_have_no_area_and_lines_no_pixels() -> None:
    square = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))
    hole = ((2.0, 2.0), (4.0, 2.0), (4.0, 5.0), (2.0, 5.0))
    assert area_px(Polygon((square, hole))) == 94
    assert region_of(Polygon((square, hole)), size_hw=SIZE_HW).pixel_count == 94
    for thin in (Polyline(((1, 2), (5, 9.5))), Point((1, 2))):
        assert area_px(thin) == 0
        assert region_of(thin, size_hw=SIZE_HW).run_count == 0
    assert bounds_xyxy(Polyline(((1, 9.5), (5, 2)))) == (1, 2, 5, 9.5)


@given(st.one_of(small_sizes, border_sizes).flatmap(grids))
def test_the_box_of_a_segment_is_tight(ids: Ids) -> None:
    label_map = LabelMap.from_array(ids)
    for segment_id in (1, 65_536, 77):
        ys, xs = np.nonzero(ids == segment_id)
        box = box_of_segment(label_map, segment_id)
        if ys.size == 0:
            assert box is None
        else:
            assert box is not None
            assert box.box_xyxy == (xs.min(), ys.min(), xs.max() + 1, ys.max() + 1)
