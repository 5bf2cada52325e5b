# SPDX-License-Identifier: Apache-2.0
"""As much of MATLAB's level 5 file format as segmentations in public data sets use: numbers, cells and structs."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np

_COMPRESSED, _MATRIX = 15, 14
_NUMBERS = {1: "<i1", 2: "<u1", 3: "<i2", 4: "<u2", 5: "<i4", 6: "<u4", 7: "<f4", 9: "<f8", 12: "<i8", 13: "<u8"}
_CELL, _STRUCT, _CHARACTERS, _SPARSE = 1, 2, 4, 5


def read_matlab(data: bytes) -> dict[str, Any]:
    """Variable name -> array, list of a cell's values, or list of dicts of a struct's fields."""
    return {name: value for kind, body in _elements(data[128:]) if kind == _MATRIX for name, value in [_matrix(body)]}


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 8 <= len(data):
        (word,) = struct.unpack_from("<I", data, at)
        if word >> 16:
            kind, size = word & 0xFFFF, word >> 16
            yield kind, data[at + 4 : at + 4 + size]
            at += 8
            continue
        kind, size = struct.unpack_from("<II", data, at)
        body = data[at + 8 : at + 8 + size]
        at += 8 + size
        if kind == _COMPRESSED:
            yield from _elements(zlib.decompress(body))
        else:
            yield kind, body
            at += -size % 8


def _matrix(body: bytes) -> tuple[str, Any]:
    parts = _elements(body)
    flags = struct.unpack_from("<I", next(parts)[1])[0] & 0xFF
    shape = tuple(np.frombuffer(next(parts)[1], "<i4").tolist())
    name = next(parts)[1].decode("ascii")
    if flags == _CELL:
        return name, [_matrix(part)[1] for _, part in parts]
    if flags == _STRUCT:
        (width,) = struct.unpack_from("<i", next(parts)[1])
        names = next(parts)[1]
        fields = [names[k : k + width].split(b"\0")[0].decode("ascii") for k in range(0, len(names), width)]
        values = [_matrix(part)[1] for _, part in parts]
        return name, [dict(zip(fields, values[k:], strict=False)) for k in range(0, len(values), len(fields))]
    if flags in (_CHARACTERS, _SPARSE):
        return name, None
    kind, numbers = next(parts)
    return name, np.frombuffer(numbers, _NUMBERS[kind]).reshape(shape, order="F")
