# SPDX-License-Identifier: Apache-2.0
"""Make a project with its first ontology, over a dataset of its own or one that is there."""

from __future__ import annotations

from dataclasses import replace

from intarsia.core.ontology import Ontology
from intarsia.core.ontology_json import ontology_to_json
from intarsia.core.permissions import Action, Actor
from intarsia.server.clock import rfc3339
from intarsia.server.ports import Ports
from intarsia.server.records import DatasetRow, ProjectRow
from intarsia.server.use_cases.loading import allow_collection, load_dataset
from intarsia.server.use_cases.ontology_json import FIRST_VERSION, empty_ontology
from intarsia.server.use_cases.views import ProjectView, project_view


def create_project(
    ports: Ports, actor: Actor, *, name: str, description: str, ontology: Ontology | None, dataset_id: str | None
) -> ProjectView:
    allow_collection(actor, Action.PROJECT_CREATE, "project")
    first = replace(ontology or empty_ontology(), version=FIRST_VERSION)
    now = rfc3339(ports.clock.now_ms())
    with ports.database.write() as unit:
        if dataset_id is None:
            dataset = DatasetRow(ports.ids.new("dst"), actor.workspace_id, name, now)
            unit.datasets.add(dataset)
        else:
            dataset = load_dataset(unit, actor, Action.DATASET_READ, dataset_id)
        row = ProjectRow(ports.ids.new("prj"), actor.workspace_id, name, description, dataset.id, FIRST_VERSION, now)
        unit.projects.add(row)
        unit.projects.add_ontology(
            row, version=FIRST_VERSION, body=ontology_to_json(first), author_id=actor.user_id, created_at=now
        )
        return project_view(unit, row)
