# SPDX-License-Identifier: Apache-2.0
"""Row runs of an id grid: areas, boxes and re-labelling at the cost of the borders rather than of the pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class RowRuns:
    """Maximal runs of one value within one row, row-major; all arrays have shape (R,)."""

    size_hw: tuple[int, int]
    values: npt.NDArray[np.uint32]
    y: IntArray
    x0: IntArray
    lengths: IntArray

    def spread(self, values: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
        """(H, W) grid in which each run holds its entry of ``values`` (shape (R,))."""
        return np.repeat(values, self.lengths).reshape(self.size_hw)


@dataclass(frozen=True, slots=True)
class ValueExtent:
    """Where one value lies: its pixel count and half-open box, both in px."""

    value: int
    area_px: int
    box_xyxy: tuple[int, int, int, int]


def row_runs(grid: npt.NDArray[np.uint32]) -> RowRuns:
    """Runs of an (H, W) grid."""
    height, width = grid.shape
    change = np.empty((height, width), np.bool_)
    change[:, 0] = True
    np.not_equal(grid[:, 1:], grid[:, :-1], out=change[:, 1:])
    starts = np.flatnonzero(change)
    return runs_of_starts((height, width), starts, grid.reshape(-1)[starts])


def runs_of_starts(size_hw: tuple[int, int], starts: IntArray, values: npt.NDArray[np.uint32]) -> RowRuns:
    """Runs that begin at the row-major places ``starts`` (shape (R,), ascending, one at the start of each row)."""
    height, width = size_hw
    y, x0 = np.divmod(starts, width)
    return RowRuns(size_hw, values, y, x0, np.diff(starts, append=height * width))


def extents(runs: RowRuns) -> tuple[ValueExtent, ...]:
    """Extent of every value that occurs, ascending by value."""
    values, inverse = np.unique(runs.values, return_inverse=True)
    order = np.argsort(inverse, kind="stable")
    first = np.searchsorted(inverse[order], np.arange(len(values)))
    area = np.add.reduceat(runs.lengths[order], first)
    left = np.minimum.reduceat(runs.x0[order], first)
    right = np.maximum.reduceat((runs.x0 + runs.lengths)[order], first)
    top = np.minimum.reduceat(runs.y[order], first)
    bottom = np.maximum.reduceat(runs.y[order], first) + 1
    return tuple(
        ValueExtent(int(v), int(a), (int(x0), int(y0), int(x1), int(y1)))
        for v, a, x0, y0, x1, y1 in zip(values, area, left, top, right, bottom, strict=True)
    )


def first_use(runs: RowRuns) -> tuple[int, ...]:
    """Values in the order in which they are first met, row-major."""
    values, first = np.unique(runs.values, return_index=True)
    return tuple(int(v) for v in values[np.argsort(first)])


def looked_up(runs: RowRuns, table: Mapping[int, int]) -> npt.NDArray[np.uint32]:
    """``table[value]`` of each run, shape (R,); a value not in the table becomes 0."""
    values, inverse = np.unique(runs.values, return_inverse=True)
    return np.array([table.get(int(value), 0) for value in values], np.uint32)[inverse]


def relabel(runs: RowRuns, table: Mapping[int, int]) -> npt.NDArray[np.uint32]:
    """(H, W) grid with every value replaced by ``table[value]``; a value not in the table becomes 0."""
    return runs.spread(looked_up(runs, table))
