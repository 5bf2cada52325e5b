# SPDX-License-Identifier: Apache-2.0
"""Which server runs on a data directory: a lock that ends with its process, and a note that says where it listens."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

import httpx

from intarsia.core.errors import ConflictError

_NOTE = "running.json"
_LOCK = "serve.lock"
_ASK_TIMEOUT_S = 3.0


@dataclass(frozen=True, slots=True)
class RunningInstance:
    """``url`` is how this machine reaches the server, sub-path included."""

    url: str
    pid: int
    instance: str


@contextmanager
def only_server(data_dir: Path) -> Iterator[None]:
    """Hold the data directory for one server. Raises ConflictError ``already_running``."""
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / _LOCK).open("a+b") as file:
        if not _lock(file):
            found = running_instance(data_dir)
            where = f" at {found.url}" if found else ""
            raise ConflictError(
                "already_running",
                f"A server already works on {data_dir}{where} · nothing was changed · use it, or stop it first",
            )
        yield


def _lock(file: IO[bytes]) -> bool:
    try:
        import fcntl
    except ImportError:  # no such lock on this system; the note still tells two servers apart
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def registered(data_dir: Path, *, url: str, instance: str) -> Iterator[None]:
    """Leave the note for as long as the block runs."""
    note = data_dir / _NOTE
    draft = data_dir / f".{_NOTE}.{os.getpid()}"
    draft.write_text(json.dumps(asdict(RunningInstance(url, os.getpid(), instance))), encoding="utf-8")
    draft.replace(note)
    try:
        yield
    finally:
        note.unlink(missing_ok=True)


def running_instance(data_dir: Path) -> RunningInstance | None:
    """The server of this data directory, if one answers and says that it is; a note left by a crash is no server."""
    try:
        note = json.loads((data_dir / _NOTE).read_text(encoding="utf-8"))
        found = RunningInstance(url=str(note["url"]), pid=int(note["pid"]), instance=str(note["instance"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    try:
        answer = httpx.get(f"{found.url}/api/v1/health", timeout=_ASK_TIMEOUT_S, trust_env=False)
        same = answer.status_code == 200 and answer.json().get("instance") == found.instance
    except (httpx.HTTPError, ValueError, AttributeError):
        return None
    return found if same else None
