# SPDX-License-Identifier: Apache-2.0
"""Make tasks of assets: each asset once in a project."""

from __future__ import annotations

from collections.abc import Sequence

from intarsia.core.errors import IntarsiaError
from intarsia.core.limits import THING_ID_MIN
from intarsia.core.permissions import Action, Actor
from intarsia.server.clock import rfc3339
from intarsia.server.ports import Ports, UnitOfWork
from intarsia.server.records import AnnotationRow, AssetRow, TaskListRow, TaskRow
from intarsia.server.use_cases.loading import load_asset, load_project
from intarsia.server.use_cases.ontology_json import load_ontology


def create_tasks(
    ports: Ports, actor: Actor, project_id: str, *, asset_ids: Sequence[str]
) -> tuple[list[TaskListRow], int]:
    """A task for each asset, in order; an asset that has one already keeps it, so that a repeated call is harmless.

    Also the number of layers that coverage is counted over.
    """
    with ports.database.write() as unit:
        project = load_project(unit, actor, Action.TASK_CREATE, project_id)
        layer_count = len(load_ontology(unit, project).layers)
        rows = []
        for asset_id in asset_ids:
            asset = load_asset(unit, actor, Action.ASSET_READ, asset_id)
            task = add_task(ports, unit, actor, project_id, asset)
            head = unit.annotations.get(task.annotation_id)
            assert head is not None
            items = unit.items.head(task.annotation_id).values()
            rows.append(
                TaskListRow(
                    task=task,
                    asset_name=asset.name,
                    width=asset.width,
                    height=asset.height,
                    export_no=asset.export_no,
                    labelled_px=head.labelled_px,
                    revision=head.revision,
                    object_count=sum(item.kind == "object" and item.state == "live" for item in items),
                )
            )
        return rows, layer_count


def add_task(ports: Ports, unit: UnitOfWork, actor: Actor, project_id: str, asset: AssetRow) -> TaskRow:
    """The project's task of this asset, made at the end of the list when there is none; inside a transaction.

    Raises IntarsiaError `wrong_dataset` when the asset belongs to another dataset than the project's.
    """
    project = unit.projects.get(project_id)
    assert project is not None
    if project.dataset_id != asset.dataset_id:
        raise IntarsiaError(
            "wrong_dataset",
            "This asset is not in the project's dataset. No task was made. Add the image to that dataset first.",
            asset_id=asset.id,
        )
    known = unit.tasks.for_asset(project_id, asset.id)
    if known is not None:
        return known
    now = rfc3339(ports.clock.now_ms())
    task = TaskRow(
        id=ports.ids.new("tsk"),
        workspace_id=actor.workspace_id,
        project_id=project_id,
        asset_id=asset.id,
        annotation_id=ports.ids.new("ann"),
        position=unit.tasks.last_position(project_id) + 1,
        state="open",
        updated_at=now,
    )
    unit.tasks.add(task, _empty_annotation(task, asset, now))
    return task


def _empty_annotation(task: TaskRow, asset: AssetRow, now: str) -> AnnotationRow:
    return AnnotationRow(
        id=task.annotation_id,
        workspace_id=task.workspace_id,
        task_id=task.id,
        project_id=task.project_id,
        height=asset.height,
        width=asset.width,
        revision=0,
        next_thing_id=THING_ID_MIN,
        next_number=1,
        labelled_px=0,
        updated_at=now,
    )
