# SPDX-License-Identifier: Apache-2.0
"""Projects and their tasks."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from intarsia.core.permissions import Action
from intarsia.server.api.cursors import Cursor, Limit, place
from intarsia.server.api.ontology_shapes import OntologyShape, ontology_in
from intarsia.server.api.routes import CurrentActor, CurrentPorts, StrictRoute, policy
from intarsia.server.api.shapes import Id, Name, TaskSummary, task_summary
from intarsia.server.use_cases.create_project import create_project
from intarsia.server.use_cases.create_tasks import create_tasks
from intarsia.server.use_cases.get_project import get_project
from intarsia.server.use_cases.list_projects import list_projects
from intarsia.server.use_cases.list_tasks import list_tasks
from intarsia.server.use_cases.views import ProjectView

router = APIRouter(prefix="/projects", tags=["projects"], route_class=StrictRoute)


class ProjectIn(BaseModel):
    name: Name
    description: Annotated[str, Field(max_length=10_000)] = ""
    ontology: OntologyShape | None = None
    dataset_id: Id | None = None


class ProjectOut(BaseModel):
    model_config = ConfigDict(title="Project")
    id: str
    name: str
    description: str
    dataset_id: str
    created_at: str
    task_count: int
    submitted_count: int
    cover_asset_id: str | None
    next_task_id: str | None
    ontology_version: int


class ProjectList(BaseModel):
    projects: list[ProjectOut]


class TasksIn(BaseModel):
    asset_ids: Annotated[list[Id], Field(min_length=1, max_length=10_000)]


class TaskList(BaseModel):
    tasks: list[TaskSummary]


class TaskPage(BaseModel):
    tasks: list[TaskSummary]
    next_cursor: str | None


def project_out(view: ProjectView) -> ProjectOut:
    row, counts = view.project, view.counts
    return ProjectOut(
        id=row.id,
        name=row.name,
        description=row.description,
        dataset_id=row.dataset_id,
        created_at=row.created_at,
        task_count=counts.task_count,
        submitted_count=counts.submitted_count,
        cover_asset_id=counts.cover_asset_id,
        next_task_id=counts.next_task_id,
        ontology_version=row.ontology_version,
    )


@router.get("", operation_id="listProjects", **policy(Action.PROJECT_LIST))
def get_projects(ports: CurrentPorts, actor: CurrentActor) -> ProjectList:
    return ProjectList(projects=[project_out(view) for view in list_projects(ports, actor)])


@router.post("", operation_id="createProject", status_code=201, **policy(Action.PROJECT_CREATE))
def post_project(body: ProjectIn, ports: CurrentPorts, actor: CurrentActor) -> ProjectOut:
    view = create_project(
        ports,
        actor,
        name=body.name,
        description=body.description,
        ontology=ontology_in(body.ontology) if body.ontology else None,
        dataset_id=body.dataset_id,
    )
    return project_out(view)


@router.get("/{project_id}", operation_id="getProject", **policy(Action.PROJECT_READ))
def get_one(project_id: str, ports: CurrentPorts, actor: CurrentActor) -> ProjectOut:
    return project_out(get_project(ports, actor, project_id))


@router.get("/{project_id}/tasks", operation_id="listTasks", **policy(Action.PROJECT_READ))
def get_tasks(
    project_id: str,
    ports: CurrentPorts,
    actor: CurrentActor,
    cursor: Cursor = None,
    limit: Limit = 100,
    state: Annotated[Literal["open", "submitted"] | None, Query()] = None,
) -> TaskPage:
    rows, layer_count = list_tasks(ports, actor, project_id, after_position=place(cursor), limit=limit + 1, state=state)
    page = rows[:limit]
    return TaskPage(
        tasks=[task_summary(row, layer_count=layer_count) for row in page],
        next_cursor=str(page[-1].task.position) if len(rows) > limit else None,
    )


@router.post("/{project_id}/tasks", operation_id="createTasks", status_code=201, **policy(Action.TASK_CREATE))
def post_tasks(project_id: str, body: TasksIn, ports: CurrentPorts, actor: CurrentActor) -> TaskList:
    rows, layer_count = create_tasks(ports, actor, project_id, asset_ids=body.asset_ids)
    return TaskList(tasks=[task_summary(row, layer_count=layer_count) for row in rows])
