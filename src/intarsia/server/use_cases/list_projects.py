# SPDX-License-Identifier: Apache-2.0
"""All projects of the workspace with their counts."""

from __future__ import annotations

from collections.abc import Sequence

from intarsia.core.permissions import Action, Actor
from intarsia.server.ports import Ports
from intarsia.server.use_cases.loading import allow_collection
from intarsia.server.use_cases.views import ProjectView, project_view


def list_projects(ports: Ports, actor: Actor) -> Sequence[ProjectView]:
    allow_collection(actor, Action.PROJECT_LIST, "project")
    with ports.database.read() as unit:
        return [project_view(unit, row) for row in unit.projects.list(actor.workspace_id)]
