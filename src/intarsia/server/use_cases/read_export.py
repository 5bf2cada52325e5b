# SPDX-License-Identifier: Apache-2.0
"""The archive of a finished export."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from intarsia.core.errors import ConflictError
from intarsia.core.permissions import Action, Actor
from intarsia.server.ports import Ports
from intarsia.server.use_cases.loading import load_job
from intarsia.server.use_cases.run_export import export_key


@dataclass(frozen=True, slots=True)
class ExportBytes:
    name: str
    sha256: str
    byte_size: int
    chunks: Iterator[bytes]


def read_export(ports: Ports, actor: Actor, job_id: str) -> ExportBytes:
    """Raises ConflictError `export_not_ready` for an import, or an export that has not ended well."""
    with ports.database.read() as unit:
        job = load_job(unit, actor, Action.EXPORT_DOWNLOAD, job_id)
    if job.kind != "export" or job.state != "done" or job.result is None:
        raise ConflictError("export_not_ready", f"There is nothing to download: this {job.kind} is {job.state}.")
    result = job.result
    return ExportBytes(result["name"], result["sha256"], result["byte_size"], ports.blobs.stream(export_key(job)))
