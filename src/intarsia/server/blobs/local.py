# SPDX-License-Identifier: Apache-2.0
"""Blobs in a local folder, by the same interface that speaks to object stores."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from obstore.exceptions import AlreadyExistsError, NotFoundError
from obstore.store import LocalStore

_CHUNK_BYTES = 1024 * 1024


class LocalBlobs:
    """Keys are paths of our own making. A key, once written, never changes its bytes."""

    def __init__(self, root: Path) -> None:
        self._root = root / "blobs"
        self._store = LocalStore(self._root, mkdir=True)
        self._scratch = _own_scratch(root / "incoming")

    def put_file(self, key: str, path: Path) -> bool:
        if self.size(key) == path.stat().st_size:
            return False
        with path.open("rb") as file:
            self._store.put(key, file)
        self._sync(key)
        return True

    def put_bytes(self, key: str, data: bytes) -> bool:
        try:
            self._store.put(key, data, mode="create")
        except AlreadyExistsError:
            return False
        self._sync(key)
        return True

    def get(self, key: str) -> bytes:
        return bytes(self._store.get(key).bytes())

    def size(self, key: str) -> int | None:
        try:
            return int(self._store.head(key)["size"])
        except (NotFoundError, FileNotFoundError):
            return None

    def stream(self, key: str) -> Iterator[bytes]:
        for chunk in self._store.get(key).stream(min_chunk_size=_CHUNK_BYTES):
            yield bytes(chunk)

    def copy_to(self, key: str, path: Path) -> None:
        with path.open("wb") as file:
            for chunk in self.stream(key):
                file.write(chunk)

    def delete(self, key: str) -> None:
        try:
            self._store.delete(key)
        except (NotFoundError, FileNotFoundError):
            return

    def listing(self) -> Iterator[tuple[str, int]]:
        for folder, _, names in os.walk(self._root):
            for name in names:
                path = Path(folder, name)
                with suppress(FileNotFoundError):
                    yield path.relative_to(self._root).as_posix(), path.stat().st_mtime_ns // 1_000_000

    def scratch_dir(self) -> Path:
        return self._scratch

    def _sync(self, key: str) -> None:
        """Make a new file and its name durable: a row that names it may be committed next."""
        path = self._root / key
        for place in (path, path.parent):
            handle = os.open(place, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _own_scratch(base: Path) -> Path:
    """A directory of this process; those of processes that are gone are removed with what they left."""
    base.mkdir(parents=True, exist_ok=True)
    for left in base.iterdir():
        if left.name != str(os.getpid()) and not _is_running(left.name):
            shutil.rmtree(left, ignore_errors=True)
    own = base / str(os.getpid())
    own.mkdir(exist_ok=True)
    return own


def _is_running(pid_text: str) -> bool:
    if not pid_text.isdecimal():
        return False
    try:
        os.kill(int(pid_text), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
