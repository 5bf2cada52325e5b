# SPDX-License-Identifier: Apache-2.0
"""SQLite connections: one that writes, several that read, all with the same durable settings."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool, StaticPool

SQLITE_MIN = (3, 51, 3)
_READERS = 8


class SqliteTooOld(RuntimeError):
    """The linked SQLite can corrupt a write-ahead log that two connections share."""


def sqlite_module() -> ModuleType:
    """The SQLite driver with its own library when it is installed, else the interpreter's. Raises SqliteTooOld."""
    try:
        module = importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        module = importlib.import_module("sqlite3")
    if module.sqlite_version_info < SQLITE_MIN:
        need = ".".join(map(str, SQLITE_MIN))
        raise SqliteTooOld(
            f"SQLite {module.sqlite_version} can corrupt a database in WAL mode; {need} or newer is needed. "
            "Nothing was opened. Run: pip install pysqlite3"
        )
    return module


def _configure(engine: Engine, *, read_only: bool) -> Engine:
    """Take transaction control from the driver (it would begin too late) and set the pragmas of each connection."""

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "busy_timeout=5000",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "trusted_schema=OFF",
            "cache_size=-16000",
            *(("query_only=ON",) if read_only else ()),
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def writer_engine(path: Path) -> Engine:
    """An engine with the one connection that writes; its user holds a lock around each transaction."""
    engine = create_engine(
        f"sqlite+pysqlite:///{path}",
        module=sqlite_module(),
        poolclass=StaticPool,
        connect_args={"check_same_thread": False},
    )
    return _configure(engine, read_only=False)


def reader_engine(path: Path) -> Engine:
    """An engine whose connections refuse to write; each transaction sees one state of the database."""
    engine = create_engine(
        f"sqlite+pysqlite:///{path}",
        module=sqlite_module(),
        poolclass=QueuePool,
        pool_size=_READERS,
        max_overflow=64,
        connect_args={"check_same_thread": False},
    )
    return _configure(engine, read_only=True)
