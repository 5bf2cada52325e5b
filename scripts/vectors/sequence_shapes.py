# SPDX-License-Identifier: Apache-2.0
"""Random shapes that look for trouble: on tile borders, far outside the image, self-crossing, degenerate."""

from __future__ import annotations

import random
from typing import Any

TILE_SIDE_PX = 256
FIXED_PER_PX = 256
Shape = dict[str, Any]
Centre = tuple[float, float]

_FAR_FIXED = (-(1 << 24), -(1 << 22), -70_000, 1 << 22, (1 << 25) - 1)


def random_shape(rng: random.Random, size_hw: tuple[int, int]) -> Shape:
    """A shape in the form of contract/vectors/README.md, as JSON."""
    makers = (*(_pen,) * 6, *(_rings,) * 3, *(_brush,) * 5, _box, _box, _square_brush, _square_brush, _odd)
    shape = rng.choice(makers)(rng, _centre(rng, size_hw))
    if rng.random() < 0.12:
        return _in_px(rng, shape)
    return shape


def _centre(rng: random.Random, size_hw: tuple[int, int]) -> Centre:
    """A place in px: half of the time within a few px of a tile border or corner."""
    x, y = rng.uniform(-8, size_hw[1] + 8), rng.uniform(-8, size_hw[0] + 8)
    if rng.random() < 0.5:
        x = TILE_SIDE_PX * rng.randint(0, size_hw[1] // TILE_SIDE_PX) + rng.randint(-3, 3)
    if rng.random() < 0.5:
        y = TILE_SIDE_PX * rng.randint(0, size_hw[0] // TILE_SIDE_PX) + rng.randint(-3, 3)
    return x, y


def _point(rng: random.Random, centre: Centre, reach_px: float) -> list[int]:
    """A vertex in fixed coordinates: free, on a whole or half pixel, on a tile border, or far outside."""
    kind = rng.random()
    x, y = (value + rng.uniform(-reach_px, reach_px) for value in centre)
    if kind < 0.5:
        return [int(x * FIXED_PER_PX), int(y * FIXED_PER_PX)]
    if kind < 0.8:
        half = FIXED_PER_PX // 2
        return [int(x * 2) * half, int(y * 2) * half]
    if kind < 0.97:
        tile = TILE_SIDE_PX * FIXED_PER_PX
        return [tile * round(x / TILE_SIDE_PX), int(y) * FIXED_PER_PX]
    return [rng.choice(_FAR_FIXED), rng.choice((int(y * FIXED_PER_PX), rng.choice(_FAR_FIXED)))]


def _ring(rng: random.Random, centre: Centre, reach_px: float, count: int) -> list[int]:
    return [value for _ in range(count) for value in _point(rng, centre, reach_px)]


def _reach(rng: random.Random) -> float:
    return rng.choice((3.0, 12.0, 30.0, 60.0, 60.0, 120.0))


def _pen(rng: random.Random, centre: Centre) -> Shape:
    """An outline by pen: vertices in any order, so that it crosses itself."""
    ring = _ring(rng, centre, _reach(rng), rng.randint(3, 12))
    return {"kind": "polygon", "frame": "fixed", "rule": "nonzero", "rings": [ring]}


def _rings(rng: random.Random, centre: Centre) -> Shape:
    """An imported polygon: an outer box-like ring and holes that may stick out of it."""
    reach = _reach(rng)
    x, y = (int(value * FIXED_PER_PX) for value in centre)
    r = int(reach * FIXED_PER_PX)
    outer = [x - r, y - r, x + r, y - r + 77, x + r - 51, y + r, x - r, y + r]
    holes = [_ring(rng, centre, reach * 0.7, rng.randint(3, 6)) for _ in range(rng.randint(0, 3))]
    rule = rng.choice(("evenodd", "evenodd", "nonzero"))
    return {"kind": "polygon", "frame": "fixed", "rule": rule, "rings": [outer, *holes]}


def _box(rng: random.Random, centre: Centre) -> Shape:
    reach = _reach(rng)
    corners = _point(rng, centre, reach) + _point(rng, centre, reach)
    return {"kind": "box", "frame": "fixed", "corners": corners}


def _path(rng: random.Random, centre: Centre) -> list[int]:
    x, y = (int(value * FIXED_PER_PX) for value in centre)
    step = rng.choice((200, 1500, 6000))
    points = [x, y]
    for _ in range(rng.choice((0, 1, 3, 8, 20))):
        move = rng.random()
        x += 0 if move < 0.15 else rng.randint(-step, step)
        y += 0 if move > 0.85 else rng.randint(-step, step)
        points += [x, y]
    return points


def _brush(rng: random.Random, centre: Centre) -> Shape:
    radius = rng.choice((128, 129, 384, 1000, rng.randint(128, 6000), 20 * FIXED_PER_PX))
    return {"kind": "stroke", "frame": "fixed", "points": _path(rng, centre), "radius": radius}


def _square_brush(rng: random.Random, centre: Centre) -> Shape:
    return {**_brush(rng, centre), "kind": "square_stroke"}


def _odd(rng: random.Random, centre: Centre) -> Shape:
    """Shapes that are refused, or that are empty or as large as the image."""
    x, y = (int(value * FIXED_PER_PX) for value in centre)
    return rng.choice(
        (
            {"kind": "polygon", "frame": "fixed", "rule": "nonzero", "rings": [[x, y, x + 999, y]]},
            {"kind": "polygon", "frame": "fixed", "rule": "evenodd", "rings": [[x, y] * 3]},
            {"kind": "stroke", "frame": "fixed", "points": [x, y], "radius": rng.choice((0, 127, (1 << 20) + 1))},
            {"kind": "stroke", "frame": "fixed", "points": [x, y, _FAR_FIXED[0], y], "radius": rng.randint(128, 900)},
            {"kind": "square_stroke", "frame": "fixed", "points": [x, y, x, _FAR_FIXED[-1]], "radius": 700},
            {"kind": "box", "frame": "fixed", "corners": [_FAR_FIXED[0], y, _FAR_FIXED[-1], y + 20 * FIXED_PER_PX]},
            {"kind": "box", "frame": "fixed", "corners": [x, y, x, y + 5000]},
        )
    )


def _in_px(rng: random.Random, shape: Shape) -> Shape:
    """The shape in px as floats off the 1/256 grid, so that quantising is part of the path."""

    def px(value: int) -> float:
        return value / FIXED_PER_PX + rng.choice((0.0, 0.001, 1 / 512, -1 / 512, 1 / 1024))

    moved: Shape = {**shape, "frame": "px"}
    for key in ("corners", "points"):
        if key in shape:
            moved[key] = [px(value) for value in shape[key]]
    if "rings" in shape:
        moved["rings"] = [[px(value) for value in ring] for ring in shape["rings"]]
    if "radius" in shape:
        moved["radius"] = shape["radius"] / FIXED_PER_PX
    return moved
