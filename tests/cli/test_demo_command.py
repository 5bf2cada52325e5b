# SPDX-License-Identifier: Apache-2.0
"""``intarsia demo``: one command to a link into the editor; the second start only opens what is there."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

BUILD_CPU_S = 10.0
RESTART_CPU_S = 4.0


@dataclass
class Started:
    link: str
    process: subprocess.Popen[str]
    cpu_s: list[float] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return self.link.partition("/open#")[0]

    @property
    def next_path(self) -> str:
        return self.link.partition("&next=")[2]


@contextmanager
def demo(data: Path) -> Iterator[Started]:
    """The demo up to its printed link, then Ctrl+C; ``cpu_s`` holds the processor time of all of it afterwards."""
    words = [sys.executable, "-m", "intarsia.cli.main", "demo", "--data", str(data), "--port", "0"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    found = re.search(r"http://\S+", process.stdout.readline())
    started = Started(found[0] if found else "", process)
    try:
        yield started
    finally:
        process.send_signal(signal.SIGINT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stdout.close()
        started.cpu_s.append(usage.ru_utime + usage.ru_stime)


@contextmanager
def signed_in(started: Started) -> Iterator[httpx.Client]:
    token = re.search(r"token=([^&\s]+)", started.link)[1]  # type: ignore[index]
    with httpx.Client(base_url=f"{started.origin}/api/v1") as client:
        client.post("/session", json={"token": token}).raise_for_status()
        yield client


def test_the_link_opens_the_editor_and_the_second_start_finds_the_same_place(tmp_path: Path) -> None:
    with demo(tmp_path / "demo") as first:
        with signed_in(first) as client:
            task = client.get(f"/tasks/{first.next_path.rsplit('/', 1)[-1]}").raise_for_status().json()
            assert first.next_path == f"/p/{task['project']['id']}/t/{task['id']}"
            assert task["asset"]["name"] == "ice-cream-truck.jpg" and task["annotation"]["revision"] == 1
        assert httpx.get(first.origin + first.next_path).status_code == 200

        again = subprocess.run(
            [sys.executable, "-m", "intarsia.cli.main", "demo", "--data", str(tmp_path / "demo")],
            capture_output=True, text=True, timeout=60, check=True,
        )  # fmt: skip
        assert "already runs" in again.stderr and f"&next={first.next_path}" in again.stdout
        assert again.stdout.startswith(f"Open {first.origin}/open#token=")
    assert first.process.returncode == 130 and first.cpu_s[0] < BUILD_CPU_S

    with demo(tmp_path / "demo") as second:
        assert second.next_path == first.next_path
        with signed_in(second) as client:
            assert len(client.get("/projects").json()["projects"]) == 3
    assert second.cpu_s[0] < RESTART_CPU_S
