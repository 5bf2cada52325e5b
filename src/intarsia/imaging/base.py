# SPDX-License-Identifier: Apache-2.0
"""What one family of image files tells about itself, and what is known of a file before it is decoded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from intarsia.core.errors import IntarsiaError

MAGIC_BYTES = 64


class ImageError(IntarsiaError):
    """A file that cannot become an asset; nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """Read from the header, before any pixel. `size_hw` is that of the pixels to come, upright or not yet.

    `orientation` is the EXIF value 1..8 (1 when absent or nonsense); `frames` counts those that a browser would play.
    """

    size_hw: tuple[int, int]
    mode: str
    orientation: int
    frames: int
    bits_per_channel: int


@dataclass(frozen=True, slots=True)
class Family:
    """Descriptor of one family. `matches` sees the first MAGIC_BYTES bytes; `pillow_formats` are all it may try.

    `shown_as_is` says whether every browser shows a file of these facts exactly as we measure it.
    `bits` tells the bits per channel from the first bytes and Pillow's mode. Files of an `animated`
    family may hold several frames that a browser plays; of the others frames are not counted, which can be slow.
    """

    slug: str
    title: str
    media_type: str
    extensions: tuple[str, ...]
    pillow_formats: tuple[str, ...]
    matches: Callable[[bytes], bool]
    shown_as_is: Callable[[ImageFacts], bool]
    bits: Callable[[bytes, str], int]
    animated: bool = False


_BITS_OF_MODE = {"1": 1, "I;16": 16, "I;16B": 16, "I;16L": 16, "I;16N": 16, "I": 32, "F": 32}


def bits_of_mode(_head: bytes, mode: str) -> int:
    """Bits per channel where Pillow's mode tells them."""
    return _BITS_OF_MODE.get(mode, 8)


def plain_eight_bit(facts: ImageFacts, *, modes: frozenset[str]) -> bool:
    """One upright frame of 8-bit channels in one of `modes`."""
    return facts.orientation == 1 and facts.frames == 1 and facts.bits_per_channel <= 8 and facts.mode in modes
