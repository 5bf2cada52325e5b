# SPDX-License-Identifier: Apache-2.0
"""Runs of pixels on rows: sums over runs without a loop per run. Shared by raster, label map and edit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

I32 = NDArray[np.int32]
I64 = NDArray[np.int64]

# Above every width and every end of a run, so that row · ROW_STRIDE + column orders pixels row-major.
ROW_STRIDE = 1 << 17


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """Pixels of one shape as runs [x0, x1) on rows y: int32 arrays of one length, sorted, disjoint, never touching."""

    ys: I32
    x0s: I32
    x1s: I32

    @staticmethod
    def empty() -> Region:
        none = np.empty(0, np.int32)
        return Region(none, none, none)

    @property
    def run_count(self) -> int:
        return int(self.ys.size)

    @property
    def pixel_count(self) -> int:
        return int(np.subtract(self.x1s, self.x0s, dtype=np.int64).sum())

    def runs(self) -> list[tuple[int, int, int]]:
        """[(y, x0, x1), …] as plain ints."""
        return list(zip(self.ys.tolist(), self.x0s.tolist(), self.x1s.tolist(), strict=True))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Region):
            return NotImplemented
        return (
            np.array_equal(self.ys, other.ys)
            and np.array_equal(self.x0s, other.x0s)
            and np.array_equal(self.x1s, other.x1s)
        )

    __hash__ = None  # type: ignore[assignment]


def region_from_keys(starts: I64, ends: I64) -> Region:
    """Region of runs whose ends are given as row · ROW_STRIDE + x; they must be canonical already."""
    ys = starts // ROW_STRIDE
    rows = ys * ROW_STRIDE
    return Region(ys.astype(np.int32), (starts - rows).astype(np.int32), (ends - rows).astype(np.int32))


def union_keys(starts: I64, ends: I64) -> tuple[I64, I64]:
    """Canonical union of runs in any order; starts and ends as row · ROW_STRIDE + x, none empty."""
    if starts.size == 0:
        return starts, ends
    order = np.argsort(starts, kind="stable")
    starts = starts[order]
    reach = np.maximum.accumulate(ends[order])
    opens = np.empty(starts.size, np.bool_)
    opens[0] = True
    np.greater(starts[1:], reach[:-1], out=opens[1:])
    first = np.flatnonzero(opens)
    last = np.append(first[1:], starts.size) - 1
    return starts[first], reach[last]


def pixel_offsets(starts: I64, lengths: I64) -> I64:
    """All integers start, start + 1, …, start + length − 1 of each run, one run after another."""
    ends = lengths.cumsum()
    offsets = np.arange(int(ends[-1]) if ends.size else 0)
    offsets += (starts - ends + lengths).repeat(lengths)
    return offsets
