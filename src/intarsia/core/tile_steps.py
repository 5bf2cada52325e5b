# SPDX-License-Identifier: Apache-2.0
"""Run lengths of a tile written as steps of its borders, which pack much smaller: a border goes on in the next row.

The last pixel of run i is in column x and row y of the tile. `across` is x minus the x of the run that has the same
place in the row above (0 where there is none), modulo 256; `down` is y minus the y of the run before. Both are bytes,
so that steps take as much room as lengths, and lengths follow from them again.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

I64 = NDArray[np.int64]
U8 = NDArray[np.uint8]


def steps_of_lengths(lengths: I64, width: int) -> tuple[U8, U8]:
    """(across, down), shape (R,) each, of runs of 1..65,536 px that fill a tile of `width` px row-major."""
    ends = np.cumsum(lengths) - 1
    y, x = np.divmod(ends, width)
    _, above = _places(y)
    has_above = above >= 0
    before = np.where(has_above, x[above], 0)
    return ((x - before) & 255).astype(np.uint8), np.diff(y, prepend=0).astype(np.uint8)


def lengths_of_steps(across: U8, down: U8, width: int) -> I64:
    """Lengths, shape (R,). Of bytes that no lengths gave, some are below 1, or they do not fill a tile."""
    y = np.cumsum(down.astype(np.int64))
    place, above = _places(y)
    # Chains of runs, each above the next, one after another: x is the sum of the steps since the chain began.
    order = np.lexsort((y, place))
    begins = (above < 0)[order]
    sums = np.cumsum(across[order].astype(np.int64))
    first = np.flatnonzero(begins)
    base = np.zeros(first.size, np.int64)
    base[1:] = sums[first[1:] - 1]
    x = np.empty(y.size, np.int64)
    x[order] = (sums - base[np.cumsum(begins) - 1]) & 255
    return np.diff(y * width + x, prepend=-1)


def _places(y: I64) -> tuple[I64, I64]:
    """Of each run its place among those that end in its row, and which run has that place in the row above, or -1.

    `y` ascends.
    """
    here = np.arange(y.size)
    opens = np.empty(y.size, np.bool_)
    opens[0] = True
    np.not_equal(y[1:], y[:-1], out=opens[1:])
    starts = np.flatnonzero(opens)
    row = np.cumsum(opens) - 1
    place = here - starts[row]
    counts = np.diff(starts, append=y.size)
    last_row = np.maximum(row - 1, 0)
    joined = (row > 0) & (y[starts[last_row]] == y - 1) & (counts[last_row] > place)
    return place, np.where(joined, starts[last_row] + place, -1)
