# SPDX-License-Identifier: Apache-2.0
"""JPEG, also the multi-picture files of some cameras (their first picture)."""

from __future__ import annotations

from intarsia.imaging.base import Family, ImageFacts, bits_of_mode, plain_eight_bit

# CMYK is left out: browsers disagree on Adobe's inverted inks.
_MODES = frozenset({"L", "RGB"})


def _matches(head: bytes) -> bool:
    return head.startswith(b"\xff\xd8\xff")


def _shown_as_is(facts: ImageFacts) -> bool:
    return plain_eight_bit(facts, modes=_MODES)


JPEG = Family(
    slug="jpeg",
    title="JPEG",
    media_type="image/jpeg",
    extensions=(".jpg", ".jpeg"),
    pillow_formats=("JPEG",),
    matches=_matches,
    shown_as_is=_shown_as_is,
    bits=bits_of_mode,
)
