# SPDX-License-Identifier: Apache-2.0
"""Forget what has served its time: sessions, used tokens, and idempotency keys older than any offline laptop."""

from __future__ import annotations

from intarsia.server.clock import rfc3339
from intarsia.server.ports import Ports

EDIT_KEY_DAYS = 30
_DAY_MS = 86_400_000


def drop_expired(ports: Ports) -> None:
    now_ms = ports.clock.now_ms()
    with ports.database.write() as unit:
        unit.identities.drop_expired(now=rfc3339(now_ms))
        unit.history.drop_keys(before=rfc3339(now_ms - EDIT_KEY_DAYS * _DAY_MS))
