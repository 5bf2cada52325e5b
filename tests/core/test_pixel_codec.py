# SPDX-License-Identifier: Apache-2.0
"""Pixels as bytes: written as the page says, and refused with the code at which a reader from the left would stop."""

from __future__ import annotations

import base64
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intarsia.core.errors import CodecError
from intarsia.core.limits import EDIT_RUNS_MAX
from intarsia.core.pixel_runs import PixelRuns

from .strategies import Ids, changes_between, same_size_grids

ALLOCATION_MAX_BYTES = 4 << 20


def varint(value: int) -> bytes:
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def naive_bytes(runs: list[tuple[int, int, int, int, int]]) -> bytes:
    pairs: list[tuple[int, int]] = []
    for *_, before, after in runs:
        if (before, after) not in pairs:
            pairs.append((before, after))
    out = b"\1" + varint(len(pairs)) + b"".join(varint(b) + varint(a) for b, a in pairs) + varint(len(runs))
    row, end = 0, 0
    for place, (y, x0, length, before, after) in enumerate(runs):
        same_row = place > 0 and y == row
        out += varint(y - row) + varint(x0 - end if same_row else x0)
        out += varint(length - 1) + varint(pairs.index((before, after)))
        row, end = y, x0 + length
    return out


class Reader:
    """The page read byte after byte; raises `CodecError` at the first thing that is wrong."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def varint(self) -> int:
        value = 0
        for place in range(5):
            if self.at >= len(self.data):
                raise CodecError("truncated", "")
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 0x7F) << (7 * place)
            if byte < 0x80:
                if (place and byte == 0) or value >= 1 << 32:
                    raise CodecError("bad_varint", "")
                return value
        raise CodecError("bad_varint", "")


def naive_decode(data: bytes, size_hw: tuple[int, int]) -> list[tuple[int, int, int, int, int]]:
    if not data:
        return []
    if data[0] != 1:
        raise CodecError("bad_version", "")
    reader = Reader(data[1:])
    pairs: list[tuple[int, int]] = []
    for _ in range(reader.varint()):
        pair = (reader.varint(), reader.varint())
        if pair[0] == pair[1] or pair in pairs:
            raise CodecError("bad_pair", "")
        pairs.append(pair)
    count = reader.varint()
    if count > EDIT_RUNS_MAX or 4 * count > len(data) - 1 - reader.at:
        raise CodecError("too_many_runs", "")
    runs: list[tuple[int, int, int, int, int]] = []
    row, end, used, last = 0, 0, 0, -1
    for place in range(count):
        dy, dx, length, pair_index = (reader.varint() for _ in range(4))
        same_row = place > 0 and dy == 0
        if pair_index >= len(pairs) or pair_index > used:
            raise CodecError("bad_pair", "")
        used = max(used, pair_index + 1)
        row += dy
        x0 = end + dx if same_row else dx
        end = x0 + length + 1
        if row >= size_hw[0] or end > size_hw[1]:
            raise CodecError("out_of_image", "")
        if same_row and dx == 0 and pair_index == last:
            raise CodecError("not_maximal", "")
        last = pair_index
        runs.append((row, x0, length + 1, *pairs[pair_index]))
    if used != len(pairs) or count == 0:
        raise CodecError("bad_pair", "")
    if reader.at != len(data) - 1:
        raise CodecError("trailing_bytes", "")
    return runs


def agree(data: bytes, size_hw: tuple[int, int]) -> None:
    try:
        expected: object = naive_decode(data, size_hw)
    except CodecError as refused:
        expected = refused.code
    try:
        got: object = PixelRuns.decode(data, size_hw).runs()
    except CodecError as refused:
        got = refused.code
    assert got == expected


@given(same_size_grids(2))
def test_bytes_are_those_of_the_page_and_come_back(pair: list[Ids]) -> None:
    size_hw = (pair[0].shape[0], pair[0].shape[1])
    pixels = changes_between(*pair)
    data = pixels.encode()
    assert data == (naive_bytes(pixels.runs()) if pixels.run_count else b"")
    assert PixelRuns.decode(data, size_hw) == pixels
    assert PixelRuns.from_base64(pixels.to_base64(), size_hw) == pixels


@given(same_size_grids(2), st.data())
@settings(max_examples=500)
def test_hostile_bytes_stop_where_a_reader_from_the_left_stops(pair: list[Ids], data: st.DataObject) -> None:
    size_hw = (pair[0].shape[0], pair[0].shape[1])
    blob = bytearray(changes_between(*pair).encode())
    if not blob:
        return
    for _ in range(data.draw(st.integers(1, 2))):
        place = data.draw(st.integers(0, min(len(blob), 40) - 1))
        change = data.draw(st.sampled_from(["set", "insert", "delete"]))
        if change == "set":
            blob[place] = data.draw(st.integers(0, 255))
        elif change == "insert":
            blob.insert(place, data.draw(st.integers(0, 255)))
        elif len(blob) > 1:
            del blob[place]
    cut = data.draw(st.integers(0, len(blob))) if data.draw(st.booleans()) else len(blob)
    agree(bytes(blob[:cut]), size_hw)


@given(st.binary(max_size=40))
@settings(max_examples=500)
def test_random_bytes(data: bytes) -> None:
    for attempt in (data, b"\1" + data, b"\1\1\0\7" + data, b"\1\2\0\7\7\0" + data):
        agree(attempt, (300, 300))


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("truncated", b"\1"),
        ("truncated", b"\1\1\0"),
        ("truncated", b"\1\x80\x80"),
        ("bad_version", b"\2\1\0\7\1\0\0\0\0"),
        ("bad_varint", b"\1\x80\x80\x80\x80\x80"),
        ("bad_varint", b"\1\x81\0\0\7\1\0\0\0\0"),
        ("bad_varint", b"\1\1\0\xff\xff\xff\xff\x1f\1\0\0\0\0"),
        ("too_many_runs", b"\1\1\0\7\2\0\0\0\0"),
        ("too_many_runs", b"\1\1\0\7\xff\xff\xff\xff\x0f\0\0\0\0"),
        ("bad_pair", b"\1\1\7\7\1\0\0\0\0"),
        ("bad_pair", b"\1\2\0\7\0\7\1\0\0\0\0"),
        ("bad_pair", b"\1\2\0\7\0\6\1\0\0\0\1"),
        ("bad_pair", b"\1\1\0\7\1\0\0\0\1"),
        ("bad_pair", b"\1\2\0\7\0\6\1\0\0\0\0"),
        ("bad_pair", b"\1\0\0"),
        ("out_of_image", b"\1\1\0\7\1\3\0\0\0"),
        ("out_of_image", b"\1\1\0\7\1\0\4\0\0"),
        ("out_of_image", b"\1\1\0\7\1\0\xff\xff\xff\xff\x0f\xff\xff\xff\xff\x0f\0"),
        ("not_maximal", b"\1\1\0\7\2\0\0\0\0\0\0\0\0"),
        ("trailing_bytes", b"\1\1\0\7\1\0\0\0\0\0"),
    ],
)
def test_every_code_of_the_page(code: str, data: bytes) -> None:
    with pytest.raises(CodecError) as refused:
        PixelRuns.decode(data, (3, 4))
    assert refused.value.code == code
    agree(data, (3, 4))


@pytest.mark.parametrize("text", ["A", "AQ", "AR==", "AQ= =", "AQ==\n", "AQ==AQ==", "äöü=", "A-_=", "===="])
def test_base64_is_standard_with_padding(text: str) -> None:
    with pytest.raises(CodecError) as refused:
        PixelRuns.from_base64(text, (3, 4))
    assert refused.value.code == "bad_base64"


def test_counts_that_lie_take_no_memory() -> None:
    lies = [
        b"\1" + varint((1 << 32) - 1) + b"\0\1" * 50,
        b"\1\1\0\7" + varint((1 << 32) - 1) + b"\0" * 50,
        b"\1\1\0\7" + varint(EDIT_RUNS_MAX) + b"\0" * 50,
        b"\1" + b"\xff" * 200,
    ]
    tracemalloc.start()
    try:
        for data in lies:
            with pytest.raises(CodecError):
                PixelRuns.decode(data, (60_000, 4_000))
        assert tracemalloc.get_traced_memory()[1] < ALLOCATION_MAX_BYTES
    finally:
        tracemalloc.stop()


def test_more_runs_than_the_limit_are_refused_though_the_bytes_are_there() -> None:
    count = EDIT_RUNS_MAX + 1
    data = b"\1\1\0\7" + varint(count) + b"\1\0\0\0" * count
    with pytest.raises(CodecError) as refused:
        PixelRuns.decode(data, (65_535, 4_096))
    assert refused.value.code == "too_many_runs"


def test_base64_of_the_page_example() -> None:
    pixels = PixelRuns.from_runs([(0, 1, 2, 0, 65_536), (2, 0, 3, 5, 65_536)])
    assert base64.b64decode(pixels.to_base64()).hex() == "01020080800405808004020001010002000201"
