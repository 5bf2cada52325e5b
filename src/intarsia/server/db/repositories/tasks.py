# SPDX-License-Identifier: Apache-2.0
"""Tasks, each with its annotation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, insert, select, update

from intarsia.server.db.tables import annotation_heads, assets, items, tasks
from intarsia.server.records import AnnotationRow, TaskListRow, TaskRow

_TASK = (
    tasks.c.id,
    tasks.c.workspace_id,
    tasks.c.project_id,
    tasks.c.asset_id,
    annotation_heads.c.id.label("annotation_id"),
    tasks.c.position,
    tasks.c.state,
    tasks.c.updated_at,
)
_MAIN_SLOT = "main"


def _tasks() -> Select[*tuple[Any, ...]]:
    joined = (annotation_heads.c.task_id == tasks.c.id) & (annotation_heads.c.slot == _MAIN_SLOT)
    return select(*_TASK).select_from(tasks).join(annotation_heads, joined)


def _object_count() -> ColumnElement[int]:
    live = (items.c.annotation_id == annotation_heads.c.id) & (items.c.kind == "object") & (items.c.state == "live")
    return select(func.count()).select_from(items).where(live).correlate(annotation_heads).scalar_subquery()


def _row(row: Row[*tuple[Any, ...]] | None) -> TaskRow | None:
    return TaskRow(*row) if row else None


class SqlTasks:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, task: TaskRow, annotation: AnnotationRow) -> None:
        values = asdict(task)
        del values["annotation_id"]
        self._connection.execute(insert(tasks).values(**values))
        head = asdict(annotation)
        del head["project_id"]
        self._connection.execute(insert(annotation_heads).values(**head, slot=_MAIN_SLOT))

    def get(self, task_id: str) -> TaskRow | None:
        return _row(self._connection.execute(_tasks().where(tasks.c.id == task_id)).one_or_none())

    def for_asset(self, project_id: str, asset_id: str) -> TaskRow | None:
        query = _tasks().where(tasks.c.project_id == project_id, tasks.c.asset_id == asset_id)
        return _row(self._connection.execute(query).one_or_none())

    def last_position(self, project_id: str) -> int:
        query = select(func.max(tasks.c.position)).where(tasks.c.project_id == project_id)
        return self._connection.execute(query).scalar() or 0

    def count(self, project_id: str) -> int:
        query = select(func.count()).select_from(tasks).where(tasks.c.project_id == project_id)
        return int(self._connection.execute(query).scalar_one())

    def neighbours(self, task: TaskRow) -> tuple[str | None, str | None]:
        mine = tasks.c.project_id == task.project_id
        before = (
            select(tasks.c.id).where(mine, tasks.c.position < task.position).order_by(tasks.c.position.desc()).limit(1)
        )
        after = select(tasks.c.id).where(mine, tasks.c.position > task.position).order_by(tasks.c.position).limit(1)
        return self._connection.execute(before).scalar(), self._connection.execute(after).scalar()

    def list(self, project_id: str, *, after_position: int, limit: int, state: str | None) -> Sequence[TaskListRow]:
        query = (
            _tasks()
            .join(assets, assets.c.id == tasks.c.asset_id)
            .add_columns(
                assets.c.name,
                assets.c.width,
                assets.c.height,
                assets.c.export_no,
                annotation_heads.c.labelled_px,
                annotation_heads.c.revision,
                _object_count(),
            )
            .where(tasks.c.project_id == project_id, tasks.c.position > after_position)
            .order_by(tasks.c.position)
            .limit(limit)
        )
        if state is not None:
            query = query.where(tasks.c.state == state)
        size = len(_TASK)
        return [TaskListRow(TaskRow(*row[:size]), *row[size:]) for row in self._connection.execute(query)]

    def set_state(self, task_id: str, *, state: str, updated_at: str) -> None:
        self._connection.execute(update(tasks).where(tasks.c.id == task_id).values(state=state, updated_at=updated_at))
