# SPDX-License-Identifier: Apache-2.0
"""Measures and pixels of objects: corners, bounds, areas, and which pixels one would take (contract/raster.md)."""

from __future__ import annotations

import math

import numpy as np

from intarsia.core import raster
from intarsia.core.geometry import SizeHW, tile_grid
from intarsia.core.item_geometry import Box, Geometry, Point, PointXY, Polygon, Polyline, RotatedBox
from intarsia.core.label_map import LabelMap
from intarsia.core.limits import TILE_SIDE_PX
from intarsia.core.runs import Region

# Exact where the library's would be off by a rounding, so that a box on its side has whole corners.
_QUARTERS = {0.0: (1.0, 0.0), 90.0: (0.0, 1.0), 180.0: (-1.0, 0.0), 270.0: (0.0, -1.0)}


def corners_of(box: RotatedBox) -> tuple[PointXY, PointXY, PointXY, PointXY]:
    """Corners in px: what was upper left, upper right, lower right, lower left before the turn. Not quantised."""
    turn = math.radians(box.angle_deg)
    cosine, sine = _QUARTERS.get(box.angle_deg, (math.cos(turn), math.sin(turn)))
    half_w, half_h = box.size_wh[0] / 2, box.size_wh[1] / 2

    def corner(dx: float, dy: float) -> PointXY:
        return box.centre[0] + dx * cosine - dy * sine, box.centre[1] + dx * sine + dy * cosine

    return corner(-half_w, -half_h), corner(half_w, -half_h), corner(half_w, half_h), corner(-half_w, half_h)


def outline_of(geometry: Geometry) -> tuple[tuple[PointXY, ...], ...]:
    """Rings, or the points of a line or point, in px."""
    if isinstance(geometry, Box):
        x0, y0, x1, y1 = geometry.box_xyxy
        return (((x0, y0), (x1, y0), (x1, y1), (x0, y1)),)
    if isinstance(geometry, RotatedBox):
        return (corners_of(geometry),)
    if isinstance(geometry, Polygon):
        return geometry.rings
    return (geometry.points if isinstance(geometry, Polyline) else (geometry.point,),)


def bounds_xyxy(geometry: Geometry) -> tuple[float, float, float, float]:
    """The upright box round it, in px; of a point both corners are the point."""
    points = [point for ring in outline_of(geometry) for point in ring]
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return min(xs), min(ys), max(xs), max(ys)


def area_px(geometry: Geometry) -> float:
    """Area inside the outline, in px²: of a polygon that of its first ring without those of the others; lines have 0.

    For rings that cross themselves or each other this is not the area that even-odd fills; count the region's pixels.
    """
    if isinstance(geometry, Polyline | Point):
        return 0.0
    if isinstance(geometry, RotatedBox):
        return geometry.size_wh[0] * geometry.size_wh[1]
    first, *holes = (_ring_area(ring) for ring in outline_of(geometry))
    return max(first - sum(holes), 0.0)


def region_of(geometry: Geometry, *, size_hw: SizeHW) -> Region:
    """Pixels whose centres it holds: polygons by even-odd; lines and points hold none.

    Coordinates are quantised, and so clamped to what raster.md allows.
    """
    if isinstance(geometry, Polyline | Point):
        return Region.empty()
    if isinstance(geometry, Box):
        return raster.box(raster.quantise(geometry.box_xyxy).tolist(), size_hw=size_hw)
    rings = [raster.quantise(ring) for ring in outline_of(geometry)]
    return raster.polygon(rings, rule="evenodd", size_hw=size_hw)


def box_of_segment(label_map: LabelMap, segment_id: int) -> Box | None:
    """The tight box round all pixels of a segment; None when it owns none."""
    columns = tile_grid(label_map.size_hw)[1]
    found: list[tuple[int, int, int, int]] = []
    for index in label_map.tiles_holding([segment_id]):
        ys, xs = np.nonzero(label_map.tile_array(index) == segment_id)
        top, left = index // columns * TILE_SIDE_PX, index % columns * TILE_SIDE_PX
        found.append((left + int(xs.min()), top + int(ys.min()), left + int(xs.max()), top + int(ys.max())))
    if not found:
        return None
    x0s, y0s, x1s, y1s = zip(*found, strict=True)
    return Box((float(min(x0s)), float(min(y0s)), float(max(x1s) + 1), float(max(y1s) + 1)))


def _ring_area(ring: tuple[PointXY, ...]) -> float:
    """Shoelace, round the first point so that far coordinates lose nothing."""
    x0, y0 = ring[0]
    double = 0.0
    for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
        double += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
    return abs(double) / 2
