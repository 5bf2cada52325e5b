# SPDX-License-Identifier: Apache-2.0
"""How tile payloads lie in the database: quickly packed by a save, tightly by upkeep once they are a day old.

    marker (1 byte), CRC-32 of what follows (4 bytes, little endian), packed bytes

Hashes are of payloads, so that a tile's name does not depend on its packing. The CRC finds damage that would still
unpack to the same payload. Tiles of the first versions are plain zlib streams, without marker and CRC.
"""

from __future__ import annotations

import lzma
import struct
import zlib
from typing import Any

import numpy as np

from intarsia.core.tile_codec import HEADER, palette_bytes
from intarsia.core.tile_steps import lengths_of_steps, steps_of_lengths

QUICK, _APART, _STEPS, _PLAIN = b"\x02", b"\x01", b"\x03", b"\x78"
TIGHT = (_APART, _STEPS)
# Level 1: payloads are run-length coded already, and a save waits for this.
_QUICK_LEVEL, _RAW_DEFLATE = 1, -15
# Without literal context and alignment: bytes of runs say little about the next one.
_FILTERS: tuple[dict[str, Any], ...] = ({"id": lzma.FILTER_LZMA2, "preset": 6, "lc": 0, "pb": 0, "dict_size": 1 << 18},)
_HEAD = struct.Struct("<cI")
# Header, palette, indices and lengths of a tile in which each pixel has an owner of its own.
PAYLOAD_MAX_BYTES = HEADER.size + 65_536 * (4 + 2 + 2)


class DamagedPacking(ValueError):
    """Stored bytes that no payload was packed into."""


def pack_quickly(payload: bytes) -> bytes:
    packing = zlib.compressobj(_QUICK_LEVEL, zlib.DEFLATED, _RAW_DEFLATE)
    return _marked(QUICK, packing.compress(payload) + packing.flush())


def pack_tightly(payload: bytes) -> bytes:
    """The run lengths in whichever form packs smaller, then LZMA: half to two thirds of what `pack_quickly` gives.

    Either as steps of borders (core.tile_steps), which suits smooth ones, or with their low and high bytes apart.
    """
    at = _lengths_at(payload)
    across, down = steps_of_lengths(np.frombuffer(payload, "<u2", offset=at).astype(np.int64) + 1, _width(payload))
    steps = _marked(_STEPS, _lzma(payload[:at] + across.tobytes() + down.tobytes()))
    apart = _marked(_APART, _lzma(payload[:at] + payload[at::2] + payload[at + 1 :: 2]))
    return min(steps, apart, key=len)


def _lzma(data: bytes) -> bytes:
    return lzma.compress(data, format=lzma.FORMAT_RAW, filters=_FILTERS)


def _marked(marker: bytes, packed: bytes) -> bytes:
    return _HEAD.pack(marker, zlib.crc32(packed)) + packed


def unpack(data: bytes) -> bytes:
    """The payload. Raises DamagedPacking; takes no more memory than the largest payload."""
    if data[:1] != _PLAIN and (len(data) < _HEAD.size or _HEAD.unpack_from(data)[1] != zlib.crc32(data[_HEAD.size :])):
        raise DamagedPacking("its CRC is another one")
    payload = _first(data, PAYLOAD_MAX_BYTES + 1)
    if len(payload) > PAYLOAD_MAX_BYTES:
        raise DamagedPacking("longer than any tile")
    if data[:1] == _STEPS:
        return _with_lengths(payload)
    return _joined(payload) if data[:1] == _APART else payload


def unpack_palette(data: bytes) -> bytes:
    """Header and palette of the payload alone, of bytes that are in order."""
    return _first(data, HEADER.size + palette_bytes(_first(data, HEADER.size)))


def _with_lengths(payload: bytes) -> bytes:
    """Steps of borders as run lengths again."""
    try:
        at = _lengths_at(payload)
    except struct.error as error:
        raise DamagedPacking("too short for a tile") from error
    steps = np.frombuffer(payload, np.uint8, offset=min(at, len(payload)))
    if steps.size % 2 or not steps.size:
        raise DamagedPacking("half a step")
    lengths = lengths_of_steps(steps[: steps.size // 2], steps[steps.size // 2 :], _width(payload))
    if int(lengths.min()) < 1 or int(lengths.max()) > 65_536:
        raise DamagedPacking("steps that no border makes")
    return payload[:at] + (lengths - 1).astype("<u2").tobytes()


def _width(payload: bytes) -> int:
    (width,) = struct.unpack_from("<H", payload, 2)
    return int(width)


def _joined(payload: bytes) -> bytes:
    """Low and high bytes of the run lengths together again."""
    try:
        at = _lengths_at(payload)
    except struct.error as error:
        raise DamagedPacking("too short for a tile") from error
    count = (len(payload) - at) // 2
    lengths = bytearray(max(len(payload) - at, 0))
    if len(lengths) != 2 * count:
        raise DamagedPacking("half a run length")
    lengths[0::2], lengths[1::2] = payload[at : at + count], payload[at + count :]
    return payload[:at] + bytes(lengths)


def _first(data: bytes, size: int) -> bytes:
    """At most the first `size` bytes of what was packed."""
    unpacking: Any
    marker, packed = data[:1], data[_HEAD.size :]
    if marker == QUICK:
        unpacking = zlib.decompressobj(_RAW_DEFLATE)
    elif marker in TIGHT:
        unpacking = lzma.LZMADecompressor(format=lzma.FORMAT_RAW, filters=_FILTERS)
    elif marker == _PLAIN:
        unpacking, packed = zlib.decompressobj(), data
    else:
        raise DamagedPacking("an unknown packing")
    try:
        found: bytes = unpacking.decompress(packed, size)
    except (zlib.error, lzma.LZMAError, EOFError) as error:
        raise DamagedPacking(str(error)) from error
    if len(found) < size and (not unpacking.eof or unpacking.unused_data):
        raise DamagedPacking("cut short, or with bytes after its end")
    return found


def _lengths_at(payload: bytes) -> int:
    """Where the run lengths of a stored payload begin."""
    index_width = payload[1] if len(payload) > 1 else 0
    (run_count,) = struct.unpack_from("<I", payload, 12)
    return HEADER.size + palette_bytes(payload) + index_width * int(run_count)
