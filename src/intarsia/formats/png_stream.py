# SPDX-License-Identifier: Apache-2.0
"""Is a PNG whole? Decoders fill what is missing with zeros, and in a mask a zero means something."""

from __future__ import annotations

import struct
import zlib

from intarsia.formats.base import FormatError

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
# x start, y start, x step, y step of the seven interlace passes
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
_STEP_BYTES = 1 << 20


def check_whole(data: bytes, *, where: str) -> None:
    """Walk all chunks after the signature: sums right, pixels neither missing nor too many. Raises ``bad_png``."""
    expected = _expected_bytes(data, where)
    unpacker = zlib.decompressobj()
    found, at, kind = 0, 8, b""
    while kind != b"IEND":
        if at + 12 > len(data):
            raise FormatError("bad_png", "the file ends too early", where=where)
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise FormatError("bad_png", "the file ends too early", where=where)
        if zlib.crc32(data[at + 4 : end - 4]) != struct.unpack_from(">I", data, end - 4)[0]:
            raise FormatError("bad_png", f"the check sum of its {kind.decode('latin-1')} is wrong", where=where)
        if kind == b"IDAT":
            found += _unpacked_bytes(unpacker, data[at + 8 : end - 4], expected - found, where)
        at = end
    if found != expected or not unpacker.eof:
        raise FormatError("bad_png", f"{expected} bytes of pixels are expected, {found} are there", where=where)


def _unpacked_bytes(unpacker: zlib._Decompress, packed: bytes, room: int, where: str) -> int:
    total = 0
    try:
        while packed:
            total += len(unpacker.decompress(packed, _STEP_BYTES))
            packed = unpacker.unconsumed_tail
            if total > room:
                raise FormatError("bad_png", "there are more pixels than its header says", where=where)
    except zlib.error as error:
        raise FormatError("bad_png", f"its pixels cannot be unpacked: {error}", where=where) from error
    return total


def _expected_bytes(data: bytes, where: str) -> int:
    width, height, depth, colour, _, _, interlace = (int(v) for v in struct.unpack_from(">IIBBBBB", data, 16))
    if depth not in _DEPTHS.get(colour, ()) or interlace not in (0, 1):
        message = f"bit depth {depth} with colour type {colour} is not in the standard"
        raise FormatError("bad_png", message, where=where)
    bits = depth * _CHANNELS[colour]
    if interlace == 0:
        return height * _row_bytes(width, bits)
    total = 0
    for x0, y0, step_x, step_y in _PASSES:
        columns, rows = -(-(width - x0) // step_x), -(-(height - y0) // step_y)
        if columns > 0 and rows > 0:
            total += rows * _row_bytes(columns, bits)
    return total


def _row_bytes(columns: int, bits: int) -> int:
    return 1 + -(-columns * bits // 8)
