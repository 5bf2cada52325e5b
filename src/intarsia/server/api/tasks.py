# SPDX-License-Identifier: Apache-2.0
"""Tasks: open one, submit it, take that back."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from intarsia.core.permissions import Action
from intarsia.server.api.annotation_shapes import AnnotationDetail, annotation_detail
from intarsia.server.api.ontology_shapes import OntologyShape, ontology_out
from intarsia.server.api.routes import CurrentActor, CurrentPorts, StrictRoute, policy
from intarsia.server.api.shapes import AssetOut, asset_out
from intarsia.server.use_cases.get_task import get_task
from intarsia.server.use_cases.reopen_task import reopen_task
from intarsia.server.use_cases.submit_task import submit_task
from intarsia.server.use_cases.views import TaskView

router = APIRouter(prefix="/tasks", tags=["tasks"], route_class=StrictRoute)


class ProjectRef(BaseModel):
    id: str
    name: str


class TaskDetail(BaseModel):
    id: str
    project: ProjectRef
    state: Literal["open", "submitted"]
    position: int
    total: int
    previous_task_id: str | None
    next_task_id: str | None
    asset: AssetOut
    ontology: OntologyShape
    annotation: AnnotationDetail


def task_detail(view: TaskView) -> TaskDetail:
    return TaskDetail(
        id=view.task.id,
        project=ProjectRef(id=view.project.id, name=view.project.name),
        state=view.task.state,
        position=view.task.position,
        total=view.total,
        previous_task_id=view.previous_task_id,
        next_task_id=view.next_task_id,
        asset=asset_out(view.asset),
        ontology=ontology_out(view.ontology),
        annotation=annotation_detail(view.annotation),
    )


@router.get("/{task_id}", operation_id="getTask", **policy(Action.TASK_READ))
def get_one(task_id: str, ports: CurrentPorts, actor: CurrentActor) -> TaskDetail:
    return task_detail(get_task(ports, actor, task_id))


@router.post("/{task_id}/submit", operation_id="submitTask", **policy(Action.TASK_SUBMIT))
def post_submit(task_id: str, ports: CurrentPorts, actor: CurrentActor) -> TaskDetail:
    """Refused with `open_conflicts` while a conflict is open, with `findings_block` while a rule says so."""
    return task_detail(submit_task(ports, actor, task_id))


@router.post("/{task_id}/reopen", operation_id="reopenTask", **policy(Action.TASK_REOPEN))
def post_reopen(task_id: str, ports: CurrentPorts, actor: CurrentActor) -> TaskDetail:
    return task_detail(reopen_task(ports, actor, task_id))
