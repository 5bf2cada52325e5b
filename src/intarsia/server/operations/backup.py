# SPDX-License-Identifier: Apache-2.0
"""Back up a data directory into one file, also while a server works on it.

The file is a zip, nothing packed in it: the database as of one moment (SQLite's own copy), the blobs that it names,
and last `manifest.json` with the count of rows and the size and SHA-256 of each file. State of running jobs is left
out: an import or export that had not ended starts again after a restore.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from intarsia import __version__
from intarsia.core.errors import ConflictError, IntarsiaError
from intarsia.server.clock import SystemClock, rfc3339
from intarsia.server.db.engine import sqlite_module
from intarsia.server.operations.data_dir import BLOBS, DATABASE, SECRET, Snapshot, blob_path, database_path, snapshot
from intarsia.server.ports import Clock

MANIFEST = "manifest.json"
KIND = "intarsia-backup/1"
_CHUNK_BYTES = 1024 * 1024
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)

Step = Callable[[int, int], None]


@dataclass(slots=True)
class Backup:
    """What a backup holds. `problems` are files that were not as their rows say; they are not lost by it."""

    created_at: str
    schema: str
    counts: dict[str, int]
    files: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def byte_size(self) -> int:
        return sum(file["byte_size"] for file in self.files)

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": KIND,
            "intarsia": __version__,
            "created_at": self.created_at,
            "schema": self.schema,
            "counts": self.counts,
            "problems": self.problems,
            "files": self.files,
        }


def back_up(
    data_dir: Path, out: Path, *, with_secret: bool = False, clock: Clock | None = None, step: Step | None = None
) -> Backup:
    """Write `out`, which must not exist. Raises NotFoundError `no_data`, ConflictError `exists`.

    The secret key stays out unless asked for: with it the backup lets its reader make sign-in links.
    `step(done, total)` hears of each file.
    """
    source = database_path(data_dir)
    if out.exists():
        raise ConflictError("exists", f"{out} is already there · nothing was written · choose another --out")
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".intarsia-backup-", dir=out.parent) as folder:
        copy, draft = Path(folder, DATABASE), Path(folder, "backup.zip")
        _copy_database(source, copy)
        with snapshot(copy) as state:
            backup = Backup(rfc3339((clock or SystemClock()).now_ms()), state.schema() or "", state.counts())
            wanted = dict(sorted(named_blobs(state)))
        with draft.open("xb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
                _write_all(archive, backup, data_dir, copy, wanted, with_secret, step)
            file.flush()
            os.fsync(file.fileno())
        _into_place(draft, out)
    return backup


def _copy_database(source: Path, copy: Path) -> None:
    """One consistent state, whatever is written meanwhile; saves do not wait for it."""
    with closing(sqlite_module().connect(source, isolation_level=None)) as connection:
        connection.execute("PRAGMA busy_timeout=5000")
        connection.execute("VACUUM INTO ?", (str(copy),))


def named_blobs(state: Snapshot) -> Iterator[tuple[str, tuple[str | None, bool]]]:
    """(key, (SHA-256 or None, whether it must be there)) of the blobs that a database names."""
    query = "SELECT original_key, sha256, display_key, thumbnail_key FROM assets"
    for original, sha256, display, thumbnail in state.rows(query):
        yield original, (sha256, True)
        yield thumbnail, (None, True)
        if display is not None:
            yield display, (None, True)
    query = "SELECT workspace_id, kind, id, state, result FROM jobs"
    for workspace_id, kind, job_id, job_state, result in state.rows(query):
        # A job may end, and drop its archive, between the copy of the database and the copy of its file.
        if kind == "export" and job_state == "done":
            yield f"{workspace_id}/exports/{job_id}.zip", (json.loads(result)["sha256"], True)
        elif kind == "import" and job_state in ("queued", "running"):
            yield f"{workspace_id}/imports/{job_id}.zip", (None, False)


def _write_all(
    archive: zipfile.ZipFile,
    backup: Backup,
    data_dir: Path,
    copy: Path,
    wanted: dict[str, tuple[str | None, bool]],
    with_secret: bool,
    step: Step | None,
) -> None:
    sources: list[tuple[str, Path, str | None, bool]] = [(DATABASE, copy, None, True)]
    if with_secret:
        sources.append((SECRET, data_dir / SECRET, None, True))
    sources += [(f"{BLOBS}/{key}", blob_path(data_dir, key), *about) for key, about in wanted.items()]
    for done, (name, path, sha256, needed) in enumerate(sources):
        if step is not None:
            step(done, len(sources))
        try:
            entry = _write_file(archive, name, path)
        except FileNotFoundError:
            if needed:
                backup.problems.append(f"{name} is missing")
            continue
        if sha256 is not None and entry["sha256"] != sha256:
            backup.problems.append(f"{name} is damaged: its SHA-256 is not {sha256}")
        backup.files.append(entry)
    text = json.dumps(backup.as_json(), ensure_ascii=False, indent=1, sort_keys=True)
    archive.writestr(_member(MANIFEST), text.encode())
    if step is not None:
        step(len(sources), len(sources))


def _member(name: str) -> zipfile.ZipInfo:
    """Without time or owner: the same content gives the same bytes."""
    member = zipfile.ZipInfo(name, _ZIP_EPOCH)
    member.compress_type = zipfile.ZIP_STORED
    member.external_attr = 0o600 << 16
    return member


def _write_file(archive: zipfile.ZipFile, name: str, path: Path) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source, archive.open(_member(name), "w", force_zip64=True) as target:
        for chunk in chunks(source):
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
    return {"name": name, "byte_size": size, "sha256": digest.hexdigest()}


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK_BYTES):
        yield chunk


def _into_place(draft: Path, out: Path) -> None:
    """Give the finished file its name, never over another one."""
    try:
        os.link(draft, out)
    except FileExistsError as error:
        raise ConflictError("exists", f"{out} came into being meanwhile · it was left alone") from error
    except OSError:  # a file system without links
        if out.exists():
            raise IntarsiaError("exists", f"{out} came into being meanwhile · it was left alone") from None
        draft.replace(out)
    handle = os.open(out.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
