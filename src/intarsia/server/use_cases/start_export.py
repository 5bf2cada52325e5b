# SPDX-License-Identifier: Apache-2.0
"""Begin an export. What it holds is fixed now, whatever is saved while it runs."""

from __future__ import annotations

from intarsia.core.permissions import Action, Actor
from intarsia.server.clock import rfc3339
from intarsia.server.ports import Ports, UnitOfWork
from intarsia.server.records import JobKind, JobRow, ProjectRow
from intarsia.server.use_cases.list_formats import require_format
from intarsia.server.use_cases.loading import load_project

_PAGE = 1000


def start_export(ports: Ports, actor: Actor, project_id: str, *, format_slug: str) -> JobRow:
    """Queue the job, with the head revision of every task and the ontology's version of this moment."""
    with ports.database.write() as unit:
        project = load_project(unit, actor, Action.EXPORT_START, project_id)
        require_format(format_slug, to_import=False)
        pinned = _heads(unit, project)
        job = new_job(ports, actor, project, kind="export", format_slug=format_slug, total=len(pinned), params={
            "ontology_version": project.ontology_version,
        })  # fmt: skip
        unit.jobs.add(job)
        unit.jobs.pin(job, pinned)
    ports.jobs.enqueue(job.id)
    return job


def new_job(
    ports: Ports,
    actor: Actor,
    project: ProjectRow,
    *,
    kind: JobKind,
    format_slug: str,
    total: int,
    params: dict[str, object],
) -> JobRow:
    """A queued job that nobody has stored yet."""
    return JobRow(
        id=ports.ids.new("job"),
        workspace_id=project.workspace_id,
        project_id=project.id,
        author_id=actor.user_id,
        kind=kind,
        format=format_slug,
        state="queued",
        done=0,
        total=total,
        message="",
        problems=[],
        params=params,
        result=None,
        cancel_requested=False,
        created_at=rfc3339(ports.clock.now_ms()),
        finished_at=None,
    )


def _heads(unit: UnitOfWork, project: ProjectRow) -> list[tuple[str, int]]:
    """(task id, head revision) of all tasks, in order of their assets' export numbers."""
    found: list[tuple[int, str, int]] = []
    position = 0
    while page := unit.tasks.list(project.id, after_position=position, limit=_PAGE, state=None):
        found.extend((row.export_no, row.task.id, row.revision) for row in page)
        position = page[-1].task.position
    return [(task_id, revision) for _, task_id, revision in sorted(found)]
