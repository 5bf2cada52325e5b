# SPDX-License-Identifier: Apache-2.0
"""Archives are hostile until shown otherwise; folders do not lead out of themselves."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from intarsia.formats.base import FormatError
from intarsia.formats.sources import FolderSource, SourceLimits, ZipSource, read_member


def zip_of(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return io.BytesIO(stream.getvalue())


def refused(file: io.BytesIO, code: str, *, limits: SourceLimits | None = None) -> FormatError:
    with pytest.raises(FormatError) as caught:
        ZipSource(file, limits=limits or SourceLimits())
    assert caught.value.code == code
    return caught.value


def test_members_are_listed_sorted_and_read() -> None:
    source = ZipSource(zip_of(("b/ä.txt", b"two"), ("a.txt", b"one"), ("b/", b"")))
    assert source.names() == ("a.txt", "b/ä.txt")
    assert source.size_bytes("b/ä.txt") == 3
    assert source.open("a.txt").read() == b"one"
    with pytest.raises(FormatError) as caught:
        source.open("none.txt")
    assert (caught.value.code, caught.value.where) == ("missing_file", "none.txt")


def test_what_archivers_leave_behind_is_not_data() -> None:
    source = ZipSource(zip_of(("__MACOSX/a.txt", b""), ("x/.DS_Store", b""), ("x/._a.txt", b""), ("Thumbs.db", b"")))
    assert source.names() == ()


@pytest.mark.parametrize(
    "name", ["../evil", "a/../../evil", "/etc/passwd", "C:/evil", "a//b", "./a", "..\\evil", "a\\..\\b", "x" * 1100]
)
def test_paths_that_lead_elsewhere_are_refused(name: str) -> None:
    refused(zip_of((name, b"x")), "bad_member_name")


def test_a_name_with_a_nul_is_refused_not_cut() -> None:
    file = zip_of(("good.txtXevil", b"x"))
    refused(io.BytesIO(file.getvalue().replace(b"good.txtXevil", b"good.txt\x00evil")), "bad_member_name")


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_special_files_are_refused(kind: int) -> None:
    info = zipfile.ZipInfo("link")
    info.create_system, info.external_attr = 3, (kind | 0o777) << 16
    assert refused(zip_of((info, b"/etc/passwd")), "link_in_archive").where == "link"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_refused() -> None:
    assert refused(zip_of(("a", b"1"), ("a", b"2")), "duplicate_member").where == "a"


def test_a_bomb_is_refused_by_its_ratio_before_it_is_unpacked() -> None:
    assert refused(zip_of(("zeros.png", bytes(64 * 2**20))), "archive_bomb").where == "zeros.png"


def test_sizes_and_counts_have_limits() -> None:
    file = zip_of(("a", os.urandom(600)), ("b", os.urandom(600)))
    refused(file, "too_many_files", limits=SourceLimits(members=1))
    refused(file, "too_large", limits=SourceLimits(member_bytes=500))
    refused(file, "too_large", limits=SourceLimits(total_bytes=1000))
    refused(file, "too_many_files", limits=SourceLimits(directory_bytes=50))


def test_a_stated_size_that_lies_does_not_unpack_more() -> None:
    file = zip_of(("a", bytes(100_000)))
    data = bytearray(file.getvalue())
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 10)
    with pytest.raises(FormatError) as caught:
        read_member(ZipSource(io.BytesIO(bytes(data))), "a", limit_bytes=1000)
    assert caught.value.code == "bad_archive"


def test_members_that_overlap_are_refused() -> None:
    file = zip_of(("a", os.urandom(5000)), ("b", os.urandom(5000)), method=zipfile.ZIP_STORED)
    data = bytearray(file.getvalue())
    second = data.rfind(b"PK\x01\x02")
    struct.pack_into("<II", data, second + 20, 9000, 9000)
    refused(io.BytesIO(bytes(data)), "bad_archive")


def test_encrypted_and_exotic_members_are_refused() -> None:
    data = bytearray(zip_of(("a", b"secret")).getvalue())
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<H", data, at + 8, 1)
    refused(io.BytesIO(bytes(data)), "encrypted_archive")
    refused(zip_of(("a", b"x"), method=zipfile.ZIP_LZMA), "bad_archive")


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip" * 100, b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_archive_is_told(data: bytes) -> None:
    with pytest.raises(FormatError) as caught:
        ZipSource(io.BytesIO(data))
    assert caught.value.code in ("bad_archive", "too_many_files")


def test_every_cut_of_an_archive_is_an_error_and_never_another() -> None:
    whole = zip_of(("a/b.json", b'{"x": 1}' * 50), ("c.png", os.urandom(300))).getvalue()
    for end in range(0, len(whole), 7):
        with pytest.raises(FormatError):
            source = ZipSource(io.BytesIO(whole[:end]))
            for name in source.names():
                read_member(source, name, limit_bytes=10_000)


def test_damaged_bytes_of_a_member_are_noticed() -> None:
    data = bytearray(zip_of(("a", b"x" * 1000), method=zipfile.ZIP_STORED).getvalue())
    data[200] ^= 1
    with pytest.raises(FormatError) as caught:
        read_member(ZipSource(io.BytesIO(bytes(data))), "a", limit_bytes=2000)
    assert (caught.value.code, caught.value.where) == ("bad_archive", "a")


def test_a_folder_does_not_follow_links_and_skips_hidden_files(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("secret")
    root = tmp_path / "root"
    (root / "sub").mkdir(parents=True)
    (root / "sub" / "a.txt").write_text("a")
    (root / ".hidden").write_text("h")
    (root / "link.txt").symlink_to(outside / "secret.txt")
    (root / "linked").symlink_to(outside)
    source = FolderSource(root)
    assert source.names() == ("sub/a.txt",)
    for name in ("link.txt", "linked/secret.txt", "../outside/secret.txt"):
        with pytest.raises(FormatError):
            source.open(name).read()


def test_a_folder_that_is_none_and_one_with_too_many_files(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="not a folder"):
        FolderSource(tmp_path / "none")
    for i in range(3):
        (tmp_path / str(i)).touch()
    with pytest.raises(FormatError) as caught:
        FolderSource(tmp_path, limits=SourceLimits(members=2))
    assert caught.value.code == "too_many_files"


def test_a_member_above_the_readers_limit_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(bytes(100))
    with pytest.raises(FormatError) as caught:
        read_member(FolderSource(tmp_path), "big", limit_bytes=99)
    assert (caught.value.code, caught.value.where) == ("too_large", "big")
