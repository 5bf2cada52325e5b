# SPDX-License-Identifier: Apache-2.0
"""Borders of real ground truth: exact there and back, no pixel changed at 0.75 px, every pixel owned once."""

from __future__ import annotations

import numpy as np
import pytest

from intarsia.core import raster
from intarsia.core.partition_raster import rasterize
from intarsia.core.rings import trace_polygons, trace_rings
from intarsia.core.simplify import simplify
from intarsia.core.vectorize import vectorize

from .real_maps import FOLDER, GROUPS, MAPS_IN_GROUP, WHY_SKIPPED, real_maps

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=WHY_SKIPPED)


@pytest.mark.parametrize("group", GROUPS)
def test_every_map_comes_back_exactly_and_thinning_changes_no_pixel(group: str) -> None:
    maps = 0
    for name, ids in real_maps(group):
        view = vectorize(ids)
        assert np.array_equal(rasterize(view), ids), name
        thinned = simplify(view, tolerance_px=0.75)
        assert np.array_equal(rasterize(thinned), ids), name
        assert thinned.vertex_count < view.vertex_count
        maps += 1
    assert maps == MAPS_IN_GROUP[group]


def test_outlines_for_export_own_every_pixel_of_street_scenes_once() -> None:
    changed = pixels = 0
    for name, ids in real_maps("camvid"):
        exact = vectorize(ids)
        rings = trace_rings(exact)
        view = simplify(exact, tolerance_px=0.75)
        owners = np.zeros(ids.shape, np.int32)
        drawn = np.zeros_like(ids)
        for polygon in trace_polygons(rings, exact=exact, ids=ids):
            outlines = [rings.coordinates(ring, view=view) for ring in (polygon.outer, *polygon.holes)]
            for y, x0, x1 in raster.polygon(outlines, rule="evenodd", size_hw=exact.size_hw).runs():
                owners[y, x0:x1] += 1
                drawn[y, x0:x1] = polygon.segment_id
        assert (owners == 1).all(), name
        changed += int((drawn != ids).sum())
        pixels += ids.size
    assert changed <= 0.001 * pixels
    assert changed == 0


@pytest.mark.parametrize(("tolerance_px", "unchanged"), [(1.0, 0.999), (1.5, 0.985), (4.0, 0.95)])
def test_coarser_borders_of_street_scenes_keep_one_known_owner_per_pixel(tolerance_px: float, unchanged: float) -> None:
    same = pixels = 0
    for _, ids in real_maps("camvid"):
        result = rasterize(simplify(vectorize(ids), tolerance_px=tolerance_px))
        assert np.isin(result, ids).all()
        same += int((result == ids).sum())
        pixels += ids.size
    assert same >= unchanged * pixels
