# SPDX-License-Identifier: Apache-2.0
"""Images in: all eight orientations, every family, deep images, and files that are not what they say."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from intarsia.imaging.base import ImageError
from intarsia.imaging.decode import THUMBNAIL_SIDE_PX, Prepared, prepare
from intarsia.imaging.registry import FAMILIES

MAX_PX = 1_000_000
SIZE_HW = (48, 80)


def scene() -> Image.Image:
    """A picture without any symmetry: red top left, green top right, blue bottom left, on a slope of grey."""
    height, width = SIZE_HW
    grey = np.add.outer(np.arange(height) * 2, np.arange(width)).astype(np.uint8)
    pixels = np.stack([grey, grey, grey], axis=-1)
    pixels[:12, :20] = (255, 0, 0)
    pixels[:12, -20:] = (0, 255, 0)
    pixels[-12:, :20] = (0, 0, 255)
    return Image.fromarray(pixels)


def written(image: Image.Image, kind: str, tmp_path: Path, **options: object) -> Path:
    path = tmp_path / f"picture.{kind.lower()}"
    image.save(path, kind, **options)
    return path


def shown(path: Path, prepared: Prepared) -> Image.Image:
    """What a browser shows: the derived picture, else the file as it is."""
    image = Image.open(io.BytesIO(prepared.display_png) if prepared.display_png is not None else path)
    image.load()
    return image


# How each EXIF value stores an upright picture: the inverse of what a viewer must do.
STORED_AS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_each_orientation_is_applied_once(orientation: int, kind: str, tmp_path: Path) -> None:
    way = STORED_AS[orientation]
    stored = scene() if way is None else scene().transpose(way)
    exif = Image.Exif()
    exif[0x0112] = orientation
    lossless = {"WEBP": {"lossless": True}, "JPEG": {"quality": 95, "subsampling": 0}}.get(kind, {})
    path = written(stored, kind, tmp_path, exif=exif, **lossless)

    prepared = prepare(path, max_px=MAX_PX)

    assert prepared.size_hw == SIZE_HW
    upright = shown(path, prepared)
    assert (upright.height, upright.width) == SIZE_HW
    assert "exif" not in upright.info or upright.getexif().get(0x0112, 1) == 1
    difference = np.abs(np.asarray(upright.convert("RGB"), int) - np.asarray(scene(), int))
    assert difference.max() <= (40 if kind == "JPEG" else 0)
    thumbnail = Image.open(io.BytesIO(prepared.thumbnail_webp)).convert("RGB")
    red, green, _blue = thumbnail.getpixel((8, 5))
    assert red > 150 > green


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_nonsense_orientation_counts_as_upright(orientation: int, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = written(scene(), "JPEG", tmp_path, exif=exif)
    assert prepare(path, max_px=MAX_PX).size_hw == SIZE_HW


@pytest.mark.parametrize(
    "exif", [b"Exif\0\0garbage", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff", b"Exif\0\0II*\0\xff\xff\xff\x7f"]
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_unreadable_metadata_does_not_spoil_a_good_image(exif: bytes, kind: str, tmp_path: Path) -> None:
    prepared = prepare(written(scene(), kind, tmp_path, exif=exif), max_px=MAX_PX)
    assert prepared.size_hw == SIZE_HW
    assert prepared.display_png is None


@pytest.mark.parametrize(
    ("kind", "mode", "as_is"),
    [
        ("JPEG", "RGB", True),
        ("JPEG", "L", True),
        ("JPEG", "CMYK", False),
        ("PNG", "RGB", True),
        ("PNG", "L", True),
        ("PNG", "P", True),
        ("PNG", "1", True),
        ("PNG", "RGBA", True),
        ("PNG", "I;16", False),
        ("WEBP", "RGB", True),
        ("TIFF", "RGB", False),
        ("TIFF", "CMYK", False),
        ("TIFF", "I;16", False),
        ("TIFF", "F", False),
        ("BMP", "RGB", False),
        ("BMP", "L", False),
    ],
)
def test_the_original_is_shown_only_when_browsers_show_it_exactly(
    kind: str, mode: str, as_is: bool, tmp_path: Path
) -> None:
    grey = scene().convert("L")
    image = Image.fromarray(np.asarray(grey, np.uint16) * 200) if mode == "I;16" else scene().convert(mode)
    prepared = prepare(written(image, kind, tmp_path), max_px=MAX_PX)
    assert (prepared.display_png is None) == as_is
    assert prepared.size_hw == SIZE_HW


@pytest.mark.parametrize("kind", ["TIFF", "BMP"])
def test_the_derived_picture_is_lossless(kind: str, tmp_path: Path) -> None:
    path = written(scene(), kind, tmp_path)
    assert np.array_equal(np.asarray(shown(path, prepare(path, max_px=MAX_PX))), np.asarray(scene()))


def test_sixteen_bits_use_the_whole_range_of_the_screen(tmp_path: Path) -> None:
    values = np.linspace(1000, 1400, SIZE_HW[0] * SIZE_HW[1]).reshape(SIZE_HW).astype(np.uint16)
    values[0, 0], values[-1, -1] = 0, 65535  # one dead and one hot pixel must not flatten the rest
    path = written(Image.fromarray(values), "TIFF", tmp_path)
    display = np.asarray(shown(path, prepare(path, max_px=MAX_PX)))
    assert display.dtype == np.uint8
    assert display.min() == 0 and display.max() == 255
    assert 118 <= int(np.median(display)) <= 138
    assert np.all(np.diff(display.reshape(-1)[1:-1].astype(int)) >= 0)


def test_values_that_are_no_numbers_are_shown_dark(tmp_path: Path) -> None:
    values = np.linspace(-1, 1, SIZE_HW[0] * SIZE_HW[1]).reshape(SIZE_HW).astype(np.float32)
    values[3, 4], values[5, 6], values[7, 8] = np.nan, np.inf, -np.inf
    path = written(Image.fromarray(values), "TIFF", tmp_path)
    display = np.asarray(shown(path, prepare(path, max_px=MAX_PX)))
    assert (display[3, 4], display[5, 6], display[7, 8]) == (0, 255, 0)


def test_sixteen_bit_colour_is_recognised_by_its_header(tmp_path: Path) -> None:
    path = tmp_path / "deep.png"
    rows = b"".join(b"\0" + struct.pack(">HHH", 65535, 256 * y, 0) * 4 for y in range(3))
    path.write_bytes(png((4, 3), rows, bit_depth=16, colour_type=2))
    prepared = prepare(path, max_px=MAX_PX)
    assert prepared.display_png is not None
    assert np.asarray(shown(path, prepared))[2, 0].tolist() == [255, 2, 0]


def test_only_the_first_frame_of_an_animation_is_shown(tmp_path: Path) -> None:
    frames = [scene(), Image.new("RGB", (SIZE_HW[1], SIZE_HW[0]), "white")]
    path = written(frames[0], "PNG", tmp_path, save_all=True, append_images=frames[1:])
    prepared = prepare(path, max_px=MAX_PX)
    assert prepared.display_png is not None
    assert np.array_equal(np.asarray(shown(path, prepared).convert("RGB")), np.asarray(scene()))


def test_thumbnails_are_small(tmp_path: Path) -> None:
    path = written(Image.new("RGB", (900, 300), "teal"), "PNG", tmp_path)
    thumbnail = Image.open(io.BytesIO(prepare(path, max_px=MAX_PX).thumbnail_webp))
    assert thumbnail.size == (THUMBNAIL_SIDE_PX, 85)


def png(size_wh: tuple[int, int], rows: bytes, *, bit_depth: int = 8, colour_type: int = 0) -> bytes:
    """A PNG of raw rows (each with its filter byte)."""
    header = struct.pack(">IIBBBBB", *size_wh, bit_depth, colour_type, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def encoded(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    scene().save(out, kind, **options)
    return out.getvalue()


def bmp_of(width: int, height: int) -> bytes:
    return b"BM" + struct.pack("<IHHIIiiHHIIiiII", 58, 0, 0, 54, 40, width, height, 1, 24, 0, 4, 0, 0, 0, 0) + b"\0" * 4


# Every file is refused with a code; a server that takes uploads runs through the same list.
HOSTILE: dict[str, tuple[bytes, str]] = {
    "no bytes": (b"", "image_empty"),
    "one byte": (b"\x89", "image_type_unknown"),
    "html named png": (b"<!doctype html><script>alert(1)</script>", "image_type_unknown"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "image_type_unknown"),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "image_type_unknown"),
    "gif": (b"GIF89a\1\0\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;", "image_type_unknown"),
    "pdf": (b"%PDF-1.7\n", "image_type_unknown"),
    "zip": (b"PK\3\4" + b"\0" * 40, "image_type_unknown"),
    "html behind a jpeg mark": (b"\xff\xd8\xff<html><body>", "image_damaged"),
    "png signature alone": (b"\x89PNG\r\n\x1a\n", "image_type_unknown"),
    "png cut in its header": (encoded("PNG")[:30], "image_damaged"),
    "png cut in its pixels": (encoded("PNG")[:-60], "image_damaged"),
    "png with broken pixels": (encoded("PNG").replace(b"IDAT", b"IDAX"), "image_damaged"),
    "jpeg cut in its pixels": (encoded("JPEG")[:500], "image_damaged"),
    "jpeg cut in its tables": (encoded("JPEG")[:60], "image_damaged"),
    "webp cut short": (encoded("WEBP")[:60], "image_damaged"),
    "tiff cut short": (encoded("TIFF")[:100], "image_damaged"),
    "tiff that points outside": (b"II*\0" + struct.pack("<I", 0x7FFFFFF0) + b"\0" * 80, "image_damaged"),
    "bmp cut short": (encoded("BMP")[:80], "image_damaged"),
    "png of no width": (png((0, 5), b""), "image_damaged"),
    "png of 60,000 x 60,000": (png((60_000, 60_000), b"\0"), "image_too_large"),
    "png of 2^31-1 squared": (png((2**31 - 1, 2**31 - 1), b"\0"), "image_too_large"),
    "png one side too long": (png((65_536, 1), b"\0" * 65_537), "image_too_large"),
    "bmp of 2^31-1 squared": (bmp_of(2**31 - 1, 2**31 - 1), "image_too_large"),
    "png bomb of 4 megapixels": (png((2000, 2000), b"\0" * 2001 * 2000), "image_too_large"),
    "png bomb in a text chunk": (
        encoded("PNG").replace(
            struct.pack(">I", 13) + b"IHDR",
            chunk(b"zTXt", b"a\0\0" + zlib.compress(b"x" * 80_000_000)) + struct.pack(">I", 13) + b"IHDR",
        ),
        "image_type_unknown",
    ),
    "png bomb in a text chunk behind the header": (
        encoded("PNG")[:33] + chunk(b"zTXt", b"a\0\0" + zlib.compress(b"x" * 80_000_000)) + encoded("PNG")[33:],
        "image_damaged",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_with_a_code(name: str, tmp_path: Path) -> None:
    data, code = HOSTILE[name]
    path = tmp_path / "upload.part"
    path.write_bytes(data)
    with pytest.raises(ImageError) as caught:
        prepare(path, max_px=MAX_PX)
    assert caught.value.code == code
    assert "Nothing was kept" in caught.value.message


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.slug)
def test_every_family_describes_itself(family: object) -> None:
    """What a screen and the reference page are made from."""
    entry = next(known for known in FAMILIES if known is family)
    assert entry.title and entry.media_type.startswith("image/") and entry.extensions and entry.pillow_formats
    assert all(extension.startswith(".") and extension == extension.lower() for extension in entry.extensions)
    assert sum(known.slug == entry.slug for known in FAMILIES) == 1
    assert not entry.matches(b"") and not entry.matches(b"<html>")
