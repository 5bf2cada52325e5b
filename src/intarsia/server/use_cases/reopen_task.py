# SPDX-License-Identifier: Apache-2.0
"""Take a submission back."""

from __future__ import annotations

from intarsia.core.permissions import Action, Actor
from intarsia.server.clock import rfc3339
from intarsia.server.ports import Ports
from intarsia.server.use_cases.get_task import task_view
from intarsia.server.use_cases.loading import load_task
from intarsia.server.use_cases.views import TaskView


def reopen_task(ports: Ports, actor: Actor, task_id: str) -> TaskView:
    """Reopen; a task that is open stays so."""
    with ports.database.write() as unit:
        task = load_task(unit, actor, Action.TASK_REOPEN, task_id)
        if task.state != "open":
            unit.tasks.set_state(task.id, state="open", updated_at=rfc3339(ports.clock.now_ms()))
        changed = unit.tasks.get(task_id)
        assert changed is not None
        return task_view(unit, changed)
