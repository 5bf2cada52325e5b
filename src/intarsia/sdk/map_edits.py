# SPDX-License-Identifier: Apache-2.0
"""From a wanted label map to edits: the changed pixels as runs, cut into pieces that one request can carry."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from intarsia.core.pixel_runs import PixelRuns

IdArray = npt.NDArray[np.uint32]
RUNS_PER_EDIT = 150_000


def changed_runs(before: IdArray, after: IdArray) -> PixelRuns:
    """Runs of the pixels in which two (H, W) grids of one size differ."""
    height, width = before.shape
    starts = np.empty((height, width), np.bool_)
    starts[:, 0] = True
    np.not_equal(before[:, 1:], before[:, :-1], out=starts[:, 1:])
    starts[:, 1:] |= after[:, 1:] != after[:, :-1]
    at = np.flatnonzero(starts)
    lengths = np.diff(at, append=height * width)
    ys, x0s = np.divmod(at, width)
    flat_before, flat_after = before.reshape(-1)[at], after.reshape(-1)[at]
    return PixelRuns.from_columns(ys, x0s, lengths, flat_before, flat_after)


def pieces(runs: PixelRuns, *, runs_max: int = RUNS_PER_EDIT) -> Iterator[PixelRuns]:
    """The same runs in order, at most ``runs_max`` at a time; at least one piece, if only an empty one."""
    for start in range(0, max(runs.run_count, 1), runs_max):
        part = slice(start, start + runs_max)
        yield PixelRuns(runs.ys[part], runs.x0s[part], runs.lengths[part], runs.before[part], runs.after[part])
