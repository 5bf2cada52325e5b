# SPDX-License-Identifier: Apache-2.0
"""The only place where adapters are chosen."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass

from intarsia.server.auth.tokens import LocalDoor, load_secret
from intarsia.server.blobs.local import LocalBlobs
from intarsia.server.clock import SystemClock, UuidIds, rfc3339
from intarsia.server.db.engine import reader_engine, sqlite_module, writer_engine
from intarsia.server.db.migrate import upgrade
from intarsia.server.db.unit_of_work import SqlDatabase
from intarsia.server.jobs.dbos_queue import DbosJobs
from intarsia.server.jobs.reader_processes import ReaderProcesses
from intarsia.server.ports import Clock, Ids, Limits, Ports
from intarsia.server.settings import Settings
from intarsia.server.use_cases.drop_expired import drop_expired
from intarsia.server.use_cases.run_job import give_up, run_job

# An image of the largest size that is taken needs up to a gigabyte while it is decoded.
_DECODERS = 2
# Each holds one image; more of them than this outrun the one that writes.
_READERS_MAX = 4


@dataclass(frozen=True, slots=True)
class Wired:
    """The ports with what only the application itself may use."""

    ports: Ports
    close: Callable[[], None]


def wire(settings: Settings, *, clock: Clock | None = None, ids: Ids | None = None) -> Wired:
    """Open the data directory, bring its schema up to date, and connect the adapters."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    clock = clock or SystemClock()
    ids = ids or UuidIds()
    writer = writer_engine(settings.data_dir / "intarsia.db")
    upgrade(writer, backup_dir=settings.data_dir / "backups")
    database = SqlDatabase(writer=writer, reader=reader_engine(settings.data_dir / "intarsia.db"))
    now = rfc3339(clock.now_ms())
    with database.write() as unit:
        unit.identities.seed(workspace_id=ids.new("wsp"), user_id=ids.new("usr"), created_at=now)
    jobs = DbosJobs(
        settings.data_dir,
        module=sqlite_module(),
        run=lambda job_id, stopping: run_job(ports, job_id, stopping=stopping),
        give_up=lambda job_id: give_up(ports, job_id),
    )
    ports = Ports(
        database=database,
        blobs=LocalBlobs(settings.data_dir),
        door=LocalDoor(load_secret(settings.data_dir)),
        clock=clock,
        ids=ids,
        jobs=jobs,
        readers=ReaderProcesses(readers=min(os.cpu_count() or 1, _READERS_MAX)),
        limits=Limits(
            upload_max_bytes=settings.upload_max_bytes,
            import_max_bytes=settings.import_max_bytes,
            image_max_px=settings.image_max_px,
        ),
        decoding=threading.BoundedSemaphore(_DECODERS),
    )
    drop_expired(ports)
    if settings.run_jobs:
        with database.read() as unit:
            waiting = unit.jobs.unfinished()
        jobs.resume(waiting)

    def close() -> None:
        jobs.close()
        database.close()

    return Wired(ports=ports, close=close)
