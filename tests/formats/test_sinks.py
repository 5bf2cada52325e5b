# SPDX-License-Identifier: Apache-2.0
"""An archive's bytes depend on its members alone; a folder is never written over."""

from __future__ import annotations

import io
import os
import time
import zipfile
from pathlib import Path

import pytest

from intarsia.formats.base import FormatError
from intarsia.formats.sinks import FolderSink, ZipSink


def archive() -> bytes:
    stream = io.BytesIO()
    with ZipSink(stream) as sink:
        sink.write("b.json", b"{}" * 500)
        sink.write("a.png", b"\x89PNG" * 100)
        sink.copy("images/ä.jpg", io.BytesIO(b"x" * 3_000_000))
    return stream.getvalue()


def test_two_archives_are_equal_whatever_clock_place_and_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first = archive()
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(time, "time", lambda: 4_000_000_000.0)
    old = os.umask(0o077)
    try:
        assert archive() == first
    finally:
        os.umask(old)


def test_members_keep_their_order_and_say_nothing_of_the_host() -> None:
    infos = zipfile.ZipFile(io.BytesIO(archive())).infolist()
    assert [info.filename for info in infos] == ["b.json", "a.png", "images/ä.jpg"]
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert {info.external_attr >> 16 for info in infos} == {0o100644}
    assert [info.compress_type for info in infos] == [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_STORED]
    assert all(not info.extra or info.filename.endswith(".jpg") for info in infos)


@pytest.mark.parametrize("name", ["../x", "/x", "a\\..\\x", ""])
def test_a_sink_writes_nothing_outside_itself(name: str, tmp_path: Path) -> None:
    with ZipSink(io.BytesIO()) as archive_sink, pytest.raises(FormatError):
        archive_sink.write(name, b"x")
    with pytest.raises(FormatError):
        FolderSink(tmp_path / "out").write(name, b"x")
    assert list(tmp_path.rglob("*")) == [tmp_path / "out"]


def test_a_name_is_written_once() -> None:
    with ZipSink(io.BytesIO()) as sink:
        sink.write("a", b"1")
        with pytest.raises(FormatError) as caught:
            sink.copy("a", io.BytesIO(b"2"))
    assert caught.value.code == "duplicate_member"


def test_a_folder_takes_members_and_refuses_to_mix(tmp_path: Path) -> None:
    sink = FolderSink(tmp_path / "out")
    sink.write("a/b.txt", b"1")
    sink.copy("c.txt", io.BytesIO(b"2"))
    assert (tmp_path / "out" / "a" / "b.txt").read_bytes() == b"1"
    with pytest.raises(FormatError) as caught:
        FolderSink(tmp_path / "out")
    assert caught.value.code == "folder_not_empty"
