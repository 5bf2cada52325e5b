# SPDX-License-Identifier: Apache-2.0
"""What the readers of an archive are told, and what they hand over of each image. Both may cross a process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from intarsia.formats.base import LabelledImage, Problem
from intarsia.imaging.decode import Prepared


@dataclass(frozen=True, slots=True)
class Reading:
    """An archive to read: `class_numbers` say which class of the project each class of the source is.

    Photographs are put as files into `scratch_dir`, and belong to the taker.
    """

    archive: Path
    format_slug: str
    class_numbers: Mapping[int, int]
    image_max_px: int
    scratch_dir: Path


@dataclass(frozen=True, slots=True)
class Share:
    """The images of place index + 1, index + 1 + of, …: what one of several readers reads."""

    index: int
    of: int

    def holds(self, place: int) -> bool:
        return (place - 1) % self.of == self.index


@dataclass(frozen=True, slots=True)
class ReadPhoto:
    """A photograph that was checked, and its file; the SHA-256 is of the file's bytes, in hex."""

    path: Path
    sha256: str
    prepared: Prepared


@dataclass(frozen=True, slots=True)
class ReadImage:
    """One listed image: None when it cannot come in. `problems` are the first of this place's `problem_count`.

    `image` has no photograph to open, for `photo` is it; its class numbers are the project's and its tiles have names.
    """

    place: int
    image: LabelledImage | None
    photo: ReadPhoto | None
    problems: tuple[Problem, ...]
    problem_count: int
