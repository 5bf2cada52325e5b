# SPDX-License-Identifier: Apache-2.0
"""The ontology of a project, as stored."""

from __future__ import annotations

from intarsia.core.ontology import Layer, Ontology
from intarsia.core.ontology_json import ontology_from_json
from intarsia.server.ports import UnitOfWork
from intarsia.server.records import ProjectRow

FIRST_VERSION = 1


def load_ontology(unit: UnitOfWork, project: ProjectRow) -> Ontology:
    return ontology_from_json(unit.projects.ontology(project.id, project.ontology_version))


def empty_ontology() -> Ontology:
    """One layer, no classes."""
    return Ontology(FIRST_VERSION, (Layer("main", "Main"),), ())
