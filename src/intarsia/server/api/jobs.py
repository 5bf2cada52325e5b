# SPDX-License-Identifier: Apache-2.0
"""Formats, and the jobs that read and write them."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from intarsia.core.permissions import Action
from intarsia.server.api.receive import raw_body, received_file
from intarsia.server.api.routes import CurrentActor, CurrentPorts, StrictRoute, policy
from intarsia.server.api.shapes import Name
from intarsia.server.records import JobRow
from intarsia.server.use_cases.cancel_job import cancel_job
from intarsia.server.use_cases.get_job import get_job, list_jobs
from intarsia.server.use_cases.list_formats import list_formats
from intarsia.server.use_cases.read_export import read_export
from intarsia.server.use_cases.start_export import start_export
from intarsia.server.use_cases.start_import import start_import

router = APIRouter(tags=["jobs"], route_class=StrictRoute)

FormatSlug = Annotated[str, Field(min_length=1, max_length=64)]
_ZIP: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
        "description": "The archive",
    }
}


class FormatOut(BaseModel):
    model_config = ConfigDict(title="Format")
    slug: str
    title: str
    description: str
    can_import: bool
    can_export: bool
    losses: list[str]


class FormatList(BaseModel):
    formats: list[FormatOut]


class ExportIn(BaseModel):
    format: FormatSlug


class JobProblem(BaseModel):
    """`error`: something was left out. `warning`: it came in or went out, changed."""

    where: str
    code: str
    message: str
    severity: Literal["error", "warning"] = "error"


class JobResult(BaseModel):
    byte_size: int
    sha256: str
    images: int
    name: str


class JobOut(BaseModel):
    model_config = ConfigDict(title="Job")
    id: str
    kind: Literal["import", "export"]
    format: str
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    done: int
    total: int
    message: str
    problems: list[JobProblem]
    created_at: str
    finished_at: str | None
    result: JobResult | None


class JobList(BaseModel):
    jobs: list[JobOut]


def job_out(row: JobRow) -> JobOut:
    return JobOut.model_validate({name: getattr(row, name) for name in JobOut.model_fields})


@router.get("/formats", operation_id="listFormats", **policy(Action.FORMAT_LIST))
def get_formats(actor: CurrentActor) -> FormatList:
    found = [
        FormatOut(
            slug=info.slug,
            title=info.title,
            description=info.description,
            can_import=info.can_import,
            can_export=info.can_export,
            losses=list(info.losses),
        )
        for info in list_formats(actor)
    ]
    return FormatList(formats=found)


@router.post(
    "/projects/{project_id}/exports", operation_id="startExport", status_code=202, **policy(Action.EXPORT_START)
)
def post_export(project_id: str, body: ExportIn, ports: CurrentPorts, actor: CurrentActor) -> JobOut:
    """Writes what is there at this moment, whatever is saved meanwhile."""
    return job_out(start_export(ports, actor, project_id, format_slug=body.format))


@router.post(
    "/projects/{project_id}/imports",
    operation_id="startImport",
    status_code=202,
    **raw_body(policy(Action.IMPORT_START), media_type="application/zip"),
)
async def post_import(
    project_id: str,
    name: Annotated[Name, Query()],
    request: Request,
    ports: CurrentPorts,
    actor: CurrentActor,
    format: Annotated[str, Query(max_length=64)] = "",
) -> JobOut:
    """The body is a zip archive. Without `format` the job looks which one it is."""
    async with received_file(request, ports, limit_bytes=ports.limits.import_max_bytes) as path:
        job = await run_in_threadpool(
            start_import, ports, actor, project_id, path=path, name=name, format_slug=format or None
        )
    return job_out(job)


@router.get("/projects/{project_id}/jobs", operation_id="listJobs", **policy(Action.JOB_READ))
def get_jobs(project_id: str, ports: CurrentPorts, actor: CurrentActor) -> JobList:
    """Newest first."""
    return JobList(jobs=[job_out(row) for row in list_jobs(ports, actor, project_id)])


@router.get("/jobs/{job_id}", operation_id="getJob", **policy(Action.JOB_READ))
def get_one(job_id: str, ports: CurrentPorts, actor: CurrentActor) -> JobOut:
    return job_out(get_job(ports, actor, job_id))


@router.post("/jobs/{job_id}/cancel", operation_id="cancelJob", **policy(Action.JOB_CANCEL))
def post_cancel(job_id: str, ports: CurrentPorts, actor: CurrentActor) -> JobOut:
    return job_out(cancel_job(ports, actor, job_id))


@router.get(
    "/jobs/{job_id}/download",
    operation_id="downloadExport",
    responses=_ZIP,
    response_class=Response,
    **policy(Action.EXPORT_DOWNLOAD),
)
def get_download(job_id: str, ports: CurrentPorts, actor: CurrentActor) -> Response:
    found = read_export(ports, actor, job_id)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}",
        "Content-Length": str(found.byte_size),
        "ETag": f'"{found.sha256}"',
        "Cache-Control": "private, no-cache",
    }
    return StreamingResponse(found.chunks, media_type="application/zip", headers=headers)
