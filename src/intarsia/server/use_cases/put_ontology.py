# SPDX-License-Identifier: Apache-2.0
"""Give a project the next version of its ontology."""

from __future__ import annotations

from dataclasses import replace

from intarsia.core.ontology import Ontology
from intarsia.core.ontology_evolve import evolve
from intarsia.core.ontology_json import ontology_to_json
from intarsia.core.permissions import Action, Actor
from intarsia.server.clock import rfc3339
from intarsia.server.ports import Ports, UnitOfWork
from intarsia.server.records import ProjectRow
from intarsia.server.use_cases.loading import load_project
from intarsia.server.use_cases.ontology_json import load_ontology


def put_ontology(ports: Ports, actor: Actor, project_id: str, *, ontology: Ontology) -> Ontology:
    """Store `ontology` as the next version; the same as the current one stays what it is, so that a retry is harmless.

    Raises OntologyError when it drops or changes what annotations rely on.
    """
    with ports.database.write() as unit:
        project = load_project(unit, actor, Action.ONTOLOGY_WRITE, project_id)
        return write_ontology(ports, unit, actor, project, ontology)


def write_ontology(ports: Ports, unit: UnitOfWork, actor: Actor, project: ProjectRow, ontology: Ontology) -> Ontology:
    """As `put_ontology`, inside a transaction."""
    current = load_ontology(unit, project)
    if replace(ontology, version=current.version) == current:
        return current
    following = evolve(current, ontology)
    unit.projects.add_ontology(
        project,
        version=following.version,
        body=ontology_to_json(following),
        author_id=actor.user_id,
        created_at=rfc3339(ports.clock.now_ms()),
    )
    return following
