# SPDX-License-Identifier: Apache-2.0
"""The bytes of pixel runs: LEB128 varints, whole arrays at a time.

Decoding refuses what a reader going byte by byte from the left would refuse first: each check yields the position (in
numbers) at which it would stop that reader, and the earliest position wins.
"""

from __future__ import annotations

from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from intarsia.core.errors import CodecError
from intarsia.core.geometry import SizeHW

I32 = NDArray[np.int32]
I64 = NDArray[np.int64]
U32 = NDArray[np.uint32]
Columns = tuple[I32, I32, I32, U32, U32]

_VERSION = 1
_VARINT_BYTES_MAX = 5
_NUMBERS_PER_RUN = 4


def _refuse(code: str, what: str) -> NoReturn:
    raise CodecError(code, f"The pixels of the edit are damaged ({what}). They were not applied; send the edit again.")


def encode_varints(values: I64) -> bytes:
    """Shortest unsigned LEB128 of each value below 2^32, one after another."""
    sizes = np.ones(values.size, np.int64)
    for shift in (7, 14, 21, 28):
        sizes += values >= (1 << shift)
    ends = np.cumsum(sizes)
    starts = ends - sizes
    out = np.empty(int(ends[-1]) if ends.size else 0, np.uint8)
    for place in range(_VARINT_BYTES_MAX):
        has = np.flatnonzero(sizes > place) if place else np.arange(values.size)
        if has.size == 0:
            break
        more = (sizes[has] > place + 1).astype(np.int64) << 7
        out[starts[has] + place] = ((values[has] >> (7 * place)) & 0x7F) | more
    return out.tobytes()


def encode_columns(ys: I32, x0s: I32, lengths: I32, before: U32, after: U32) -> bytes:
    """Bytes of canonical runs, at least one."""
    keys = (before.astype(np.uint64) << np.uint64(32)) | after
    distinct, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty(order.size, np.int64)
    rank[order] = np.arange(order.size)
    pairs = distinct[order]
    numbers = np.empty((ys.size, _NUMBERS_PER_RUN), np.int64)
    rows = ys.astype(np.int64)
    starts = x0s.astype(np.int64)
    numbers[0, 0] = rows[0]
    numbers[1:, 0] = rows[1:] - rows[:-1]
    numbers[:, 1] = starts
    same_row = rows[1:] == rows[:-1]
    numbers[1:, 1] -= np.where(same_row, starts[:-1] + lengths[:-1], 0)
    numbers[:, 2] = lengths - 1
    numbers[:, 3] = rank[inverse]
    table = np.empty((pairs.size, 2), np.int64)
    table[:, 0] = pairs >> np.uint64(32)
    table[:, 1] = pairs & np.uint64(0xFFFFFFFF)
    values = np.concatenate(([pairs.size], table.reshape(-1), [ys.size], numbers.reshape(-1)))
    return bytes([_VERSION]) + encode_varints(values)


class _Numbers:
    """The first `count` varints of a byte string, as far as they are there and good."""

    def __init__(self, data: NDArray[np.uint8], count: int) -> None:
        self.count = count
        data = data[: _VARINT_BYTES_MAX * count]
        ends = np.flatnonzero(data < 0x80)[:count]
        starts = np.concatenate((np.zeros(1, np.int64), ends[:-1] + 1))[: ends.size]
        sizes = ends - starts + 1
        last = data[ends]
        bad = (sizes > _VARINT_BYTES_MAX) | ((sizes > 1) & (last == 0))
        bad |= (sizes == _VARINT_BYTES_MAX) & (last > 0x0F)
        at = np.flatnonzero(bad)
        good = int(at[0]) if at.size else int(ends.size)
        self.size = int(ends[good - 1]) + 1 if good else 0
        # Where the reader stops: at a bad number, or at the end of the bytes within a number.
        self._stop = "bad_varint" if at.size or data.size - self.size >= _VARINT_BYTES_MAX else "truncated"
        self.values = np.zeros(good, np.int64)
        for place in range(_VARINT_BYTES_MAX):
            has = np.flatnonzero(sizes[:good] > place)
            if has.size == 0:
                break
            self.values[has] |= (data[starts[has] + place].astype(np.int64) & 0x7F) << (7 * place)

    def demand_all(self) -> None:
        if self.values.size < self.count:
            _refuse(self._stop, "a number is missing or malformed")


def decode_columns(data: bytes, size_hw: SizeHW, *, runs_max: int) -> Columns:
    """Arrays ys, x0s, lengths, before, after of non-empty bytes. Raises `CodecError`."""
    if data[0] != _VERSION:
        _refuse("bad_version", f"version {data[0]}")
    body = np.frombuffer(data, np.uint8, offset=1)
    head = _Numbers(body, 1)
    head.demand_all()
    body = body[head.size :]
    pair_count = int(head.values[0])
    before, after, run_count, size = _pairs(body, pair_count)
    body = body[size:]
    if run_count > runs_max or _NUMBERS_PER_RUN * run_count > body.size:
        _refuse("too_many_runs", f"{run_count} runs in {body.size} bytes")
    if run_count == 0:
        _refuse("bad_pair", "an edit without pixels has no bytes")
    numbers = _Numbers(body, _NUMBERS_PER_RUN * run_count)
    whole = numbers.values.size // _NUMBERS_PER_RUN
    table = numbers.values[: whole * _NUMBERS_PER_RUN].reshape(-1, _NUMBERS_PER_RUN)
    ys, x0s, lengths, index = _runs(table, pair_count, size_hw)
    numbers.demand_all()
    if int(index.max()) != pair_count - 1:
        _refuse("bad_pair", "a pair that no run uses")
    if numbers.size != body.size:
        _refuse("trailing_bytes", "bytes after the last run")
    return ys.astype(np.int32), x0s.astype(np.int32), lengths.astype(np.int32), before[index], after[index]


def _pairs(body: NDArray[np.uint8], pair_count: int) -> tuple[U32, U32, int, int]:
    """The ids before and after of each pair, the number of runs that follows them, and the bytes of all this.

    Refuses the first pair that is equal to itself or to an earlier one, or that is not there.
    """
    numbers = _Numbers(body, 2 * pair_count + 1)
    whole = min(pair_count, numbers.values.size // 2)
    table = numbers.values[: 2 * whole].reshape(-1, 2)
    # Mapped to signed keys one to one; only their equality matters.
    keys = (table[:, 0] << 32) ^ table[:, 1]
    if bool((table[:, 0] == table[:, 1]).any()) or np.unique(keys).size != keys.size:
        _refuse("bad_pair", "a pair that changes nothing, or a pair twice")
    numbers.demand_all()
    return table[:, 0].astype(np.uint32), table[:, 1].astype(np.uint32), int(numbers.values[-1]), numbers.size


def _runs(table: I64, pair_count: int, size_hw: SizeHW) -> tuple[I64, I64, I64, I64]:
    """Rows, first columns, lengths and pair indices of (n, 4) numbers; refuses what the first bad run breaks."""
    dy, dx, lengths, index = table[:, 0], table[:, 1], table[:, 2] + 1, table[:, 3]
    if dy.size == 0:
        return dy, dx, lengths, index
    ys = np.cumsum(dy)
    new_row = dy != 0
    new_row[0] = True
    ends = np.cumsum(dx + lengths)
    row_first = np.flatnonzero(new_row)
    before_row = np.concatenate((np.zeros(1, np.int64), ends[row_first[1:] - 1]))
    x1s = ends - before_row[np.cumsum(new_row) - 1]
    known = np.concatenate((np.full(1, -1, np.int64), np.maximum.accumulate(index)[:-1]))
    touches = np.concatenate((np.zeros(1, np.bool_), (~new_row & (dx == 0))[1:] & (index[1:] == index[:-1])))
    checks = (
        ("bad_pair", (index >= pair_count) | (index > known + 1), "a run names no pair, or pairs are out of order"),
        ("out_of_image", (ys >= size_hw[0]) | (x1s > size_hw[1]), "a run leaves the image"),
        ("not_maximal", touches, "two runs could be one"),
    )
    found = [(int(bad.argmax()), code, what) for code, bad, what in checks if bool(bad.any())]
    if found:
        _, code, what = min(found, key=lambda item: item[0])
        _refuse(code, what)
    return ys, x1s - lengths, lengths, index
