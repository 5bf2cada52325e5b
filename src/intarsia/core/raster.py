# SPDX-License-Identifier: Apache-2.0
"""Which pixels a shape takes: contract/raster.md, in integers.

Shapes come in fixed coordinates (integers of 1/256 px); `quantise` makes them from px. Results are `Region`s.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from intarsia.core.errors import GeometryError
from intarsia.core.geometry import SizeHW, check_size
from intarsia.core.limits import POLYGON_VERTICES_MAX
from intarsia.core.raster_capsule import capsule_keys
from intarsia.core.raster_polygon import FillRule, fill_keys
from intarsia.core.runs import Region, region_from_keys

__all__ = ["FIXED_PER_PX", "FillRule", "Region", "box", "polygon", "quantise", "square_stroke", "stroke"]

I64 = NDArray[np.int64]
Points = Sequence[Sequence[int]] | NDArray[np.integer]

FIXED_PER_PX = 256
_FIXED_MIN = -(1 << 24)
_FIXED_MAX = (1 << 25) - 1
_RADIUS_MIN = 128
_RADIUS_MAX = 1 << 20


def quantise(values_px: ArrayLike) -> I64:
    """Fixed coordinates (int64, same shape) of coordinates in px: floor(v · 256 + 0.5), clamped.

    Raises `coordinate_not_finite`.
    """
    values = np.asarray(values_px, np.float64)
    if not bool(np.isfinite(values).all()):
        raise GeometryError("coordinate_not_finite", "A coordinate is not a finite number. Draw the shape again.")
    # Clamping first would change nothing but avoids an overflow to infinity of huge finite values.
    near = np.minimum(np.maximum(values, -1e9), 1e9)
    fixed: I64 = np.clip(np.floor(near * 256.0 + 0.5), _FIXED_MIN, _FIXED_MAX).astype(np.int64)
    return fixed


def box(corners_fixed: Sequence[int], *, size_hw: SizeHW) -> Region:
    """Pixels with centres in the box (x0, y0, x1, y1), whose corners may come in any order."""
    height, width = check_size(size_hw)
    ax, ay, bx, by = (int(value) for value in corners_fixed)
    x0, x1 = (min(max((x + 127) >> 8, 0), width) for x in sorted((ax, bx)))
    y0, y1 = (min(max((y + 127) >> 8, 0), height) for y in sorted((ay, by)))
    if x0 >= x1 or y0 >= y1:
        return Region.empty()
    ys = np.arange(y0, y1, dtype=np.int32)
    return Region(ys, np.full(ys.size, x0, np.int32), np.full(ys.size, x1, np.int32))


def polygon(rings_fixed: Iterable[Points], *, rule: FillRule, size_hw: SizeHW) -> Region:
    """Pixels inside rings of fixed (x, y) vertices, closed by themselves; holes are further rings.

    Raises `ring_too_short`, `too_many_vertices`, `size_out_of_range`.
    """
    size_hw = check_size(size_hw)
    rings = [_points(ring) for ring in rings_fixed]
    _check_count(sum(len(ring) for ring in rings))
    if any(len(ring) < 3 for ring in rings):
        raise GeometryError("ring_too_short", "An outline needs at least three points.")
    if not rings:
        return Region.empty()
    tails = np.concatenate(rings)
    heads = np.concatenate([np.roll(ring, -1, axis=0) for ring in rings])
    return region_from_keys(*fill_keys(tails, heads, rule=rule, size_hw=size_hw))


def stroke(points_fixed: Points, *, radius_fixed: int, size_hw: SizeHW) -> Region:
    """Pixels of a round brush drawn along fixed (x, y) points: the union of capsules; one point is a disc.

    Raises `radius_out_of_range`, `too_many_vertices`, `size_out_of_range`.
    """
    size_hw = check_size(size_hw)
    points = _stroke_points(points_fixed, radius_fixed)
    if len(points) == 0:
        return Region.empty()
    tails, heads = (points[:-1], points[1:]) if len(points) > 1 else (points, points)
    return region_from_keys(*capsule_keys(tails, heads, radius=int(radius_fixed), size_hw=size_hw))


def square_stroke(points_fixed: Points, *, radius_fixed: int, size_hw: SizeHW) -> Region:
    """Pixels of a square brush [−radius, radius)² swept along fixed (x, y) points. Errors as `stroke`."""
    size_hw = check_size(size_hw)
    points = _stroke_points(points_fixed, radius_fixed)
    if len(points) == 0:
        return Region.empty()
    tails, heads = (points[:-1], points[1:]) if len(points) > 1 else (points, points)
    hulls = _swept_hulls(tails, heads, int(radius_fixed))
    # All hulls turn the same way, so their union is what one non-zero filling of all of them takes.
    edges = hulls.reshape(-1, 2), np.roll(hulls, -1, axis=1).reshape(-1, 2)
    return region_from_keys(*fill_keys(*edges, rule="nonzero", size_hw=size_hw))


_Sign = Literal[-1, 1]
_FALLING: tuple[tuple[Literal["a", "b"], _Sign, _Sign], ...] = (
    ("a", -1, -1), ("a", 1, -1), ("b", 1, -1), ("b", 1, 1), ("b", -1, 1), ("a", -1, 1),
)  # fmt: skip
_RISING: tuple[tuple[Literal["a", "b"], _Sign, _Sign], ...] = (
    ("a", -1, 1), ("a", -1, -1), ("b", -1, -1), ("b", 1, -1), ("b", 1, 1), ("a", 1, 1),
)  # fmt: skip


def _swept_hulls(tails: I64, heads: I64, radius: int) -> I64:
    """(n, 6, 2) hull vertices of the square swept from each tail to its head, as listed in raster.md."""
    swap = (tails[:, 0] > heads[:, 0]) | ((tails[:, 0] == heads[:, 0]) & (tails[:, 1] > heads[:, 1]))
    ends = {"a": np.where(swap[:, None], heads, tails), "b": np.where(swap[:, None], tails, heads)}
    falling, rising = (
        np.stack([ends[end] + np.array([sx * radius, sy * radius]) for end, sx, sy in corners], axis=1)
        for corners in (_FALLING, _RISING)
    )
    goes_down = ends["b"][:, 1] >= ends["a"][:, 1]
    hulls: I64 = np.where(goes_down[:, None, None], falling, rising)
    return hulls


def _points(points: Points) -> I64:
    array = np.asarray(points, np.int64)
    return array.reshape(-1, 2) if array.size == 0 else array


def _stroke_points(points_fixed: Points, radius_fixed: int) -> I64:
    if not _RADIUS_MIN <= radius_fixed <= _RADIUS_MAX:
        raise GeometryError(
            "radius_out_of_range",
            f"A brush radius lies between {_RADIUS_MIN / FIXED_PER_PX} and {_RADIUS_MAX // FIXED_PER_PX} px.",
            radius_fixed=int(radius_fixed),
        )
    points = _points(points_fixed)
    _check_count(len(points))
    return points


def _check_count(count: int) -> None:
    if count > POLYGON_VERTICES_MAX:
        raise GeometryError(
            "too_many_vertices",
            f"A shape may have {POLYGON_VERTICES_MAX} points; this one has {count}. Draw it in parts.",
            count=count,
        )
