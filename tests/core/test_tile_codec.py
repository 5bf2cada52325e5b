# SPDX-License-Identifier: Apache-2.0
"""Tile payloads and packs: one legal encoding, and a code for every kind of damage."""

from __future__ import annotations

import hashlib
import struct
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intarsia.core.errors import CodecError
from intarsia.core.label_map import LabelMap
from intarsia.core.tile_codec import decode_pack, decode_tile, encode_pack, encode_tile, encode_uniform_tile, tile_name

from .strategies import Ids, border_sizes, grids

tile_sizes = st.tuples(st.integers(1, 256), st.integers(1, 256))
ALLOCATION_MAX_BYTES = 4 << 20


def code_of(data: bytes, size_hw: tuple[int, int]) -> str:
    with pytest.raises(CodecError) as refused:
        decode_tile(data, size_hw)
    return refused.value.code


def payload(
    runs: list[tuple[int, int]], palette: list[int], size_hw: tuple[int, int], *, index_width: int = 1
) -> bytearray:
    """Bytes of the page, put together by hand: runs of (palette index, length)."""
    head = struct.pack("<BBHHHII", 1, index_width, size_hw[1], size_hw[0], 0, len(palette), len(runs))
    index_type = "<B" if index_width == 1 else "<H"
    indices = b"".join(struct.pack(index_type, index) for index, _ in runs)
    lengths = b"".join(struct.pack("<H", length - 1) for _, length in runs)
    return bytearray(head + struct.pack(f"<{len(palette)}I", *palette) + indices + lengths)


def naive_payload(ids: Ids) -> bytes:
    """The page read literally, pixel after pixel."""
    palette: list[int] = []
    runs: list[list[int]] = []
    for held in ids.reshape(-1).tolist():
        if held not in palette:
            palette.append(held)
        index = palette.index(held)
        if runs and runs[-1][0] == index:
            runs[-1][1] += 1
        else:
            runs.append([index, 1])
    width = 1 if len(palette) <= 256 else 2
    return bytes(payload([(i, n) for i, n in runs], palette, ids.shape, index_width=width))


@given(grids())
def test_payload_is_the_one_of_the_page(ids: Ids) -> None:
    data = encode_tile(ids)
    assert data == naive_payload(ids)
    assert np.array_equal(decode_tile(data, ids.shape), ids)
    assert tile_name(data) == hashlib.sha256(data).digest()


@given(tile_sizes, st.integers(0, (1 << 32) - 1))
def test_uniform_tile(size_hw: tuple[int, int], segment_id: int) -> None:
    ids = np.full(size_hw, segment_id, np.uint32)
    assert encode_tile(ids) == encode_uniform_tile(size_hw, segment_id)
    assert np.array_equal(decode_tile(encode_uniform_tile(size_hw, segment_id), size_hw), ids)


@pytest.mark.parametrize("count", [255, 256, 257, 65_536])
def test_palette_sizes_at_which_the_index_width_changes(count: int) -> None:
    rng = np.random.default_rng(count)
    ids = rng.permutation(np.arange(256 * 256) % count).astype(np.uint32).reshape(256, 256) * 65_537
    data = encode_tile(ids)
    assert data[1] == (1 if count <= 256 else 2)
    assert np.array_equal(decode_tile(data, (256, 256)), ids)


GOOD = [(0, 3), (1, 2), (0, 1)]


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("truncated", b""),
        ("truncated", bytes(payload(GOOD, [7, 9], (2, 3)))[:15]),
        ("truncated", bytes(payload(GOOD, [7, 9], (2, 3)))[:-1]),
        ("bad_version", b"\2" + bytes(payload(GOOD, [7, 9], (2, 3)))[1:]),
        ("bad_version", b"\0" + bytes(payload(GOOD, [7, 9], (2, 3)))[1:] + b"more"),
        ("bad_header", bytes(payload(GOOD, [7, 9], (2, 3), index_width=2))),
        ("bad_header", bytes(payload(GOOD, [7, 9], (2, 3)))[:6] + b"\1" + bytes(payload(GOOD, [7, 9], (2, 3)))[7:]),
        ("bad_header", bytes(payload(GOOD, [7, 9], (0, 3)))),
        ("bad_header", bytes(payload(GOOD, [7, 9], (257, 3)))),
        ("bad_header", bytes(payload([], [], (2, 3)))),
        ("bad_header", bytes(payload([(0, 6)], [7, 9], (2, 3)))),
        ("bad_header", bytes(payload([(i % 2, 1) for i in range(7)], [7, 9], (2, 3)))),
        ("wrong_size", bytes(payload(GOOD, [7, 9], (3, 2)))),
        ("trailing_bytes", bytes(payload(GOOD, [7, 9], (2, 3))) + b"\0"),
        ("bad_index", bytes(payload([(0, 3), (2, 3)], [7, 9], (2, 3)))),
        ("bad_length", bytes(payload([(0, 3), (1, 2)], [7, 9], (2, 3)))),
        ("bad_length", bytes(payload([(0, 3), (1, 4)], [7, 9], (2, 3)))),
        ("not_maximal", bytes(payload([(0, 3), (0, 1), (1, 2)], [7, 9], (2, 3)))),
        ("bad_palette", bytes(payload(GOOD, [7, 7], (2, 3)))),
        ("bad_palette", bytes(payload([(1, 3), (0, 3)], [7, 9], (2, 3)))),
        ("bad_palette", bytes(payload([(0, 3), (1, 1), (0, 2)], [7, 9, 8], (2, 3)))),
    ],
)
def test_damaged_payloads_are_refused_with_the_code_of_the_page(code: str, data: bytes) -> None:
    assert code_of(data, (2, 3)) == code


def test_codes_are_judged_in_the_order_of_the_page() -> None:
    both = payload([(0, 3), (0, 4)], [7, 7], (2, 3))
    assert code_of(bytes(both), (2, 3)) == "bad_length"
    assert code_of(bytes(both), (3, 2)) == "wrong_size"
    both[0] = 9
    assert code_of(bytes(both), (3, 2)) == "bad_version"
    assert code_of(bytes(both)[:-1], (3, 2)) == "truncated"


@given(grids(), st.data())
@settings(max_examples=300)
def test_hostile_payloads_decode_to_what_they_encode_or_are_refused(ids: Ids, data: st.DataObject) -> None:
    blob = bytearray(encode_tile(ids))
    for _ in range(data.draw(st.integers(1, 3))):
        blob[data.draw(st.integers(0, len(blob) - 1))] = data.draw(st.integers(0, 255))
    hostile = bytes(blob[: data.draw(st.integers(0, len(blob)))]) if data.draw(st.booleans()) else bytes(blob)
    try:
        decoded = decode_tile(hostile, ids.shape)
    except CodecError:
        return
    # One legal encoding per tile: what is accepted is what would have been written.
    assert encode_tile(decoded) == hostile


@given(st.binary(max_size=400), tile_sizes)
def test_random_bytes_never_raise_anything_else(data: bytes, size_hw: tuple[int, int]) -> None:
    for attempt in (data, b"\1\1" + data):
        try:
            decode_tile(attempt, size_hw)
        except CodecError as refused:
            assert refused.code


def test_promises_of_a_header_take_no_memory() -> None:
    head = struct.pack("<BBHHHII", 1, 2, 256, 256, 0, (1 << 32) - 1, (1 << 32) - 1)
    pack = b"IPK1" + struct.pack("<III", (1 << 32) - 1, 0, (1 << 32) - 1)
    tracemalloc.start()
    try:
        assert code_of(head + bytes(1000), (256, 256)) == "truncated"
        with pytest.raises(CodecError):
            decode_pack(pack + bytes(1000), (4096, 4096))
        assert tracemalloc.get_traced_memory()[1] < ALLOCATION_MAX_BYTES
    finally:
        tracemalloc.stop()


def pack_code(data: bytes, size_hw: tuple[int, int]) -> str:
    with pytest.raises(CodecError) as refused:
        decode_pack(data, size_hw)
    return refused.value.code


def test_pack_of_a_map_leaves_unlabelled_tiles_out() -> None:
    ids = np.zeros((300, 600), np.uint32)
    ids[299, 599] = 5
    label_map = LabelMap.from_array(ids)
    tiles = decode_pack(label_map.to_pack(), (300, 600))
    assert list(tiles) == [5]
    assert LabelMap.from_pack((300, 600), label_map.to_pack()) == label_map
    assert LabelMap.empty((300, 600)).to_pack() == b"IPK1\0\0\0\0"


def test_damaged_packs_are_refused_with_the_code_of_the_page() -> None:
    size_hw = (300, 600)
    ids = np.arange(300 * 600, dtype=np.uint32).reshape(size_hw) // 900
    good = LabelMap.from_array(ids).to_pack()
    tile = encode_uniform_tile((256, 256), 3)
    corner = encode_uniform_tile((44, 88), 3)
    assert pack_code(b"", size_hw) == "truncated"
    assert pack_code(good[:-1], size_hw) == "truncated"
    assert pack_code(good[:20], size_hw) == "truncated"
    assert pack_code(b"IPK2" + good[4:], size_hw) == "bad_magic"
    assert pack_code(good + b"\0", size_hw) == "trailing_bytes"
    assert pack_code(encode_pack({6: tile}), size_hw) == "bad_tile_index"
    assert pack_code(encode_pack({5: tile}), size_hw) == "wrong_size"
    assert pack_code(encode_pack({5: corner[:-1]}), size_hw) == "truncated"
    twice = b"IPK1" + struct.pack("<IIIII", 2, 1, len(tile), 1, len(tile)) + tile + tile
    assert pack_code(twice, size_hw) == "bad_tile_index"
    backwards = b"IPK1" + struct.pack("<IIIII", 2, 1, len(tile), 0, len(tile)) + tile + tile
    assert pack_code(backwards, size_hw) == "bad_tile_index"
    empty_tile = b"IPK1" + struct.pack("<III", 1, 0, 0)
    assert pack_code(empty_tile, size_hw) == "truncated"


@given(border_sizes.flatmap(grids), st.data())
@settings(max_examples=60)
def test_hostile_packs_are_refused_or_come_back_the_same(ids: Ids, data: st.DataObject) -> None:
    blob = bytearray(LabelMap.from_array(ids).to_pack())
    place = data.draw(st.integers(0, min(len(blob), 120) - 1))
    blob[place] = data.draw(st.integers(0, 255))
    hostile = bytes(blob[: data.draw(st.integers(0, len(blob)))]) if data.draw(st.booleans()) else bytes(blob)
    try:
        tiles = decode_pack(hostile, (ids.shape[0], ids.shape[1]))
    except CodecError:
        return
    assert encode_pack(tiles) == hostile
