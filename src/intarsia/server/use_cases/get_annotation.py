# SPDX-License-Identifier: Apache-2.0
"""One annotation: the head, or as of a revision."""

from __future__ import annotations

from intarsia.core.permissions import Action, Actor
from intarsia.server.ports import Ports
from intarsia.server.use_cases.loading import load_annotation
from intarsia.server.use_cases.revision_state import annotation_view, ontology_of, require_revision
from intarsia.server.use_cases.views import AnnotationView


def get_annotation(ports: Ports, actor: Actor, annotation_id: str, *, revision: int | None = None) -> AnnotationView:
    with ports.database.read() as unit:
        row = load_annotation(unit, actor, Action.ANNOTATION_READ, annotation_id)
        if revision is not None:
            require_revision(unit, row, revision)
        return annotation_view(unit, row, ontology_of(unit, row), revision=revision)
