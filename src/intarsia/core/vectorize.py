# SPDX-License-Identifier: Apache-2.0
"""A label map as arcs: borders along pixel edges, each stored once for its two sides (contract/vector-view.md)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intarsia.core.chains import rank_chains
from intarsia.core.errors import GeometryError
from intarsia.core.geometry import SizeHW, check_size

I32 = NDArray[np.int32]
I64 = NDArray[np.int64]
U8 = NDArray[np.uint8]

FIXED_PER_PX = 256
OUTSIDE = -1
"""The id beyond the image's frame."""

# Steps of the four directions +x, +y, −x, −y; turning right adds one.
STEP_X = np.array([1, 0, -1, 0], np.int32)
STEP_Y = np.array([0, 1, 0, -1], np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class VectorView:
    """Arcs of a label map.

    Arc k has the vertices `xy_fixed[offsets[k]:offsets[k + 1]]` (int32 (n, 2), 1/256 px), the id `left[k]` on its left
    and `right[k]` on its right side (int64, −1 outside the image), left < right. A closed arc ends where it begins.
    """

    size_hw: SizeHW
    xy_fixed: I32
    offsets: I64
    left: I64
    right: I64

    @property
    def arc_count(self) -> int:
        return int(self.left.size)

    @property
    def vertex_count(self) -> int:
        return int(self.xy_fixed.shape[0])

    def arc(self, index: int) -> I32:
        """Vertices of one arc, int32 (n, 2), in 1/256 px."""
        return self.xy_fixed[self.offsets[index] : self.offsets[index + 1]]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, VectorView):
            return NotImplemented
        return (
            self.size_hw == other.size_hw
            and np.array_equal(self.xy_fixed, other.xy_fixed)
            and np.array_equal(self.offsets, other.offsets)
            and np.array_equal(self.left, other.left)
            and np.array_equal(self.right, other.right)
        )

    __hash__ = None  # type: ignore[assignment]


def require_exact(view: VectorView) -> None:
    """Raise `not_exact` unless all edges run along pixel edges, as `vectorize` makes them."""
    step = np.diff(view.xy_fixed, axis=0)
    step[view.offsets[1:-1] - 1] = 0
    if bool((view.xy_fixed & (FIXED_PER_PX - 1)).any()) or bool(((step[:, 0] != 0) & (step[:, 1] != 0)).any()):
        raise GeometryError(
            "not_exact", "These outlines are simplified already. Take those of the label map itself and try again."
        )


@dataclass(frozen=True, slots=True)
class _Cracks:
    """Unit edges between unlike pixels, each directed so that left < right; vertices as y · (W + 1) + x."""

    tail: I32
    head: I32
    direction: U8
    left: I64
    right: I64
    nodes: NDArray[np.bool_]


def vectorize(ids: NDArray[np.unsignedinteger]) -> VectorView:
    """Exact vector view of an (H, W) array of segment ids. Raises `size_out_of_range`."""
    size_hw = check_size((ids.shape[0], ids.shape[1]))
    cracks = _find_cracks(ids)
    # At a vertex that is no node one crack ends and one begins, both of the same arc.
    ending_at = np.empty(cracks.nodes.size, np.int32)
    ending_at[cracks.head] = np.arange(cracks.head.size, dtype=np.int32)
    previous = np.where(cracks.nodes[cracks.tail], np.int32(-1), ending_at[cracks.tail])
    del ending_at
    key = cracks.tail * np.int32(4) + cracks.direction
    first, steps = rank_chains(previous, key)
    starts = np.flatnonzero(steps == 0)
    starts = starts[np.argsort(key[starts])]
    return _assemble(size_hw, cracks, first, steps, starts)


def _find_cracks(ids: NDArray[np.unsignedinteger]) -> _Cracks:
    height, width = ids.shape
    across = np.ones((height, width + 1), np.bool_)
    np.not_equal(ids[:, 1:], ids[:, :-1], out=across[:, 1:-1])
    down = np.ones((height + 1, width), np.bool_)
    np.not_equal(ids[1:], ids[:-1], out=down[1:-1])
    nodes = _nodes(across, down)
    row = width + 1
    flat = ids.reshape(-1)
    at = np.flatnonzero(across).astype(np.int32)
    ys, xs = np.divmod(at, np.int32(row))
    west, east = _sides(flat, ys * np.int32(width) + xs, 1, xs == 0, xs == width)
    south = east < west
    v_tail = at + np.where(south, 0, row).astype(np.int32)
    v_head = at + np.where(south, row, 0).astype(np.int32)
    at = np.flatnonzero(down).astype(np.int32)
    ys, xs = np.divmod(at, np.int32(width))
    above, below = _sides(flat, at, width, ys == 0, ys == height)
    eastward = above < below
    corner = at + ys
    h_tail = corner + ~eastward
    h_head = corner + eastward
    return _Cracks(
        tail=np.concatenate((v_tail, h_tail)),
        head=np.concatenate((v_head, h_head)),
        direction=np.concatenate((np.where(south, 1, 3), np.where(eastward, 0, 2))).astype(np.uint8),
        left=np.concatenate((np.minimum(west, east), np.minimum(above, below))),
        right=np.concatenate((np.maximum(west, east), np.maximum(above, below))),
        nodes=nodes,
    )


def _nodes(across: NDArray[np.bool_], down: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """bool ((H + 1) · (W + 1)): where three or four cracks meet, and the corners of the image."""
    height, width = across.shape[0], down.shape[1]
    degree = np.zeros((height + 1, width + 1), np.uint8)
    degree[:-1] += across.view(np.uint8)
    degree[1:] += across.view(np.uint8)
    degree[:, :-1] += down.view(np.uint8)
    degree[:, 1:] += down.view(np.uint8)
    nodes = degree >= 3
    nodes[::height, ::width] = True
    return nodes.reshape(-1)


def _sides(
    flat: NDArray[np.unsignedinteger],
    second: I32,
    back: int,
    no_first: NDArray[np.bool_],
    no_second: NDArray[np.bool_],
) -> tuple[I64, I64]:
    """Ids of the pixels on both sides of cracks: those at the flat index `second`, and those `back` before them."""
    first_ids = flat[np.where(no_first, 0, second - np.int32(back))].astype(np.int64)
    first_ids[no_first] = OUTSIDE
    second_ids = flat[np.where(no_second, 0, second)].astype(np.int64)
    second_ids[no_second] = OUTSIDE
    return first_ids, second_ids


def _assemble(size_hw: SizeHW, cracks: _Cracks, first: I32, steps: I32, starts: I64) -> VectorView:
    """Arcs in the order of `starts`, without the vertices inside straight pieces."""
    arc_of_start = np.empty(first.size, np.int32)
    arc_of_start[starts] = np.arange(starts.size, dtype=np.int32)
    arc = arc_of_start[first]
    crack_counts = np.bincount(arc, minlength=starts.size)
    ends = np.cumsum(crack_counts)
    begins = ends - crack_counts
    order = np.empty(first.size, np.int32)
    order[begins[arc] + steps] = np.arange(first.size, dtype=np.int32)
    direction = cracks.direction[order]
    keep = np.empty(order.size, np.bool_)
    np.not_equal(direction[1:], direction[:-1], out=keep[1:])
    keep[begins] = True
    kept = np.flatnonzero(keep)
    offsets = np.zeros(starts.size + 1, np.int64)
    np.cumsum(np.diff(np.searchsorted(kept, begins), append=kept.size) + 1, out=offsets[1:])
    is_last = np.zeros(int(offsets[-1]), np.bool_)
    is_last[offsets[1:] - 1] = True
    vertices = np.empty(is_last.size, np.int32)
    vertices[~is_last] = cracks.tail[order[kept]]
    vertices[is_last] = cracks.head[order[ends - 1]]
    ys, xs = np.divmod(vertices, np.int32(size_hw[1] + 1))
    xy_fixed = np.stack((xs, ys), axis=1) * np.int32(FIXED_PER_PX)
    return VectorView(size_hw, xy_fixed, offsets, cracks.left[starts], cracks.right[starts])
