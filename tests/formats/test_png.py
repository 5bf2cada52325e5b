# SPDX-License-Identifier: Apache-2.0
"""PNG values are kept to the last bit, in every kind of PNG that holds them, and damage is never filled in."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from PIL import Image, PngImagePlugin

from intarsia.core.limits import SIDE_PX_MAX
from intarsia.formats.base import FormatError
from intarsia.formats.png import (
    decode_id_png,
    decode_id_runs,
    decode_index_png,
    encode_index_png,
    encode_png,
    ids_of_rgb,
    rgb_of_runs,
)
from intarsia.formats.runs import row_runs

from .dataset import png_of


def runs_of(png: bytes) -> np.ndarray:
    runs = decode_id_runs(png, where="x")
    return runs.spread(runs.values)


shapes = npst.array_shapes(min_dims=2, max_dims=2, max_side=40)


@given(npst.arrays(np.uint32, shapes, elements=st.integers(0, 2**24 - 1)))
def test_ids_survive_and_another_decoder_agrees(ids: np.ndarray) -> None:
    png = encode_png(rgb_of_ids(ids))
    assert np.array_equal(decode_id_png(png, where="x.png"), ids)
    assert np.array_equal(runs_of(png), ids)
    rgb = np.asarray(Image.open(io.BytesIO(png))).astype(np.int64)
    assert np.array_equal(rgb[..., 0] + 256 * rgb[..., 1] + 65536 * rgb[..., 2], ids)


@given(npst.arrays(np.uint32, shapes, elements=st.integers(0, 65_535)), st.sampled_from((8, 16)))
def test_indices_survive_and_another_decoder_agrees(values: np.ndarray, bits: int) -> None:
    values = values % 2**bits
    png = encode_index_png(values, bits=bits)
    assert np.array_equal(decode_index_png(png, where="x.png"), values)
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(png))), values)


def test_the_bytes_are_the_same_each_time_and_hold_nothing_but_pixels() -> None:
    ids = np.arange(600, dtype=np.uint32).reshape(20, 30)
    png = encode_png(rgb_of_ids(ids))
    assert encode_png(rgb_of_ids(ids.copy())) == png
    assert [kind for kind, _ in chunks(png)] == [b"IHDR", b"IDAT", b"IEND"]


def test_the_weight_of_each_channel() -> None:
    rgb = np.array([[[255, 255, 255], [1, 2, 3]]], np.uint8)
    assert ids_of_rgb(rgb).tolist() == [[2**24 - 1, 1 + 2 * 256 + 3 * 65536]]


@pytest.mark.parametrize("depth", [1, 2, 4, 8, 16])
def test_grey_of_every_depth_gives_its_values(depth: int) -> None:
    values = np.arange(24).reshape(3, 8) * 37 % 2**depth
    assert np.array_equal(decode_index_png(raw_png(values, depth=depth, colour=0), where="x"), values)


@pytest.mark.parametrize("depth", [1, 2, 4, 8])
def test_a_palette_gives_its_indices_not_its_colours(depth: int) -> None:
    values = np.arange(24).reshape(3, 8) * 5 % 2**depth
    palette = bytes(255 - i * 3 % 256 for i in range(3 * 2**depth))
    assert np.array_equal(decode_index_png(raw_png(values, depth=depth, colour=3, palette=palette), where="x"), values)


def test_gamma_colour_profile_and_transparency_change_nothing() -> None:
    info = PngImagePlugin.PngInfo()
    info.add(b"gAMA", struct.pack(">I", 220_000))
    info.add(b"tRNS", b"\x00\x03")
    values = np.arange(64, dtype=np.uint8).reshape(8, 8)
    stream = io.BytesIO()
    Image.fromarray(values).save(stream, "PNG", pnginfo=info, icc_profile=b"not a profile")
    assert np.array_equal(decode_index_png(stream.getvalue(), where="x"), values)


def test_three_equal_channels_are_an_index_and_colours_are_not() -> None:
    grey = np.repeat(np.arange(12, dtype=np.uint8).reshape(3, 4, 1), 3, axis=2)
    assert decode_index_png(png_of(grey, "RGB"), where="x").tolist() == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]
    grey[0, 0, 0] = 9
    with pytest.raises(FormatError) as caught:
        decode_index_png(png_of(grey, "RGB"), where="masks/x.png")
    assert (caught.value.code, caught.value.where) == ("not_index_png", "masks/x.png")


def test_ids_with_alpha_and_ids_behind_a_palette() -> None:
    ids = np.array([[1, 70_000], [0, 2**24 - 1]], np.uint32)
    rgba = np.dstack([rgb_of_ids(ids), np.array([[0, 255], [128, 1]], np.uint8)])
    stream = io.BytesIO()
    Image.fromarray(rgba).save(stream, "PNG")
    assert np.array_equal(decode_id_png(stream.getvalue(), where="x"), ids)
    assert np.array_equal(runs_of(stream.getvalue()), ids)
    palette = bytes([0, 0, 0, 7, 1, 2, 255, 255, 255])
    png = raw_png(np.array([[0, 1], [2, 1]]), depth=8, colour=3, palette=palette)
    assert decode_id_png(png, where="x").tolist() == [[0, 7 + 256 + 2 * 65536], [2**24 - 1, 7 + 256 + 2 * 65536]]


def test_interlaced_masks_are_read() -> None:
    values = np.arange(35, dtype=np.uint8).reshape(5, 7)
    passes = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
    rows = b"".join(
        b"\x00" + row.tobytes() for x, y, dx, dy in passes for row in values[y::dy, x::dx] if values[y::dy, x::dx].size
    )
    png = assembled(struct.pack(">IIBBBBB", 7, 5, 8, 0, 0, 0, 1), zlib.compress(rows))
    assert np.array_equal(decode_index_png(png, where="x"), values)


def rgb_of_ids(ids: np.ndarray) -> np.ndarray:
    runs = row_runs(ids)
    return rgb_of_runs(runs, runs.values)


def good() -> bytes:
    """RGB with equal channels: both an index and an id mask."""
    grey = (np.arange(600) % 200).astype(np.uint8).reshape(20, 30, 1)
    return encode_png(np.repeat(grey, 3, axis=2))


@pytest.mark.parametrize(
    ("png", "code"),
    [
        (b"", "not_png"),
        (b"GIF89a", "not_png"),
        (good()[:20], "bad_png"),
        (good()[:-12], "bad_png"),
        (good()[:-30], "bad_png"),
        (good()[:60] + b"\xff" + good()[61:], "bad_png"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "bad_png"),
    ],
)
def test_damage_is_an_error_that_names_the_file(png: bytes, code: str) -> None:
    for decode in (decode_index_png, decode_id_png):
        with pytest.raises(FormatError) as caught:
            decode(png, where="labels/a.png")
        assert (caught.value.code, caught.value.where) == (code, "labels/a.png")


def test_rows_that_are_missing_or_too_many_are_never_filled_in() -> None:
    for rows in (19, 21):
        short = zlib.compress(bytes(rows * 31))
        png = assembled(struct.pack(">IIBBBBB", 30, 20, 8, 0, 0, 0, 0), short)
        with pytest.raises(FormatError, match=r"bytes of pixels are expected|more pixels") as caught:
            decode_index_png(png, where="labels/a.png")
        assert caught.value.code == "bad_png"


@pytest.mark.parametrize(("width", "height"), [(SIDE_PX_MAX + 1, 1), (60_000, 60_000), (0, 5), (2**31, 2**31)])
def test_sizes_are_refused_before_any_pixel_is_decoded(width: int, height: int) -> None:
    png = assembled(struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0), zlib.compress(b""))
    with pytest.raises(FormatError) as caught:
        decode_index_png(png, where="x")
    assert caught.value.code == "image_too_large"


def test_a_bomb_is_refused_while_it_is_unpacked() -> None:
    bomb = zlib.compress(bytes(200 * 2**20), 9)
    png = assembled(struct.pack(">IIBBBBB", 10, 10, 8, 0, 0, 0, 0), bomb)
    with pytest.raises(FormatError, match="more pixels than its header says"):
        decode_index_png(png, where="x")


def chunks(png: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], 8
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        found.append((png[at + 4 : at + 8], png[at + 8 : at + 8 + length]))
        at += 12 + length
    return found


def assembled(header: bytes, packed: bytes, *, palette: bytes = b"") -> bytes:
    out = b"\x89PNG\r\n\x1a\n"
    listed = [(b"IHDR", header), *([(b"PLTE", palette)] if palette else []), (b"IDAT", packed), (b"IEND", b"")]
    for kind, data in listed:
        out += struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return out


def raw_png(values: np.ndarray, *, depth: int, colour: int, palette: bytes = b"") -> bytes:
    """A PNG with values packed at any bit depth, no filter; written without the code under test."""
    height, width = values.shape
    bits = ((values[..., None] >> np.arange(depth - 1, -1, -1)) & 1).astype(np.uint8).reshape(height, -1)
    rows = b"".join(b"\x00" + np.packbits(row).tobytes() for row in bits)
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return assembled(header, zlib.compress(rows), palette=palette)
