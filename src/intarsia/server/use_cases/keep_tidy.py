# SPDX-License-Identifier: Apache-2.0
"""What a server does by itself from time to time."""

from __future__ import annotations

from collections.abc import Callable

from intarsia.server.ports import Ports
from intarsia.server.use_cases.drop_expired import drop_expired
from intarsia.server.use_cases.repack_tiles import repack_tiles
from intarsia.server.use_cases.sweep_storage import sweep_tiles
from intarsia.server.use_cases.thin_history import thin_history


class Stopped(Exception):
    """Raised by `pause` when the server ends; the rest waits for the next time."""


def keep_tidy(ports: Ports, *, pause: Callable[[], None]) -> None:
    """Forget what has expired, thin the history, sweep tiles. `pause` is called between the small steps."""
    try:
        drop_expired(ports)
        thin_history(ports, pause=pause)
        repack_tiles(ports, pause=pause)
        sweep_tiles(ports, pause=pause)
    except Stopped:
        return
