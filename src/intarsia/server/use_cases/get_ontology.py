# SPDX-License-Identifier: Apache-2.0
"""The current ontology of a project."""

from __future__ import annotations

from intarsia.core.ontology import Ontology
from intarsia.core.permissions import Action, Actor
from intarsia.server.ports import Ports
from intarsia.server.use_cases.loading import load_project
from intarsia.server.use_cases.ontology_json import load_ontology


def get_ontology(ports: Ports, actor: Actor, project_id: str) -> Ontology:
    with ports.database.read() as unit:
        return load_ontology(unit, load_project(unit, actor, Action.PROJECT_READ, project_id))
