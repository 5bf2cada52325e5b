# SPDX-License-Identifier: Apache-2.0
"""Where an export writes to: a folder or a zip archive whose bytes depend on nothing but its members."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import BinaryIO

from intarsia.formats.base import FormatError
from intarsia.formats.member_names import checked_member_name

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_COPY_BYTES = 1 << 20
_PACKED_ALREADY = (".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".zip", ".gz")


def _taken(name: str, written: set[str]) -> str:
    checked = checked_member_name(name)
    if checked in written:
        raise FormatError("duplicate_member", "the export wrote this name twice", where=checked)
    written.add(checked)
    return checked


class ZipSink:
    """A zip archive with fixed times, rights and method, in the order in which members are written."""

    def __init__(self, file: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True)
        self._written: set[str] = set()

    def _info(self, name: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(_taken(name, self._written), _FIXED_TIME)
        info.create_system = 3
        info.external_attr = 0o100644 << 16
        stored = name.lower().endswith(_PACKED_ALREADY)
        info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        return info

    def write(self, name: str, data: bytes) -> None:
        self._zip.writestr(self._info(name), data, compresslevel=6)

    def copy(self, name: str, stream: BinaryIO) -> None:
        # zip64 is forced so that the header does not depend on whether the size was known beforehand
        with self._zip.open(self._info(name), "w", force_zip64=True) as member:
            shutil.copyfileobj(stream, member, _COPY_BYTES)

    def close(self) -> None:
        self._zip.close()

    def __enter__(self) -> ZipSink:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class FolderSink:
    """A folder that must be new or empty, so that an export never mixes with what was there."""

    def __init__(self, root: Path) -> None:
        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            raise FormatError("folder_not_empty", "an export goes into a new or empty folder", where=str(root))
        root.mkdir(parents=True, exist_ok=True)
        self._root = root
        self._written: set[str] = set()

    def _path(self, name: str) -> Path:
        path = self._root / _taken(name, self._written)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def write(self, name: str, data: bytes) -> None:
        self._path(name).write_bytes(data)

    def copy(self, name: str, stream: BinaryIO) -> None:
        with self._path(name).open("xb") as file:
            shutil.copyfileobj(stream, file, _COPY_BYTES)
