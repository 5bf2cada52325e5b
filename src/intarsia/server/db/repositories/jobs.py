# SPDX-License-Identifier: Apache-2.0
"""Jobs and what an export has pinned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, insert, select, update

from intarsia.server.db.tables import job_items, jobs
from intarsia.server.records import JobRow

_LIST_MAX = 200
_JOB = tuple(jobs.c[field.name] for field in fields(JobRow))


class SqlJobs:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, row: JobRow) -> None:
        self._connection.execute(insert(jobs).values(**asdict(row)))

    def get(self, job_id: str) -> JobRow | None:
        row = self._connection.execute(select(*_JOB).where(jobs.c.id == job_id)).one_or_none()
        return JobRow(*row) if row else None

    def list(self, project_id: str) -> Sequence[JobRow]:
        query = select(*_JOB).where(jobs.c.project_id == project_id).order_by(jobs.c.id.desc()).limit(_LIST_MAX)
        return [JobRow(*row) for row in self._connection.execute(query)]

    def unfinished(self) -> Sequence[str]:
        query = select(jobs.c.id).where(jobs.c.state.in_(("queued", "running"))).order_by(jobs.c.created_at, jobs.c.id)
        return list(self._connection.execute(query).scalars())

    def update(self, job_id: str, values: Mapping[str, Any]) -> None:
        self._connection.execute(update(jobs).where(jobs.c.id == job_id).values(**values))

    def pin(self, job: JobRow, items: Sequence[tuple[str, int]]) -> None:
        if not items:
            return
        self._connection.execute(
            insert(job_items),
            [
                {
                    "job_id": job.id,
                    "ordinal": ordinal,
                    "workspace_id": job.workspace_id,
                    "task_id": task_id,
                    "revision": revision,
                }
                for ordinal, (task_id, revision) in enumerate(items)
            ],
        )

    def pinned(self, job_id: str) -> Sequence[tuple[str, int]]:
        query = (
            select(job_items.c.task_id, job_items.c.revision)
            .where(job_items.c.job_id == job_id)
            .order_by(job_items.c.ordinal)
        )
        return [(task_id, revision) for task_id, revision in self._connection.execute(query)]
