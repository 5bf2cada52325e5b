# SPDX-License-Identifier: Apache-2.0
"""Checksum of a label map from the names of its tiles alone, so that no payload needs to be read for it."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping

from intarsia.core.geometry import SizeHW, tile_grid, tile_size
from intarsia.core.tile_codec import encode_uniform_tile, tile_name

_MAGIC = b"intarsia-map1"


def map_checksum(layer: str, size_hw: SizeHW, names: Mapping[int, bytes]) -> str:
    """As `LabelMap.checksum` of the map whose labelled tiles have these names by index; the others are unlabelled."""
    rows, columns = tile_grid(size_hw)
    blank: dict[SizeHW, bytes] = {}
    encoded = layer.encode()
    digest = hashlib.sha256(_MAGIC + struct.pack("<H", len(encoded)) + encoded + struct.pack("<II", *size_hw))
    for index in range(rows * columns):
        name = names.get(index)
        if name is None:
            size = tile_size(size_hw, index)
            name = blank.get(size) or blank.setdefault(size, tile_name(encode_uniform_tile(size, 0)))
        digest.update(name)
    return digest.hexdigest()
