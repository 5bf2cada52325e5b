# SPDX-License-Identifier: Apache-2.0
"""Delete what nothing has named for a day: tiles that thinning left behind, files of uploads that did not end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from intarsia.server.clock import rfc3339
from intarsia.server.ports import Ports

GRACE_HOURS = 24
_HOUR_MS = 3_600_000
_TILES_A_STEP = 200


@dataclass(frozen=True, slots=True)
class Swept:
    tiles: int
    blobs: int


def sweep_tiles(ports: Ports, *, pause: Callable[[], None]) -> int:
    """Delete tiles that have been marked as unused for a day and still are; how many. `pause` as in thin_history."""
    before = rfc3339(ports.clock.now_ms() - GRACE_HOURS * _HOUR_MS)
    deleted, looked_at = 0, _TILES_A_STEP
    while looked_at == _TILES_A_STEP:
        with ports.database.write() as unit:
            looked_at, gone = unit.retention.drop_unused(before=before, limit=_TILES_A_STEP)
        deleted += gone
        pause()
    return deleted


def sweep_storage(ports: Ports, *, pause: Callable[[], None]) -> Swept:
    """As `sweep_tiles`, after looking at every tile there is; and files that nothing names and that are a day old."""
    now = rfc3339(ports.clock.now_ms())
    last: tuple[str, bytes] | None = ("", b"")
    while last is not None:
        with ports.database.write() as unit:
            last = unit.retention.mark_unused(after=last, limit=_TILES_A_STEP, now=now)
        pause()
    return Swept(sweep_tiles(ports, pause=pause), _sweep_blobs(ports, pause))


def _sweep_blobs(ports: Ports, pause: Callable[[], None]) -> int:
    before_ms = ports.clock.now_ms() - GRACE_HOURS * _HOUR_MS
    with ports.database.read() as unit:
        named = unit.retention.blob_keys()
    left = [key for key, changed_ms in ports.blobs.listing() if key not in named and changed_ms < before_ms]
    for key in left:
        # Nobody else writes in here, so that no row appears that needs it.
        with ports.database.write() as unit:
            if not unit.retention.blob_named(key):
                ports.blobs.delete(key)
        pause()
    return len(left)
