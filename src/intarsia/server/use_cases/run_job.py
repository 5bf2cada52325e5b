# SPDX-License-Identifier: Apache-2.0
"""Run one job to its end, and store how it ended."""

from __future__ import annotations

import logging
from collections.abc import Callable

from intarsia.core.errors import IntarsiaError
from intarsia.formats.base import FormatError
from intarsia.server.ports import Ports
from intarsia.server.records import JobRow
from intarsia.server.use_cases.job_progress import JobCancelled, JobInterrupted, JobProgress, end_job
from intarsia.server.use_cases.run_export import export_key, run_export
from intarsia.server.use_cases.run_import import run_import
from intarsia.server.use_cases.start_import import archive_key

_log = logging.getLogger("intarsia.server")


def run_job(ports: Ports, job_id: str, *, stopping: Callable[[], bool]) -> None:
    """Run a job that is queued, or that was running when the server died. Raises JobInterrupted when the server stops.

    All other failures are stored with the job.
    """
    with ports.database.write() as unit:
        job = unit.jobs.get(job_id)
        if job is None or job.state not in ("queued", "running"):
            return
        unit.jobs.update(job_id, {"state": "running"})
    try:
        run = run_export if job.kind == "export" else run_import
        run(ports, job, JobProgress(ports, job, stopping))
    except JobInterrupted:
        raise
    except JobCancelled:
        _drop_files(ports, job)
        end_job(ports, job, "cancelled", message="Cancelled. What had come in before is kept.")
    except FormatError as error:
        _fail(ports, job, error.where, error.code, error.message)
    except IntarsiaError as error:
        _fail(ports, job, "", error.code, error.message)
    except Exception as error:
        _log.exception("job %s failed", job_id, exc_info=error)
        _fail(ports, job, "", "internal", "The server made a mistake; its log says which.")


def give_up(ports: Ports, job_id: str) -> None:
    """For a job in the midst of which the server ended again and again."""
    with ports.database.read() as unit:
        job = unit.jobs.get(job_id)
    if job is not None:
        _fail(ports, job, "", "stopped_server", "The server stopped in the midst of this job several times.")


def _fail(ports: Ports, job: JobRow, where: str, code: str, message: str) -> None:
    _drop_files(ports, job)
    problem = {"where": where, "code": code, "message": message}
    kept = " What had come in before is kept." if job.kind == "import" else ""
    end_job(ports, job, "failed", message=(f"{where}: {message}" if where else message) + kept, problems=[problem])


def _drop_files(ports: Ports, job: JobRow) -> None:
    """A job that did not end well leaves no archive behind."""
    ports.blobs.delete(archive_key(job) if job.kind == "import" else export_key(job))
