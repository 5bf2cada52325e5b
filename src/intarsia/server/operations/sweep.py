# SPDX-License-Identifier: Apache-2.0
"""Upkeep by hand: what a server does by itself each hour, and a look at all tiles and files for what nothing names."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from intarsia.server.operations.data_dir import database_path
from intarsia.server.settings import Settings
from intarsia.server.use_cases.drop_expired import drop_expired
from intarsia.server.use_cases.repack_tiles import repack_tiles
from intarsia.server.use_cases.sweep_storage import Swept, sweep_storage
from intarsia.server.use_cases.thin_history import thin_history
from intarsia.server.wiring import wire

# A server on the same data may be saving: between the steps it has the database for itself.
_STEP_PAUSE_S = 0.01


@dataclass(frozen=True, slots=True)
class SweepReport:
    revisions_thinned: int
    swept: Swept


def sweep(settings: Settings) -> SweepReport:
    """Raises NotFoundError `no_data`."""
    database_path(settings.data_dir)
    wired = wire(replace(settings, run_jobs=False))
    try:
        drop_expired(wired.ports)
        thinned = thin_history(wired.ports, pause=lambda: time.sleep(_STEP_PAUSE_S))
        repack_tiles(wired.ports, pause=lambda: time.sleep(_STEP_PAUSE_S))
        return SweepReport(thinned, sweep_storage(wired.ports, pause=lambda: time.sleep(_STEP_PAUSE_S)))
    finally:
        wired.close()
