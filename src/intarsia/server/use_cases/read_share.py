# SPDX-License-Identifier: Apache-2.0
"""Read a share of an archive up to what the database takes: pictures checked, labels cut into named tiles.

This is nearly all of the work of an import, and needs nothing of the server, so that it may run in other processes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import BinaryIO

from intarsia.core.errors import IntarsiaError
from intarsia.formats.base import FormatError, LabelledImage, Problem, ProblemLog, ReadOptions
from intarsia.formats.class_mapping import with_class_numbers
from intarsia.formats.registry import find_format
from intarsia.formats.sources import ZipSource
from intarsia.imaging.decode import prepare
from intarsia.server.reading import ReadImage, Reading, ReadPhoto, Share

_CHUNK_BYTES = 1024 * 1024


def read_share(reading: Reading, share: Share) -> Iterator[ReadImage]:
    """One record for each place of the share, in order. Raises FormatError when nothing can be read."""
    with reading.archive.open("rb") as file, closing(ZipSource(file)) as source:
        yield from _Reader(reading, share).records(source)


class _Reader:
    """Follows a format's reader from place to place, and sorts its problems by the place that they are of."""

    def __init__(self, reading: Reading, share: Share) -> None:
        self._reading = reading
        self._share = share
        self._places: list[int] = []
        self._problems = ProblemLog()
        self._asked = False
        self._done: list[ReadImage] = []

    def records(self, source: ZipSource) -> Iterator[ReadImage]:
        found = find_format(self._reading.format_slug).read(source, ReadOptions(wanted=self._wanted))
        # What the list as a whole has of problems is told by whoever counted the images.
        self._problems = found.problems
        self._new_problems()
        place = 0
        for image in found.images:
            # A reader that does not ask reads all, in order of place; the others' images are dropped.
            place = self._places.pop() if self._asked else place + 1
            if self._asked or self._share.holds(place):
                self._done.append(self._record(place, image))
            yield from self._taken()
        self._end_of_place()
        yield from self._taken()

    def _wanted(self, place: int) -> bool:
        self._asked = True
        self._end_of_place()
        mine = self._share.holds(place)
        if mine:
            self._places.append(place)
        return mine

    def _end_of_place(self) -> None:
        """A place that gave no image has ended when the reader goes on."""
        if self._places:
            self._done.append(ReadImage(self._places.pop(), None, None, *self._new_problems()))

    def _taken(self) -> Iterator[ReadImage]:
        taken, self._done = self._done, []
        yield from taken

    def _new_problems(self) -> tuple[tuple[Problem, ...], int]:
        """Those since the last call, as far as they are kept, and how many they were."""
        kept, total = tuple(self._problems.items), self._problems.total
        self._problems.items.clear()
        self._problems.total = 0
        return kept, total

    def _record(self, place: int, image: LabelledImage) -> ReadImage:
        """The image made ready; what is wrong with it becomes a problem, and the others come in all the same."""
        photo, opened = None, image.open_image
        image = replace(image, open_image=None)
        try:
            if opened is not None:
                with opened() as stream:
                    photo = self._photo(place, stream)
            if image.layers or image.items:
                image = with_class_numbers(image, self._reading.class_numbers)
                for label_map in image.layers.values():
                    for index in range(label_map.tile_count):
                        label_map.tile_name(index)  # codes the tile; the map remembers
        except IntarsiaError as error:
            where = error.where if isinstance(error, FormatError) and error.where else image.name
            self._problems.add(where, error.code, error.message)
            if photo is not None:
                photo.path.unlink()
            return ReadImage(place, None, None, *self._new_problems())
        return ReadImage(place, image, photo, *self._new_problems())

    def _photo(self, place: int, stream: BinaryIO) -> ReadPhoto:
        path = self._reading.scratch_dir / f"{place}.image"
        digest = hashlib.sha256()
        try:
            with path.open("wb") as file:
                while chunk := stream.read(_CHUNK_BYTES):
                    digest.update(chunk)
                    file.write(chunk)
            return ReadPhoto(path, digest.hexdigest(), prepare(path, max_px=self._reading.image_max_px))
        except BaseException:
            path.unlink(missing_ok=True)
            raise
