# SPDX-License-Identifier: Apache-2.0
"""The ontologies that a project may start from."""

from __future__ import annotations

from collections.abc import Sequence

from intarsia.core.permissions import Action, Actor
from intarsia.ontologies.templates import OntologyTemplate, list_templates
from intarsia.server.use_cases.loading import allow_collection


def list_ontology_templates(actor: Actor) -> Sequence[OntologyTemplate]:
    allow_collection(actor, Action.PROJECT_LIST, "project")
    return list_templates()
