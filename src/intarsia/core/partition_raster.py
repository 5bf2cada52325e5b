# SPDX-License-Identifier: Apache-2.0
"""Arcs back to pixels: each row switches from id to id where an arc crosses it, so no gap and no overlap can arise."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from intarsia.core.errors import GeometryError
from intarsia.core.geometry import check_size
from intarsia.core.runs import pixel_offsets
from intarsia.core.vectorize import FIXED_PER_PX, OUTSIDE, VectorView

I64 = NDArray[np.int64]
U32 = NDArray[np.uint32]

_HALF_PX = FIXED_PER_PX // 2


def rasterize(view: VectorView) -> U32:
    """Ids of all pixels, uint32 (H, W), of an exact or simplified vector view.

    Raises `size_out_of_range`, or `open_partition` when some pixel has nothing but the frame's outside to its left.
    """
    height, width = check_size(view.size_hw)
    rows, columns, ids = _switches(view)
    # The last switch at a pixel counts; what lies before the image counts at its first pixel.
    columns = np.maximum(columns, 0)
    at = rows * width + columns
    counts = np.append(at[1:] != at[:-1], True) & (columns < width) if at.size else np.zeros(0, np.bool_)
    at, ids = at[counts], ids[counts]
    begins_row = np.zeros(height, np.bool_)
    begins_row[at[at % width == 0] // width] = True
    if not bool(begins_row.all()) or bool((ids == OUTSIDE).any()):
        raise GeometryError(
            "open_partition",
            "The outlines leave a part of the image without an owner: an arc of the frame is missing or reversed. "
            "Nothing was changed.",
        )
    return np.repeat(ids.astype(np.uint32), np.diff(at, append=height * width)).reshape(height, width)


def _switches(view: VectorView) -> tuple[I64, I64, I64]:
    """(row, first pixel, id from there) of every crossing, sorted by row, pixel, exact place, arc, edge."""
    height = view.size_hw[0]
    xy = view.xy_fixed.astype(np.int64)
    is_edge = np.ones(xy.shape[0], np.bool_)
    is_edge[view.offsets[1:] - 1] = False
    tail = np.flatnonzero(is_edge)
    tail = tail[xy[tail, 1] != xy[tail + 1, 1]]
    arc = np.searchsorted(view.offsets, tail, side="right") - 1
    down = xy[tail + 1, 1] > xy[tail, 1]
    from_id = np.where(down, view.left[arc], view.right[arc])
    upper = np.where(down, tail, tail + 1)
    lower = np.where(down, tail + 1, tail)
    ax, ay = xy[upper, 0], xy[upper, 1]
    run, rise = xy[lower, 0] - ax, xy[lower, 1] - ay
    # Rows with ay <= Y < by, where Y is the row's centre.
    first = np.clip(-((_HALF_PX - ay) // FIXED_PER_PX), 0, height)
    last = np.clip(-((_HALF_PX - ay - rise) // FIXED_PER_PX), 0, height)
    lengths = last - first
    edge = np.repeat(np.arange(tail.size), lengths)
    rows = pixel_offsets(first, lengths)
    offset = (FIXED_PER_PX * rows + _HALF_PX - ay[edge]) * run[edge]
    rise = rise[edge]
    columns = -((-((ax[edge] - _HALF_PX) * rise + offset)) // (FIXED_PER_PX * rise))
    place = ax[edge] + offset.astype(np.float64) / rise.astype(np.float64)
    order = np.lexsort((place, columns, rows))
    return rows[order], columns[order], from_id[edge][order]
