# SPDX-License-Identifier: Apache-2.0
"""Arcs, rings and polygons of a map, against the crack-by-crack oracle and by their own laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from intarsia.core import raster
from intarsia.core.components import components
from intarsia.core.errors import GeometryError
from intarsia.core.partition_raster import rasterize
from intarsia.core.rings import ring_vertices, trace_polygons, trace_rings
from intarsia.core.simplify import simplify
from intarsia.core.vectorize import VectorView, vectorize

from . import view_oracle
from .map_kinds import random_maps
from .strategies import Ids, grids


def arcs_px(view: VectorView) -> list[tuple[int, int, list[tuple[int, int]]]]:
    assert not (view.xy_fixed % 256).any()
    return [
        (int(view.left[k]), int(view.right[k]), [(int(x), int(y)) for x, y in view.arc(k) // 256])
        for k in range(view.arc_count)
    ]


def drawn(*rows: str) -> Ids:
    return np.array([[int(character) for character in row] for row in rows], np.uint32)


def test_a_map_of_one_id_has_the_four_sides_of_the_frame() -> None:
    view = vectorize(drawn("777", "777"))
    assert arcs_px(view) == [
        (-1, 7, [(0, 0), (3, 0)]),
        (-1, 7, [(3, 0), (3, 2)]),
        (-1, 7, [(0, 2), (0, 0)]),
        (-1, 7, [(3, 2), (0, 2)]),
    ]
    rings = trace_rings(view)
    assert rings.walk(0) == [(0, False), (1, False), (3, False), (2, False)]


def test_an_island_is_one_closed_arc_shared_by_both_sides() -> None:
    ids = drawn("2222", "2552", "2552", "2222")
    view = vectorize(ids)
    assert arcs_px(view)[2] == (2, 5, [(1, 1), (3, 1), (3, 3), (1, 3), (1, 1)])
    rings = trace_rings(view)
    walks = {(int(rings.segment_ids[k]), bool(rings.is_hole[k])): rings.walk(k) for k in range(rings.ring_count)}
    assert walks[(5, False)] == [(2, False)]
    assert walks[(2, True)] == [(2, True)]
    polygons = trace_polygons(rings, exact=view, ids=ids)
    assert [(polygon.segment_id, polygon.outer, polygon.holes) for polygon in polygons] == [(2, 0, (1,)), (5, 2, ())]


def test_diagonal_pixels_of_one_id_are_apart() -> None:
    view = vectorize(drawn("10", "01"))
    rings = trace_rings(view)
    assert [int(segment_id) for segment_id in rings.segment_ids] == [0, 0, 1, 1]
    assert not rings.is_hole.any()


def test_a_hole_of_a_part_inside_a_hole_goes_to_its_own_part() -> None:
    ids = drawn("1111111", "1000001", "1011101", "1012101", "1011101", "1000001", "1111111")
    view = vectorize(ids)
    rings = trace_rings(view)
    polygons = {p.outer: p for p in trace_polygons(rings, exact=view, ids=ids) if p.segment_id == 1}
    outer, inner = sorted(polygons)
    boxes = [rings.coordinates(polygons[k].holes[0], view=view).min(axis=0) // 256 for k in (outer, inner)]
    assert [len(polygons[k].holes) for k in (outer, inner)] == [1, 1]
    assert [box.tolist() for box in boxes] == [[1, 1], [3, 3]]


@settings(max_examples=150, deadline=None)
@given(grids())
def test_arcs_and_rings_are_those_of_the_oracle(ids: Ids) -> None:
    view = vectorize(ids)
    assert arcs_px(view) == [(arc.left, arc.right, list(arc.xy)) for arc in view_oracle.arcs(ids)]
    rings = trace_rings(view)
    found = [(int(rings.segment_ids[k]), rings.walk(k), bool(rings.is_hole[k])) for k in range(rings.ring_count)]
    assert found == view_oracle.rings(ids)


@pytest.mark.parametrize("seed", range(4))
def test_arcs_and_rings_of_troublesome_maps_are_those_of_the_oracle(seed: int) -> None:
    for ids in random_maps(60, seed=seed, side_max=10):
        view = vectorize(ids)
        assert arcs_px(view) == [(arc.left, arc.right, list(arc.xy)) for arc in view_oracle.arcs(ids)]
        rings = trace_rings(view)
        walks = [(int(rings.segment_ids[k]), rings.walk(k), bool(rings.is_hole[k])) for k in range(rings.ring_count)]
        assert walks == view_oracle.rings(ids)


def test_polygons_fill_their_parts_and_every_arc_has_two_sides() -> None:
    for ids in random_maps(400, seed=5):
        view = vectorize(ids)
        rings = trace_rings(view)
        used = np.bincount(rings.arcs, minlength=view.arc_count)
        assert (used == np.where(view.left == -1, 1, 2)).all()
        parts = {tuple(part.region.runs()[0][:2]): part for part in components(ids)}
        polygons = trace_polygons(rings, exact=view, ids=ids)
        assert len(polygons) == len(parts)
        for polygon in polygons:
            outlines = [rings.coordinates(ring, view=view) for ring in (polygon.outer, *polygon.holes)]
            region = raster.polygon(outlines, rule="evenodd", size_hw=view.size_hw)
            part = parts[region.runs()[0][:2]]
            assert part.region == region
            assert part.segment_id == polygon.segment_id


@settings(max_examples=30, deadline=None)
@given(grids())
def test_ring_vertices_are_the_coordinates_of_every_ring(ids: Ids) -> None:
    view = simplify(vectorize(ids), tolerance_px=0.75)
    rings = trace_rings(vectorize(ids))
    xy, offsets = ring_vertices(rings, view=view)
    for ring in range(rings.ring_count):
        assert np.array_equal(xy[offsets[ring] : offsets[ring + 1]], rings.coordinates(ring, view=view))


def test_the_result_is_the_same_for_every_width_of_id() -> None:
    ids = next(iter(random_maps(1, seed=9)))
    small = (ids % 200).astype(np.uint8)
    assert vectorize(small) == vectorize(small.astype(np.uint32)) == vectorize(np.asfortranarray(small))


def test_simplified_outlines_are_not_taken_for_exact_ones() -> None:
    simple = simplify(vectorize(drawn("110", "100", "000")), tolerance_px=0.75)
    for use in (trace_rings, lambda view: simplify(view, tolerance_px=1.0)):
        with pytest.raises(GeometryError) as refused:
            use(simple)
        assert refused.value.code == "not_exact"


def test_ten_thousand_random_maps_come_back_exactly() -> None:
    for ids in random_maps(10_000, seed=20_261):
        view = vectorize(ids)
        assert np.array_equal(rasterize(view), ids)
        assert np.array_equal(rasterize(simplify(view, tolerance_px=0.75)), ids)


def test_a_map_of_many_tiles_comes_back_exactly() -> None:
    rng = np.random.default_rng(3)
    ids = np.kron(rng.integers(0, 9, (40, 55)), np.ones((13, 11))).astype(np.uint32)
    ids[rng.random(ids.shape) < 0.02] = 70_000
    view = vectorize(ids)
    assert np.array_equal(rasterize(view), ids)
    assert np.array_equal(rasterize(simplify(view, tolerance_px=0.75)), ids)
