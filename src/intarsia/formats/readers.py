# SPDX-License-Identifier: Apache-2.0
"""What every reader does alike: find the photograph, check sizes, and give source values to segments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO

from intarsia.core.label_map import LabelMap
from intarsia.core.limits import THING_ID_MIN
from intarsia.core.segment import Segment
from intarsia.formats.base import FormatError, LabelledImage, ProblemLog, Source
from intarsia.formats.photo import media_type_of, upright_size_hw

MASK_BYTES_MAX = 512 * 2**20


@dataclass(frozen=True, slots=True)
class Photo:
    """A photograph in the source: its member, its upright size in px, and how to open it."""

    member: str
    size_hw: tuple[int, int]
    open: Callable[[], BinaryIO]
    media_type: str


def find_photo(source: Source, member: str | None, problems: ProblemLog) -> Photo | None:
    """The photograph of that member, or None; one that cannot be read becomes a problem."""
    if member is None:
        return None
    try:
        return Photo(member, upright_size_hw(source, member), partial(source.open, member), media_type_of(member))
    except FormatError as error:
        problems.add(error.where, error.code, f"{error.reason}; it is left out")
        return None


def sizes_agree(photo: Photo | None, mask_hw: tuple[int, int], *, where: str, problems: ProblemLog) -> bool:
    """Whether a mask fits its photograph; when not, the problem names both sizes and the labels stay out."""
    if photo is None or photo.size_hw == mask_hw:
        return True
    message = (
        f"the mask is {mask_hw[1]} x {mask_hw[0]} px but the photograph {photo.member} is "
        f"{photo.size_hw[1]} x {photo.size_hw[0]} px; the image comes in without labels"
    )
    problems.add(where, "size_differs", message)
    return False


@dataclass(slots=True)
class SegmentDraft:
    """Segments of one image while it is read; thing ids are handed out from 65,536 in order of first use."""

    segments: dict[int, Segment] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    _next_thing: int = THING_ID_MIN

    def thing(self, class_number: int, *, crowd: bool = False, instances_unknown: bool = False) -> int:
        segment_id = self._next_thing
        self._next_thing += 1
        self.segments[segment_id] = Segment(segment_id, class_number, crowd=crowd, instances_unknown=instances_unknown)
        return segment_id

    def stuff(self, class_number: int, *, crowd: bool = False) -> int:
        """The one segment of a stuff or ignore class; asked for twice it is the same."""
        if class_number not in self.segments:
            self.segments[class_number] = Segment(class_number, class_number, crowd=crowd)
        return class_number

    def image(
        self, name: str, photo: Photo | None, size_hw: tuple[int, int], layers: Mapping[str, LabelMap], export_no: int
    ) -> LabelledImage:
        return LabelledImage(
            name=name,
            size_hw=size_hw,
            layers=layers,
            segments=self.segments,
            numbers=self.numbers,
            export_no=export_no,
            open_image=photo.open if photo else None,
            media_type=photo.media_type if photo else None,
        )


def bare_image(name: str, photo: Photo, export_no: int) -> LabelledImage:
    """A photograph that has no usable labels: it still comes in, as an image to be labelled."""
    return SegmentDraft().image(name, photo, photo.size_hw, {}, export_no)
