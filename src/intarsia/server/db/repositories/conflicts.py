# SPDX-License-Identifier: Apache-2.0
"""What edits wanted and did not get."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from intarsia.server.db.tables import conflicts
from intarsia.server.records import AnnotationRow, ConflictRow

_CONFLICT = tuple(conflicts.c[field.name] for field in fields(ConflictRow))


def _record(row: Row[Any]) -> ConflictRow:
    values = row._asdict()
    box = values["box_xyxy"]
    return ConflictRow(**{**values, "box_xyxy": tuple(box) if box else None})


class SqlConflicts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, row: AnnotationRow, conflict: ConflictRow) -> None:
        self._connection.execute(insert(conflicts).values(**asdict(conflict), workspace_id=row.workspace_id))

    def get(self, conflict_id: str) -> ConflictRow | None:
        row = self._connection.execute(select(*_CONFLICT).where(conflicts.c.id == conflict_id)).one_or_none()
        return _record(row) if row else None

    def list(self, annotation_id: str) -> Sequence[ConflictRow]:
        query = select(*_CONFLICT).where(conflicts.c.annotation_id == annotation_id).order_by(conflicts.c.id)
        return [_record(row) for row in self._connection.execute(query)]

    def count_open(self, annotation_id: str) -> int:
        query = (
            select(func.count())
            .select_from(conflicts)
            .where(conflicts.c.annotation_id == annotation_id, conflicts.c.state == "open")
        )
        return int(self._connection.execute(query).scalar_one())

    def resolve(self, conflict_id: str) -> None:
        self._connection.execute(update(conflicts).where(conflicts.c.id == conflict_id).values(state="resolved"))
