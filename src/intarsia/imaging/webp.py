# SPDX-License-Identifier: Apache-2.0
"""WebP; of an animated one the first frame."""

from __future__ import annotations

from intarsia.imaging.base import Family, ImageFacts, bits_of_mode, plain_eight_bit

_MODES = frozenset({"RGB", "RGBA"})


def _matches(head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def _shown_as_is(facts: ImageFacts) -> bool:
    return plain_eight_bit(facts, modes=_MODES)


WEBP = Family(
    slug="webp",
    title="WebP",
    media_type="image/webp",
    extensions=(".webp",),
    pillow_formats=("WEBP",),
    matches=_matches,
    shown_as_is=_shown_as_is,
    bits=bits_of_mode,
    animated=True,
)
