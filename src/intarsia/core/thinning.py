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
Bools = NDArray[np.bool_]

CHORD_CRACKS_MAX = 256
"""No piece passes a point whose number is a multiple of this; it bounds the work and lets all pieces grow at once."""


@dataclass(frozen=True, slots=True)
class _Paths:
    """Candidate vertices of many arcs: node, crack middles, node; or only crack middles, the first one twice.

    `rib` is the unit step to the left of the crack, (0, 0) at a node. `offsets` as in VectorView.
    """

    xy: I64
    rib: I64
    offsets: I64


def thin(view: VectorView, arcs: I64, *, half_rib_fixed: int) -> tuple[I64, I64]:
    """Thinned vertices (int64 (n, 2), 1/256 px) of the chosen arcs of an exact view, and their offsets."""
    paths = _paths(view, arcs)
    keep = np.zeros(paths.xy.shape[0], np.bool_)
    keep[paths.offsets[:-1]] = True
    keep[paths.offsets[1:] - 1] = True
    begins, ends = _pieces(paths.offsets)
    keep[begins] = True
    _grow_chords(paths, begins, ends, half_rib_fixed, keep)
    return _without_collinear(paths.xy[keep], np.searchsorted(np.flatnonzero(keep), paths.offsets))


def _paths(view: VectorView, arcs: I64) -> _Paths:
    counts = view.offsets[arcs + 1] - view.offsets[arcs]
    picked = pixel_offsets(view.offsets[arcs], counts)
    corner = view.xy_fixed[picked].astype(np.int64)
    corner_ends = np.cumsum(counts)
    is_edge = np.ones(picked.size, np.bool_)
    is_edge[corner_ends - 1] = False
    tail = np.flatnonzero(is_edge)
    edge = corner[tail + 1] - corner[tail]
    cracks = np.abs(edge).max(axis=1) // FIXED_PER_PX
    step = np.sign(edge)
    # Middles of the cracks of all edges, one after another; then nodes, or the repeated first middle, are put between.
    along = pixel_offsets(np.zeros(tail.size, np.int64), cracks) * FIXED_PER_PX + FIXED_PER_PX // 2
    edge_of = np.repeat(np.arange(tail.size), cracks)
    middle = corner[tail][edge_of] + step[edge_of] * along[:, None]
    left = np.stack((step[:, 1], -step[:, 0]), axis=1)[edge_of]
    per_arc = np.add.reduceat(cracks, np.searchsorted(tail, corner_ends - counts))
    at_node = ~_closed_without_node(view)[arcs]
    offsets = np.zeros(arcs.size + 1, np.int64)
    np.cumsum(per_arc + 1 + at_node, out=offsets[1:])
    xy = np.empty((int(offsets[-1]), 2), np.int64)
    rib = np.zeros_like(xy)
    first_middle = offsets[:-1] + at_node
    place = pixel_offsets(first_middle, per_arc)
    xy[place], rib[place] = middle, left
    begins, ends = offsets[:-1], offsets[1:] - 1
    xy[begins[at_node]] = corner[(corner_ends - counts)[at_node]]
    xy[ends[at_node]] = corner[corner_ends[at_node] - 1]
    loop = ~at_node
    xy[ends[loop]], rib[ends[loop]] = xy[begins[loop]], rib[begins[loop]]
    return _Paths(xy, rib, offsets)


def _closed_without_node(view: VectorView) -> Bools:
    """Which arcs end where they begin without meeting any other end of an arc."""
    first = view.xy_fixed[view.offsets[:-1]].astype(np.int64)
    last = view.xy_fixed[view.offsets[1:] - 1].astype(np.int64)
    begin_key = (first[:, 1] << 32) + first[:, 0]
    end_key = (last[:, 1] << 32) + last[:, 0]
    keys, inverse = np.unique(np.concatenate((begin_key, end_key)), return_inverse=True)
    ends_there = np.bincount(inverse, minlength=keys.size)
    alone: Bools = (begin_key == end_key) & (ends_there[inverse[: begin_key.size]] == 2)
    return alone


def _pieces(offsets: I64) -> tuple[I64, I64]:
    """First and last point of every piece of at most CHORD_CRACKS_MAX steps."""
    steps = np.diff(offsets) - 1
    per_path = -(-steps // CHORD_CRACKS_MAX)
    path = np.repeat(np.arange(steps.size), per_path)
    begins = pixel_offsets(np.zeros(steps.size, np.int64), per_path) * CHORD_CRACKS_MAX + offsets[path]
    return begins, np.minimum(begins + CHORD_CRACKS_MAX, offsets[path + 1] - 1)


def _grow_chords(paths: _Paths, begins: I64, ends: I64, half_rib: int, keep: Bools) -> None:
    """From each kept point take the farthest point seen through all ribs between; all pieces in step. Marks `keep`.

    u and v bound the directions that pass every rib so far: u on the left, v on the right.
    """
    px, py = np.ascontiguousarray(paths.xy[:, 0]), np.ascontiguousarray(paths.xy[:, 1])
    hx, hy = paths.rib[:, 0] * half_rib, paths.rib[:, 1] * half_rib
    at, end, best, k = begins.copy(), ends, begins + 1, begins + 1
    ax, ay = px[at], py[at]
    ux, uy, vx, vy = _first_rib(px, py, hx, hy, at, ax, ay)
    k = k + 1
    while at.size:
        over = k > end
        j = np.minimum(k, end)
        dx, dy = px[j] - ax, py[j] - ay
        ribx, riby = hx[j], hy[j]
        lx, ly, rx, ry = dx + ribx, dy + riby, dx - ribx, dy - riby
        stop = over | (vx * ly > vy * lx) | (ux * ry < uy * rx)
        narrow = ux * ly > uy * lx
        ux, uy = np.where(narrow, lx, ux), np.where(narrow, ly, uy)
        narrow = vx * ry < vy * rx
        vx, vy = np.where(narrow, rx, vx), np.where(narrow, ry, vy)
        seen = ~stop & (dx * uy <= dy * ux) & (dx * vy >= dy * vx)
        best = np.where(seen, k, best)
        k = k + 1
        halted = np.flatnonzero(stop)
        if halted.size == 0:
            continue
        arrived = best[halted]
        keep[arrived] = True
        at[halted] = arrived
        more = np.flatnonzero(arrived < end[halted])
        again = halted[more]
        place = arrived[more]
        ax[again], ay[again] = px[place], py[place]
        ux[again], uy[again], vx[again], vy[again] = _first_rib(px, py, hx, hy, place, ax[again], ay[again])
        best[again] = place + 1
        k[again] = place + 2
        if more.size < halted.size:
            going = at < end
            at, end, best, k, ax, ay = at[going], end[going], best[going], k[going], ax[going], ay[going]
            ux, uy, vx, vy = ux[going], uy[going], vx[going], vy[going]


def _first_rib(px: I64, py: I64, hx: I64, hy: I64, at: I64, ax: I64, ay: I64) -> tuple[I64, I64, I64, I64]:
    """Left and right bound of the directions from the points `at` through the next rib."""
    j = at + 1
    dx, dy = px[j] - ax, py[j] - ay
    return dx + hx[j], dy + hy[j], dx - hx[j], dy - hy[j]


def _without_collinear(xy: I64, offsets: I64) -> tuple[I64, I64]:
    """Leave out vertices on the straight line between their neighbours; ends stay."""
    back = np.zeros(xy.shape, np.int64)
    back[1:] = xy[1:] - xy[:-1]
    ahead = np.zeros(xy.shape, np.int64)
    ahead[:-1] = back[1:]
    keep = back[:, 0] * ahead[:, 1] != back[:, 1] * ahead[:, 0]
    keep[offsets[:-1]] = True
    keep[offsets[1:] - 1] = True
    return xy[keep], np.searchsorted(np.flatnonzero(keep), offsets)
