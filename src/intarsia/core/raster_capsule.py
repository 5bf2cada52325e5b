# SPDX-License-Identifier: Apache-2.0
"""Capsules of a round brush: per capsule and row the first and last pixel that satisfy raster.md.

The three cases of the predicate (at A, at B, between) are each an interval of X on a row. Their ends are found by exact
integer division instead of testing pixel after pixel; tests compare the result with the predicate itself.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from intarsia.core.geometry import SizeHW
from intarsia.core.runs import ROW_STRIDE, union_keys

I64 = NDArray[np.int64]
Interval = tuple[I64, I64]

_ROWS_AT_ONCE = 500_000
# Beyond all differences of coordinates; a half-open case of the predicate ends here.
_FAR = 1 << 30
# A low end that no high end reaches: an empty interval.
_NEVER = 1 << 31


def capsule_keys(tails: I64, heads: I64, *, radius: int, size_hw: SizeHW) -> tuple[I64, I64]:
    """Canonical runs, as row · ROW_STRIDE + x, of the union of capsules from tails to heads (both (n, 2), fixed)."""
    height, width = size_hw
    top = np.minimum(tails[:, 1], heads[:, 1]) - radius
    bottom = np.maximum(tails[:, 1], heads[:, 1]) + radius
    first = np.clip((top + 127) >> 8, 0, height)
    last = np.clip(((bottom - 128) >> 8) + 1, 0, height)
    starts = ends = np.empty(0, np.int64)
    for which, ys in _capsule_rows(first, last):
        x0, x1 = _row_spans(tails[which], heads[which], ys, radius)
        x0, x1 = np.maximum(x0, 0), np.minimum(x1 + 1, width)
        hit = np.flatnonzero(x0 < x1)
        rows = ys[hit] * ROW_STRIDE
        starts, ends = union_keys(np.concatenate((starts, rows + x0[hit])), np.concatenate((ends, rows + x1[hit])))
    return starts, ends


def _capsule_rows(first: I64, last: I64) -> Iterator[tuple[I64, I64]]:
    """All pairs (capsule, row of its [first, last)), in pieces of bounded size."""
    counts = np.maximum(last - first, 0)
    totals = np.cumsum(counts)
    begin = 0
    while begin < counts.size:
        done = int(totals[begin - 1]) if begin else 0
        end = max(int(np.searchsorted(totals, done + _ROWS_AT_ONCE, side="right")), begin + 1)
        part = counts[begin:end]
        offsets = np.repeat(first[begin:end] - (np.cumsum(part) - part), part)
        which = np.repeat(np.arange(begin, end), part)
        if which.size:
            yield which, offsets + np.arange(which.size, dtype=np.int64)
        begin = end


def _row_spans(a: I64, b: I64, ys: I64, radius: int) -> Interval:
    """First and last pixel of each capsule on its row; first > last where it has none."""
    dx, dy = b[:, 0] - a[:, 0], b[:, 1] - a[:, 1]
    py = 256 * ys + 128 - a[:, 1]
    square_length = dx * dx + dy * dy
    # Mirrored in x where B lies left of A, so that t grows with px everywhere.
    mirror = dx < 0
    run = np.abs(dx)
    q = py * dy
    level = run == 0
    step = np.where(level, 1, run)
    # t <= 0  <=>  px <= -q / run
    at_a = _disc(py, radius)
    at_a = (at_a[0], np.minimum(at_a[1], np.where(level, np.where(q <= 0, _FAR, -_NEVER), -q // step)))
    # t >= L  <=>  px >= (L - q) / run
    beyond = square_length - q
    at_b = _disc(256 * ys + 128 - b[:, 1], radius)
    at_b = (
        np.maximum(at_b[0] + run, np.where(level, np.where(beyond <= 0, -_FAR, _NEVER), -(-beyond // step))),
        at_b[1] + run,
    )
    between = _between(dy, run * py, square_length, radius)
    open_low = np.where(level, np.where((q > 0) & (q < square_length), -_FAR, _NEVER), -((q - 1) // step))
    open_high = np.where(level, _FAR, (square_length - 1 - q) // step)
    between = (np.maximum(between[0], open_low), np.minimum(between[1], open_high))
    return _hull_of_pixels((at_a, at_b, between), a[:, 0], mirror)


def _disc(dy: I64, radius: int) -> Interval:
    """px with px² + dy² <= radius²: an empty interval (low > high) where there is none."""
    left = radius * radius - dy * dy
    # The square root of an integer below 2^52 is rounded correctly, so its floor is exact.
    reach = np.floor(np.sqrt(np.maximum(left, 0).astype(np.float64))).astype(np.int64)
    hit = left >= 0
    return np.where(hit, -reach, 1), np.where(hit, reach, 0)


def _between(dy: I64, s: I64, square_length: I64, radius: int) -> Interval:
    """px with (px · dy − s)² <= r² · L, both products rounded as float64 does it."""
    reach = _largest_square_root(np.float64(radius * radius) * square_length.astype(np.float64))
    flat = dy == 0
    divisor = np.where(flat, 1, np.abs(dy))
    centre = np.where(dy < 0, -s, s)
    hit = np.abs(s) <= reach
    low = np.where(flat, np.where(hit, -_FAR, _NEVER), -((reach - centre) // divisor))
    high = np.where(flat, _FAR, (centre + reach) // divisor)
    return low, high


def _largest_square_root(bound: NDArray[np.float64]) -> I64:
    """Largest integer c whose float64 square c·c is <= bound (which may be beyond 2^53 and then is rounded)."""
    guess = np.floor(np.sqrt(bound))
    best = np.maximum(guess - 2, 0)
    for more in (-1.0, 0.0, 1.0, 2.0):
        candidate = np.maximum(guess + more, 0)
        best = np.where(candidate * candidate <= bound, candidate, best)
    root: I64 = best.astype(np.int64)
    return root


def _hull_of_pixels(intervals: tuple[Interval, ...], ax: I64, mirror: NDArray[np.bool_]) -> Interval:
    """From intervals of (mirrored) px to the first and last pixel column whose centre lies in any of them."""
    first = np.full(ax.size, _FAR, np.int64)
    last = np.full(ax.size, -_FAR, np.int64)
    for low, high in intervals:
        left = np.where(mirror, -high, low) + ax
        right = np.where(mirror, -low, high) + ax
        x0 = (left + 127) >> 8
        x1 = (right - 128) >> 8
        hit = x0 <= x1
        first = np.where(hit, np.minimum(first, x0), first)
        last = np.where(hit, np.maximum(last, x1), last)
    return first, last
