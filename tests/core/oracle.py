# SPDX-License-Identifier: Apache-2.0
"""The contract pages written down once more, pixel by pixel and slowly: what the core is compared with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Ids = NDArray[np.uint32]
Point = tuple[int, int]
# Columns outside the image that are tried too: a row of a capsule runs from its first to its last pixel anywhere.
_MARGIN_PX = 80


def polygon_mask(rings: Sequence[Sequence[Point]], rule: str, size_hw: tuple[int, int]) -> Mask:
    height, width = size_hw
    mask = np.zeros(size_hw, np.bool_)
    for y in range(height):
        crossings = [crossing for ring in rings for crossing in _row_crossings(ring, 256 * y + 128)]
        for x in range(width):
            turns = [turn for at, turn in crossings if at <= x]
            mask[y, x] = sum(turns) != 0 if rule == "nonzero" else len(turns) % 2 == 1
    return mask


def _row_crossings(ring: Sequence[Point], fixed_y: int) -> Iterable[tuple[int, int]]:
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (ay <= fixed_y) == (by <= fixed_y):
            continue
        turn = 1 if by > ay else -1
        if turn < 0:
            ax, ay, bx, by = bx, by, ax, ay
        rise = by - ay
        numerator = (ax - 128) * rise + (fixed_y - ay) * (bx - ax)
        yield -(-numerator // (256 * rise)), turn


def box_mask(corners: Sequence[int], size_hw: tuple[int, int]) -> Mask:
    x0, x1 = sorted((corners[0], corners[2]))
    y0, y1 = sorted((corners[1], corners[3]))
    xs = 256 * np.arange(size_hw[1]) + 128
    ys = 256 * np.arange(size_hw[0]) + 128
    return ((y0 <= ys) & (ys < y1))[:, None] & ((x0 <= xs) & (xs < x1))[None, :]


def in_capsule(a: Point, b: Point, radius: int, x: int, y: int) -> bool:
    """The predicate of raster.md for the pixel centre (x, y), in its order of operations."""
    dx, dy = float(b[0] - a[0]), float(b[1] - a[1])
    px, py = float(x - a[0]), float(y - a[1])
    length, t, r2 = dx * dx + dy * dy, px * dx + py * dy, float(radius) * float(radius)
    if t <= 0:
        return px * px + py * py <= r2
    if t >= length:
        qx, qy = float(x - b[0]), float(y - b[1])
        return qx * qx + qy * qy <= r2
    c = px * dy - py * dx
    return c * c <= r2 * length


def stroke_mask(points: Sequence[Point], radius: int, size_hw: tuple[int, int]) -> Mask:
    height, width = size_hw
    mask = np.zeros(size_hw, np.bool_)
    parts = list(pairwise(points)) or [(p, p) for p in points]
    for a, b in parts:
        for y in range(height):
            columns = range(-_MARGIN_PX, width + _MARGIN_PX)
            hits = [x for x in columns if in_capsule(a, b, radius, 256 * x + 128, 256 * y + 128)]
            if hits:
                mask[y, max(hits[0], 0) : max(hits[-1] + 1, 0)] = True
    return mask


def capsule_row(a: Point, b: Point, radius: int, y: int) -> tuple[int, int] | None:
    """First and last pixel of a capsule in row y, wherever on the row: the predicate for all columns at once."""
    x = 256.0 * np.arange(-75_000, 140_000) + 128
    dx, dy = float(b[0] - a[0]), float(b[1] - a[1])
    px, py = x - a[0], float(256 * y + 128 - a[1])
    length, t, r2 = dx * dx + dy * dy, px * dx + py * dy, float(radius) * float(radius)
    qx, qy = x - b[0], float(256 * y + 128 - b[1])
    c = px * dy - py * dx
    at_ends = np.where(t <= 0, px * px + py * py <= r2, qx * qx + qy * qy <= r2)
    hits = np.flatnonzero(np.where((t <= 0) | (t >= length), at_ends, c * c <= r2 * length))
    return (int(hits[0]) - 75_000, int(hits[-1]) - 75_000) if hits.size else None


def square_stroke_mask(points: Sequence[Point], radius: int, size_hw: tuple[int, int]) -> Mask:
    mask = np.zeros(size_hw, np.bool_)
    if len(points) == 1:
        x, y = points[0]
        return box_mask((x - radius, y - radius, x + radius, y + radius), size_hw)
    for p, q in pairwise(points):
        a, b = sorted((p, q))
        if b[1] >= a[1]:
            corners = [(a, -1, -1), (a, 1, -1), (b, 1, -1), (b, 1, 1), (b, -1, 1), (a, -1, 1)]
        else:
            corners = [(a, -1, 1), (a, -1, -1), (b, -1, -1), (b, 1, -1), (b, 1, 1), (a, 1, 1)]
        hull = [(end[0] + s * radius, end[1] + t * radius) for end, s, t in corners]
        mask |= polygon_mask([hull], "nonzero", size_hw)
    return mask


def applied(ids: Ids, mask: Mask, segment_id: int, mode: str, locked: Collection[int], hosts: Collection[int]) -> Ids:
    """Ids after `apply`, by the table of edit.md."""
    out = ids.copy()
    if segment_id != 0 and segment_id in locked:
        return out
    for y, x in zip(*np.nonzero(mask), strict=True):
        held = int(ids[y, x])
        allowed = {"behind": held == 0, "over": True, "inside": held in hosts}[mode]
        if held != segment_id and (held == 0 or held not in locked) and allowed:
            out[y, x] = segment_id
    return out


def replayed(head: Ids, before: Ids, after: Ids, aliases: dict[int, int]) -> tuple[Ids, dict[tuple[int, int], int]]:
    """(ids after replay of the pixels in which before and after differ, conflicts: (y, x) -> wanted id)."""
    out = head.copy()
    conflicts: dict[tuple[int, int], int] = {}
    for y, x in zip(*np.nonzero(before != after), strict=True):
        was, wanted = (_resolve(int(grid[y, x]), aliases) for grid in (before, after))
        held = int(head[y, x])
        if held == wanted:
            continue
        if held == was:
            out[y, x] = wanted
        else:
            conflicts[int(y), int(x)] = wanted
    return out, conflicts


def _resolve(segment_id: int, aliases: dict[int, int]) -> int:
    while segment_id in aliases:
        segment_id = aliases[segment_id]
    return segment_id


def runs_of(before: Ids, after: Ids) -> list[tuple[int, int, int, int, int]]:
    """Canonical runs (y, x0, length, before, after) of the pixels in which two grids differ."""
    runs: list[tuple[int, int, int, int, int]] = []
    for y in range(before.shape[0]):
        for x in range(before.shape[1]):
            was, now = int(before[y, x]), int(after[y, x])
            if was == now:
                continue
            if runs and runs[-1][0] == y and runs[-1][1] + runs[-1][2] == x and runs[-1][3:] == (was, now):
                runs[-1] = (y, runs[-1][1], runs[-1][2] + 1, was, now)
            else:
                runs.append((y, x, 1, was, now))
    return runs


def region_mask(runs: Iterable[tuple[int, int, int]], size_hw: tuple[int, int]) -> Mask:
    """Mask of a region; asserts that its runs are inside, sorted, disjoint and maximal."""
    mask = np.zeros(size_hw, np.bool_)
    last = (-1, -1)
    for y, x0, x1 in runs:
        assert 0 <= x0 < x1 <= size_hw[1]
        assert 0 <= y < size_hw[0]
        assert (y, x0) > (last[0], last[1]), "runs of a row touch, overlap or are out of order"
        last = (y, x1)
        mask[y, x0:x1] = True
    return mask
