# SPDX-License-Identifier: Apache-2.0
"""Transactions: one writer at a time, readers beside it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from intarsia.server.db.repositories.annotations import SqlAnnotations
from intarsia.server.db.repositories.conflicts import SqlConflicts
from intarsia.server.db.repositories.datasets import SqlDatasets
from intarsia.server.db.repositories.history import SqlHistory
from intarsia.server.db.repositories.identities import SqlIdentities
from intarsia.server.db.repositories.items import SqlItems
from intarsia.server.db.repositories.jobs import SqlJobs
from intarsia.server.db.repositories.projects import SqlProjects
from intarsia.server.db.repositories.retention import SqlRetention
from intarsia.server.db.repositories.segments import SqlSegments
from intarsia.server.db.repositories.tasks import SqlTasks
from intarsia.server.db.repositories.tiles import SqlTiles
from intarsia.server.db.repositories.usage import SqlUsage


@dataclass(slots=True)
class SqlUnitOfWork:
    """The repositories over one connection that is in a transaction."""

    identities: SqlIdentities
    datasets: SqlDatasets
    projects: SqlProjects
    usage: SqlUsage
    tasks: SqlTasks
    annotations: SqlAnnotations
    tiles: SqlTiles
    segments: SqlSegments
    items: SqlItems
    history: SqlHistory
    conflicts: SqlConflicts
    retention: SqlRetention
    jobs: SqlJobs


def _over(connection: Connection) -> SqlUnitOfWork:
    return SqlUnitOfWork(
        identities=SqlIdentities(connection),
        datasets=SqlDatasets(connection),
        projects=SqlProjects(connection),
        usage=SqlUsage(connection),
        tasks=SqlTasks(connection),
        annotations=SqlAnnotations(connection),
        tiles=SqlTiles(connection),
        segments=SqlSegments(connection),
        items=SqlItems(connection),
        history=SqlHistory(connection),
        conflicts=SqlConflicts(connection),
        retention=SqlRetention(connection),
        jobs=SqlJobs(connection),
    )


class SqlDatabase:
    """Writers take turns on one connection; SQLite allows no more, and a lock waits without burning time."""

    def __init__(self, *, writer: Engine, reader: Engine) -> None:
        self._writer = writer
        self._reader = reader
        self._turn = threading.Lock()

    @contextmanager
    def write(self) -> Iterator[SqlUnitOfWork]:
        with self._turn, self._writer.begin() as connection:
            yield _over(connection)

    @contextmanager
    def read(self) -> Iterator[SqlUnitOfWork]:
        with self._reader.connect() as connection, connection.begin():
            yield _over(connection)

    def close(self) -> None:
        """Close all connections; the write-ahead log is folded into the database by the last one."""
        with self._turn:
            self._reader.dispose()
            self._writer.dispose()
