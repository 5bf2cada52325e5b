# SPDX-License-Identifier: Apache-2.0
"""Geometry of objects (contract/items.md): box, rotated box, polygon, polyline, point.

Coordinates are floats in image px, multiples of 1/256, so that they are exact; they may lie outside the image. A
geometry is checked when it is made (`GeometryError` `bad_geometry`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Literal

from intarsia.core.errors import GeometryError
from intarsia.core.limits import OBJECT_POINTS_MAX

GeometryKind = Literal["box", "rotated_box", "polygon", "polyline", "point"]
PointXY = tuple[float, float]

GEOMETRY_KINDS: tuple[GeometryKind, ...] = ("box", "rotated_box", "polygon", "polyline", "point")
COORDINATE_MAX_PX = float(1 << 20)
_PER_PX = 256
_RING_POINTS_MIN = 3
_LINE_POINTS_MIN = 2


@dataclass(frozen=True, slots=True)
class Box:
    """`box_xyxy` is (x0, y0, x1, y1) with x0 < x1 and y0 < y1."""

    kind: ClassVar[Literal["box"]] = "box"
    box_xyxy: tuple[float, float, float, float]

    def __post_init__(self) -> None:
        _check_numbers(self.box_xyxy)
        x0, y0, x1, y1 = self.box_xyxy
        if not (x0 < x1 and y0 < y1):
            _refuse("A box has its left edge left of its right one, and its top above its bottom.")


@dataclass(frozen=True, slots=True)
class RotatedBox:
    """`size_wh` before the turn by `angle_deg`, in [0, 360), clockwise on screen, round `centre`."""

    kind: ClassVar[Literal["rotated_box"]] = "rotated_box"
    centre: PointXY
    size_wh: tuple[float, float]
    angle_deg: float

    def __post_init__(self) -> None:
        _check_numbers((*self.centre, *self.size_wh, self.angle_deg))
        if not (self.size_wh[0] > 0 and self.size_wh[1] > 0):
            _refuse("A rotated box is wider and higher than 0.")
        if not 0 <= self.angle_deg < 360:
            _refuse("An angle is at least 0 and below 360 degrees.")


@dataclass(frozen=True, slots=True)
class Polygon:
    """The first ring is the outside, others are holes; filled by even-odd, closed by themselves."""

    kind: ClassVar[Literal["polygon"]] = "polygon"
    rings: tuple[tuple[PointXY, ...], ...]

    def __post_init__(self) -> None:
        if not self.rings or any(len(ring) < _RING_POINTS_MIN for ring in self.rings):
            _refuse("A polygon has one ring or more, each of three points or more.")
        _check_points(point for ring in self.rings for point in ring)


@dataclass(frozen=True, slots=True)
class Polyline:
    kind: ClassVar[Literal["polyline"]] = "polyline"
    points: tuple[PointXY, ...]

    def __post_init__(self) -> None:
        if len(self.points) < _LINE_POINTS_MIN:
            _refuse("A polyline has two points or more.")
        _check_points(self.points)


@dataclass(frozen=True, slots=True)
class Point:
    kind: ClassVar[Literal["point"]] = "point"
    point: PointXY

    def __post_init__(self) -> None:
        _check_numbers(self.point)


Geometry = Box | RotatedBox | Polygon | Polyline | Point


def _check_points(points: Iterable[PointXY]) -> None:
    numbers = [value for point in points for value in point]
    if len(numbers) > 2 * OBJECT_POINTS_MAX:
        _refuse(f"An object has at most {OBJECT_POINTS_MAX} points; this one has {len(numbers) // 2}.")
    _check_numbers(numbers)


def _check_numbers(numbers: Iterable[float]) -> None:
    for value in numbers:
        if not math.isfinite(value) or abs(value) > COORDINATE_MAX_PX or not float(value * _PER_PX).is_integer():
            _refuse(f"{value} is no multiple of 1/256 from -2^20 to 2^20.")


def _refuse(what: str) -> None:
    raise GeometryError("bad_geometry", f"{what} The object was not taken over.")
