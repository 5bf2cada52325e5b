# SPDX-License-Identifier: Apache-2.0
"""Small data sets made here, and where the real ones lie."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from intarsia.core.label_map import LabelMap
from intarsia.core.ontology import ClassDef, Layer, Ontology
from intarsia.core.segment import Segment
from intarsia.formats.base import Format, LabelledImage, LossReport, ReadOptions, ReadResult, WriteOptions
from intarsia.formats.exporting import write_dataset
from intarsia.formats.sinks import ZipSink
from intarsia.formats.sources import ZipSource

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "dev"

ROAD, SKY, VOID, CAR, PERSON = 1, 2, 3, 4, 5
ONTOLOGY = Ontology(
    1,
    (Layer("main", "Main"),),
    (
        ClassDef(ROAD, "Road", "stuff", "main", "#2C9EF3", key="1"),
        ClassDef(SKY, "Sky", "stuff", "main", "#CF5200", key="2"),
        ClassDef(VOID, "Void", "ignore", "main", "#808080"),
        ClassDef(CAR, "Car", "thing", "main", "#E1F812", key="3"),
        ClassDef(PERSON, "Person", "thing", "main", "#A21E44"),
    ),
)


def shared(*parts: str) -> Path:
    """A folder of the measurement material; the test is skipped where that is not at hand."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip("the measurement material (../shared/data/dev) is not here; self-made data proves the same promise")
    return path


@dataclass(frozen=True)
class View:
    """Images in memory as a data set."""

    ontology: Ontology
    listed: Sequence[LabelledImage]

    @property
    def count(self) -> int:
        return len(self.listed)

    def images(self) -> Iterator[LabelledImage]:
        return iter(self.listed)


def labelled(
    ids: object,
    segments: Iterable[Segment],
    *,
    name: str = "a.png",
    export_no: int = 1,
    numbers: Mapping[int, int] | None = None,
    photo: bool = False,
) -> LabelledImage:
    """An image with one layer ``main``; segments are numbered 1, 2, … in the order given unless ``numbers`` says."""
    grid = np.asarray(ids, np.uint32)
    listed = list(segments)
    size_hw = (grid.shape[0], grid.shape[1])
    return LabelledImage(
        name=name,
        size_hw=size_hw,
        layers={"main": LabelMap.from_array(grid)},
        segments={segment.id: segment for segment in listed},
        numbers={s.id: i for i, s in enumerate(listed, start=1)} if numbers is None else numbers,
        export_no=export_no,
        open_image=(lambda: io.BytesIO(png_photo(size_hw))) if photo else None,
        media_type="image/png" if photo else None,
    )


def png_photo(size_hw: tuple[int, int], *, seed: int = 0) -> bytes:
    height, width = size_hw
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG")
    return stream.getvalue()


def png_of(values: object, mode: str) -> bytes:
    """A PNG of a Pillow mode, written by Pillow: what other programs would hand us."""
    stream = io.BytesIO()
    array = np.asarray(values)
    image = Image.fromarray(array if mode == "RGB" else array.astype(np.uint16 if mode.startswith("I") else np.uint8))
    if mode in ("P", "1"):
        image = (
            Image.frombytes("P", image.size, image.tobytes())
            if mode == "P"
            else image.point(lambda v: v * 255).convert("1")
        )
    if mode == "P":
        image.putpalette([v for i in range(256) for v in (i * 7 % 256, i * 13 % 256, 255 - i)])
    image.save(stream, "PNG")
    return stream.getvalue()


def written(slug_format: Format, view: View, *, options: WriteOptions | None = None) -> tuple[bytes, LossReport]:
    stream = io.BytesIO()
    with ZipSink(stream) as sink:
        report = write_dataset(slug_format, view, sink, lambda done, total: None, options or WriteOptions())
    return stream.getvalue(), report


def read_back(
    slug_format: Format, archive: bytes, *, options: ReadOptions | None = None
) -> tuple[ReadResult, list[LabelledImage]]:
    result = slug_format.read(ZipSource(io.BytesIO(archive)), options or ReadOptions())
    return result, list(result.images)


def archive_of(members: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with ZipSink(stream) as sink:
        for name, content in members.items():
            sink.write(name, content)
    return stream.getvalue()


def members_of(archive: bytes) -> dict[str, bytes]:
    source = ZipSource(io.BytesIO(archive))
    return {name: source.open(name).read() for name in source.names()}


def source_of(members: Mapping[str, bytes]) -> ZipSource:
    return ZipSource(io.BytesIO(archive_of(members)))


def class_grid(image: LabelledImage, layer: str = "main") -> np.ndarray:
    """(H, W) class numbers of an image's layer, 0 = unlabelled."""
    grid = image.layers[layer].to_array()
    out = np.zeros(grid.shape, np.int64)
    for segment in image.segments.values():
        out[grid == segment.id] = segment.class_number
    return out


def renamed(image: LabelledImage, name: str, export_no: int) -> LabelledImage:
    return replace(image, name=name, export_no=export_no)
