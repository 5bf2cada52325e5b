# SPDX-License-Identifier: Apache-2.0
"""Jobs: one, or those of a project, newest first."""

from __future__ import annotations

from collections.abc import Sequence

from intarsia.core.permissions import Action, Actor
from intarsia.server.ports import Ports
from intarsia.server.records import JobRow
from intarsia.server.use_cases.loading import load_job, load_project


def get_job(ports: Ports, actor: Actor, job_id: str) -> JobRow:
    with ports.database.read() as unit:
        return load_job(unit, actor, Action.JOB_READ, job_id)


def list_jobs(ports: Ports, actor: Actor, project_id: str) -> Sequence[JobRow]:
    with ports.database.read() as unit:
        load_project(unit, actor, Action.JOB_READ, project_id)
        return unit.jobs.list(project_id)
