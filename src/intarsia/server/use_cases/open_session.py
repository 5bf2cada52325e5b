# SPDX-License-Identifier: Apache-2.0
"""Trade a one-time token for a session."""

from __future__ import annotations

from intarsia.core.errors import IntarsiaError
from intarsia.server.clock import rfc3339
from intarsia.server.ports import Ports

_DAY_MS = 86_400_000


def open_session(ports: Ports, *, token: str, session_days: int) -> str:
    """A new session id for the owner. Raises IntarsiaError `bad_token` when forged, expired or used before."""
    now_ms = ports.clock.now_ms()
    claim = ports.door.read_token(token, now_s=now_ms // 1000)
    if claim is None:
        raise _bad_token()
    session_id = ports.door.new_session_id()
    with ports.database.write() as unit:
        owner = unit.identities.owner()
        fresh = unit.identities.spend_token(
            nonce_hash=claim.nonce_hash,
            workspace_id=owner.workspace_id,
            expires_at=rfc3339(claim.expires_at_s * 1000),
        )
        if not fresh:
            raise _bad_token()
        unit.identities.add_session(
            id_hash=ports.door.session_hash(session_id),
            user=owner,
            created_at=rfc3339(now_ms),
            expires_at=rfc3339(now_ms + session_days * _DAY_MS),
        )
    return session_id


def _bad_token() -> IntarsiaError:
    return IntarsiaError(
        "bad_token", "This link was used before or is too old. Nothing was changed. Run `intarsia url` for a new one."
    )
