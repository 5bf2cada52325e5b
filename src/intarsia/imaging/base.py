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
    """Read from the header, before any pixel. `stored_size_hw` is as stored, `size_hw` as shown upright.

    `orientation` is the EXIF value 1..8 (1 when absent or nonsense); `frames` counts pages or frames.
    """

    stored_size_hw: tuple[int, int]
    mode: str
    orientation: int
    frames: int
    bits_per_channel: int

    @property
    def size_hw(self) -> tuple[int, int]:
        height, width = self.stored_size_hw
        return (width, height) if self.orientation >= 5 else (height, width)


@dataclass(frozen=True, slots=True)
class Family:
    """Descriptor of one family. `matches` sees the first MAGIC_BYTES bytes; `pillow_formats` are all it may try.

    `shown_as_is` says whether every browser shows a file of these facts exactly as we measure it.
    `bits` tells the bits per channel from the first bytes and Pillow's mode.
    """

    slug: str
    title: str
    media_type: str
    extensions: tuple[str, ...]
    pillow_formats: tuple[str, ...]
    matches: Callable[[bytes], bool]
    shown_as_is: Callable[[ImageFacts], bool]
    bits: Callable[[bytes, str], int]


_BITS_OF_MODE = {"1": 1, "I;16": 16, "I;16B": 16, "I;16L": 16, "I;16N": 16, "I": 32, "F": 32}


def bits_of_mode(_head: bytes, mode: str) -> int:
    """Bits per channel where Pillow's mode tells them."""
    return _BITS_OF_MODE.get(mode, 8)


def plain_eight_bit(facts: ImageFacts, *, modes: frozenset[str]) -> bool:
    """One upright frame of 8-bit channels in one of `modes`."""
    return facts.orientation == 1 and facts.frames == 1 and facts.bits_per_channel <= 8 and facts.mode in modes
