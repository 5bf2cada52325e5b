# SPDX-License-Identifier: Apache-2.0
"""TIFF and BigTIFF, 8 to 32 bits; of a document with several pages the first."""

from __future__ import annotations

from intarsia.imaging.base import Family, ImageFacts, bits_of_mode

_SIGNATURES = (b"II\x2a\x00", b"MM\x00\x2a", b"II\x2b\x00", b"MM\x00\x2b")


def _matches(head: bytes) -> bool:
    return head.startswith(_SIGNATURES)


def _shown_as_is(_facts: ImageFacts) -> bool:
    return False


TIFF = Family(
    slug="tiff",
    title="TIFF",
    media_type="image/tiff",
    extensions=(".tif", ".tiff"),
    pillow_formats=("TIFF",),
    matches=_matches,
    shown_as_is=_shown_as_is,
    bits=bits_of_mode,
)
