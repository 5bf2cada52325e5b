# SPDX-License-Identifier: Apache-2.0
"""Long work on the server: imports and exports."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from intarsia.sdk.errors import JobFailedError
from intarsia.sdk.models import FormatDescription, Job
from intarsia.sdk.transport import Transport, file_pieces

Watch = Callable[[Job], None]


@dataclass(frozen=True, slots=True)
class Jobs:
    _transport: Transport

    def formats(self) -> tuple[FormatDescription, ...]:
        found = self._transport.json("GET", "/formats")["formats"]
        return tuple(FormatDescription.model_validate(item) for item in found)

    def start_export(self, project_id: str, *, format: str) -> Job:
        answer = self._transport.json("POST", f"/projects/{project_id}/exports", json={"format": format})
        return Job.model_validate(answer)

    def start_import(self, project_id: str, archive: Path | bytes, *, format: str, name: str | None = None) -> Job:
        """Send a zip archive for import. Progress of the sending itself is not reported."""
        content = archive if isinstance(archive, bytes) else file_pieces(archive)
        shown = name or ("import.zip" if isinstance(archive, bytes) else archive.name)
        answer = self._transport.json(
            "POST",
            f"/projects/{project_id}/imports",
            params={"format": format, "name": shown},
            content=content,
            headers={"Content-Type": "application/zip"},
        )
        return Job.model_validate(answer)

    def list(self, project_id: str) -> tuple[Job, ...]:
        found = self._transport.json("GET", f"/projects/{project_id}/jobs")["jobs"]
        return tuple(Job.model_validate(item) for item in found)

    def get(self, job_id: str) -> Job:
        return Job.model_validate(self._transport.json("GET", f"/jobs/{job_id}"))

    def cancel(self, job_id: str) -> Job:
        return Job.model_validate(self._transport.json("POST", f"/jobs/{job_id}/cancel"))

    def wait(
        self, job: Job | str, *, watch: Watch | None = None, timeout_s: float | None = None, poll_s: float = 0.1
    ) -> Job:
        """Ask until the job has ended. Raises JobFailedError when it failed or was cancelled, TimeoutError in vain.

        ``watch`` sees every answer. Waiting grows from ``poll_s`` to ten times that.
        """
        job_id = job if isinstance(job, str) else job.id
        started, pause_s = time.monotonic(), poll_s
        while True:
            now = self.get(job_id)
            if watch is not None:
                watch(now)
            if now.ended:
                break
            if timeout_s is not None and time.monotonic() - started > timeout_s:
                raise TimeoutError(f"job {job_id} is still {now.state} after {timeout_s} s")
            time.sleep(pause_s)
            pause_s = min(pause_s * 1.2, poll_s * 10)
        if now.state != "done":
            problems = [problem.model_dump() for problem in now.problems]
            message = now.message or f"The {now.kind} was {now.state}."
            raise JobFailedError(f"job_{now.state}", message, job_id=job_id, problems=problems)
        return now

    def download(self, job_id: str, target: Path) -> int:
        """Write a finished export to ``target`` and return its bytes; a broken download leaves no file behind."""
        partial, written = target.with_name(target.name + ".part"), 0
        try:
            with self._transport.stream(f"/jobs/{job_id}/download") as pieces, partial.open("wb") as file:
                for piece in pieces:
                    written += file.write(piece)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
        return written
