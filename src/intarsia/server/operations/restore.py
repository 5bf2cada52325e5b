# SPDX-License-Identifier: Apache-2.0
"""Make a data directory of a backup. Everything is checked beside its place; only then it is moved there, at once."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from intarsia.core.errors import ConflictError, IntarsiaError, NotFoundError
from intarsia.server.db.engine import sqlite_module
from intarsia.server.db.migrate import HEAD
from intarsia.server.operations.backup import KIND, MANIFEST, Backup, Step, chunks
from intarsia.server.operations.data_dir import BLOBS, DATABASE, SECRET, snapshot

_MANIFEST_MAX_BYTES = 1 << 30


class BackupError(IntarsiaError):
    """The file is no backup, or not the one that was written."""


def read_manifest(file: Path) -> Backup:
    """What a backup says that it holds; its files are not looked at. Raises NotFoundError, BackupError."""
    if not file.is_file():
        raise NotFoundError("no_backup", f"There is no file {file} · nothing was done")
    try:
        with zipfile.ZipFile(file) as archive:
            return _manifest(archive)
    except (zipfile.BadZipFile, OSError) as error:
        raise _damaged(f"it is no whole zip archive ({error})") from error


def restore(file: Path, data_dir: Path, *, step: Step | None = None) -> Backup:
    """Make `data_dir` (absent or empty) of the backup. Raises ConflictError `not_empty`, BackupError; then nothing is
    left there."""
    if data_dir.exists() and (not data_dir.is_dir() or any(data_dir.iterdir())):
        raise ConflictError("not_empty", f"{data_dir} is not empty · nothing was changed · choose another --data")
    backup = read_manifest(file)
    if not backup.schema or backup.schema > HEAD:
        raise BackupError(
            "newer_backup",
            f"The backup was made by a newer version (schema {backup.schema}, this one knows {HEAD})"
            " · nothing was changed · restore it with that version",
        )
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{data_dir.name}.restoring-", dir=data_dir.parent))
    try:
        with zipfile.ZipFile(file) as archive:
            _unpack_all(archive, backup, staging, step)
        _check_database(staging / DATABASE, backup)
        if data_dir.exists():
            data_dir.rmdir()
        staging.rename(data_dir)
        _sync(data_dir.parent)
    except (zipfile.BadZipFile, sqlite_module().DatabaseError) as error:
        raise _damaged(str(error)) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return backup


def _damaged(why: str) -> BackupError:
    return BackupError("damaged_backup", f"The backup cannot be used: {why} · nothing was changed")


def _manifest(archive: zipfile.ZipFile) -> Backup:
    try:
        if archive.getinfo(MANIFEST).file_size > _MANIFEST_MAX_BYTES:
            raise _damaged("its manifest is too large")
        body = json.loads(archive.read(MANIFEST))
        if body["kind"] != KIND:
            raise _damaged(f"it is of the kind {body['kind']!r}")
        backup = Backup(
            str(body["created_at"]),
            str(body["schema"]),
            dict(body["counts"]),
            list(body["files"]),
            list(body["problems"]),
        )
        names = [_checked_name(entry) for entry in backup.files]
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise _damaged("it has no manifest that can be read") from error
    if sorted([*names, MANIFEST]) != sorted(archive.namelist()) or len(set(names)) != len(names):
        raise _damaged("it does not hold the files that its manifest names")
    if DATABASE not in names:
        raise _damaged("it holds no database")
    return backup


def _checked_name(entry: dict[str, Any]) -> str:
    """A name of the kinds that a backup writes: nothing else gets onto the disk."""
    name = str(entry["name"])
    parts = name.split("/")
    ours = name in (DATABASE, SECRET) or (parts[0] == BLOBS and len(parts) > 1)
    if not ours or any(part in ("", ".", "..") or "\\" in part or "\0" in part for part in parts):
        raise _damaged(f"it holds a file of the name {name!r}")
    return name


def _unpack_all(archive: zipfile.ZipFile, backup: Backup, staging: Path, step: Step | None) -> None:
    (staging / BLOBS).mkdir()
    for done, entry in enumerate(backup.files):
        if step is not None:
            step(done, len(backup.files))
        _unpack(archive, entry, staging / entry["name"])
    if step is not None:
        step(len(backup.files), len(backup.files))


def _unpack(archive: zipfile.ZipFile, entry: dict[str, Any], target: Path) -> None:
    member = archive.getinfo(entry["name"])
    if member.compress_type != zipfile.ZIP_STORED or member.file_size != entry["byte_size"]:
        raise _damaged(f"{entry['name']} is not as its manifest says")
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if entry["name"] == SECRET else 0o644)
    with os.fdopen(handle, "wb") as file, archive.open(member) as source:
        for chunk in chunks(source):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if digest.hexdigest() != entry["sha256"]:
        raise _damaged(f"{entry['name']} has another SHA-256 than when it was written")


def _check_database(path: Path, backup: Backup) -> None:
    with snapshot(path) as state:
        found = state.value("PRAGMA integrity_check")
        if found != "ok":
            raise _damaged(f"its database is damaged ({found})")
        if state.schema() != backup.schema:
            raise _damaged(f"its database has schema {state.schema()}, its manifest says {backup.schema}")
        counts = state.counts()
    if counts != backup.counts:
        raise _damaged("its database does not hold the number of rows that its manifest says")


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
