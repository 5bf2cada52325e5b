# SPDX-License-Identifier: Apache-2.0
"""Index and id images as PNG, value for value: no palette, gamma or colour conversion ever touches them."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import numpy.typing as npt
from PIL import Image

from intarsia.core.limits import PIXELS_MAX, SIDE_PX_MAX
from intarsia.formats.base import FormatError
from intarsia.formats.png_stream import check_whole
from intarsia.formats.runs import RowRuns, ValueExtent, extents, row_runs, runs_of_starts

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _RGB, _PALETTE, _RGBA = 0, 2, 3, 6
_COLOURS_MAX = 2048
# Raw modes in which a pixel is R, G, B and a byte more.
_FOUR_BYTES = {"RGB": "RGBX", "RGBA": "RGBA"}
_BAND_ROWS = 64
_UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, zlib.error, struct.error, Image.DecompressionBombError)

IdArray = npt.NDArray[np.uint32]


def encode_png(pixels: npt.NDArray[np.uint8] | npt.NDArray[np.uint16], *, palette: bytes = b"") -> bytes:
    """PNG of (H, W) uint8 or uint16 (grey) or (H, W, 3) uint8 (RGB), without any ancillary chunk.

    With a ``palette`` (R, G, B of each index, one after another) the (H, W) uint8 values are its indices.

    Every row is filtered *up* and packed by run length: label maps repeat downwards, so this is both the fastest and
    nearly the smallest choice, and it does not depend on an image library's heuristics.
    """
    height, width = pixels.shape[:2]
    depth = 16 if pixels.dtype == np.uint16 else 8
    colour = _PALETTE if palette else _RGB if pixels.ndim == 3 else _GREY
    flat = np.ascontiguousarray(pixels.astype(">u2") if depth == 16 else pixels).view(np.uint8).reshape(height, -1)
    rows = np.empty((height, 1 + flat.shape[1]), np.uint8)
    rows[:, 0] = 2
    rows[0, 1:] = flat[0]
    np.subtract(flat[1:], flat[:-1], out=rows[1:, 1:])
    packer = zlib.compressobj(6, zlib.DEFLATED, 15, 9, zlib.Z_RLE)
    body = packer.compress(rows.data) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    colours = _chunk(b"PLTE", palette) if palette else b""
    return _SIGNATURE + _chunk(b"IHDR", header) + colours + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def encode_index_png(values: IdArray, *, bits: int) -> bytes:
    """Grey PNG of (H, W) values, each below 2^bits; ``bits`` is 8 or 16."""
    return encode_png(values.astype(np.uint8)) if bits == 8 else encode_png(values.astype(np.uint16))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def rgb_of_runs(runs: RowRuns, ids: IdArray) -> npt.NDArray[np.uint8]:
    """(H, W, 3) in which each run holds its id of ``ids`` (shape (R,), below 2^24) as R + 256·G + 65536·B."""
    little = np.ascontiguousarray(ids.astype("<u4", copy=False)).view(np.uint8).reshape(-1, 4)
    triples = np.ascontiguousarray(little[:, :3]).view("V3").reshape(-1)
    return np.repeat(triples, runs.lengths).view(np.uint8).reshape(*runs.size_hw, 3)


def ids_of_rgb(rgb: npt.NDArray[np.uint8]) -> IdArray:
    """(H, W, 3) as (H, W) ids: R + 256·G + 65536·B, in 32 bits so that nothing overflows."""
    wide = np.zeros((*rgb.shape[:2], 4), np.uint8)
    wide[..., :3] = rgb[..., :3]
    return wide.view("<u4")[..., 0].astype(np.uint32, copy=False)


def png_header(data: bytes, *, where: str) -> tuple[int, int, int, int]:
    """(height, width, bit depth, colour type), checked against the limits before anything is decoded.

    Raises FormatError ``not_png``, ``bad_png`` or ``image_too_large``.
    """
    if data[:8] != _SIGNATURE:
        raise FormatError("not_png", "this is not a PNG file", where=where)
    if len(data) < 33 or data[12:16] != b"IHDR":
        raise FormatError("bad_png", "the file ends within its header", where=where)
    width, height, depth, colour = struct.unpack_from(">IIBB", data, 16)
    if not (0 < width <= SIDE_PX_MAX and 0 < height <= SIDE_PX_MAX and width * height <= PIXELS_MAX):
        message = f"{width} x {height} px; at most {SIDE_PX_MAX} px a side and {PIXELS_MAX} px in all are read"
        raise FormatError("image_too_large", message, where=where)
    return height, width, depth, colour


def _decode(data: bytes, *, where: str) -> Image.Image:
    try:
        image: Image.Image = Image.open(io.BytesIO(data), formats=("PNG",))
        image.load()
    except _UNREADABLE as error:
        raise FormatError("bad_png", f"cannot be decoded: {error}", where=where) from error
    return image


def decode_index_png(data: bytes, *, where: str) -> IdArray:
    """(H, W) values of a grey (1, 2, 4, 8, 16 bit) or palette PNG; a palette's *indices*, never its colours.

    RGB is read only when its three channels are equal everywhere. Raises FormatError as ``png_header``, or
    ``not_index_png`` when the picture holds colours.
    """
    _, _, depth, colour = png_header(data, where=where)
    check_whole(data, where=where)
    image = _decode(data, where=where)
    if colour == _PALETTE and image.mode == "P":
        return np.asarray(image).astype(np.uint32)
    if colour == _GREY:
        values = np.asarray(image).astype(np.uint32)
        # the decoder stretches 2 and 4 bit grey to 0..255; the factor is exact and is taken back
        return values // {2: 85, 4: 17}[depth] if depth in (2, 4) else values
    if colour in (_RGB, _RGBA) and depth == 8:
        rgb = np.asarray(image)[..., :3]
        if np.array_equal(rgb[..., 0], rgb[..., 1]) and np.array_equal(rgb[..., 0], rgb[..., 2]):
            return rgb[..., 0].astype(np.uint32)
    raise FormatError("not_index_png", "the mask holds colours; an index mask has one value per pixel", where=where)


def holds_colours(data: bytes, *, where: str) -> bool:
    """Whether pixels are stored as R, G, B rather than as one value or palette index. Raises as ``png_header``."""
    return png_header(data, where=where)[3] in (_RGB, _RGBA)


def decode_colour_runs(data: bytes, *, where: str) -> tuple[RowRuns, tuple[ValueExtent, ...]]:
    """Colours R + 256·G + 65536·B of a mask as runs, and where each lies. Raises FormatError ``not_index_png``.

    A photograph in the place of a mask is told by its many colours, rather than by a problem for each of them.
    """
    runs = decode_id_runs(data, where=where)
    found = extents(runs)
    if len(found) > _COLOURS_MAX:
        raise FormatError("not_index_png", f"it holds {len(found)} colours: a picture rather than a mask", where=where)
    return runs, found


def decode_id_png(data: bytes, *, where: str) -> IdArray:
    """(H, W) ids R + 256·G + 65536·B of an 8-bit RGB, RGBA or palette PNG. Raises FormatError ``not_rgb_png``."""
    image = _colour_image(data, where=where)
    if image.mode == "P":
        return _ids_of_indices(image)
    return ids_of_rgb(np.asarray(image))


def decode_id_runs(data: bytes, *, where: str) -> RowRuns:
    """``row_runs`` of ``decode_id_png``, made without the grid of ids: a band of rows at a time stays in the cache."""
    image = _colour_image(data, where=where)
    if image.mode not in _FOUR_BYTES:
        return row_runs(_ids_of_indices(image))
    width, height = image.size
    change = np.ones((_BAND_ROWS, width), np.bool_)
    starts, values = [], []
    for top in range(0, height, _BAND_ROWS):
        bottom = min(top + _BAND_ROWS, height)
        band = image.crop((0, top, width, bottom)).tobytes("raw", _FOUR_BYTES[image.mode])
        ids = np.frombuffer(band, "<u4").reshape(bottom - top, width) & np.uint32(0xFFFFFF)
        opens = change[: bottom - top]
        np.not_equal(ids[:, 1:], ids[:, :-1], out=opens[:, 1:])
        at = opens.reshape(-1).nonzero()[0]
        values.append(ids.reshape(-1)[at])
        starts.append(at + top * width)
    return runs_of_starts((height, width), np.concatenate(starts), np.concatenate(values))


def _colour_image(data: bytes, *, where: str) -> Image.Image:
    _, _, depth, colour = png_header(data, where=where)
    if colour not in (_RGB, _RGBA, _PALETTE) or depth > 8:
        raise FormatError("not_rgb_png", "ids are read from an 8-bit RGB PNG (R + 256·G + 65536·B)", where=where)
    check_whole(data, where=where)
    return _decode(data, where=where)


def _ids_of_indices(image: Image.Image) -> IdArray:
    table = np.zeros((256, 3), np.uint8)
    palette = np.frombuffer(bytes(image.getpalette("RGB") or ()), np.uint8).reshape(-1, 3)
    table[: len(palette)] = palette
    return ids_of_rgb(table[np.asarray(image)])
