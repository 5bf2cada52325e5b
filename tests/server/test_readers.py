# SPDX-License-Identifier: Apache-2.0
"""Archives are read by several processes as by one: the same images and problems in the same order."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from intarsia.core.errors import IntarsiaError
from intarsia.core.segment import Segment
from intarsia.formats.base import Format, FormatError, ReadOptions
from intarsia.formats.registry import BUILT_IN
from intarsia.formats.sources import ZipSource
from intarsia.server.jobs.reader_processes import ReaderProcesses
from intarsia.server.reading import ReadImage, Reading
from tests.formats.dataset import CAR, ONTOLOGY, SKY, View, labelled, members_of, written

FORMATS = [pytest.param(f, id=f.info.slug) for f in BUILT_IN if f.info.can_import and f.info.can_export]
SEGMENTS = (Segment(SKY, SKY), Segment(65_536, CAR))
IMAGES = 11


def archive_of(entry: Format) -> bytes:
    """Images of several sizes with photographs, of which two are damaged and one is missing."""
    listed = []
    for number in range(1, IMAGES + 1):
        grid = np.full((20 + number, 300), SKY)
        grid[number : number + 9, 40 * (number % 5) : 40 * (number % 5) + 60] = 65_536
        listed.append(labelled(grid, SEGMENTS, name=f"{number:02}.png", export_no=number, photo=True))
    files = members_of(written(entry, View(ONTOLOGY, tuple(listed)))[0])
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            if "07" in name:
                continue
            archive.writestr(name, data[: len(data) // 2] if name.endswith(("03.png", "08.png")) else data)
    return stream.getvalue()


def reading(tmp_path: Path, entry: Format, archive: bytes) -> Reading:
    path = tmp_path / "archive.zip"
    path.write_bytes(archive)
    scratch = tmp_path / "scratch"
    scratch.mkdir(exist_ok=True)
    numbers = {entry.number: entry.number + 10 for entry in ONTOLOGY.classes}
    return Reading(path, entry.info.slug, numbers, 1_000_000, scratch)


def told(record: ReadImage) -> tuple[Any, ...]:
    """What must be equal, and the photograph's file, which goes."""
    image, photo = record.image, record.photo
    if photo is not None:
        photo.path.unlink()
    checksums = {name: label_map.checksum(name) for name, label_map in image.layers.items()} if image else {}
    facts = replace(image, layers={}) if image else None
    return record.place, facts, checksums, photo, record.problems, record.problem_count


@pytest.mark.parametrize("entry", FORMATS)
def test_several_readers_give_what_one_gives(entry: Format, tmp_path: Path) -> None:
    work = reading(tmp_path, entry, archive_of(entry))
    with work.archive.open("rb") as file:
        count = entry.read(ZipSource(file), ReadOptions()).count
    found = [[told(record) for record in ReaderProcesses(readers=n).read(work, count=count)] for n in (1, 2, 3)]
    assert found[0] == found[1] == found[2]
    assert [record[0] for record in found[0]] == list(range(1, count + 1))
    assert any(record[4] for record in found[0]) and sum(record[1] is not None for record in found[0]) >= IMAGES - 3
    assert list(work.scratch_dir.iterdir()) == []
    classes = {s.class_number for record in found[0] if record[1] for s in record[1].segments.values()}
    assert classes == {SKY + 10, CAR + 10}


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    processes: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def start(*args: Any, **options: Any) -> subprocess.Popen[bytes]:
        processes.append(real(*args, **options))
        return processes[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    yield processes
    assert all(process.poll() is not None for process in processes), "a reader outlived its job"


def test_stopping_early_ends_the_readers(tmp_path: Path, started: list[subprocess.Popen[bytes]]) -> None:
    work = reading(tmp_path, BUILT_IN[0], archive_of(BUILT_IN[0]))
    with closing(ReaderProcesses(readers=2).read(work, count=IMAGES)) as records:
        assert next(records).place == 1
        assert len(started) == 2
    assert all(process.poll() is not None for process in started)


def test_a_reader_that_dies_is_an_error_and_not_a_short_archive(
    tmp_path: Path, started: list[subprocess.Popen[bytes]]
) -> None:
    work = reading(tmp_path, BUILT_IN[0], archive_of(BUILT_IN[0]))
    with closing(ReaderProcesses(readers=2).read(work, count=10 * IMAGES)) as records:
        next(records)
        started[1].kill()
        started[1].wait()
        with pytest.raises(IntarsiaError) as caught:
            for _ in range(10 * IMAGES):
                next(records)
    assert caught.value.code == "reader_ended"


def test_what_a_reader_cannot_read_at_all_is_its_error(tmp_path: Path, started: list[subprocess.Popen[bytes]]) -> None:
    work = reading(tmp_path, BUILT_IN[0], b"no archive")
    with pytest.raises(FormatError) as caught:
        list(ReaderProcesses(readers=2).read(work, count=IMAGES))
    assert caught.value.code == "bad_archive" and len(started) == 2
