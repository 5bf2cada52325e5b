# SPDX-License-Identifier: Apache-2.0
"""Stored tiles: each unpacks, decodes, and bears the name of its bytes."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from intarsia.core.errors import IntarsiaError
from intarsia.core.geometry import SizeHW
from intarsia.core.tile_codec import read_tile_runs, tile_name
from intarsia.server.db.tile_packing import DamagedPacking, unpack
from intarsia.server.operations.data_dir import Snapshot
from intarsia.server.operations.fsck.finding import Finding


@dataclass(frozen=True, slots=True)
class TileFacts:
    """What is checked of a tile wherever it lies."""

    size_hw: SizeHW
    labelled_px: int
    ids: tuple[int, ...]


def tile_facts(data: bytes) -> TileFacts:
    """Raises DamagedPacking or CodecError."""
    payload = unpack(data)
    if len(payload) < 8:
        raise DamagedPacking("too short for a tile")
    width, height = struct.unpack_from("<HH", payload, 2)
    palette, indices, lengths = read_tile_runs(payload, (height, width))
    labelled_px = int(lengths[palette[indices] != 0].sum())
    return TileFacts((height, width), labelled_px, tuple(int(key) for key in np.sort(palette) if key))


def check_tiles(state: Snapshot) -> Iterator[Finding]:
    for name, data in state.rows("SELECT name, data FROM tiles"):
        where = f"tile {as_hex(name)}"
        try:
            if tile_name(unpack(data)) != name:
                yield Finding("tile_misnamed", where, "its bytes have another SHA-256 than its name")
                continue
            tile_facts(data)
        except (DamagedPacking, IntarsiaError, TypeError) as error:
            yield Finding("tile_damaged", where, str(error))
    for (name,) in state.rows(
        "SELECT name FROM tiles WHERE unused_since IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM revision_tiles WHERE revision_tiles.name = tiles.name)"
    ):
        yield Finding("tile_unused", f"tile {as_hex(name)}", "nothing names it; `intarsia sweep` removes it in a day")


def as_hex(name: object) -> str:
    return name.hex() if isinstance(name, bytes) else repr(name)
