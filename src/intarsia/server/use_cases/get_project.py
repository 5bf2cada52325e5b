# SPDX-License-Identifier: Apache-2.0
"""One project with its counts."""

from __future__ import annotations

from intarsia.core.permissions import Action, Actor
from intarsia.server.ports import Ports
from intarsia.server.use_cases.loading import load_project
from intarsia.server.use_cases.views import ProjectView, project_view


def get_project(ports: Ports, actor: Actor, project_id: str) -> ProjectView:
    with ports.database.read() as unit:
        return project_view(unit, load_project(unit, actor, Action.PROJECT_READ, project_id))
