# SPDX-License-Identifier: Apache-2.0
"""A task with all that an editor needs to open it."""

from __future__ import annotations

from intarsia.core.permissions import Action, Actor
from intarsia.server.ports import Ports, UnitOfWork
from intarsia.server.records import TaskRow
from intarsia.server.use_cases.loading import load_task
from intarsia.server.use_cases.ontology_json import load_ontology
from intarsia.server.use_cases.revision_state import annotation_view
from intarsia.server.use_cases.views import TaskView


def get_task(ports: Ports, actor: Actor, task_id: str) -> TaskView:
    with ports.database.read() as unit:
        return task_view(unit, load_task(unit, actor, Action.TASK_READ, task_id))


def task_view(unit: UnitOfWork, task: TaskRow) -> TaskView:
    project = unit.projects.get(task.project_id)
    asset = unit.datasets.asset(task.asset_id)
    annotation = unit.annotations.get(task.annotation_id)
    assert project is not None and asset is not None and annotation is not None
    ontology = load_ontology(unit, project)
    previous_id, next_id = unit.tasks.neighbours(task)
    return TaskView(
        task=task,
        project=project,
        total=unit.tasks.count(project.id),
        previous_task_id=previous_id,
        next_task_id=next_id,
        asset=asset,
        ontology=ontology,
        ontology_version=project.ontology_version,
        annotation=annotation_view(unit, annotation, ontology),
    )
