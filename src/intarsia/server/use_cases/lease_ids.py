# SPDX-License-Identifier: Apache-2.0
"""Hand out thing ids that nobody was given before, nor will be."""

from __future__ import annotations

from intarsia.core.errors import ConflictError
from intarsia.core.limits import SEGMENT_ID_MAX
from intarsia.core.permissions import Action, Actor
from intarsia.server.clock import rfc3339
from intarsia.server.ports import Ports
from intarsia.server.use_cases.loading import load_annotation


def lease_ids(ports: Ports, actor: Actor, annotation_id: str, *, count: int) -> tuple[int, int]:
    """A half-open range of `count` ids. Raises ConflictError `ids_exhausted` at the end of uint32."""
    with ports.database.write() as unit:
        row = load_annotation(unit, actor, Action.ANNOTATION_EDIT, annotation_id)
        start, end = row.next_thing_id, row.next_thing_id + count
        if end > SEGMENT_ID_MAX:
            raise ConflictError("ids_exhausted", "This annotation has no segment ids left. Nothing was changed.")
        unit.annotations.add_lease(
            row, start=start, end=end, user_id=actor.user_id, created_at=rfc3339(ports.clock.now_ms())
        )
    return start, end
