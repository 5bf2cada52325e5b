# SPDX-License-Identifier: Apache-2.0
"""Rings and polygons of each segment as walks along shared arcs (contract/vector-view.md, "Rings")."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intarsia.core.chains import rank_chains
from intarsia.core.components import label_runs
from intarsia.core.runs import pixel_offsets
from intarsia.core.vectorize import FIXED_PER_PX, OUTSIDE, VectorView, require_exact

I32 = NDArray[np.int32]
I64 = NDArray[np.int64]
Bools = NDArray[np.bool_]

# Where the pixel on the right of a crack lies, seen from the crack's first vertex; directions +x, +y, −x, −y.
_RIGHT_PIXEL_X = np.array([0, -1, -1, 0], np.int64)
_RIGHT_PIXEL_Y = np.array([0, 0, -1, -1], np.int64)


@dataclass(frozen=True, slots=True)
class Polygon:
    """One 4-connected part of a segment: indices of its outer ring and of its holes, ascending."""

    segment_id: int
    outer: int
    holes: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Rings:
    """Closed walks with their segment on the right.

    Ring k of segment `segment_ids[k]` takes the arcs `arcs[offsets[k]:offsets[k + 1]]`, each backwards where `reversed`
    says so. `is_hole[k]`: it runs around something else. Sorted by (segment id, first arc). They hold for the exact
    view and for every simplification of it, whose arcs have the same order and ends.
    """

    segment_ids: I64
    offsets: I64
    arcs: I32
    reversed: Bools
    is_hole: Bools

    @property
    def ring_count(self) -> int:
        return int(self.segment_ids.size)

    def walk(self, ring: int) -> list[tuple[int, bool]]:
        """[(arc index, reversed), …] of one ring."""
        part = slice(int(self.offsets[ring]), int(self.offsets[ring + 1]))
        return list(zip(self.arcs[part].tolist(), self.reversed[part].tolist(), strict=True))

    def coordinates(self, ring: int, *, view: VectorView) -> I32:
        """Vertices of a ring in 1/256 px, int32 (n, 2), the first not repeated; of the exact or a simplified view."""
        pieces = [view.arc(arc)[::-1][:-1] if back else view.arc(arc)[:-1] for arc, back in self.walk(ring)]
        return np.concatenate(pieces)


def trace_rings(exact: VectorView) -> Rings:
    """All rings of all ids of an exact view. Raises `not_exact` for a simplified one."""
    require_exact(exact)
    count = exact.arc_count
    begin, begin_direction, end, end_direction = _half_edges(exact)
    following = _following(begin, begin_direction, end, end_direction)
    previous = np.empty(2 * count, np.int32)
    previous[following] = np.arange(2 * count, dtype=np.int32)
    inside = np.concatenate((exact.right, exact.left))
    arc = np.tile(np.arange(count, dtype=np.int32), 2)
    # A ring takes an arc once at most, so the least arc begins it.
    first, steps = rank_chains(previous, arc)
    heads = np.flatnonzero((steps == 0) & (inside != OUTSIDE))
    heads = heads[np.lexsort((arc[heads], inside[heads]))]
    lengths = np.bincount(first, minlength=2 * count)[heads]
    offsets = np.zeros(heads.size + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    ring_of_head = np.full(2 * count, -1, np.int64)
    ring_of_head[heads] = np.arange(heads.size)
    members = np.flatnonzero(ring_of_head[first] >= 0)
    order = np.empty(members.size, np.int64)
    order[offsets[ring_of_head[first[members]]] + steps[members]] = members
    backwards = order >= count
    areas = _doubled_arc_areas(exact)[arc[order]] * np.where(backwards, -1, 1)
    is_hole = np.add.reduceat(areas, offsets[:-1]) < 0
    return Rings(inside[heads], offsets, arc[order], backwards, is_hole)


def _half_edges(view: VectorView) -> tuple[I64, I64, I64, I64]:
    """Begin vertex, first direction, end vertex, last direction of every arc forwards, then of every arc backwards."""
    xy = view.xy_fixed.astype(np.int64) // FIXED_PER_PX
    stride = view.size_hw[1] + 1
    first, last = view.offsets[:-1], view.offsets[1:] - 1
    key = xy[:, 1] * stride + xy[:, 0]
    leaving = _direction(xy[first + 1] - xy[first])
    arriving = _direction(xy[last] - xy[last - 1])
    return (
        np.concatenate((key[first], key[last])),
        np.concatenate((leaving, (arriving + 2) % 4)),
        np.concatenate((key[last], key[first])),
        np.concatenate((arriving, (leaving + 2) % 4)),
    )


def _direction(step: I64) -> I64:
    """0..3 for +x, +y, −x, −y of axis-parallel steps (n, 2)."""
    sx, sy = np.sign(step[:, 0]), np.sign(step[:, 1])
    return np.where(sy == 0, 1 - sx, 2 - sy)


def _following(begin: I64, begin_direction: I64, end: I64, end_direction: I64) -> I64:
    """The half-edge after each one: at its end the sharpest turn to the right, which stays with the same pixel."""
    order = np.argsort(begin * 4 + begin_direction)
    keys = (begin * 4 + begin_direction)[order]
    following = np.full(begin.size, -1, np.int64)
    for turn in (1, 0, 3):
        open_ends = np.flatnonzero(following < 0)
        wanted = end[open_ends] * 4 + (end_direction[open_ends] + turn) % 4
        place = np.minimum(np.searchsorted(keys, wanted), keys.size - 1)
        found = keys[place] == wanted
        following[open_ends[found]] = order[place[found]]
    return following


def _doubled_arc_areas(view: VectorView) -> I64:
    """Shoelace sum of the edges of each arc forwards, in px; rings add them up."""
    xy = view.xy_fixed.astype(np.int64) // FIXED_PER_PX
    cross = np.zeros(xy.shape[0], np.int64)
    cross[:-1] = xy[:-1, 0] * xy[1:, 1] - xy[1:, 0] * xy[:-1, 1]
    cross[view.offsets[1:] - 1] = 0
    return np.add.reduceat(cross, view.offsets[:-1])


def trace_polygons(rings: Rings, *, exact: VectorView, ids: NDArray[np.unsignedinteger]) -> list[Polygon]:
    """Each outer ring with the holes inside the same 4-connected part, in the order of the outer rings.

    `ids` is the (H, W) map that the exact view was made of.
    """
    part = _parts(rings, exact, ids)
    holes: dict[int, list[int]] = {}
    for ring in np.flatnonzero(rings.is_hole).tolist():
        holes.setdefault(int(part[ring]), []).append(ring)
    segment_ids = rings.segment_ids.tolist()
    return [
        Polygon(segment_ids[ring], ring, tuple(holes.get(int(part[ring]), ())))
        for ring in np.flatnonzero(~rings.is_hole).tolist()
    ]


def _parts(rings: Rings, exact: VectorView, ids: NDArray[np.unsignedinteger]) -> I64:
    """A number per ring, shared by the rings of one 4-connected part; −1 − k for ring k of a segment without holes."""
    part = -1 - np.arange(rings.ring_count)
    with_holes = np.unique(rings.segment_ids[rings.is_hole])
    asked = np.flatnonzero(np.isin(rings.segment_ids, with_holes))
    if asked.size == 0:
        return part
    runs = label_runs(ids, segment_ids=with_holes.tolist())
    head = rings.offsets[:-1][asked]
    arc, back = rings.arcs[head], rings.reversed[head]
    near = np.where(back, exact.offsets[arc + 1] - 1, exact.offsets[arc])
    away = np.where(back, near - 1, near + 1)
    start = exact.xy_fixed[near].astype(np.int64) // FIXED_PER_PX
    direction = _direction(exact.xy_fixed[away].astype(np.int64) // FIXED_PER_PX - start)
    x = start[:, 0] + _RIGHT_PIXEL_X[direction]
    y = start[:, 1] + _RIGHT_PIXEL_Y[direction]
    part[asked] = runs.part_at(y * exact.size_hw[1] + x)
    return part


def ring_vertices(rings: Rings, *, view: VectorView) -> tuple[I32, I64]:
    """Vertices of all rings one after another (int32 (n, 2), 1/256 px, no first vertex repeated) and their offsets."""
    counts = view.offsets[rings.arcs + 1] - view.offsets[rings.arcs] - 1
    first = np.where(rings.reversed, view.offsets[rings.arcs + 1] - 1, view.offsets[rings.arcs])
    sign = np.where(rings.reversed, -1, 1)
    along = pixel_offsets(np.zeros(counts.size, np.int64), counts)
    piece = np.repeat(np.arange(counts.size), counts)
    offsets = np.zeros(counts.size + 1, np.int64)
    np.cumsum(counts, out=offsets[1:])
    return view.xy_fixed[first[piece] + sign[piece] * along], offsets[rings.offsets]
