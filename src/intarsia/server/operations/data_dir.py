# SPDX-License-Identifier: Apache-2.0
"""The names in a data directory, and its database seen as one state that cannot be changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from intarsia.core.errors import NotFoundError
from intarsia.server.db.engine import sqlite_module

DATABASE = "intarsia.db"
BLOBS = "blobs"
SECRET = "secret.key"
TABLES = (
    "workspaces", "users", "datasets", "assets", "projects", "ontologies", "tasks", "annotations", "tiles",
    "head_tiles", "segments", "items", "revisions", "revision_tiles", "revision_segments", "revision_items",
    "edits", "conflicts", "jobs",
)  # fmt: skip


class Snapshot:
    """One state of a database: what others write meanwhile is not seen."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def rows(self, sql: str, *values: object) -> Iterator[tuple[Any, ...]]:
        return iter(self._connection.execute(sql, values))

    def value(self, sql: str, *values: object) -> Any:
        """First column of the first row, None without one."""
        row = self._connection.execute(sql, values).fetchone()
        return None if row is None else row[0]

    def counts(self) -> dict[str, int]:
        """Rows of each table with people's work."""
        return {table: int(self.value(f"SELECT count(*) FROM {table}")) for table in TABLES}

    def schema(self) -> str | None:
        if self.value("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'") is None:
            return None
        found: str | None = self.value("SELECT version_num FROM alembic_version")
        return found


def database_path(data_dir: Path) -> Path:
    """Raises NotFoundError `no_data` when this is no data directory."""
    path = data_dir / DATABASE
    if not path.is_file():
        raise NotFoundError("no_data", f"There is no {DATABASE} in {data_dir} · nothing was done · check --data")
    return path


@contextmanager
def snapshot(path: Path) -> Iterator[Snapshot]:
    """Open a database file that is there. Text that is no text any more is shown, not refused."""
    with closing(sqlite_module().connect(path, isolation_level=None)) as connection:
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        for pragma in ("busy_timeout=5000", "query_only=ON", "trusted_schema=OFF"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        yield Snapshot(connection)


def blob_path(data_dir: Path, key: str) -> Path:
    return data_dir / BLOBS / key
