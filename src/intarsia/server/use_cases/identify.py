# SPDX-License-Identifier: Apache-2.0
"""Who asks: the actor of a session."""

from __future__ import annotations

from intarsia.core.errors import IntarsiaError
from intarsia.core.permissions import Actor, Role
from intarsia.server.clock import rfc3339
from intarsia.server.ports import Ports
from intarsia.server.records import UserRow


def identify(ports: Ports, *, session_id: str | None) -> Actor:
    """The actor of a session by its id. Raises IntarsiaError `not_signed_in`."""
    user = None
    if session_id:
        with ports.database.read() as unit:
            user = unit.identities.session_user(ports.door.session_hash(session_id), now=rfc3339(ports.clock.now_ms()))
    if user is None:
        raise IntarsiaError(
            "not_signed_in",
            "You are not signed in here. Unsaved work stays in this browser. Run `intarsia url` and open its link.",
        )
    return actor_of(user)


def actor_of(user: UserRow) -> Actor:
    return Actor(user_id=user.id, name=user.name, workspace_id=user.workspace_id, role=Role(user.role))
