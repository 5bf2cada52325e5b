# SPDX-License-Identifier: Apache-2.0
"""Upright boxes round objects."""

from __future__ import annotations

import math

from intarsia.core.item_geometry import Box, Geometry, Point, Polygon, RotatedBox

Bounds = tuple[float, float, float, float]


def bounds_xyxy(geometry: Geometry) -> Bounds:
    """(x0, y0, x1, y1) in image px of the least upright box that holds the object."""
    if isinstance(geometry, Box):
        return geometry.box_xyxy
    if isinstance(geometry, RotatedBox):
        (x, y), (width, height) = geometry.centre, geometry.size_wh
        angle = math.radians(geometry.angle_deg)
        reach_x = (abs(width * math.cos(angle)) + abs(height * math.sin(angle))) / 2
        reach_y = (abs(width * math.sin(angle)) + abs(height * math.cos(angle))) / 2
        return x - reach_x, y - reach_y, x + reach_x, y + reach_y
    if isinstance(geometry, Point):
        return (*geometry.point, *geometry.point)
    points = geometry.rings[0] if isinstance(geometry, Polygon) else geometry.points
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def pixel_box(bounds: Bounds, size_hw: tuple[int, int]) -> tuple[int, int, int, int] | None:
    """The pixels that the bounds touch, half-open and inside the image; None when they lie outside of it."""
    height, width = size_hw
    x0, y0 = max(math.floor(bounds[0]), 0), max(math.floor(bounds[1]), 0)
    x1 = min(max(math.ceil(bounds[2]), math.floor(bounds[0]) + 1), width)
    y1 = min(max(math.ceil(bounds[3]), math.floor(bounds[1]) + 1), height)
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


def overlap(a: Bounds, b: Bounds) -> float:
    """Intersection over union of two upright boxes, 0 to 1; 0 where both are without area."""
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    shared = max(width, 0.0) * max(height, 0.0)
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared
    return shared / union if union > 0 else 0.0
