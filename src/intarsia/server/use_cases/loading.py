# SPDX-License-Identifier: Apache-2.0
"""The only way in which a use case gets at a row: fetch it, then ask `authorize` about it."""

from __future__ import annotations

from intarsia.core.permissions import Action, Actor, Resource, authorize, not_found
from intarsia.server.ports import UnitOfWork
from intarsia.server.records import AnnotationRow, AssetRow, ConflictRow, DatasetRow, JobRow, ProjectRow, TaskRow


def allow_collection(actor: Actor, action: Action, kind: str) -> None:
    """For what belongs to the workspace as a whole: lists, and things that do not exist yet."""
    authorize(actor, action, Resource(kind, actor.workspace_id))


def load_project(unit: UnitOfWork, actor: Actor, action: Action, project_id: str) -> ProjectRow:
    row = unit.projects.get(project_id)
    if row is None:
        raise not_found("project")
    authorize(actor, action, Resource("project", row.workspace_id, row.id))
    return row


def load_dataset(unit: UnitOfWork, actor: Actor, action: Action, dataset_id: str) -> DatasetRow:
    row = unit.datasets.get(dataset_id)
    if row is None:
        raise not_found("dataset")
    authorize(actor, action, Resource("dataset", row.workspace_id, row.id))
    return row


def load_asset(unit: UnitOfWork, actor: Actor, action: Action, asset_id: str) -> AssetRow:
    row = unit.datasets.asset(asset_id)
    if row is None:
        raise not_found("asset")
    authorize(actor, action, Resource("asset", row.workspace_id, row.id))
    return row


def load_task(unit: UnitOfWork, actor: Actor, action: Action, task_id: str) -> TaskRow:
    row = unit.tasks.get(task_id)
    if row is None:
        raise not_found("task")
    authorize(actor, action, Resource("task", row.workspace_id, row.id))
    return row


def load_annotation(unit: UnitOfWork, actor: Actor, action: Action, annotation_id: str) -> AnnotationRow:
    row = unit.annotations.get(annotation_id)
    if row is None:
        raise not_found("annotation")
    authorize(actor, action, Resource("annotation", row.workspace_id, row.id))
    return row


def load_conflict(unit: UnitOfWork, actor: Actor, action: Action, annotation: AnnotationRow, id_: str) -> ConflictRow:
    row = unit.conflicts.get(id_)
    if row is None or row.annotation_id != annotation.id:
        raise not_found("conflict")
    authorize(actor, action, Resource("conflict", annotation.workspace_id, row.id))
    return row


def load_job(unit: UnitOfWork, actor: Actor, action: Action, job_id: str) -> JobRow:
    row = unit.jobs.get(job_id)
    if row is None:
        raise not_found("job")
    authorize(actor, action, Resource("job", row.workspace_id, row.id))
    return row
