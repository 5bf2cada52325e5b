# SPDX-License-Identifier: Apache-2.0
"""Connected parts and the fill bounded by borders, against a flood pixel by pixel; mips against block by block."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intarsia.core.components import components, flood
from intarsia.core.errors import GeometryError
from intarsia.core.mips import mip_levels

from . import region_oracle
from .map_kinds import random_maps
from .strategies import Ids, grids, segment_ids


@settings(max_examples=150, deadline=None)
@given(grids(), st.none() | st.sets(segment_ids, max_size=3))
def test_parts_are_those_of_the_oracle(ids: Ids, wanted: set[int] | None) -> None:
    found = components(ids, segment_ids=wanted)
    expected = region_oracle.parts(ids, wanted)
    assert [(part.segment_id, part.area_px, part.box_xyxy, part.region.runs()) for part in found] == [
        (segment_id, len(pixels), region_oracle.box_of(pixels), region_oracle.runs_of(pixels))
        for segment_id, pixels in expected
    ]


def test_parts_of_troublesome_maps_are_those_of_the_oracle() -> None:
    for ids in random_maps(300, seed=12):
        expected = region_oracle.parts(ids, None)
        assert [part.region.runs() for part in components(ids)] == [region_oracle.runs_of(p) for _, p in expected]


@settings(max_examples=100, deadline=None)
@given(grids(), st.data())
def test_a_fill_takes_the_part_under_the_pointer(ids: Ids, data: st.DataObject) -> None:
    y, x = data.draw(st.integers(0, ids.shape[0] - 1)), data.draw(st.integers(0, ids.shape[1] - 1))
    assert flood(ids, x=x, y=y).runs() == region_oracle.runs_of(region_oracle.part_pixels(ids, y, x))


@pytest.mark.parametrize(("x", "y"), [(-1, 0), (0, -1), (3, 0), (0, 2)])
def test_a_fill_outside_the_image_is_refused(x: int, y: int) -> None:
    with pytest.raises(GeometryError) as refused:
        flood(np.zeros((2, 3), np.uint32), x=x, y=y)
    assert refused.value.code == "out_of_image"


def test_a_spiral_is_one_part() -> None:
    side = 65
    ids = np.zeros((side, side), np.uint32)
    y, x, dy, dx = 0, 0, 0, 1
    ids[0, 0] = 1
    for length in [side - 1, side - 1, side - 1, *(k for k in range(side - 3, 0, -2) for _ in range(2))]:
        for _ in range(length):
            y, x = y + dy, x + dx
            ids[y, x] = 1
        dy, dx = dx, -dy
    (part,) = components(ids, segment_ids=[1])
    assert part.area_px == int(ids.sum())
    assert flood(ids, x=0, y=0) == part.region


def test_no_wanted_id_gives_no_part() -> None:
    assert components(np.ones((4, 4), np.uint8), segment_ids=[0, 300, -4, 1 << 40]) == []


@settings(max_examples=60, deadline=None)
@given(grids())
def test_mips_take_the_lower_right_pixel_and_keep_every_gap(ids: Ids) -> None:
    expected_ids, expected_bits = ids, ids == 0
    for level in mip_levels(ids):
        if level.level > 0:
            expected_ids, expected_bits = region_oracle.mip_above(expected_ids, expected_bits)
        assert np.array_equal(level.ids, expected_ids)
        assert np.array_equal(level.any_unlabelled, expected_bits)
    assert expected_ids.size == 1
    assert bool(expected_bits[0, 0]) == bool((ids == 0).any())
