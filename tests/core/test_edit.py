# SPDX-License-Identifier: Apache-2.0
"""Edits against a naive per-pixel oracle: the partition is kept, undo is exact, compose and bytes agree."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intarsia.core import raster
from intarsia.core.annotation import Annotation, apply_exactly
from intarsia.core.edit import (
    DrawMode,
    PixelRuns,
    Segment,
    SegmentChange,
    apply,
    apply_edit,
    compose,
    compose_pixels,
    invert,
)
from intarsia.core.errors import EditError
from intarsia.core.label_map import LabelMap
from intarsia.core.runs import Region

from . import oracle
from .strategies import (
    Ids,
    border_sizes,
    changes_between,
    edit_of,
    grids,
    points,
    radii,
    same_size_grids,
    segment_ids,
    small_sizes,
)

modes = st.sampled_from(["behind", "over", "inside"])
id_sets = st.sets(segment_ids, max_size=4)


def draw_region(data: st.DataObject, size_hw: tuple[int, int]) -> Region:
    if data.draw(st.booleans()):
        ring = data.draw(st.lists(points, min_size=3, max_size=7))
        return raster.polygon([ring], rule=data.draw(st.sampled_from(["nonzero", "evenodd"])), size_hw=size_hw)
    path = data.draw(st.lists(points, min_size=1, max_size=4))
    return raster.stroke(path, radius_fixed=data.draw(radii), size_hw=size_hw)


@given(grids(), st.data(), segment_ids, modes, id_sets, id_sets)
@settings(max_examples=300)
def test_apply_gives_the_pixels_of_the_table(
    ids: Ids, data: st.DataObject, segment_id: int, mode: DrawMode, locked: set[int], hosts: set[int]
) -> None:
    size_hw = (ids.shape[0], ids.shape[1])
    region = draw_region(data, size_hw)
    mask = oracle.region_mask(region.runs(), size_hw)
    label_map = LabelMap.from_array(ids)
    pixels = apply(label_map, region, segment_id, mode=mode, locked=locked, hosts=hosts)
    expected = oracle.applied(ids, mask, segment_id, mode, locked, hosts)
    assert pixels.runs() == oracle.runs_of(ids, expected)
    assert np.array_equal(label_map.to_array(), ids)
    done = apply_edit(label_map, edit_of(pixels))
    assert np.array_equal(done.to_array(), expected)
    undone = apply_edit(done, invert(edit_of(pixels)))
    assert [undone.tile_payload(i) for i in range(undone.tile_count)] == [label_map.tile_payload(0)]


@given(border_sizes.flatmap(grids), st.data(), segment_ids, modes, id_sets)
@settings(max_examples=40)
def test_apply_across_tile_borders(
    ids: Ids, data: st.DataObject, segment_id: int, mode: DrawMode, hosts: set[int]
) -> None:
    height, width = ids.shape
    x0, x1 = sorted(data.draw(st.tuples(st.integers(0, width), st.integers(0, width))))
    y0, y1 = sorted(data.draw(st.tuples(st.integers(0, height), st.integers(0, height))))
    region = raster.box((x0 * 256, y0 * 256, x1 * 256, y1 * 256), size_hw=(height, width))
    mask = np.zeros((height, width), np.bool_)
    mask[y0:y1, x0:x1] = True
    label_map = LabelMap.from_array(ids)
    pixels = apply(label_map, region, segment_id, mode=mode, hosts=hosts)
    expected = oracle.applied(ids, mask, segment_id, mode, (), hosts)
    assert apply_edit(label_map, edit_of(pixels)) == LabelMap.from_array(expected)
    assert pixels == changes_between(ids, expected)
    assert PixelRuns.decode(pixels.encode(), (height, width)) == pixels


def test_a_locked_segment_neither_gains_nor_loses_and_0_is_never_locked() -> None:
    label_map = LabelMap.from_array(np.array([[0, 1, 2]], np.uint32))
    whole = raster.box((0, 0, 768, 256), size_hw=(1, 3))
    assert apply(label_map, whole, 1, mode="over", locked={1}).run_count == 0
    assert apply(label_map, whole, 2, mode="over", locked={1, 0}).runs() == [(0, 0, 1, 0, 2)]
    assert apply(label_map, whole, 0, mode="over", locked={0}).runs() == [(0, 1, 1, 1, 0), (0, 2, 1, 2, 0)]
    assert apply(label_map, whole, 2, mode="inside", hosts=set()).run_count == 0
    assert apply(label_map, whole, 2, mode="inside", hosts={0}).runs() == [(0, 0, 1, 0, 2)]


@given(same_size_grids(2))
def test_invert_twice_is_nothing_and_undo_is_exact(pair: list[Ids]) -> None:
    before, after = pair
    edit = edit_of(changes_between(before, after))
    assert invert(invert(edit)) == edit
    start, end = LabelMap.from_array(before), LabelMap.from_array(after)
    assert apply_edit(start, edit) == end
    assert apply_edit(end, invert(edit)) == start
    assert apply_edit(end, invert(edit)).checksum("main") == start.checksum("main")


@given(same_size_grids(2))
def test_stale_pixels_are_refused(pair: list[Ids]) -> None:
    before, after = pair
    pixels = changes_between(before, after)
    if pixels.run_count == 0:
        return
    moved = before.copy()
    moved[int(pixels.ys[0]), int(pixels.x0s[0])] ^= 8
    with pytest.raises(EditError) as refused:
        apply_edit(LabelMap.from_array(moved), edit_of(pixels))
    assert refused.value.code == "stale_pixels"


def test_pixels_outside_the_map_are_refused() -> None:
    for run in ((2, 0, 1, 0, 1), (0, 3, 2, 0, 1)):
        with pytest.raises(EditError) as refused:
            apply_edit(LabelMap.empty((2, 4)), edit_of(PixelRuns.from_runs([run])))
        assert refused.value.code == "out_of_image"


@given(same_size_grids(4))
@settings(max_examples=200)
def test_compose_does_one_then_the_other_and_is_associative(stages: list[Ids]) -> None:
    a, b, c = (changes_between(first, second) for first, second in pairwise(stages))
    ab, bc = compose_pixels(a, b), compose_pixels(b, c)
    assert ab.runs() == oracle.runs_of(stages[0], stages[2])
    assert compose_pixels(ab, c) == compose_pixels(a, bc) == changes_between(stages[0], stages[3])
    assert compose_pixels(a, a.inverted()).run_count == 0


def test_compose_refuses_what_does_not_fit_together() -> None:
    one = edit_of(PixelRuns.from_runs([(0, 0, 4, 0, 1)]))
    other = edit_of(PixelRuns.from_runs([(0, 3, 1, 2, 3)]))
    elsewhere = edit_of(PixelRuns.from_runs([(0, 3, 1, 1, 3)]), layer="parts")
    for second in (other, elsewhere):
        with pytest.raises(EditError) as refused:
            compose(one, second)
        assert refused.value.code == "not_composable"


def test_compose_of_segment_changes() -> None:
    made, renamed = Segment(65_536, 3), Segment(65_536, 4)
    create = edit_of(PixelRuns.empty(), SegmentChange(65_536, None, made))
    change = edit_of(PixelRuns.empty(), SegmentChange(65_536, made, renamed))
    assert compose(create, change).segments == (SegmentChange(65_536, None, renamed),)
    assert compose(change, invert(change)).segments == ()
    assert compose(create, invert(create)).is_empty
    with pytest.raises(EditError) as refused:
        compose(change, change)
    assert refused.value.code == "not_composable"


def test_apply_exactly_checks_segments_too() -> None:
    start = Annotation.empty((2, 3), ["main"])
    create = edit_of(PixelRuns.from_runs([(0, 0, 2, 0, 65_536)]), SegmentChange(65_536, None, Segment(65_536, 3)))
    done = apply_exactly(start, create)
    assert done.segments[65_536].class_number == 3
    undone = apply_exactly(done, invert(create))
    assert undone.segments == {}
    assert undone.layers == start.layers
    for edit, code in ((create, "stale_segment"), (edit_of(PixelRuns.empty(), layer="no"), "unknown_layer")):
        with pytest.raises(EditError) as refused:
            apply_exactly(done, edit)
        assert refused.value.code == code


@given(small_sizes.flatmap(lambda size: st.tuples(grids(size), grids(size))))
def test_region_and_box_of_runs(pair: tuple[Ids, Ids]) -> None:
    before, after = pair
    pixels = changes_between(before, after)
    differs = before != after
    size_hw = (before.shape[0], before.shape[1])
    assert np.array_equal(oracle.region_mask(pixels.region().runs(), size_hw), differs)
    assert pixels.pixel_count == int(differs.sum())
    assert pixels.ids() == set(before[differs].tolist()) | set(after[differs].tolist())
    box = pixels.box_xyxy()
    if box is None:
        assert not differs.any()
        return
    ys, xs = np.nonzero(differs)
    assert box == (xs.min(), ys.min(), xs.max() + 1, ys.max() + 1)
