# SPDX-License-Identifier: Apache-2.0
"""4-connected parts of a label map, and the one part around a pixel (contract/vector-view.md, "Regions of a map")."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from intarsia.core.errors import GeometryError
from intarsia.core.geometry import check_size
from intarsia.core.runs import Region, pixel_offsets

I64 = NDArray[np.int64]
Ids = NDArray[np.unsignedinteger]


@dataclass(frozen=True, slots=True)
class Component:
    """One 4-connected part of the pixels of `segment_id`; `box_xyxy` is half-open, in px."""

    segment_id: int
    area_px: int
    box_xyxy: tuple[int, int, int, int]
    region: Region


@dataclass(frozen=True, slots=True)
class LabelledRuns:
    """Maximal runs of chosen ids, row-major, as [start, end) of flat pixels; `part` is the first run of the part."""

    starts: I64
    ends: I64
    ids: Ids
    part: I64

    def part_at(self, positions: I64) -> I64:
        """Part of the runs that hold these flat positions; each must be in a run."""
        return self.part[np.searchsorted(self.starts, positions, side="right") - 1]


def components(ids: Ids, *, segment_ids: Collection[int] | None = None) -> list[Component]:
    """All parts of the given ids (of every id when None) of an (H, W) map, in the order of their first run.

    Pixels of different ids are never of one part; 0 is an id like any other. Raises `size_out_of_range`.
    """
    size_hw = check_size((ids.shape[0], ids.shape[1]))
    runs = label_runs(ids, segment_ids=segment_ids)
    if runs.starts.size == 0:
        return []
    order = np.argsort(runs.part, kind="stable")
    part = runs.part[order]
    first = np.flatnonzero(np.append(True, part[1:] != part[:-1]))
    bounds = [*first.tolist(), order.size]
    starts, ends = runs.starts[order], runs.ends[order]
    ys = starts // size_hw[1]
    x0s, x1s = starts - ys * size_hw[1], ends - ys * size_hw[1]
    areas = np.add.reduceat(ends - starts, first).tolist()
    last = np.append(first[1:], order.size) - 1
    boxes = zip(
        np.minimum.reduceat(x0s, first).tolist(),
        ys[first].tolist(),
        np.maximum.reduceat(x1s, first).tolist(),
        (ys[last] + 1).tolist(),
        strict=True,
    )
    found_ids = runs.ids[order[first]].tolist()
    y32, x032, x132 = ys.astype(np.int32), x0s.astype(np.int32), x1s.astype(np.int32)
    return [
        Component(segment_id, area, box, Region(y32[a:b], x032[a:b], x132[a:b]))
        for segment_id, area, box, (a, b) in zip(found_ids, areas, boxes, pairwise(bounds), strict=True)
    ]


def flood(ids: Ids, *, x: int, y: int) -> Region:
    """The 4-connected region of pixels that hold the id of pixel (x, y). Raises `out_of_image`."""
    height, width = check_size((ids.shape[0], ids.shape[1]))
    if not (0 <= x < width and 0 <= y < height):
        raise GeometryError("out_of_image", f"Pixel ({x}, {y}) is outside an image of {width} × {height} px.")
    runs = label_runs(ids, segment_ids=(int(ids[y, x]),))
    mine = np.flatnonzero(runs.part == runs.part_at(np.array([y * width + x]))[0])
    starts, ends = runs.starts[mine], runs.ends[mine]
    ys = starts // width
    rows = ys * width
    return Region(ys.astype(np.int32), (starts - rows).astype(np.int32), (ends - rows).astype(np.int32))


def label_runs(ids: Ids, *, segment_ids: Collection[int] | None = None) -> LabelledRuns:
    """Runs of the given ids (of every id when None) with the part that each belongs to."""
    height, width = ids.shape
    opens = np.ones((height, width), np.bool_)
    np.not_equal(ids[:, 1:], ids[:, :-1], out=opens[:, 1:])
    starts = np.flatnonzero(opens)
    ends = np.append(starts[1:], ids.size)
    run_ids = ids.reshape(-1)[starts]
    if segment_ids is not None:
        wanted = np.array([i for i in segment_ids if 0 <= i <= np.iinfo(ids.dtype).max], ids.dtype)
        kept = np.flatnonzero(np.isin(run_ids, wanted))
        starts, ends, run_ids = starts[kept], ends[kept], run_ids[kept]
    # Runs of the row above that share a column with a run lie side by side in the list.
    first = np.searchsorted(ends, starts - width, side="right")
    counts = np.maximum(np.searchsorted(starts, ends - width, side="left") - first, 0)
    above = pixel_offsets(first, counts)
    below = np.repeat(np.arange(starts.size), counts)
    alike = run_ids[above] == run_ids[below]
    return LabelledRuns(starts, ends, run_ids, connect(starts.size, below[alike], above[alike]))


def connect(count: int, one: I64, other: I64) -> I64:
    """Least member of the connected part of each of `count` things, joined in pairs (one[k], other[k])."""
    part = np.arange(count)
    while True:
        one, other = part[one], part[other]
        apart = np.flatnonzero(one != other)
        if apart.size == 0:
            return part
        one, other = one[apart], other[apart]
        np.minimum.at(part, np.maximum(one, other), np.minimum(one, other))
        while True:
            further = part[part]
            if np.array_equal(further, part):
                break
            part = further
