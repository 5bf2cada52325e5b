# SPDX-License-Identifier: Apache-2.0
"""Durable jobs: a workflow each, in an SQLite file of its own, taken up again after the process was killed."""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Engine, create_engine, event

from intarsia.server.use_cases.job_progress import JobInterrupted

# Workflows belong to a version; one name for all of ours lets a newer server take up an older one's jobs.
_APPLICATION_VERSION = "1"
_ATTEMPTS_MAX = 5
_STOP_TIMEOUT_S = 20.0

Run = Callable[[str, Callable[[], bool]], None]


class DbosJobs:
    """Runs jobs one after another in a thread of this process.

    The workflow library is one per process and costs time and threads, so it comes with the first job. Of several
    processes on one data directory only the first runs jobs; what another one enqueues waits for the next start.
    """

    def __init__(self, data_dir: Path, *, module: Any, run: Run, give_up: Callable[[str], None]) -> None:
        self._path = data_dir / "jobs.db"
        self._lock_path = data_dir / "jobs.lock"
        self._module = module
        self._run = run
        self._give_up = give_up
        self._guard = threading.Lock()
        self._one_at_a_time = threading.Lock()
        self._stopping = threading.Event()
        self._idle = threading.Condition()
        self._running = 0
        self._workflow: Callable[[str], None] | None = None
        self._lock_file: IO[bytes] | None = None

    def enqueue(self, job_id: str) -> None:
        with self._guard:
            if self._launched():
                self._begin(job_id)

    def resume(self, job_ids: Sequence[str]) -> None:
        """Take up what was queued or running when the process before this one ended."""
        if not job_ids:
            return
        with self._guard:
            if self._launched():
                for job_id in job_ids:
                    self._begin(job_id)

    def close(self) -> None:
        """Stop at the next image; jobs that have not ended go on at the next start."""
        with self._guard:
            self._stopping.set()
            if self._workflow is None:
                return
            from dbos import DBOS

            with self._idle:
                self._idle.wait_for(lambda: self._running == 0, timeout=_STOP_TIMEOUT_S)
            DBOS.destroy(destroy_registry=True)
            self._workflow = None
            if self._lock_file is not None:
                self._lock_file.close()
                self._lock_file = None

    def _launched(self) -> bool:
        """Start the library when this process may run jobs; False when another process does."""
        if self._workflow is not None:
            return True
        if self._stopping.is_set():
            return False
        lock_file = self._lock_path.open("ab")
        try:
            fcntl.flock(lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock_file.close()
            return False
        self._lock_file = lock_file
        from dbos import DBOS, DBOSConfig

        config: DBOSConfig = {
            "name": "intarsia",
            "system_database_url": f"sqlite:///{self._path}",
            "system_database_engine": _engine(self._path, self._module),
            "application_version": _APPLICATION_VERSION,
            "log_level": "ERROR",
            "enable_otlp": False,
            # How long a stop may wait for that thread to look up.
            "notification_listener_polling_interval_sec": 0.25,
        }
        DBOS(config=config)

        @DBOS.workflow(name="intarsia.job", max_recovery_attempts=_ATTEMPTS_MAX)
        def workflow(job_id: str) -> None:
            self._work(job_id)

        self._workflow = workflow
        DBOS.launch()
        return True

    def _begin(self, job_id: str) -> None:
        """Start the job's next attempt, unless one is under way (which the library itself takes up again)."""
        from dbos import DBOS, SetWorkflowID

        assert self._workflow is not None
        for attempt in range(_ATTEMPTS_MAX):
            status = DBOS.get_workflow_status(f"{job_id}:{attempt}")
            if status is None:
                with SetWorkflowID(f"{job_id}:{attempt}"):
                    DBOS.start_workflow(self._workflow, job_id)
                return
            if status.status in ("PENDING", "ENQUEUED"):
                return
        self._give_up(job_id)

    def _work(self, job_id: str) -> None:
        with self._idle:
            self._running += 1
        try:
            with self._one_at_a_time:
                if self._stopping.is_set():
                    raise JobInterrupted
                from dbos import DBOS

                DBOS.run_step(None, lambda: self._run(job_id, self._stopping.is_set))
        finally:
            with self._idle:
                self._running -= 1
                self._idle.notify_all()


def _engine(path: Path, module: Any) -> Engine:
    engine = create_engine(f"sqlite:///{path}", module=module, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = "IMMEDIATE"
        for pragma in ("busy_timeout=30000", "foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")

    return engine
