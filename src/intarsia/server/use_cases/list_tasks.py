# SPDX-License-Identifier: Apache-2.0
"""Tasks of a project in order."""

from __future__ import annotations

from collections.abc import Sequence

from intarsia.core.permissions import Action, Actor
from intarsia.server.ports import Ports
from intarsia.server.records import TaskListRow, TaskState
from intarsia.server.use_cases.loading import load_project
from intarsia.server.use_cases.ontology_json import load_ontology


def list_tasks(
    ports: Ports, actor: Actor, project_id: str, *, after_position: int, limit: int, state: TaskState | None
) -> tuple[Sequence[TaskListRow], int]:
    """At most `limit` tasks behind `after_position`, and the number of layers that coverage is counted over."""
    with ports.database.read() as unit:
        project = load_project(unit, actor, Action.PROJECT_READ, project_id)
        layers = load_ontology(unit, project).layers
        rows = unit.tasks.list(project_id, after_position=after_position, limit=limit, state=state)
        return rows, len(layers)
