# SPDX-License-Identifier: Apache-2.0
"""All families of image files. A new one is a new file and a line here."""

from __future__ import annotations

from intarsia.imaging.base import Family, ImageError
from intarsia.imaging.bmp import BMP
from intarsia.imaging.jpeg import JPEG
from intarsia.imaging.png import PNG
from intarsia.imaging.tiff import TIFF
from intarsia.imaging.webp import WEBP

FAMILIES: tuple[Family, ...] = (JPEG, PNG, WEBP, TIFF, BMP)


def recognise(head: bytes) -> Family:
    """The family of a file's first bytes; its name is never looked at. Raises ImageError `image_type_unknown`."""
    for family in FAMILIES:
        if family.matches(head):
            return family
    titles = ", ".join(family.title for family in FAMILIES)
    raise ImageError(
        "image_type_unknown",
        f"This file is not an image of a known kind, whatever its name says. Nothing was kept. Send {titles}.",
    )
