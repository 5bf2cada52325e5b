# SPDX-License-Identifier: Apache-2.0
"""Begin an import of an archive that has been received."""

from __future__ import annotations

import zipfile
from pathlib import Path

from intarsia.core.errors import IntarsiaError
from intarsia.core.permissions import Action, Actor
from intarsia.server.ports import Ports
from intarsia.server.records import JobRow
from intarsia.server.use_cases.list_formats import require_format
from intarsia.server.use_cases.loading import load_project
from intarsia.server.use_cases.start_export import new_job


def start_import(
    ports: Ports, actor: Actor, project_id: str, *, path: Path, name: str, format_slug: str | None
) -> JobRow:
    """Keep the archive at `path` and queue the job. `format_slug` None: the job looks which format it is."""
    with ports.database.read() as unit:
        project = load_project(unit, actor, Action.IMPORT_START, project_id)
    if format_slug is not None:
        require_format(format_slug, to_import=True)
    if not zipfile.is_zipfile(path):
        raise IntarsiaError(
            "not_an_archive", "This file is not a readable zip archive. Nothing was kept. Pack the folder as .zip."
        )
    job = new_job(ports, actor, project, kind="import", format_slug=format_slug or "", total=0, params={"name": name})
    key = archive_key(job)
    ports.blobs.put_file(key, path)
    try:
        with ports.database.write() as unit:
            unit.jobs.add(job)
    except BaseException:
        ports.blobs.delete(key)
        raise
    ports.jobs.enqueue(job.id)
    return job


def archive_key(job: JobRow) -> str:
    """Where the archive of an import is kept until the job has ended."""
    return f"{job.workspace_id}/imports/{job.id}.zip"
