# SPDX-License-Identifier: Apache-2.0
"""Mark a task as done. Its state then is a revision of its own, which thinning never removes."""

from __future__ import annotations

from intarsia.core.errors import ConflictError
from intarsia.core.permissions import Action, Actor
from intarsia.server.clock import rfc3339
from intarsia.server.ports import Ports
from intarsia.server.records import RevisionRow
from intarsia.server.use_cases.get_task import task_view
from intarsia.server.use_cases.loading import load_task
from intarsia.server.use_cases.views import TaskView


def submit_task(ports: Ports, actor: Actor, task_id: str) -> TaskView:
    """Submit; a task that is submitted already stays so. Raises ConflictError `open_conflicts`."""
    with ports.database.write() as unit:
        task = load_task(unit, actor, Action.TASK_SUBMIT, task_id)
        annotation = unit.annotations.get(task.annotation_id)
        assert annotation is not None
        open_count = unit.conflicts.count_open(annotation.id)
        if open_count:
            raise ConflictError(
                "open_conflicts",
                f"{open_count} conflicts are open. All work is kept. Choose a side for each, then submit.",
                open_conflicts=open_count,
            )
        if task.state != "submitted":
            now = rfc3339(ports.clock.now_ms())
            number = annotation.revision + 1
            unit.history.add_revision(
                annotation,
                RevisionRow(ports.ids.new("rev"), number, now, actor.user_id, actor.name, "submit", "", 0, 0),
            )
            unit.annotations.set_head(
                annotation.id,
                revision=number,
                next_number=annotation.next_number,
                labelled_px=annotation.labelled_px,
                updated_at=now,
            )
            unit.tasks.set_state(task.id, state="submitted", updated_at=now)
        changed = unit.tasks.get(task_id)
        assert changed is not None
        return task_view(unit, changed)
