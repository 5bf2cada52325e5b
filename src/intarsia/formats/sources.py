# SPDX-License-Identifier: Apache-2.0
"""Where an import reads from: a folder or a zip archive. Archives are hostile until shown otherwise."""

from __future__ import annotations

import os
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from intarsia.formats.base import FormatError, Source
from intarsia.formats.member_names import checked_member_name, is_clutter

# All that zipfile lets through on hostile archives; NotImplementedError is its word for an unknown compression.
_READ_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, struct.error)


@dataclass(frozen=True, slots=True)
class SourceLimits:
    """What a source may hold. The ratio counts only for members above ``ratio_from_bytes``."""

    members: int = 400_000
    directory_bytes: int = 128 * 2**20
    member_bytes: int = 4 * 2**30
    total_bytes: int = 256 * 2**30
    ratio: int = 300
    ratio_from_bytes: int = 2**20


DEFAULT_LIMITS = SourceLimits()


def read_member(source: Source, name: str, *, limit_bytes: int) -> bytes:
    """All bytes of a member. Raises FormatError ``too_large`` before memory is taken, ``bad_archive`` if damaged."""
    size = source.size_bytes(name)
    if size > limit_bytes:
        raise FormatError("too_large", f"{size} bytes; at most {limit_bytes} are read", where=name)
    try:
        with source.open(name) as stream:
            data = stream.read(limit_bytes + 1)
    except _READ_ERRORS as error:
        raise FormatError("bad_archive", f"cannot be read: {error}", where=name) from error
    if len(data) > limit_bytes:
        raise FormatError("too_large", f"more than {limit_bytes} bytes", where=name)
    return data


class FolderSource:
    """A folder and all below it. Links are not followed: what they point to is not part of the folder."""

    def __init__(self, root: Path, *, limits: SourceLimits = DEFAULT_LIMITS) -> None:
        if not root.is_dir():
            raise FormatError("missing_folder", "this is not a folder", where=str(root))
        self._root = root
        self._limits = limits
        self._names = self._scan()
        self._known = frozenset(self._names)

    def _scan(self) -> tuple[str, ...]:
        found: list[str] = []
        for folder, folders, files in os.walk(self._root, followlinks=False):
            folders[:] = sorted(d for d in folders if not (Path(folder) / d).is_symlink())
            for file in files:
                path = Path(folder) / file
                name = path.relative_to(self._root).as_posix()
                if is_clutter(name) or path.is_symlink() or not path.is_file():
                    continue
                found.append(checked_member_name(name))
                if len(found) > self._limits.members:
                    message = f"more than {self._limits.members} files"
                    raise FormatError("too_many_files", message, where=str(self._root))
        return tuple(sorted(found))

    def names(self) -> tuple[str, ...]:
        return self._names

    def _path(self, name: str) -> Path:
        path = self._root / name
        # only what the scan saw: a path through a linked folder would pass every look at its last part
        if name not in self._known or path.is_symlink() or not path.is_file():
            raise FormatError("missing_file", "there is no such file", where=name)
        return path

    def size_bytes(self, name: str) -> int:
        return self._path(name).stat().st_size

    def open(self, name: str) -> BinaryIO:
        try:
            return self._path(name).open("rb")
        except OSError as error:
            raise FormatError("missing_file", f"cannot be opened: {error.strerror}", where=name) from error


class ZipSource:
    """A zip archive read member by member; nothing is unpacked, so no path in it ever reaches the file system."""

    def __init__(self, file: BinaryIO, *, limits: SourceLimits = DEFAULT_LIMITS) -> None:
        """``file`` must be seekable. Raises FormatError ``bad_archive`` or ``bad_member_name``."""
        self._limits = limits
        size = file.seek(0, os.SEEK_END)
        _check_directory_size(file, size, limits)
        try:
            self._zip = zipfile.ZipFile(file)
        except _READ_ERRORS as error:
            raise FormatError("bad_archive", f"not a readable zip archive: {error}") from error
        self._infos = _checked_infos(self._zip.infolist(), size, limits)
        self._names = tuple(sorted(self._infos))

    def names(self) -> tuple[str, ...]:
        return self._names

    def _info(self, name: str) -> zipfile.ZipInfo:
        info = self._infos.get(name)
        if info is None:
            raise FormatError("missing_file", "there is no such member in the archive", where=name)
        return info

    def size_bytes(self, name: str) -> int:
        return self._info(name).file_size

    def open(self, name: str) -> BinaryIO:
        try:
            return cast(BinaryIO, self._zip.open(self._info(name)))
        except _READ_ERRORS as error:
            raise FormatError("bad_archive", f"cannot be read: {error}", where=name) from error

    def close(self) -> None:
        self._zip.close()

    def __enter__(self) -> ZipSource:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _check_directory_size(file: BinaryIO, size: int, limits: SourceLimits) -> None:
    """The library reads the whole directory into memory, so its stated size is looked at first."""
    tail_at = max(0, size - 65_557 - 20)
    file.seek(tail_at)
    tail = file.read(65_557 + 20)
    file.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < 22:
        raise FormatError("bad_archive", "not a zip archive (no end record)")
    count, directory_bytes = struct.unpack_from("<HI", tail, at + 10)
    locator = tail.rfind(b"PK\x06\x07", 0, at)
    if locator >= 0 and (count == 0xFFFF or directory_bytes == 0xFFFFFFFF):
        (record_at,) = struct.unpack_from("<Q", tail, locator + 8)
        if record_at + 56 > size:
            raise FormatError("bad_archive", "the zip64 record lies outside the file")
        file.seek(record_at)
        count, directory_bytes = struct.unpack_from("<QQ", file.read(56), 32)
        file.seek(0)
    if count > limits.members or directory_bytes > min(limits.directory_bytes, size):
        raise FormatError("too_many_files", f"{count} members; at most {limits.members} are read")


def _checked_infos(infos: list[zipfile.ZipInfo], size: int, limits: SourceLimits) -> dict[str, zipfile.ZipInfo]:
    checked: dict[str, zipfile.ZipInfo] = {}
    total = packed = 0
    if len(infos) > limits.members:
        raise FormatError("too_many_files", f"{len(infos)} members; at most {limits.members} are read")
    for info in infos:
        name = checked_member_name(info.orig_filename)
        total += info.file_size
        packed += info.compress_size
        _check_info(info, name, limits)
        if info.is_dir() or name.endswith("/") or is_clutter(name):
            continue
        if name in checked:
            raise FormatError("duplicate_member", "the archive holds this name twice", where=name)
        checked[name] = info
    if total > limits.total_bytes:
        raise FormatError("too_large", f"{total} bytes unpacked; at most {limits.total_bytes} are read")
    if packed > size:
        raise FormatError("bad_archive", "members overlap: together they are larger than the archive")
    return checked


def _check_info(info: zipfile.ZipInfo, name: str, limits: SourceLimits) -> None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise FormatError("link_in_archive", "links and special files are not read", where=name)
    if info.flag_bits & 0x1:
        raise FormatError("encrypted_archive", "the member is encrypted", where=name)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise FormatError("bad_archive", f"compression method {info.compress_type} is not read", where=name)
    if info.file_size > limits.member_bytes:
        raise FormatError("too_large", f"{info.file_size} bytes; at most {limits.member_bytes} are read", where=name)
    if info.file_size > limits.ratio_from_bytes and info.file_size > limits.ratio * max(1, info.compress_size):
        raise FormatError("archive_bomb", f"packed more than {limits.ratio} to 1", where=name)
