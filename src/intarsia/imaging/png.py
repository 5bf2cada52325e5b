# SPDX-License-Identifier: Apache-2.0
"""PNG; of an animated one the first frame."""

from __future__ import annotations

from intarsia.imaging.base import Family, ImageFacts, plain_eight_bit

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
_BIT_DEPTH_OFFSET = 24


def _matches(head: bytes) -> bool:
    return head.startswith(_SIGNATURE) and head[12:16] == b"IHDR"


def _shown_as_is(facts: ImageFacts) -> bool:
    return plain_eight_bit(facts, modes=_MODES)


def _bits(head: bytes, _mode: str) -> int:
    # Pillow reports 16-bit colour as 8-bit RGB; the header says what is stored.
    return head[_BIT_DEPTH_OFFSET]


PNG = Family(
    slug="png",
    title="PNG",
    media_type="image/png",
    extensions=(".png",),
    pillow_formats=("PNG",),
    matches=_matches,
    shown_as_is=_shown_as_is,
    bits=_bits,
    animated=True,
)
