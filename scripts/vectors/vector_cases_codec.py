# SPDX-License-Identifier: Apache-2.0
"""Golden cases of contract/label-map-codec.md."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from vector_shapes import Case, case, map_runs, to_base64

from intarsia.core.label_map import LabelMap
from intarsia.core.tile_codec import encode_pack, encode_uniform_tile

Ids = NDArray[np.uint32]
MAX_ID = (1 << 32) - 1


def _lcg(count: int, seed: int) -> Ids:
    """Numbers that every language could make; no random source, so that the files never change by themselves."""
    out = np.empty(count, np.uint32)
    state = seed
    for place in range(count):
        state = (state * 1_664_525 + 1_013_904_223) & 0xFFFFFFFF
        out[place] = state >> 8
    return out


def grids() -> Iterator[tuple[str, str, Ids]]:
    """(name, why, ids) of maps worth keeping."""
    yield "one_pixel", "the smallest map", np.array([[7]], np.uint32)
    yield "one_pixel_unlabelled", "the smallest map without labels", np.zeros((1, 1), np.uint32)
    yield "unlabelled", "a uniform tile of id 0", np.zeros((256, 256), np.uint32)
    yield "one_label", "a uniform tile; its length minus 1 is 65535", np.full((256, 256), 65_536, np.uint32)
    yield "max_id", "the largest id in all four bytes", np.array([[MAX_ID, 0], [MAX_ID - 1, MAX_ID]], np.uint32)
    yield "row_ends", "runs pass over row ends", np.array([[1, 2, 2], [2, 1, 1]], np.uint32)
    yield "checkerboard", "a run per pixel", ((np.indices((16, 16)).sum(0) % 2) * 65_536).astype(np.uint32)
    yield "column", "one pixel wide", np.array([[1], [1], [2]], np.uint32)
    yield "palette_256", "the largest palette with one byte an index", np.arange(256, dtype=np.uint32).reshape(16, 16)
    yield (
        "palette_257",
        "the smallest palette with two bytes an index",
        np.arange(257, dtype=np.uint32).reshape(1, 257)[:, :256].repeat(2, 0) + np.array([[0], [1]], np.uint32),
    )
    yield (
        "palette_600",
        "two bytes an index, ids far apart",
        (np.arange(600, dtype=np.uint64) * 7_158_278).astype(np.uint32).reshape(24, 25),
    )
    yield "noise", "ragged runs of four ids", (_lcg(37 * 53, 1) % 4).reshape(37, 53)


def map_grids() -> Iterator[tuple[str, str, Ids]]:
    """Maps of several tiles, ragged at the right and bottom."""
    for height, width in ((257, 256), (256, 257), (300, 520), (1, 513)):
        ids = np.zeros((height, width), np.uint32)
        ids[: height // 2 + 1, width // 3 :] = 65_536
        ids[height // 3 :, width // 2 : width // 2 + 9] = 5
        ids[-1, -1] = MAX_ID
        yield f"map_{height}x{width}", "tiles cut to the image; a label across their borders", ids
    yield "map_empty", "unlabelled tiles are part of the checksum, not of the pack", np.zeros((300, 300), np.uint32)
    corner = np.zeros((513, 513), np.uint32)
    corner[512, 512] = 1
    yield "map_corner", "one labelled pixel in the last tile, one pixel large", corner


def payload(
    runs: list[tuple[int, int]],
    palette: list[int],
    *,
    size_hw: tuple[int, int] = (2, 3),
    index_width: int = 1,
    version: int = 1,
    reserved: int = 0,
) -> bytes:
    head = struct.pack("<BBHHHII", version, index_width, size_hw[1], size_hw[0], reserved, len(palette), len(runs))
    index_type = "<H" if index_width == 2 else "<B"
    indices = b"".join(struct.pack(index_type, index) for index, _ in runs)
    lengths = b"".join(struct.pack("<H", length - 1) for _, length in runs)
    return head + struct.pack(f"<{len(palette)}I", *palette) + indices + lengths


def hostile_payloads() -> Iterator[tuple[str, str, bytes]]:
    runs, palette = [(0, 3), (1, 2), (0, 1)], [7, 9]
    good = payload(runs, palette)
    yield "good", "what the others are damaged from", good
    yield "nothing", "truncated: no bytes at all", b""
    yield "short_header", "truncated within the header", good[:15]
    yield "short", "truncated by one byte", good[:-1]
    yield "promises", "truncated: a header that promises 34 GB", struct.pack("<BBHHHII", 1, 2, 3, 2, 0, MAX_ID, MAX_ID)
    yield "short_and_version", "truncated is judged before the version", payload(runs, palette, version=9)[:-1]
    yield "version_0", "bad_version", payload(runs, palette, version=0)
    yield (
        "version_and_trailing",
        "bad_version is judged before trailing_bytes",
        payload(runs, palette, version=2) + b"!",
    )
    yield "index_width_2", "bad_header: two bytes an index for a small palette", payload(runs, palette, index_width=2)
    yield "index_width_0", "bad_header: no bytes an index", payload(runs, palette)[:1] + b"\0" + good[2:]
    yield "reserved", "bad_header: the reserved bytes are not 0", payload(runs, palette, reserved=1)
    yield "height_0", "bad_header", payload(runs, palette, size_hw=(0, 3))
    yield "width_257", "bad_header", payload(runs, palette, size_hw=(2, 257))
    yield "palette_0", "bad_header: no palette", payload([], [])
    yield "fewer_runs_than_ids", "bad_header: R < P", payload([(0, 6)], palette)
    yield "more_runs_than_pixels", "bad_header: R > area", payload([(i % 2, 1) for i in range(7)], palette)
    yield "transposed", "wrong_size", payload(runs, palette, size_hw=(3, 2))
    yield "trailing", "trailing_bytes", good + b"\0"
    yield "index", "bad_index", payload([(0, 3), (2, 3)], palette)
    yield "index_and_length", "bad_index is judged before bad_length", payload([(0, 3), (2, 9)], palette)
    yield "too_short_in_all", "bad_length: five pixels of six", payload([(0, 3), (1, 2)], palette)
    yield "too_long_in_all", "bad_length: seven pixels of six", payload([(0, 3), (1, 4)], palette)
    yield "mergeable", "not_maximal", payload([(0, 3), (0, 1), (1, 2)], palette)
    yield "id_twice", "bad_palette: an id twice", payload(runs, [7, 7])
    yield "order", "bad_palette: not in first-met order", payload([(1, 3), (0, 3)], palette)
    yield "unused", "bad_palette: an id that no run uses", payload(runs, [7, 9, 8])


def hostile_packs() -> Iterator[tuple[str, str, bytes]]:
    tile, corner = encode_uniform_tile((256, 256), 3), encode_uniform_tile((44, 88), 3)
    good = encode_pack({0: tile, 5: corner})

    def table(*entries: tuple[int, int], magic: bytes = b"IPK1", count: int | None = None) -> bytes:
        head = magic + struct.pack("<I", len(entries) if count is None else count)
        return head + b"".join(struct.pack("<II", *entry) for entry in entries)

    size = len(tile)
    yield "good", "two of six tiles", good
    yield "empty", "no tiles", table()
    yield "nothing", "truncated: no bytes at all", b""
    yield "short_head", "truncated within the head", good[:7]
    yield "short_table", "truncated: a table that promises 34 GB", table((0, 9), count=MAX_ID)
    yield "short_tiles", "truncated by one byte", good[:-1]
    yield "short_and_magic", "truncated is judged before bad_magic", b"JUNK" + good[4:-1]
    yield "magic", "bad_magic", b"IPK2" + good[4:]
    yield "index_6", "bad_tile_index: not in the map", encode_pack({6: tile})
    yield "index_twice", "bad_tile_index: the same tile twice", table((1, size), (1, size)) + tile + tile
    yield "descending", "bad_tile_index: not ascending", table((1, size), (0, size)) + tile + tile
    yield "index_and_trailing", "bad_tile_index is judged before trailing_bytes", encode_pack({6: tile}) + b"!"
    yield "trailing", "trailing_bytes", good + b"\0"
    yield "wrong_size", "a payload's own code: the tile is cut to the image", encode_pack({5: tile})
    yield "cut_payload", "a payload's own code: truncated inside", encode_pack({0: tile[:-1]})
    yield "no_payload", "a payload's own code: empty", table((0, 0))


def cases() -> Iterator[Case]:
    for name, why, ids in grids():
        yield case(f"tile_{name}", why, do="tile", size_hw=list(ids.shape), map=map_runs(ids))
    for name, why, data in hostile_payloads():
        yield case(f"payload_{name}", why, do="decode_tile", size_hw=[2, 3], payload=to_base64(data))
    for name, why, ids in map_grids():
        yield case(name, why, do="checksum", size_hw=list(ids.shape), layer="main", map=map_runs(ids))
    ids = np.array([[1, 0, 2]], np.uint32)
    for layer in ("main", "parts", "Ü 層 🙂"):
        why = "the layer's name is part of the checksum, in UTF-8"
        yield case(f"layer_{layer}", why, do="checksum", size_hw=[1, 3], layer=layer, map=map_runs(ids))
    for name, why, data in hostile_packs():
        yield case(f"pack_{name}", why, do="decode_pack", size_hw=[300, 600], pack=to_base64(data))
    coarse = np.kron((_lcg(26 * 30, 9) % 4).reshape(26, 30), np.ones((10, 10), np.uint32))
    whole = LabelMap.from_array(coarse.astype(np.uint32))
    why = "a whole map with ragged tiles"
    yield case("pack_whole_map", why, do="decode_pack", size_hw=[260, 300], pack=to_base64(whole.to_pack()))
