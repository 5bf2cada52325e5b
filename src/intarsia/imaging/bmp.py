# SPDX-License-Identifier: Apache-2.0
"""Windows bitmaps."""

from __future__ import annotations

from intarsia.imaging.base import Family, ImageFacts, bits_of_mode


def _matches(head: bytes) -> bool:
    return head.startswith(b"BM")


def _shown_as_is(_facts: ImageFacts) -> bool:
    return False


BMP = Family(
    slug="bmp",
    title="BMP",
    media_type="image/bmp",
    extensions=(".bmp", ".dib"),
    pillow_formats=("BMP",),
    matches=_matches,
    shown_as_is=_shown_as_is,
    bits=bits_of_mode,
)
