# SPDX-License-Identifier: Apache-2.0
"""Thinning of arcs that changes no pixel: straight pieces that pass between the pixel centres beside a border.

A border crosses, in the middle of each crack, the *rib*: the short line from one side's pixel centre to the other's. A
straight piece that crosses all ribs between its ends, in their sense, keeps every pixel where it was, and since ribs of
different borders never touch, pieces cannot cross either. See "Simplification" in contract/vector-view.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intarsia.core.runs import pixel_offsets
from intarsia.core.vectorize import FIXED_PER_PX, VectorView

I64 = NDArray[np.int64]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]
Bools = NDArray[np.bool_]

SPAN_MAX = 127
"""A piece spans this many points at most; it bounds the work for long straight borders."""
_LANES = 1 << 14
# Arcs are taken in groups of about this many vertices, so that memory follows the group and not the map.
_VERTICES_AT_ONCE = 1 << 16


@dataclass(frozen=True, slots=True)
class _Points:
    """Where vertices may stay, arc after arc; `offsets` as in VectorView.

    x and y in fixed units, as float64 that hold integers: their products stay below 2^53, so nothing is rounded.
    Where `ribbed`, (rib_x, rib_y) leads from a crack's middle to the left end of its rib.
    """

    x: F64
    y: F64
    rib_x: F64
    rib_y: F64
    ribbed: Bools
    offsets: I64


def thin(view: VectorView, arcs: I64, *, half_rib_fixed: int) -> tuple[I64, I64]:
    """Vertices (int64 (n, 2), 1/256 px) of the chosen arcs of an exact view in as few pieces as can be, and offsets."""
    group = np.cumsum(view.offsets[arcs + 1] - view.offsets[arcs]) // _VERTICES_AT_ONCE
    groups = np.split(arcs, np.flatnonzero(np.diff(group)) + 1)
    thinned = [_thin_group(view, part, half_rib_fixed) for part in groups]
    counts = np.concatenate([np.diff(offsets) for _, offsets in thinned])
    return np.concatenate([xy for xy, _ in thinned]), np.append(0, np.cumsum(counts))


def _thin_group(view: VectorView, arcs: I64, half_rib: int) -> tuple[I64, I64]:
    points = _points(view, arcs, half_rib)
    count = points.x.size
    last = np.repeat(points.offsets[1:] - 1, np.diff(points.offsets))
    seen = [_look_ahead(points, np.arange(at, min(at + _LANES, count)), last) for at in range(0, count, _LANES)]
    sights = np.zeros(count + 1, np.int64)
    np.cumsum(np.concatenate([per_point for per_point, _ in seen]), out=sights[1:])
    keep = _fewest_pieces(sights, np.concatenate([spans for _, spans in seen]), points.offsets)
    xy = np.stack((points.x[keep], points.y[keep]), axis=1).astype(np.int64)
    return _without_collinear(xy, np.searchsorted(keep, points.offsets))


def _points(view: VectorView, arcs: I64, half_rib: int) -> _Points:
    """Corners and, of each straight run of cracks, the middles of its first crack, of itself, and of its last crack."""
    counts = view.offsets[arcs + 1] - view.offsets[arcs]
    corners = view.xy_fixed[pixel_offsets(view.offsets[arcs], counts)].astype(np.float64)
    corner_ends = np.cumsum(counts)
    is_tail = np.ones(corners.shape[0], np.bool_)
    is_tail[corner_ends - 1] = False
    tail = np.flatnonzero(is_tail)
    run = corners[tail + 1] - corners[tail]
    step = np.sign(run)
    long = np.abs(run).max(axis=1) > FIXED_PER_PX
    per_corner = np.ones(corners.shape[0], np.int64)
    per_corner[tail] += np.where(long, 3, 1)
    place = np.cumsum(per_corner) - per_corner
    total = int(per_corner.sum())
    xy, rib = np.empty((total, 2)), np.zeros((total, 2))
    xy[place] = corners
    first = place[tail] + 1
    half_crack = step * (FIXED_PER_PX // 2)
    left = np.stack((step[:, 1], -step[:, 0]), axis=1) * half_rib
    xy[first], rib[first] = corners[tail] + half_crack, left
    centre = first[long] + 1
    xy[centre] = corners[tail][long] + run[long] / 2
    xy[centre + 1], rib[centre + 1] = (corners[tail + 1] - half_crack)[long], left[long]
    offsets = np.append(place[corner_ends - counts], total)
    ribbed = np.zeros(total, np.bool_)
    ribbed[first] = ribbed[centre + 1] = True
    x, y = np.ascontiguousarray(xy.T)
    rib_x, rib_y = np.ascontiguousarray(rib.T)
    return _Points(x, y, rib_x, rib_y, ribbed, offsets)


def _look_ahead(points: _Points, lanes: I64, last: I64) -> tuple[I64, U8]:
    """How many points each point of `lanes` sees, and the spans to them, ascending, lane after lane. All go in step.

    u and v bound the directions that pass every rib so far: u on the left, v on the right.
    """
    x, y, rib_x, rib_y, ribbed = points.x, points.y, points.rib_x, points.rib_y, points.ribbed
    lane = np.flatnonzero(lanes < last[lanes])
    i = lanes[lane]
    end = last[i]
    ax, ay = x[i], y[i]
    ux, uy, vx, vy = (np.zeros(i.size) for _ in range(4))
    seeing: list[NDArray[np.uint16]] = []
    span = 0
    while i.size:
        span += 1
        k = i + span
        dx, dy = x[k] - ax, y[k] - ay
        sees = (dx * uy <= dy * ux) & (dx * vy >= dy * vx)
        seeing.append(lane[sees].astype(np.uint16))
        has_rib = ribbed[k]
        hx, hy = rib_x[k], rib_y[k]
        lx, ly, rx, ry = dx + hx, dy + hy, dx - hx, dy - hy
        go_on = (k < end) & ~(has_rib & ((vx * ly > vy * lx) | (ux * ry < uy * rx)))
        # The first rib ahead, one or two points on, sets both bounds.
        unset = (ux == 0) & (uy == 0) if span <= 2 else False
        left = has_rib & ((ux * ly > uy * lx) | unset)
        right = has_rib & ((vx * ry < vy * rx) | unset)
        ux, uy = np.where(left, lx, ux), np.where(left, ly, uy)
        vx, vy = np.where(right, rx, vx), np.where(right, ry, vy)
        if span == SPAN_MAX:
            break
        if not go_on.all():
            i, lane, end, ax, ay = i[go_on], lane[go_on], end[go_on], ax[go_on], ay[go_on]
            ux, uy, vx, vy = ux[go_on], uy[go_on], vx[go_on], vy[go_on]
    lane_of_sight = np.concatenate(seeing) if seeing else np.zeros(0, np.uint16)
    spans = np.repeat(np.arange(1, len(seeing) + 1, dtype=np.uint8), [part.size for part in seeing])
    order = np.argsort(lane_of_sight, kind="stable")
    return np.bincount(lane_of_sight, minlength=lanes.size), spans[order]


def _fewest_pieces(sights: I64, spans: U8, offsets: I64) -> I64:
    """Ascending points of the chains with the fewest pieces from first to last point of every arc.

    Point i sees the points i + spans[sights[i]:sights[i + 1]]. Breadth first, all arcs at once; of several predecessors
    at the same depth the lowest counts.
    """
    before = np.full(sights.size - 1, -1, np.int64)
    frontier = offsets[:-1]
    before[frontier] = frontier
    while frontier.size:
        counts = sights[frontier + 1] - sights[frontier]
        source = np.repeat(frontier, counts)
        target = source + spans[pixel_offsets(sights[frontier], counts)]
        fresh = np.flatnonzero(before[target] < 0)[::-1]
        # Of repeated places the last assignment stays: the lowest predecessor.
        before[target[fresh]] = source[fresh]
        frontier = np.unique(target[fresh])
    keep = np.zeros(before.size, np.bool_)
    keep[offsets[:-1]] = True
    at = offsets[1:] - 1
    while at.size:
        keep[at] = True
        at = before[at]
        at = at[~keep[at]]
    return np.flatnonzero(keep)


def _without_collinear(xy: I64, offsets: I64) -> tuple[I64, I64]:
    """Leave out vertices on the straight line through their neighbours; ends stay."""
    back = np.zeros(xy.shape, np.int64)
    back[1:] = xy[1:] - xy[:-1]
    ahead = np.zeros(xy.shape, np.int64)
    ahead[:-1] = back[1:]
    keep = back[:, 0] * ahead[:, 1] != back[:, 1] * ahead[:, 0]
    keep[offsets[:-1]] = True
    keep[offsets[1:] - 1] = True
    return xy[keep], np.searchsorted(np.flatnonzero(keep), offsets)
