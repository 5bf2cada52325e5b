# SPDX-License-Identifier: Apache-2.0
"""Tile payloads, their names, and packs, byte for byte as contract/label-map-codec.md."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from intarsia.core.errors import CodecError
from intarsia.core.geometry import SizeHW, check_size, tile_grid, tile_size

U32 = NDArray[np.uint32]
I64 = NDArray[np.int64]

HEADER = struct.Struct("<BBHHHII")
PACK_MAGIC = b"IPK1"
_VERSION = 1
_WIDTH_1_PALETTE_MAX = 256


def _refuse(code: str, what: str) -> NoReturn:
    raise CodecError(code, f"The tile data is damaged ({what}). Send it again, or load the image afresh.")


def encode_tile(ids: U32) -> bytes:
    """Payload of one tile; `ids` is uint32 of shape (height, width), 1..256 each."""
    height, width = ids.shape
    flat = ids.reshape(-1)
    changes = (flat[1:] != flat[:-1]).nonzero()[0]
    if changes.size == 0:
        return encode_uniform_tile((height, width), int(flat[0]))
    starts = np.empty(changes.size + 1, np.int64)
    starts[0] = 0
    np.add(changes, 1, out=starts[1:])
    palette, indices = _first_seen(flat[starts])
    lengths = np.empty(starts.size, "<u2")
    lengths[:-1] = starts[1:] - starts[:-1] - 1
    lengths[-1] = flat.size - starts[-1] - 1
    index_width = 1 if palette.size <= _WIDTH_1_PALETTE_MAX else 2
    head = HEADER.pack(_VERSION, index_width, width, height, 0, palette.size, starts.size)
    index_type = "<u1" if index_width == 1 else "<u2"
    return b"".join((head, palette.astype("<u4").tobytes(), indices.astype(index_type).tobytes(), lengths.tobytes()))


def encode_uniform_tile(size_hw: SizeHW, segment_id: int) -> bytes:
    """Payload of a tile that holds one id everywhere."""
    height, width = size_hw
    return HEADER.pack(_VERSION, 1, width, height, 0, 1, 1) + struct.pack("<IBH", segment_id, 0, height * width - 1)


def _first_seen(values: U32) -> tuple[U32, I64]:
    """Distinct values in the order in which they are first met, and the index of each value in them."""
    distinct, first, inverse = np.unique(values, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty(order.size, np.int64)
    rank[order] = np.arange(order.size)
    return distinct[order], rank[inverse]


def read_tile_runs(payload: bytes, size_hw: SizeHW) -> tuple[U32, NDArray[np.unsignedinteger], I64]:
    """Check a payload and return (palette, palette index per run, length per run) without making pixels.

    Raises `CodecError` with the codes of the contract, checked in its order. Takes memory in proportion to the payload.
    """
    if len(payload) < HEADER.size:
        _refuse("truncated", "shorter than its header")
    version, index_width, width, height, reserved, palette_size, run_count = HEADER.unpack_from(payload)
    promised = HEADER.size + 4 * palette_size + (index_width + 2) * run_count
    if len(payload) < promised:
        _refuse("truncated", "shorter than its header says")
    if version != _VERSION:
        _refuse("bad_version", f"version {version}")
    area = width * height
    if (
        index_width != (1 if palette_size <= _WIDTH_1_PALETTE_MAX else 2)
        or reserved != 0
        or not (1 <= width <= 256 and 1 <= height <= 256)
        or not 1 <= palette_size <= run_count <= area
    ):
        _refuse("bad_header", "impossible sizes in its header")
    if (height, width) != tuple(size_hw):
        _refuse("wrong_size", f"{width} × {height} px where {size_hw[1]} × {size_hw[0]} px belong")
    if len(payload) > promised:
        _refuse("trailing_bytes", "bytes after its end")
    palette = np.frombuffer(payload, "<u4", palette_size, HEADER.size)
    at = HEADER.size + 4 * palette_size
    indices = np.frombuffer(payload, "<u1" if index_width == 1 else "<u2", run_count, at)
    lengths = np.frombuffer(payload, "<u2", run_count, at + index_width * run_count).astype(np.int64) + 1
    _check_runs(palette, indices, lengths, area)
    return palette.astype(np.uint32, copy=False), indices, lengths


def _check_runs(palette: U32, indices: NDArray[np.unsignedinteger], lengths: I64, area: int) -> None:
    if int(indices.max()) >= palette.size:
        _refuse("bad_index", "a run points outside the palette")
    if int(lengths.sum()) != area:
        _refuse("bad_length", "its runs do not fill it")
    if indices.size > 1 and bool((indices[1:] == indices[:-1]).any()):
        _refuse("not_maximal", "two neighbouring runs could be one")
    # In first-met order each new index is one above the largest before it, and the last largest is P - 1.
    largest = np.maximum.accumulate(indices.astype(np.int64))
    steps = np.diff(largest, prepend=-1)
    if int(steps.max()) > 1 or int(largest[-1]) != palette.size - 1 or np.unique(palette).size != palette.size:
        _refuse("bad_palette", "its palette is not in first-met order, or holds an id twice or in vain")


def tile_palette(payload: bytes) -> U32:
    """Ids that a stored (hence checked) tile holds, in first-met order. Header and palette are enough."""
    return np.frombuffer(payload, "<u4", palette_bytes(payload) // 4, HEADER.size)


def palette_bytes(payload: bytes) -> int:
    """Length of the palette that follows the header of a stored tile."""
    (palette_size,) = struct.unpack_from("<I", payload, 8)
    return 4 * int(palette_size)


def decode_tile(payload: bytes, size_hw: SizeHW) -> U32:
    """Ids of a tile, uint32 (height, width); `size_hw` is what the caller expects. Errors as `read_tile_runs`."""
    palette, indices, lengths = read_tile_runs(payload, size_hw)
    if palette.size == 1:
        return np.full(size_hw, palette[0], np.uint32)
    return np.repeat(palette[indices], lengths).reshape(size_hw)


def tile_name(payload: bytes) -> bytes:
    """SHA-256 of a payload, 32 bytes: the name under which the tile is stored."""
    return hashlib.sha256(payload).digest()


def encode_pack(payloads: Mapping[int, bytes]) -> bytes:
    """One message of many tiles: tile index -> payload, written in ascending order of index."""
    items = sorted(payloads.items())
    head = [PACK_MAGIC, struct.pack("<I", len(items))]
    head += [struct.pack("<II", index, len(payload)) for index, payload in items]
    return b"".join(head + [payload for _, payload in items])


def decode_pack(data: bytes, size_hw: SizeHW) -> dict[int, bytes]:
    """Tile index -> payload, every payload checked against its tile of an image of `size_hw`. Raises `CodecError`."""
    size_hw = check_size(size_hw)
    if len(data) < 8:
        _refuse("truncated", "shorter than the head of a pack")
    (count,) = struct.unpack_from("<I", data, 4)
    if len(data) < 8 + 8 * count:
        _refuse("truncated", "shorter than its list of tiles")
    table = np.frombuffer(data, "<u4", 2 * count, 8).astype(np.int64).reshape(-1, 2)
    indices, lengths = table[:, 0], table[:, 1]
    end = 8 + 8 * count + int(lengths.sum())
    if len(data) < end:
        _refuse("truncated", "shorter than its tiles")
    if data[:4] != PACK_MAGIC:
        _refuse("bad_magic", "not a pack of tiles")
    rows, columns = tile_grid(size_hw)
    if count and (int(indices[-1]) >= rows * columns or bool((np.diff(indices) <= 0).any())):
        _refuse("bad_tile_index", "tiles out of order or outside the image")
    if len(data) > end:
        _refuse("trailing_bytes", "bytes after its end")
    payloads: dict[int, bytes] = {}
    at = 8 + 8 * count
    for index, length in table.tolist():
        payload = data[at : at + length]
        read_tile_runs(payload, tile_size(size_hw, index))
        payloads[index] = payload
        at += length
    return payloads
