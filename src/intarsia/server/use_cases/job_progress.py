# SPDX-License-Identifier: Apache-2.0
"""What a running job tells, and how it learns that it is to end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from intarsia.core.permissions import Actor, not_found
from intarsia.formats.base import Problem
from intarsia.server.clock import rfc3339
from intarsia.server.ports import Ports
from intarsia.server.records import JobRow, JobState
from intarsia.server.use_cases.identify import actor_of

_TELL_MS = 250


class JobCancelled(Exception):
    """Somebody asked for the job to end."""


class JobInterrupted(Exception):
    """The server stops; the job goes on when it starts again."""


class JobProgress:
    """Writes progress, at most four times a second, and raises when the job is to end."""

    def __init__(self, ports: Ports, job: JobRow, stopping: Callable[[], bool]) -> None:
        self._ports = ports
        self._job_id = job.id
        self._stopping = stopping
        self._told_at_ms = 0

    def tell(self, done: int, total: int) -> None:
        """Raises JobCancelled or JobInterrupted."""
        if self._stopping():
            raise JobInterrupted
        now_ms = self._ports.clock.now_ms()
        if done < total and now_ms - self._told_at_ms < _TELL_MS:
            return
        self._told_at_ms = now_ms
        with self._ports.database.write() as unit:
            job = unit.jobs.get(self._job_id)
            if job is None or job.cancel_requested:
                raise JobCancelled
            unit.jobs.update(self._job_id, {"done": done, "total": total})


def end_job(
    ports: Ports,
    job: JobRow,
    state: JobState,
    *,
    message: str,
    problems: Sequence[Mapping[str, Any]] = (),
    result: Mapping[str, Any] | None = None,
) -> None:
    """Store how a job ended."""
    with ports.database.write() as unit:
        unit.jobs.update(
            job.id,
            {
                "state": state,
                "message": message,
                "problems": [dict(problem) for problem in problems],
                "result": dict(result) if result is not None else None,
                "finished_at": rfc3339(ports.clock.now_ms()),
            },
        )


def author_of(ports: Ports, job: JobRow) -> Actor:
    """The person on whose behalf the job works, with the role that they have now."""
    with ports.database.read() as unit:
        user = unit.identities.user(job.author_id)
    if user is None:
        raise not_found("user")
    return actor_of(user)


def problem_json(problem: Problem) -> dict[str, Any]:
    return {
        "where": problem.where,
        "code": problem.code,
        "message": problem.message,
        "severity": problem.severity,
    }
