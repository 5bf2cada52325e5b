# SPDX-License-Identifier: Apache-2.0
"""The history of an annotation, newest first."""

from __future__ import annotations

from collections.abc import Sequence

from intarsia.core.permissions import Action, Actor
from intarsia.server.ports import Ports
from intarsia.server.records import RevisionRow
from intarsia.server.use_cases.loading import load_annotation


def list_revisions(
    ports: Ports, actor: Actor, annotation_id: str, *, before: int | None, limit: int
) -> Sequence[RevisionRow]:
    """At most `limit` revisions whose number is below `before`."""
    with ports.database.read() as unit:
        load_annotation(unit, actor, Action.ANNOTATION_READ, annotation_id)
        return unit.history.revisions(annotation_id, before=before, limit=limit)
