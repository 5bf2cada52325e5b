# SPDX-License-Identifier: Apache-2.0
"""Area, box, perimeter and neighbours of every id, as sums over tiles and the seams between them.

After an edit only the tiles that it touched and their seams are counted again (contract/vector-view.md, "Statistics").
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intarsia.core.geometry import SizeHW, tile_grid
from intarsia.core.label_map import LabelMap
from intarsia.core.limits import TILE_SIDE_PX

I64 = NDArray[np.int64]
U32 = NDArray[np.uint32]

OUTSIDE = -1


@dataclass(frozen=True, slots=True)
class IdStatistics:
    """What one id (a segment, or 0) covers.

    `box_xyxy` is half-open, in px; `perimeter_cracks` counts the pixel edges around it, the image's frame included;
    `neighbours` says how many of them each other id shares (−1: the frame), in ascending order of id.
    """

    area_px: int
    box_xyxy: tuple[int, int, int, int]
    perimeter_cracks: int
    neighbours: dict[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class _TileCounts:
    """Of one tile: each id's pixels and box (x0, y0, x1, y1 of the image), and the cracks between unlike ids."""

    ids: I64
    areas: I64
    boxes: I64
    cracks: _Cracks


@dataclass(frozen=True, slots=True, eq=False)
class _Cracks:
    """Number of cracks of each pair of ids, low < high."""

    low: I64
    high: I64
    counts: I64


class MapStatistics:
    """Statistics of a label map; immutable, `updated` shares what has not changed."""

    __slots__ = ("_below", "_by_id", "_right", "_size_hw", "_tiles")

    def __init__(
        self, size_hw: SizeHW, tiles: tuple[_TileCounts, ...], right: tuple[_Cracks, ...], below: tuple[_Cracks, ...]
    ) -> None:
        self._size_hw = size_hw
        self._tiles = tiles
        self._right = right
        self._below = below
        self._by_id = _sum_up(tiles, (*right, *below))

    @classmethod
    def of(cls, label_map: LabelMap) -> MapStatistics:
        every = range(label_map.tile_count)
        return cls(
            label_map.size_hw,
            tuple(_count_tile(label_map, index) for index in every),
            tuple(_count_seam(label_map, index, right=True) for index in every),
            tuple(_count_seam(label_map, index, right=False) for index in every),
        )

    def updated(self, label_map: LabelMap, *, tiles: Collection[int]) -> MapStatistics:
        """Statistics of a map that differs from the one before in these tiles alone (see `LabelMap.changed_tiles`)."""
        columns = tile_grid(self._size_hw)[1]
        counts, right, below = list(self._tiles), list(self._right), list(self._below)
        for index in tiles:
            counts[index] = _count_tile(label_map, index)
        for index in {*tiles, *(index - 1 for index in tiles if index % columns)}:
            right[index] = _count_seam(label_map, index, right=True)
        for index in {*tiles, *(index - columns for index in tiles if index >= columns)}:
            below[index] = _count_seam(label_map, index, right=False)
        return MapStatistics(self._size_hw, tuple(counts), tuple(right), tuple(below))

    @property
    def by_id(self) -> dict[int, IdStatistics]:
        """Statistics of every id that owns a pixel, ascending; do not change the dict."""
        return self._by_id


def _count_tile(label_map: LabelMap, index: int) -> _TileCounts:
    height, width = label_map.size_hw
    columns = tile_grid(label_map.size_hw)[1]
    top, left = index // columns * TILE_SIDE_PX, index % columns * TILE_SIDE_PX
    ids = label_map.tile_array(index)
    rows, row_length = ids.shape
    opens = np.ones(ids.shape, np.bool_)
    np.not_equal(ids[:, 1:], ids[:, :-1], out=opens[:, 1:])
    starts = np.flatnonzero(opens)
    run_ids = ids.reshape(-1)[starts]
    lengths = np.diff(starts, append=ids.size)
    order = np.argsort(run_ids, kind="stable")
    by_id = run_ids[order]
    first = np.flatnonzero(np.append(True, by_id[1:] != by_id[:-1]))
    ys, x0s = np.divmod(starts[order], row_length)
    lengths = lengths[order]
    last = np.append(first[1:], order.size) - 1
    boxes = np.stack(
        (
            np.minimum.reduceat(x0s, first) + left,
            ys[first] + top,
            np.maximum.reduceat(x0s + lengths, first) + left,
            ys[last] + top + 1,
        ),
        axis=1,
    )
    edges = [(ids[:, 1:], ids[:, :-1]), (ids[1:], ids[:-1])]
    frame = [
        side
        for side, at_frame in (
            (ids[0], top == 0),
            (ids[-1], top + rows == height),
            (ids[:, 0], left == 0),
            (ids[:, -1], left + row_length == width),
        )
        if at_frame
    ]
    return _TileCounts(by_id[first].astype(np.int64), np.add.reduceat(lengths, first), boxes, _cracks(edges, frame))


def _count_seam(label_map: LabelMap, index: int, *, right: bool) -> _Cracks:
    """Cracks between a tile and the one to its right (or below it); none at the edge of the image."""
    rows, columns = tile_grid(label_map.size_hw)
    if right:
        if index % columns == columns - 1:
            return _cracks([], [])
        return _cracks([(label_map.tile_array(index)[:, -1], label_map.tile_array(index + 1)[:, 0])], [])
    if index // columns == rows - 1:
        return _cracks([], [])
    return _cracks([(label_map.tile_array(index)[-1], label_map.tile_array(index + columns)[0])], [])


def _cracks(edges: list[tuple[U32, U32]], frame: list[U32]) -> _Cracks:
    """Count unlike pairs of pixels side by side, and pixels at the frame."""
    pairs = []
    for one, other in edges:
        at = np.nonzero(one != other)
        pairs.append(np.stack((one[at], other[at])).astype(np.int64))
    pairs += [np.stack((np.full(side.size, OUTSIDE, np.int64), side.astype(np.int64))) for side in frame]
    both = np.concatenate(pairs, axis=1) if pairs else np.empty((2, 0), np.int64)
    return _add_up(both.min(axis=0), both.max(axis=0), np.ones(both.shape[1], np.int64))


def _add_up(low: I64, high: I64, counts: I64) -> _Cracks:
    """Sum of counts per pair, pairs ascending."""
    order = np.lexsort((high, low))
    low, high = low[order], high[order]
    opens = np.ones(low.size, np.bool_)
    opens[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    first = np.flatnonzero(opens)
    sums = np.add.reduceat(counts[order], first) if first.size else counts
    return _Cracks(low[first], high[first], sums)


def _sum_up(tiles: tuple[_TileCounts, ...], seams: tuple[_Cracks, ...]) -> dict[int, IdStatistics]:
    ids = np.concatenate([tile.ids for tile in tiles])
    order = np.argsort(ids, kind="stable")
    ids = ids[order]
    first = np.flatnonzero(np.append(True, ids[1:] != ids[:-1]))
    areas = np.add.reduceat(np.concatenate([tile.areas for tile in tiles])[order], first)
    boxes = np.concatenate([tile.boxes for tile in tiles])[order]
    low, high = np.minimum.reduceat(boxes[:, :2], first), np.maximum.reduceat(boxes[:, 2:], first)
    parts = [*(tile.cracks for tile in tiles), *seams]
    one = np.concatenate([part.low for part in parts])
    other = np.concatenate([part.high for part in parts])
    counts = np.concatenate([part.counts for part in parts])
    around = _add_up(np.concatenate((one, other)), np.concatenate((other, one)), np.concatenate((counts, counts)))
    bounds = np.searchsorted(around.low, np.append(ids[first], np.iinfo(np.int64).max)).tolist()
    neighbour_ids, shared = around.high.tolist(), around.counts.tolist()
    found: dict[int, IdStatistics] = {}
    corners = zip(low.tolist(), high.tolist(), strict=True)
    for k, (segment_id, area, ((x0, y0), (x1, y1))) in enumerate(
        zip(ids[first].tolist(), areas.tolist(), corners, strict=True)
    ):
        part = slice(bounds[k], bounds[k + 1])
        neighbours = dict(zip(neighbour_ids[part], shared[part], strict=True))
        found[segment_id] = IdStatistics(area, (x0, y0, x1, y1), sum(shared[part]), neighbours)
    return found
