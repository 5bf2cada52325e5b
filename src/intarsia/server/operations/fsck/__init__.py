# SPDX-License-Identifier: Apache-2.0
"""Check a data directory: every hash, every reference, every count. Never changes anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from intarsia.server.clock import SystemClock
from intarsia.server.db.engine import sqlite_module
from intarsia.server.db.migrate import HEAD
from intarsia.server.operations.data_dir import Snapshot, database_path, snapshot
from intarsia.server.operations.fsck.annotations import check_annotations
from intarsia.server.operations.fsck.files import check_files
from intarsia.server.operations.fsck.finding import Finding
from intarsia.server.operations.fsck.shapes import check_shapes
from intarsia.server.operations.fsck.tables import check_integrity, check_references, check_tables
from intarsia.server.operations.fsck.tiles import check_tiles
from intarsia.server.ports import Clock

Step = Callable[[str], None]


def fsck(data_dir: Path, *, clock: Clock | None = None, step: Step | None = None) -> Iterator[Finding]:
    """All findings; none when everything is as it should be. `step` hears what is looked at next.

    Raises NotFoundError `no_data`. Works beside a running server: one state of the database is looked at, and files
    of the last day that nothing names yet are no finding.
    """
    say = step or (lambda _what: None)
    now_ms = (clock or SystemClock()).now_ms()
    try:
        with snapshot(database_path(data_dir)) as state:
            yield from _check(state, data_dir, now_ms, say)
    except sqlite_module().DatabaseError as error:
        yield Finding("database_damaged", "intarsia.db", f"cannot be read on: {error}")


def _check(state: Snapshot, data_dir: Path, now_ms: int, say: Step) -> Iterator[Finding]:
    say("the database file")
    yield from check_integrity(state)
    schema = state.schema()
    if schema != HEAD:
        yield Finding(
            "other_schema", "intarsia.db", f"has schema {schema}, this version checks {HEAD}: start the server once"
        )
        return
    say("references")
    yield from check_references(state)
    yield from check_tables(state)
    say("values")
    yield from check_shapes(state)
    say("tiles")
    yield from check_tiles(state)
    say("annotations")
    yield from check_annotations(state)
    say("files")
    yield from check_files(state, data_dir, now_ms=now_ms)


__all__ = ["Finding", "fsck"]
