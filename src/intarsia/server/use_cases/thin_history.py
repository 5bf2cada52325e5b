# SPDX-License-Identifier: Apache-2.0
"""Thin the history: of autosaves older than a day one in ten minutes is left; what they changed goes to the next one.

Nothing that was saved is lost: every edit stays with its author, in the revision that is left. In small steps, each a
transaction of its own, so that a save never waits for long.
"""

from __future__ import annotations

from collections.abc import Callable

from intarsia.server.clock import rfc3339
from intarsia.server.ports import Ports

UNTHINNED_HOURS = 24
_HOUR_MS = 3_600_000
_REVISIONS_A_STEP = 20
_ANNOTATIONS_A_PAGE = 200


def thin_history(ports: Ports, *, pause: Callable[[], None]) -> int:
    """Fold all autosaves that may go; how many. `pause` is called between steps: others write then, or it raises."""
    now_ms = ports.clock.now_ms()
    before, now = rfc3339(now_ms - UNTHINNED_HOURS * _HOUR_MS), rfc3339(now_ms)
    folded, last = 0, ""
    while True:
        with ports.database.read() as unit:
            page = unit.retention.thinnable(before=before, after=last, limit=_ANNOTATIONS_A_PAGE)
        if not page:
            return folded
        for annotation_id in page:
            step = _REVISIONS_A_STEP
            while step == _REVISIONS_A_STEP:
                with ports.database.write() as unit:
                    step = unit.retention.thin(annotation_id, before=before, limit=_REVISIONS_A_STEP, now=now)
                folded += step
                pause()
        last = page[-1]
