# SPDX-License-Identifier: Apache-2.0
"""Giving the pixels of a region to their nearest neighbours (contract/vector-view.md, "Regions of a map")."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intarsia.core.errors import GeometryError
from intarsia.core.geometry import check_size
from intarsia.core.runs import Region, pixel_offsets

I32 = NDArray[np.int32]
I64 = NDArray[np.int64]
Ids = NDArray[np.unsignedinteger]

# In the working copy: nobody's and never to be given, and waiting to be given. Between the two: 1 + place in `takers`.
_WALL = 0
_FREE = np.iinfo(np.int32).max


@dataclass(frozen=True, slots=True)
class Gift:
    """Pixels of a region that `segment_id` gets."""

    segment_id: int
    region: Region


def give_to_neighbours(ids: Ids, region: Region, *, closed: Collection[int] = ()) -> list[Gift]:
    """Who gets which pixels of `region` of an (H, W) map when each goes to the nearest segment; ascending by id.

    Distance is counted in steps between 4-neighbours inside the region; of segments equally near the lowest id takes.
    Segments in `closed` take nothing, nor does 0; pixels that reach no taker are in no gift. One numpy step per unit
    of distance. Raises `out_of_image`.
    """
    size_hw = check_size((ids.shape[0], ids.shape[1]))
    if region.run_count == 0:
        return []
    box = _box_of(region, size_hw)
    around, positions = _cut_out(ids, region, box)
    around.reshape(-1)[positions] = 0
    around[np.isin(around, np.array([i for i in closed if 0 < i <= np.iinfo(ids.dtype).max], ids.dtype))] = 0
    takers = np.unique(around[around != 0])
    owner = np.where(around == 0, _WALL, np.searchsorted(takers, around) + 1).astype(np.int32).reshape(-1)
    owner[positions] = _FREE
    _spread(owner, positions, stride=around.shape[1])
    return _gifts(owner, positions, takers, box, stride=around.shape[1])


def _box_of(region: Region, size_hw: tuple[int, int]) -> tuple[int, int, int, int]:
    box = int(region.x0s.min()), int(region.ys[0]), int(region.x1s.max()), int(region.ys[-1]) + 1
    height, width = size_hw
    if box[0] < 0 or box[1] < 0 or box[2] > width or box[3] > height:
        raise GeometryError("out_of_image", f"The region reaches outside an image of {width} × {height} px.")
    return box


def _cut_out(ids: Ids, region: Region, box: tuple[int, int, int, int]) -> tuple[Ids, I64]:
    """The ids of the box and of one pixel around it (0 outside the image); the region's flat positions in it."""
    x0, y0, x1, y1 = box
    height, width = ids.shape
    around = np.zeros((y1 - y0 + 2, x1 - x0 + 2), ids.dtype)
    top, left, bottom, right = max(y0 - 1, 0), max(x0 - 1, 0), min(y1 + 1, height), min(x1 + 1, width)
    around[top - y0 + 1 : bottom - y0 + 1, left - x0 + 1 : right - x0 + 1] = ids[top:bottom, left:right]
    starts = (region.ys.astype(np.int64) - y0 + 1) * around.shape[1] + region.x0s - x0 + 1
    return around, pixel_offsets(starts, region.x1s.astype(np.int64) - region.x0s)


def _spread(owner: I32, positions: I64, *, stride: int) -> None:
    """Give every free position its owner, in order of distance."""
    steps = (-stride, -1, 1, stride)
    nearest = np.full(positions.size, _FREE, np.int32)
    for step in steps:
        beside = owner[positions + step]
        np.minimum(nearest, np.where(beside == _WALL, _FREE, beside), out=nearest)
    reached = nearest != _FREE
    front = positions[reached]
    owner[front] = nearest[reached]
    while front.size:
        beside = np.concatenate([front + step for step in steps])
        open_ = owner[beside] == _FREE
        beside, givers = beside[open_], np.tile(owner[front], len(steps))[open_]
        np.minimum.at(owner, beside, givers)
        front = np.unique(beside)


def _gifts(owner: I32, positions: I64, takers: Ids, box: tuple[int, int, int, int], *, stride: int) -> list[Gift]:
    given = owner[positions]
    kept = given != _FREE
    if not kept.any():
        return []
    positions, given = positions[kept], given[kept]
    opens = np.ones(positions.size, np.bool_)
    opens[1:] = (positions[1:] != positions[:-1] + 1) | (given[1:] != given[:-1])
    first = np.flatnonzero(opens)
    starts, owners = positions[first], given[first]
    ends = positions[np.append(first[1:], positions.size) - 1] + 1
    gifts = []
    for slot in np.unique(owners).tolist():
        mine = np.flatnonzero(owners == slot)
        rows = starts[mine] // stride
        shift = box[0] - 1 - rows * stride
        runs = (rows + box[1] - 1, starts[mine] + shift, ends[mine] + shift)
        gifts.append(Gift(int(takers[slot - 1]), Region(*(part.astype(np.int32) for part in runs))))
    return gifts
