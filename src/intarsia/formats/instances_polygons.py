# SPDX-License-Identifier: Apache-2.0
"""COCO polygons of a map's segments: outlines along shared borders, thinned only as far as no pixel changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import numpy.typing as npt

from intarsia.core.rings import ring_vertices, trace_rings
from intarsia.core.simplify import EXACT_TOLERANCE_PX, simplify
from intarsia.core.vectorize import FIXED_PER_PX, vectorize


def polygons_of(ids: npt.NDArray[np.uint32], *, wanted: Collection[int]) -> Mapping[int, list[list[float]]]:
    """[x0, y0, x1, y1, …] in px of every outline, by segment id, of those ``wanted`` ids that have no hole.

    COCO takes a list of polygons for their union, so that a hole cannot be said; such segments are left out here.
    Filled by pixel centres, the polygons give back exactly the pixels of ``ids`` (H, W).
    """
    exact = vectorize(ids)
    rings = trace_rings(exact)
    vertices, offsets = ring_vertices(rings, view=simplify(exact, tolerance_px=EXACT_TOLERANCE_PX))
    holed = set(np.unique(rings.segment_ids[rings.is_hole]).tolist())
    usable = set(wanted) - holed
    found: dict[int, list[list[float]]] = {}
    bounds = offsets.tolist()
    for ring, segment_id in enumerate(rings.segment_ids.tolist()):
        if segment_id in usable:
            points = vertices[bounds[ring] : bounds[ring + 1]]
            found.setdefault(segment_id, []).append(_numbers(points))
    return found


def _numbers(points: npt.NDArray[np.int32]) -> list[float]:
    """Multiples of 1/256 are exact in decimal; whole numbers are written without a point."""
    values = (points.reshape(-1) / FIXED_PER_PX).tolist()
    return [int(value) if value.is_integer() else value for value in values]
