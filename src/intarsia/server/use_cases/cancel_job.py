# SPDX-License-Identifier: Apache-2.0
"""Ask a job to end. One that has not begun ends at once; a running one when it next looks."""

from __future__ import annotations

from intarsia.core.permissions import Action, Actor
from intarsia.server.ports import Ports
from intarsia.server.records import JobRow
from intarsia.server.use_cases.loading import load_job


def cancel_job(ports: Ports, actor: Actor, job_id: str) -> JobRow:
    """The job as it is now; one that has ended stays as it ended."""
    with ports.database.write() as unit:
        job = load_job(unit, actor, Action.JOB_CANCEL, job_id)
        if job.state in ("queued", "running"):
            unit.jobs.update(job_id, {"cancel_requested": True})
        return unit.jobs.get(job_id) or job
