# SPDX-License-Identifier: Apache-2.0
"""Filling of directed edges by exact integer crossings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from intarsia.core.geometry import SizeHW
from intarsia.core.runs import ROW_STRIDE

I64 = NDArray[np.int64]
FillRule = Literal["nonzero", "evenodd"]

# Bounds the memory of an outline that goes up and down the whole image many times.
_CROSSINGS_AT_ONCE = 2_000_000


def fill_keys(tails: I64, heads: I64, *, rule: FillRule, size_hw: SizeHW) -> tuple[I64, I64]:
    """Canonical runs, as row · ROW_STRIDE + x, of closed rings whose edges go from tails to heads (both (n, 2))."""
    height, width = size_hw
    upward = tails[:, 1] > heads[:, 1]
    low = np.where(upward[:, None], heads, tails)
    high = np.where(upward[:, None], tails, heads)
    # Row y is crossed when low.y <= 256 y + 128 < high.y.
    first = np.clip((low[:, 1] + 127) >> 8, 0, height)
    last = np.clip((high[:, 1] + 127) >> 8, 0, height)
    kept = np.flatnonzero(last > first)
    low, high, first, last = low[kept], high[kept], first[kept], last[kept]
    direction = np.where(upward[kept], -1, 1).astype(np.int64)
    starts: list[I64] = []
    ends: list[I64] = []
    for top, bottom in _row_bands(first, last, height):
        keys, turns = _crossings(low, high, direction, np.maximum(first, top), np.minimum(last, bottom), width)
        band_starts, band_ends = _inside(keys, turns, rule)
        starts.append(band_starts)
        ends.append(band_ends)
    if not starts:
        none = np.empty(0, np.int64)
        return none, none
    return np.concatenate(starts), np.concatenate(ends)


def _row_bands(first: I64, last: I64, height: int) -> Iterator[tuple[int, int]]:
    """Rows [top, bottom) in pieces that hold a bounded number of crossings (one row at least)."""
    if first.size == 0:
        return
    if int((last - first).sum()) <= _CROSSINGS_AT_ONCE:
        yield int(first.min()), int(last.max())
        return
    changes = np.bincount(first, minlength=height + 1) - np.bincount(last, minlength=height + 1)
    total = np.cumsum(np.cumsum(changes))
    top, bottom = int(first.min()), int(last.max())
    while top < bottom:
        before = int(total[top - 1]) if top else 0
        end = int(np.searchsorted(total, before + _CROSSINGS_AT_ONCE, side="right"))
        end = min(max(end, top + 1), bottom)
        yield top, end
        top = end


def _crossings(low: I64, high: I64, direction: I64, first: I64, last: I64, width: int) -> tuple[I64, I64]:
    """Where each edge crosses each of its rows [first, last), and its direction; sorted by row, then x."""
    counts = np.maximum(last - first, 0)
    ends = np.cumsum(counts)
    total = int(ends[-1])
    ys = np.repeat(first - (ends - counts), counts) + np.arange(total, dtype=np.int64)
    rise = high[:, 1] - low[:, 1]
    # N of raster.md is linear in the row: N = offset + 256 y · run.
    run = high[:, 0] - low[:, 0]
    offset = (low[:, 0] - 128) * rise + (128 - low[:, 1]) * run
    numerator = np.repeat(offset, counts) + np.repeat(run << 8, counts) * ys
    xs = -((-numerator) // np.repeat(rise << 8, counts))
    np.clip(xs, 0, width, out=xs)
    # The direction rides along in the lowest bit, so that one plain sort orders both.
    keys = ((ys * ROW_STRIDE + xs) << 1) | np.repeat((direction > 0).astype(np.int64), counts)
    keys.sort()
    return keys >> 1, ((keys & 1) << 1) - 1


def _inside(keys: I64, turns: I64, rule: FillRule) -> tuple[I64, I64]:
    """Runs between the places where the sum of crossings turns from outside to inside and back.

    Rings are closed, so the sums of each row end at 0 (an even number) and rows need not be parted.
    """
    if keys.size == 0:
        return keys, keys
    last_of_place = np.append(np.flatnonzero(keys[1:] != keys[:-1]), keys.size - 1)
    sums = np.cumsum(turns) if rule == "nonzero" else np.arange(1, keys.size + 1) & 1
    inside = sums[last_of_place] != 0
    before = np.concatenate((np.zeros(1, np.bool_), inside[:-1]))
    places = keys[last_of_place]
    return places[inside & ~before], places[~inside & before]
