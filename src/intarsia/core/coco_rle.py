# SPDX-License-Identifier: Apache-2.0
"""COCO run lengths of all segments in one pass, as counts and as compressed strings (contract/vector-view.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from intarsia.core.errors import CodecError
from intarsia.core.geometry import SizeHW, check_size
from intarsia.core.runs import Region, pixel_offsets

I64 = NDArray[np.int64]
Ids = NDArray[np.unsignedinteger]
U8 = NDArray[np.uint8]

_BITS = 5
_CHARACTERS_MAX = 7
"""Characters of one number that a decoder reads; 34 bits and a sign, any difference of counts of the largest image."""


@dataclass(frozen=True, slots=True, eq=False)
class SegmentRunLengths:
    """Run lengths of every id of a map: `segment_ids[k]` (ascending, 0 too) has `counts[offsets[k]:offsets[k + 1]]`."""

    size_hw: SizeHW
    segment_ids: I64
    counts: I64
    offsets: I64

    def counts_of(self, segment_id: int) -> list[int]:
        """Column-major run lengths, zeros first. An id without pixels has one run of zeros."""
        place = int(np.searchsorted(self.segment_ids, segment_id))
        if place == self.segment_ids.size or self.segment_ids[place] != segment_id:
            return [self.size_hw[0] * self.size_hw[1]]
        counts: list[int] = self.counts[self.offsets[place] : self.offsets[place + 1]].tolist()
        return counts

    def strings(self) -> dict[int, str]:
        """Segment id -> compressed string."""
        text, bounds = _compress(self.counts, self.offsets)
        ends = bounds.tolist()
        return {
            segment_id: text[a:b].decode("ascii")
            for segment_id, a, b in zip(self.segment_ids.tolist(), ends[:-1], ends[1:], strict=True)
        }


def encode_all(ids: Ids) -> SegmentRunLengths:
    """Run lengths of all ids of an (H, W) map. Raises `size_out_of_range`."""
    height, width = check_size((ids.shape[0], ids.shape[1]))
    starts, run_ids = _column_runs(ids)
    ends = np.append(starts[1:], height * width)
    order = np.argsort(run_ids, kind="stable")
    by_id = run_ids[order]
    first = np.flatnonzero(np.append(True, by_id[1:] != by_id[:-1]))
    starts, ends = starts[order], ends[order]
    # Two numbers per run: the zeros since the run before it, and its length; then the zeros that are left.
    zeros = starts.copy()
    zeros[1:] -= ends[:-1]
    zeros[first] = starts[first]
    rest = height * width - ends[np.append(first[1:], order.size) - 1]
    runs_per_id = np.diff(first, append=order.size)
    offsets = np.zeros(first.size + 1, np.int64)
    np.cumsum(2 * runs_per_id + (rest > 0), out=offsets[1:])
    counts = np.empty(int(offsets[-1]), np.int64)
    place = pixel_offsets(offsets[:-1], 2 * runs_per_id)
    counts[place] = np.stack((zeros, ends - starts), axis=1).reshape(-1)
    counts[offsets[1:][rest > 0] - 1] = rest[rest > 0]
    return SegmentRunLengths((height, width), by_id[first].astype(np.int64), counts, offsets)


def _column_runs(ids: Ids) -> tuple[I64, Ids]:
    """Flat column-major start and id of every maximal run; runs pass over column ends.

    The map is read row by row, as it lies in memory, and only the starts are sorted: turning the map itself costs more.
    """
    height, width = ids.shape
    flat = ids.reshape(-1)
    at = np.flatnonzero(ids[1:] != ids[:-1]) + width
    top = np.flatnonzero(np.append(True, ids[0, 1:] != ids[-1, :-1]))
    at = np.concatenate((top, at))
    ys, xs = np.divmod(at, width)
    starts = xs * height + ys
    order = np.argsort(starts)
    return starts[order], flat[at[order]]


def _compress(counts: I64, offsets: I64) -> tuple[bytes, I64]:
    """Characters of all numbers of all ids one after another, and where each id's begin and end."""
    numbers = counts.copy()
    place = np.arange(counts.size) - np.repeat(offsets[:-1], np.diff(offsets))
    later = np.flatnonzero(place > 2)
    numbers[later] -= counts[later - 2]
    lengths = np.ones(numbers.size, np.int64)
    for size in range(1, _CHARACTERS_MAX):
        half = 1 << (_BITS * size - 1)
        lengths += (numbers < -half) | (numbers >= half)
    ends = np.cumsum(lengths)
    text = np.empty(int(ends[-1]), np.uint8)
    begins = ends - lengths
    for step in range(int(lengths.max())):
        more = np.flatnonzero(lengths > step)
        group = (numbers[more] >> (_BITS * step)) & 31
        text[begins[more] + step] = group + 48 + 32 * (lengths[more] > step + 1)
    return text.tobytes(), np.append(begins, text.size)[offsets]


def compress_counts(counts: Sequence[int]) -> str:
    """Compressed string of one list of run lengths."""
    if len(counts) == 0:
        return ""
    return _compress(np.array(counts, np.int64), np.array([0, len(counts)]))[0].decode("ascii")


def expand_string(text: str | bytes, *, size_hw: SizeHW) -> I64:
    """Run lengths of a compressed string for an image of this size. Raises `bad_rle_string` or `bad_counts`.

    Memory is in proportion to the string.
    """
    area = _area(size_hw)
    if isinstance(text, str):
        if not text.isascii():
            _refuse("bad_rle_string", "a character that does not belong there")
        text = text.encode("ascii")
    groups = np.frombuffer(text, np.uint8).astype(np.int64) - 48
    if groups.size and (int(groups.min()) < 0 or int(groups.max()) > 63):
        _refuse("bad_rle_string", "a character that does not belong there")
    if groups.size == 0 or groups[-1] & 32:
        _refuse("bad_rle_string", "it breaks off")
    ends = np.flatnonzero((groups & 32) == 0)
    begins = np.append(0, ends[:-1] + 1)
    lengths = ends - begins + 1
    if int(lengths.max()) > _CHARACTERS_MAX:
        _refuse("bad_rle_string", "a number that is too long")
    step = pixel_offsets(np.zeros(lengths.size, np.int64), lengths)
    numbers = np.add.reduceat((groups & 31) << (_BITS * step), begins)
    numbers -= np.where(groups[ends] & 16, np.int64(1) << (_BITS * lengths), 0)
    counts = numbers.copy()
    for parity in (1, 2):
        counts[parity::2] = np.cumsum(numbers[parity::2])
    return _checked(counts, area)


def read_counts(counts: Sequence[object], *, size_hw: SizeHW) -> I64:
    """A list of run lengths as an array, checked for an image of this size. Raises `bad_counts`."""
    area = _area(size_hw)
    for count in counts:
        if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count <= area:
            _refuse("bad_counts", "run lengths must be whole numbers, none negative")
    return _checked(np.array(counts, np.int64), area)


def region_of_counts(counts: I64, *, size_hw: SizeHW) -> Region:
    """Pixels of checked run lengths (of `expand_string` or `read_counts`). Takes one byte per pixel meanwhile."""
    height, width = check_size(size_hw)
    marks = np.repeat(np.arange(counts.size) % 2 == 1, counts).reshape(width, height)
    mask = np.zeros((height, width + 1), np.bool_)
    mask[:, :width] = marks.T
    flat = mask.reshape(-1)
    edges = np.flatnonzero(np.diff(flat, prepend=False))
    starts, ends = edges[::2], edges[1::2]
    ys = starts // (width + 1)
    rows = ys * (width + 1)
    return Region(ys.astype(np.int32), (starts - rows).astype(np.int32), (ends - rows).astype(np.int32))


def _area(size_hw: SizeHW) -> int:
    height, width = check_size(size_hw)
    return height * width


def _checked(counts: I64, area: int) -> I64:
    if counts.size and (int(counts.min()) < 0 or int(counts.max()) > area):
        _refuse("bad_counts", "a run length that is negative or longer than the image")
    if int(counts.sum()) != area:
        _refuse("bad_counts", "its run lengths do not add up to the image")
    return counts


def _refuse(code: str, what: str) -> NoReturn:
    raise CodecError(
        code, f"The run-length mask is damaged ({what}). It was left out; export it again from its source."
    )
