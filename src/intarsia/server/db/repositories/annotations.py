# SPDX-License-Identifier: Apache-2.0
"""Heads of annotations and id leases."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from intarsia.server.db.tables import annotation_heads, leases, tasks
from intarsia.server.records import AnnotationRow

_ANNOTATION = (
    annotation_heads.c.id,
    annotation_heads.c.workspace_id,
    annotation_heads.c.task_id,
    tasks.c.project_id,
    annotation_heads.c.height,
    annotation_heads.c.width,
    annotation_heads.c.revision,
    annotation_heads.c.next_thing_id,
    annotation_heads.c.next_number,
    annotation_heads.c.labelled_px,
    annotation_heads.c.updated_at,
)


class SqlAnnotations:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, annotation_id: str) -> AnnotationRow | None:
        query = (
            select(*_ANNOTATION)
            .join(tasks, tasks.c.id == annotation_heads.c.task_id)
            .where(annotation_heads.c.id == annotation_id)
        )
        row = self._connection.execute(query).one_or_none()
        return AnnotationRow(*row) if row else None

    def set_head(
        self, annotation_id: str, *, revision: int, next_number: int, labelled_px: int, updated_at: str
    ) -> None:
        self._connection.execute(
            update(annotation_heads)
            .where(annotation_heads.c.id == annotation_id)
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
        self._connection.execute(
            update(annotation_heads).where(annotation_heads.c.id == row.id).values(next_thing_id=end)
        )
