# SPDX-License-Identifier: Apache-2.0
"""Heads of annotations and id leases."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from intarsia.server.db.tables import annotations, leases, tasks
from intarsia.server.records import AnnotationRow

_ANNOTATION = (
    annotations.c.id,
    annotations.c.workspace_id,
    annotations.c.task_id,
    tasks.c.project_id,
    annotations.c.height,
    annotations.c.width,
    annotations.c.revision,
    annotations.c.next_thing_id,
    annotations.c.next_number,
    annotations.c.labelled_px,
    annotations.c.updated_at,
)


class SqlAnnotations:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, annotation_id: str) -> AnnotationRow | None:
        query = (
            select(*_ANNOTATION)
            .join(tasks, tasks.c.id == annotations.c.task_id)
            .where(annotations.c.id == annotation_id)
        )
        row = self._connection.execute(query).one_or_none()
        return AnnotationRow(*row) if row else None

    def set_head(
        self, annotation_id: str, *, revision: int, next_number: int, labelled_px: int, updated_at: str
    ) -> None:
        self._connection.execute(
            update(annotations)
            .where(annotations.c.id == annotation_id)
            .values(revision=revision, next_number=next_number, labelled_px=labelled_px, updated_at=updated_at)
        )

    def add_lease(self, row: AnnotationRow, *, start: int, end: int, user_id: str, created_at: str) -> None:
        self._connection.execute(
            insert(leases).values(
                annotation_id=row.id,
                workspace_id=row.workspace_id,
                start=start,
                end=end,
                user_id=user_id,
                created_at=created_at,
            )
        )
        self._connection.execute(update(annotations).where(annotations.c.id == row.id).values(next_thing_id=end))
