# SPDX-License-Identifier: Apache-2.0
"""The ontology of a project: the current one, an earlier version, and the list of versions."""

from __future__ import annotations

from collections.abc import Sequence

from intarsia.core.errors import NotFoundError
from intarsia.core.ontology import Ontology
from intarsia.core.ontology_json import ontology_from_json
from intarsia.core.permissions import Action, Actor
from intarsia.server.ports import Ports
from intarsia.server.records import OntologyVersionRow
from intarsia.server.use_cases.loading import load_project


def get_ontology(ports: Ports, actor: Actor, project_id: str, *, version: int | None = None) -> Ontology:
    """The current version, or `version`. Raises NotFoundError `no_version`."""
    with ports.database.read() as unit:
        project = load_project(unit, actor, Action.PROJECT_READ, project_id)
        newest = project.ontology_version
        wanted = newest if version is None else version
        if not 1 <= wanted <= newest:
            raise NotFoundError("no_version", f"There is no version {wanted} of the ontology; the newest is {newest}.")
        return ontology_from_json(unit.projects.ontology(project.id, wanted))


def list_ontology_versions(ports: Ports, actor: Actor, project_id: str) -> Sequence[OntologyVersionRow]:
    """Newest first."""
    with ports.database.read() as unit:
        project = load_project(unit, actor, Action.PROJECT_READ, project_id)
        return unit.projects.ontology_versions(project.id)
