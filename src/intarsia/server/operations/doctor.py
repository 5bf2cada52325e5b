# SPDX-License-Identifier: Apache-2.0
"""Is this machine, and this data directory, in a state to work with? One line for each thing that often is not."""

from __future__ import annotations

import shutil
import socket
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from intarsia import __version__
from intarsia.core.errors import NotFoundError
from intarsia.server.clock import SystemClock, rfc3339
from intarsia.server.db.engine import SQLITE_MIN, SqliteTooOld, sqlite_module
from intarsia.server.db.migrate import HEAD
from intarsia.server.operations.data_dir import DATABASE, SECRET, Snapshot, database_path, snapshot
from intarsia.server.ports import Clock
from intarsia.server.settings import Settings

Level = Literal["ok", "warn", "fail"]

_MIB = 1024 * 1024
_DISK_WARN_BYTES, _DISK_FAIL_BYTES = 2048 * _MIB, 200 * _MIB
_WAL_WARN_BYTES = 64 * _MIB
_STUCK_HOURS = 24


@dataclass(frozen=True, slots=True)
class Check:
    """`advice` says what to do; empty when all is well."""

    name: str
    level: Level
    message: str
    advice: str = ""


def doctor(settings: Settings, *, running_url: str | None, clock: Clock | None = None) -> Iterator[Check]:
    """All checks. `running_url` is the server of this data directory, when one answers."""
    yield Check("version", "ok", f"intarsia {__version__}, Python {sys.version.split()[0]}")
    yield _sqlite()
    yield _disk(settings.data_dir)
    yield _secret(settings.data_dir)
    yield _port(settings, running_url)
    try:
        path = database_path(settings.data_dir)
    except NotFoundError:
        yield Check(
            "database", "warn", f"no database in {settings.data_dir} yet", "The first `intarsia serve` makes one."
        )
        return
    yield from _database(path, running_url, (clock or SystemClock()).now_ms())
    yield _log_size(settings.data_dir)


def _sqlite() -> Check:
    need = ".".join(map(str, SQLITE_MIN))
    try:
        found = sqlite_module().sqlite_version
    except SqliteTooOld as error:
        return Check("sqlite", "fail", str(error), "pip install pysqlite3")
    return Check("sqlite", "ok", f"SQLite {found} ({need} or newer is needed)")


def _disk(data_dir: Path) -> Check:
    place = data_dir
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    level: Level = "fail" if free < _DISK_FAIL_BYTES else "warn" if free < _DISK_WARN_BYTES else "ok"
    advice = "" if level == "ok" else "Make room: on a full disk nothing can be saved."
    return Check("disk", level, f"{free // _MIB} MiB free on the disk of {data_dir}", advice)


def _secret(data_dir: Path) -> Check:
    path = data_dir / SECRET
    if not path.exists():
        return Check("secret key", "ok", "none yet; the first start makes one")
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        return Check("secret key", "fail", f"{path} has mode {mode:04o}: others can read it", f"chmod 600 {path}")
    return Check("secret key", "ok", f"readable by its owner alone (mode {mode:04o})")


def _port(settings: Settings, running_url: str | None) -> Check:
    if running_url is not None:
        return Check("port", "ok", f"a server works on this data at {running_url}")
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((settings.host, settings.port))
            sock.listen(1)
        except OSError as error:
            advice = f"Stop the program that uses it, or choose another: --port {settings.port + 1}"
            return Check("port", "warn", f"{settings.host}:{settings.port} cannot be had: {error.strerror}", advice)
    return Check("port", "ok", f"{settings.host}:{settings.port} is free")


def _database(path: Path, running_url: str | None, now_ms: int) -> Iterator[Check]:
    try:
        with snapshot(path) as state:
            schema = state.schema()
            yield _schema(schema)
            if schema == HEAD:
                yield _jobs(state, running_url, now_ms)
    except sqlite_module().DatabaseError as error:
        yield Check("database", "fail", f"{path} cannot be read: {error}", "Restore a backup: intarsia restore")


def _schema(found: str | None) -> Check:
    if found == HEAD:
        return Check("schema", "ok", f"schema {found}")
    if found is None or found < HEAD:
        advice = "The next start upgrades it, with a copy kept in backups/."
        return Check("schema", "warn", f"schema {found}, this version has {HEAD}", advice)
    return Check("schema", "fail", f"schema {found} is newer than this version ({HEAD})", "Install the newer version.")


def _jobs(state: Snapshot, running_url: str | None, now_ms: int) -> Check:
    """Stuck: not ended a day after they were begun, or waiting while no server runs."""
    before = rfc3339(now_ms - _STUCK_HOURS * 3_600_000)
    query = "SELECT id, created_at FROM jobs WHERE state IN ('queued', 'running') ORDER BY id"
    waiting = list(state.rows(query))
    stuck = [job_id for job_id, created_at in waiting if created_at < before]
    if stuck:
        advice = "Look at the server's log; cancel them in the project, or restart the server: they go on."
        return Check("jobs", "warn", f"{len(stuck)} not ended for a day: {', '.join(stuck[:3])}", advice)
    if waiting and running_url is None:
        return Check("jobs", "warn", f"{len(waiting)} wait for a server", "They go on with the next `intarsia serve`.")
    return Check("jobs", "ok", f"{len(waiting)} under way" if waiting else "none waiting")


def _log_size(data_dir: Path) -> Check:
    log = data_dir / f"{DATABASE}-wal"
    size = log.stat().st_size if log.exists() else 0
    if size > _WAL_WARN_BYTES:
        advice = "Something reads for very long; a restart of the server folds it in."
        return Check("write-ahead log", "warn", f"{size // _MIB} MiB", advice)
    return Check("write-ahead log", "ok", f"{size // 1024} KiB")
