# SPDX-License-Identifier: Apache-2.0
"""What every writer does alike: place the photograph, keep a list that is too long for memory, count losses."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from types import TracebackType
from typing import IO, Any, BinaryIO, cast

import numpy as np
import numpy.typing as npt

from intarsia.core.segment import Segment
from intarsia.formats.base import FormatError, LabelledImage, Loss, LossReport, Sink
from intarsia.formats.json_files import dump_line
from intarsia.formats.member_names import UniqueNames, stem_of
from intarsia.formats.photo import fitting_name
from intarsia.formats.runs import RowRuns, row_runs

_SPOOL_BYTES = 8 * 2**20
_WORKERS = min(4, os.cpu_count() or 1)
# fixed, since it decides the order of members in an archive; the number of threads does not
_WAITING_MAX = 4


@dataclass(slots=True)
class LossCounts:
    """Adds up losses by code; the report lists them in the order in which the codes are declared."""

    messages: Mapping[str, str]
    _counts: dict[str, int] = field(default_factory=dict)
    images: int = 0
    segments: int = 0

    def add(self, code: str, count: int = 1) -> None:
        if count:
            self._counts[code] = self._counts.get(code, 0) + count

    def report(self) -> LossReport:
        losses = tuple(
            Loss(code, message.format(count=self._counts[code]), self._counts[code])
            for code, message in self.messages.items()
            if code in self._counts
        )
        return LossReport(losses=losses, images=self.images, segments=self.segments)


class SpooledRecords:
    """A JSON list of records, one a line, that is kept on disk once it grows."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_SPOOL_BYTES)  # noqa: SIM115 - closed by __exit__
        self.count = 0

    def add(self, record: object) -> None:
        self._file.write(b",\n" if self.count else b"\n")
        self._file.write(dump_line(record))
        self.count += 1

    def append_to(self, target: IO[bytes]) -> None:
        """Copy all records; more may be added afterwards."""
        self._file.seek(0)
        shutil.copyfileobj(self._file, target)

    def records(self) -> Iterator[Any]:
        """All records, decoded one at a time."""
        self._file.seek(0)
        for line in self._file:
            text = line.strip().rstrip(b",")
            if text:
                yield json.loads(text)

    def __enter__(self) -> SpooledRecords:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


def write_object(sink: Sink, name: str, fields: Mapping[str, object]) -> None:
    """Write a JSON object with a key a line; a ``SpooledRecords`` value becomes a list with an item a line."""
    with tempfile.SpooledTemporaryFile(max_size=_SPOOL_BYTES) as file:
        file.write(b"{")
        for i, (key, value) in enumerate(fields.items()):
            file.write(b",\n" if i else b"\n")
            file.write(dump_line(key) + b": ")
            if isinstance(value, SpooledRecords):
                file.write(b"[")
                value.append_to(file)
                file.write(b"\n]" if value.count else b"]")
            elif isinstance(value, list | tuple) and value:
                file.write(b"[\n" + b",\n".join(dump_line(item) for item in value) + b"\n]")
            else:
                file.write(dump_line(value))
        file.write(b"\n}\n")
        file.seek(0)
        sink.copy(name, cast(BinaryIO, file))


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an image goes: the photograph's file name (unique, portable) and the stem that its masks share."""

    file_name: str
    stem: str


@dataclass(slots=True)
class ImagePlaces:
    """Gives each image its place and copies its photograph, if there is one, into ``folder``."""

    sink: Sink
    folder: str = "images"
    names: UniqueNames = field(default_factory=UniqueNames)

    def place(self, image: LabelledImage, losses: LossCounts) -> Placed:
        file_name = self.names.take(fitting_name(image.name, image.media_type), export_no=image.export_no)
        if file_name != image.name:
            losses.add("renamed")
        if image.open_image is None:
            losses.add("no_photograph")
        else:
            with image.open_image() as stream:
                self.sink.copy(f"{self.folder}/{file_name}", stream)
        return Placed(file_name, stem_of(file_name))


class OrderedWrites:
    """Members whose bytes worker threads make, written in the order asked for; no more than a few wait at a time.

    Packing pixels is most of an export and runs outside the interpreter's lock, so two threads use two cores. What is
    written when depends on counts alone, never on which thread was faster: the archive's bytes stay the same.
    """

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="intarsia-encode")
        self._waiting: deque[tuple[str, Future[bytes]]] = deque()

    def write(self, name: str, make: Callable[[], bytes]) -> None:
        self._waiting.append((name, self._pool.submit(make)))
        while len(self._waiting) > _WAITING_MAX:
            self._write_oldest()

    def _write_oldest(self) -> None:
        name, future = self._waiting.popleft()
        self._sink.write(name, future.result())

    def __enter__(self) -> OrderedWrites:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            while self._waiting and kind is None:
                self._write_oldest()
        finally:
            self._pool.shutdown(cancel_futures=True)


def layer_runs(image: LabelledImage, layer: str) -> RowRuns:
    """Row runs of one layer's map; a layer that was never drawn in is unlabelled. Raises FormatError ``bad_map``."""
    return row_runs(layer_grid(image, layer))


def layer_grid(image: LabelledImage, layer: str) -> npt.NDArray[np.uint32]:
    """(H, W) segment ids of one layer; one that was never drawn in is 0. Raises FormatError ``bad_map``."""
    label_map = image.layers.get(layer)
    grid: npt.NDArray[np.uint32] = np.zeros(image.size_hw, np.uint32) if label_map is None else label_map.to_array()
    if grid.shape != tuple(image.size_hw):
        message = f"layer {layer!r} is {grid.shape[1]} x {grid.shape[0]} px in an image of {image.size_hw}"
        raise FormatError("bad_map", message, where=image.name)
    return grid


def owner_of(image: LabelledImage, segment_id: int) -> Segment:
    """The segment of that id. Raises FormatError ``unknown_segment``: a map must never name what does not exist."""
    segment = image.segments.get(segment_id)
    if segment is None:
        raise FormatError(
            "unknown_segment", f"the map names segment {segment_id}, which does not exist", where=image.name
        )
    return segment
