# SPDX-License-Identifier: Apache-2.0
"""The pixels in which two label maps differ, as the runs of an edit."""

from __future__ import annotations

import numpy as np

from intarsia.core.geometry import tile_grid
from intarsia.core.label_map import LabelMap
from intarsia.core.limits import TILE_SIDE_PX
from intarsia.core.pixel_runs import PixelRuns


def diff_maps(before: LabelMap, after: LabelMap) -> PixelRuns:
    """Runs that turn `before` into `after` (maps of one size)."""
    columns = tile_grid(before.size_hw)[1]
    parts = [_diff_tile(before, after, index, columns) for index in before.changed_tiles(after)]
    if not parts:
        return PixelRuns.empty()
    ys, x0s, lengths, old, new = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((x0s, ys))
    return PixelRuns.from_columns(ys[order], x0s[order], lengths[order], old[order], new[order])


def _diff_tile(before: LabelMap, after: LabelMap, index: int, columns: int) -> tuple[np.ndarray, ...]:
    old, new = before.tile_array(index), after.tile_array(index)
    top, left = index // columns * TILE_SIDE_PX, index % columns * TILE_SIDE_PX
    starts = np.ones(old.shape, np.bool_)
    starts[:, 1:] = (old[:, 1:] != old[:, :-1]) | (new[:, 1:] != new[:, :-1])
    at = np.flatnonzero(starts)
    lengths = np.diff(at, append=old.size)
    kept = old.reshape(-1)[at] != new.reshape(-1)[at]
    at, lengths = at[kept], lengths[kept]
    rows = at // old.shape[1]
    return rows + top, at - rows * old.shape[1] + left, lengths, old.reshape(-1)[at], new.reshape(-1)[at]
