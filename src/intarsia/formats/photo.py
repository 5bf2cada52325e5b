# SPDX-License-Identifier: Apache-2.0
"""The size of a photograph as it is shown, from its header alone."""

from __future__ import annotations

import struct

from PIL import Image, UnidentifiedImageError

from intarsia.formats.base import FormatError, Source

PHOTO_EXTENSIONS = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp")
_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP")
_ORIENTATION_TAG = 0x0112
_EXTENSIONS = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "image/tiff": (".tif", ".tiff"),
    "image/bmp": (".bmp",),
}
_TURNED = (5, 6, 7, 8)
_UNREADABLE = (UnidentifiedImageError, OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError)


def is_photo(name: str) -> bool:
    return name.lower().endswith(PHOTO_EXTENSIONS)


def upright_size_hw(source: Source, name: str) -> tuple[int, int]:
    """(height, width) in px with the EXIF orientation applied. Raises FormatError ``bad_image``."""
    try:
        with source.open(name) as stream, Image.open(stream, formats=_FORMATS) as image:
            width, height = image.size
            turned = image.getexif().get(_ORIENTATION_TAG, 1) in _TURNED
    except _UNREADABLE as error:
        raise FormatError("bad_image", "the photograph cannot be read", where=name) from error
    return (width, height) if turned else (height, width)


def fitting_name(name: str, media_type: str | None) -> str:
    """``name`` with an extension that says what the bytes are: an upright copy may be of another type."""
    fitting = _EXTENSIONS.get(media_type or "", ())
    stem, dot, extension = name.rpartition(".")
    if not fitting or (dot and f".{extension.lower()}" in fitting):
        return name
    return (stem if dot and is_photo(name) else name) + fitting[0]


def media_type_of(name: str) -> str:
    """The media type that the extension of a photograph promises."""
    extension = name.lower().rsplit(".", 1)[-1]
    return {"jpg": "image/jpeg", "tif": "image/tiff"}.get(extension, f"image/{extension}")
