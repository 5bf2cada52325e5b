# SPDX-License-Identifier: Apache-2.0
"""What edits wanted and did not get, oldest first."""

from __future__ import annotations

from collections.abc import Sequence

from intarsia.core.permissions import Action, Actor
from intarsia.server.ports import Ports
from intarsia.server.records import ConflictRow
from intarsia.server.use_cases.loading import load_annotation


def list_conflicts(ports: Ports, actor: Actor, annotation_id: str) -> Sequence[ConflictRow]:
    with ports.database.read() as unit:
        load_annotation(unit, actor, Action.ANNOTATION_READ, annotation_id)
        return unit.conflicts.list(annotation_id)
