# SPDX-License-Identifier: Apache-2.0
"""Fewer vertices for the arcs of a vector view: once per arc, so that the two sides of a border stay one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from intarsia.core.raster import quantise
from intarsia.core.runs import pixel_offsets
from intarsia.core.thinning import thin
from intarsia.core.vectorize import VectorView, require_exact

I64 = NDArray[np.int64]
F64 = NDArray[np.float64]
Bools = NDArray[np.bool_]

EXACT_TOLERANCE_PX = 0.75
"""Up to this tolerance no pixel changes its owner."""

_EXACT_TOLERANCE_FIXED = 192
_HALF_RIB_MAX_FIXED = 127


def simplify(view: VectorView, *, tolerance_px: float) -> VectorView:
    """The exact `view` with fewer vertices: old and new border are nowhere farther apart than the tolerance.

    Arcs keep their order, ends and sides. Up to 0.75 px `rasterize` gives the same pixels; beyond, borders may move
    over pixel centres, and each pixel still has exactly one owner. Raises `coordinate_not_finite`, `not_exact`.
    """
    require_exact(view)
    tolerance = int(quantise(tolerance_px))
    half_rib = min(_HALF_RIB_MAX_FIXED, (181 * tolerance >> 7) - 128)
    if tolerance < 0 or half_rib < 0:
        return view
    counts = np.diff(view.offsets)
    bent = np.flatnonzero(counts > 2)
    if bent.size == 0:
        return view
    xy, offsets = thin(view, bent, half_rib_fixed=half_rib)
    if tolerance > _EXACT_TOLERANCE_FIXED:
        xy, offsets = _coarsen(xy, offsets, tolerance - _EXACT_TOLERANCE_FIXED)
    return _replaced(view, bent, xy, offsets)


def _replaced(view: VectorView, arcs: I64, xy: I64, offsets: I64) -> VectorView:
    """The view with new vertices for some arcs."""
    counts = np.diff(view.offsets)
    counts[arcs] = np.diff(offsets)
    new_offsets = np.zeros(counts.size + 1, np.int64)
    np.cumsum(counts, out=new_offsets[1:])
    new_xy = np.empty((int(new_offsets[-1]), 2), np.int32)
    kept = np.ones(counts.size, np.bool_)
    kept[arcs] = False
    kept_counts = counts[kept]
    new_xy[pixel_offsets(new_offsets[:-1][kept], kept_counts)] = view.xy_fixed[
        pixel_offsets(view.offsets[:-1][kept], kept_counts)
    ]
    new_xy[pixel_offsets(new_offsets[:-1][arcs], counts[arcs])] = xy
    return VectorView(view.size_hw, new_xy, new_offsets, view.left, view.right)


def _coarsen(xy: I64, offsets: I64, tolerance: int) -> tuple[I64, I64]:
    """Douglas–Peucker on every arc; an arc that would collapse stays as it is."""
    first, last = offsets[:-1], offsets[1:] - 1
    loop = (xy[first] == xy[last]).all(axis=1)
    cut = _farthest_from_first(xy, offsets)
    keep = np.zeros(xy.shape[0], np.bool_)
    keep[first] = keep[last] = True
    keep[cut[loop]] = True
    begins = np.concatenate((first[~loop], first[loop], cut[loop]))
    ends = np.concatenate((last[~loop], cut[loop], last[loop]))
    while begins.size:
        inner = ends - begins > 1
        begins, ends = begins[inner], ends[inner]
        if begins.size == 0:
            break
        worst, distance = _worst_vertex(xy, begins, ends)
        split = distance > float(tolerance) * float(tolerance)
        begins, ends, worst = begins[split], ends[split], worst[split]
        keep[worst] = True
        begins, ends = np.concatenate((begins, worst)), np.concatenate((worst, ends))
    _restore_collapsed(xy, offsets, loop, keep)
    return xy[keep], np.searchsorted(np.flatnonzero(keep), offsets)


def _worst_vertex(xy: I64, begins: I64, ends: I64) -> tuple[I64, F64]:
    """Of the vertices strictly between begins and ends: the first with the greatest squared distance, and that."""
    counts = ends - begins - 1
    vertex = pixel_offsets(begins + 1, counts)
    piece = np.repeat(np.arange(begins.size), counts)
    a, b = xy[begins][piece], xy[ends][piece]
    dx, dy = b[:, 0] - a[:, 0], b[:, 1] - a[:, 1]
    px, py = xy[vertex, 0] - a[:, 0], xy[vertex, 1] - a[:, 1]
    qx, qy = xy[vertex, 0] - b[:, 0], xy[vertex, 1] - b[:, 1]
    length2 = dx * dx + dy * dy
    t = px * dx + py * dy
    c = (px * dy - py * dx).astype(np.float64)
    aside = c * c / np.maximum(length2, 1).astype(np.float64)
    distance = np.where(t <= 0, px * px + py * py, np.where(t >= length2, qx * qx + qy * qy, aside))
    starts = np.cumsum(counts) - counts
    worst = np.maximum.reduceat(distance, starts)
    hit = np.flatnonzero(distance == worst[piece])
    hit_piece = piece[hit]
    return vertex[hit[np.searchsorted(hit_piece, np.arange(begins.size))]], worst


def _farthest_from_first(xy: I64, offsets: I64) -> I64:
    """Per arc: the first of the vertices that are farthest from its first vertex."""
    arc = np.repeat(np.arange(offsets.size - 1), np.diff(offsets))
    away = xy - xy[offsets[:-1]][arc]
    distance = away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1]
    hit = np.flatnonzero(distance == np.maximum.reduceat(distance, offsets[:-1])[arc])
    return hit[np.searchsorted(arc[hit], np.arange(offsets.size - 1))]


def _restore_collapsed(xy: I64, offsets: I64, loop: Bools, keep: Bools) -> None:
    """Keep all vertices of loops left with fewer than 4, or with less than half of their area."""
    arc = np.repeat(np.arange(offsets.size - 1), np.diff(offsets))
    kept = np.flatnonzero(keep)
    kept_offsets = np.searchsorted(kept, offsets)
    before = _doubled_areas(xy, offsets)
    after = _doubled_areas(xy[kept], kept_offsets)
    collapsed = loop & ((np.diff(kept_offsets) - 1 < 4) | (2 * after < before))
    keep[collapsed[arc]] = True


def _doubled_areas(xy: I64, offsets: I64) -> I64:
    """Twice the absolute area that each closed arc encloses."""
    first = np.repeat(xy[offsets[:-1]], np.diff(offsets), axis=0)
    x, y = (xy - first).T
    cross = np.zeros(x.size, np.int64)
    cross[:-1] = x[:-1] * y[1:] - x[1:] * y[:-1]
    cross[offsets[1:] - 1] = 0
    return np.abs(np.add.reduceat(cross, offsets[:-1]))
