# SPDX-License-Identifier: Apache-2.0
"""Golden cases of contract/raster.md."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from sequence_shapes import random_shape
from vector_shapes import Case, case

FAR_LOW, FAR_HIGH = -(1 << 24), (1 << 25) - 1
Shape = dict[str, Any]


def box(*corners: int) -> Shape:
    return {"kind": "box", "frame": "fixed", "corners": list(corners)}


def polygon(*rings: list[int], rule: str = "nonzero") -> Shape:
    return {"kind": "polygon", "frame": "fixed", "rule": rule, "rings": list(rings)}


def stroke(radius: int, *points: int, square: bool = False) -> Shape:
    kind = "square_stroke" if square else "stroke"
    return {"kind": kind, "frame": "fixed", "points": list(points), "radius": radius}


PENTAGRAM = [1280, 0, 2048, 2432, 0, 896, 2560, 896, 512, 2432]
SQUARE = [256, 256, 2304, 256, 2304, 2304, 256, 2304]
HOLE = [768, 768, 1792, 768, 1792, 1792, 768, 1792]


def shapes() -> Iterator[tuple[str, str, Shape]]:
    yield "box", "centres at the left and top edge are in, at the right and bottom out", box(128, 128, 1152, 640)
    yield "box_turned", "corners in any order", box(1152, 640, 128, 128)
    yield "box_between", "no centre inside", box(129, 129, 383, 383)
    yield "box_outside", "wholly outside the image", box(FAR_LOW, 0, -1, 999)
    yield "box_all", "far beyond the image on all sides", box(FAR_LOW, FAR_LOW, FAR_HIGH, FAR_HIGH)
    yield "triangle", "edges through centres", polygon([128, 128, 2176, 128, 128, 2176])
    yield "pentagram_nonzero", "crosses itself: the middle is in", polygon(PENTAGRAM)
    yield "pentagram_evenodd", "crosses itself: the middle is out", polygon(PENTAGRAM, rule="evenodd")
    yield "hole_evenodd", "a further ring is a hole", polygon(SQUARE, HOLE, rule="evenodd")
    yield "hole_nonzero_same_way", "both rings turn one way: no hole", polygon(SQUARE, HOLE)
    turned = [HOLE[i + j] for i in range(len(HOLE) - 2, -1, -2) for j in (0, 1)]
    yield "hole_nonzero_other_way", "rings that turn against each other: a hole", polygon(SQUARE, turned)
    yield "twice_nonzero", "a ring twice is one", polygon(SQUARE, SQUARE)
    yield "twice_evenodd", "a ring twice is none", polygon(SQUARE, SQUARE, rule="evenodd")
    yield "flat", "all vertices on one row", polygon([0, 128, 900, 128, 2000, 128])
    yield "spike", "there and back again", polygon([0, 0, 2000, 2000, 0, 0])
    yield "same_point", "a ring of one place", polygon([500, 500] * 4)
    yield "share_left", "shares the slanted edge with share_right", polygon([0, 0, 1300, 0, 700, 2560, 0, 2560])
    yield "share_right", "shares the slanted edge with share_left", polygon([1300, 0, 2560, 0, 2560, 2560, 700, 2560])
    yield "far", "vertices at the ends of the range", polygon([FAR_LOW, FAR_LOW, FAR_HIGH, 300, FAR_LOW, FAR_HIGH])
    yield "no_rings", "an empty region", polygon()
    yield "ring_of_two", "ring_too_short", polygon(SQUARE, [0, 0, 999, 999])
    yield "disc", "one point is a disc", stroke(640, 1280, 1280)
    yield "disc_on_centre", "the smallest radius, on a centre: the border is in", stroke(128, 1408, 1408)
    yield "disc_on_corner", "the smallest radius, on a pixel corner: nothing", stroke(128, 1280, 1280)
    yield "capsule", "slanted", stroke(384, 300, 500, 2200, 1700)
    yield "capsule_left", "drawn the other way", stroke(384, 2200, 1700, 300, 500)
    yield "capsule_level", "along a row", stroke(300, 100, 1000, 2000, 1000)
    yield "capsule_upright", "along a column", stroke(300, 1000, 2000, 1000, 100)
    yield "zigzag", "a union; runs of a row never touch", stroke(200, 0, 0, 2500, 700, 0, 1400, 2500, 2100)
    yield "same_point_twice", "a capsule of length 0", stroke(500, 1000, 1000, 1000, 1000)
    yield "capsule_far", "c·c and r²·L beyond 2^53", stroke(1 << 20, FAR_LOW, FAR_LOW, FAR_HIGH, FAR_HIGH - 77)
    yield "capsule_far_thin", "a thin one through the image from far away", stroke(129, FAR_LOW, 1000, FAR_HIGH, 1003)
    yield "no_points", "an empty region", stroke(256)
    yield "radius_small", "radius_out_of_range", stroke(127, 0, 0)
    yield "radius_large", "radius_out_of_range", stroke((1 << 20) + 1, 0, 0)
    yield "square_point", "one point is a box", stroke(512, 1280, 1280, square=True)
    yield "square_falling", "towards the lower right", stroke(300, 400, 400, 2000, 1500, square=True)
    yield "square_rising", "towards the upper right", stroke(300, 400, 1500, 2000, 400, square=True)
    yield "square_back", "drawn from right to left", stroke(300, 2000, 400, 400, 1500, square=True)
    yield "square_upright", "along a column, upwards", stroke(300, 1000, 2000, 1000, 400, square=True)
    yield "square_path", "a union", stroke(200, 0, 0, 2500, 700, 0, 1400, square=True)
    yield "square_radius", "radius_out_of_range", stroke(0, 0, 0, square=True)


def cases() -> Iterator[Case]:
    values = [0, 0.5, 1 / 512, -1 / 512, 0.0019, -0.3, 131_071.99, 131_072, 1e9, -65_536, -65_536.5, -1e300, 1e308]
    yield case("quantise", "floor(v · 256 + 0.5), then clamped", do="quantise", values=values)
    tie = (0.5 - 2.0**-54) / 256
    yield case("quantise_float64", "the sum is rounded to float64 before floor", do="quantise", values=[tie])
    for name in ("NaN", "Infinity", "-Infinity"):
        yield case(f"quantise_{name}", "coordinate_not_finite", do="quantise", values=[1, name])
    for name, why, shape in shapes():
        yield case(name, why, do="region", size_hw=[10, 11], shape=shape)
    yield case("px_frame", "coordinates in px are quantised", do="region", size_hw=[10, 11], shape=px_shape())
    for size_hw in ([0, 5], [5, 65_536], [20_000, 20_000]):
        yield case(
            f"size_{size_hw[0]}x{size_hw[1]}",
            "size_out_of_range",
            do="region",
            size_hw=size_hw,
            shape=box(0, 0, 256, 256),
        )
    yield case("one_by_one", "the smallest image", do="region", size_hw=[1, 1], shape=polygon([0, 0, 256, 0, 0, 256]))
    rng = random.Random(2)
    for number in range(60):
        size_hw = (rng.randint(1, 40), rng.randint(1, 40))
        shape = random_shape(rng, size_hw)
        yield case(
            f"random_{number}", "a shape of the random sequences", do="region", size_hw=list(size_hw), shape=shape
        )


def px_shape() -> Shape:
    return {"kind": "stroke", "frame": "px", "points": [1.25, 2.001953125, 8.1, 6.7], "radius": 1.3}
