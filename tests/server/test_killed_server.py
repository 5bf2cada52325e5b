# SPDX-License-Identifier: Apache-2.0
"""A server process killed with signal 9 in the midst of saves: nothing acknowledged is lost, nothing counts twice."""

from __future__ import annotations

import random
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from intarsia.core.edit import Edit
from intarsia.core.edit_json import edit_to_json
from intarsia.core.item import ObjectItem
from intarsia.core.item_geometry import Point
from intarsia.core.label_map import LabelMap
from intarsia.core.pixel_runs import PixelRuns
from intarsia.server.auth.tokens import mint_token
from intarsia.server.db.engine import sqlite_module

from .drive import CAR, V1, Api, Task, new_segment, picture
from .item_drive import make, object_ontology
from .test_jobs import export, finished, members

KILLS = 10
WRITERS = 3
SIZE_HW = (512, 520)
IMAGES = 40
_START_S = 30.0


class Process:
    """`python -m intarsia.server` on one data directory and one port, started again and again."""

    def __init__(self, data_dir: Path) -> None:
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.data_dir = data_dir
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "intarsia.server", "--data", str(self.data_dir), "--port", str(self.port)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + _START_S
        while time.monotonic() < deadline:
            assert self._process.poll() is None, "the server ended by itself"
            with suppress(httpx.TransportError):
                if httpx.get(f"{self.url}{V1}/health", timeout=2).status_code == 200:
                    return
            time.sleep(0.02)
        raise TimeoutError("the server does not answer")

    def kill(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()


@dataclass
class Writer:
    """A tab that paints one pixel after the other, each with a point object on it, and repeats each request until it is
    answered."""

    url: str
    cookies: httpx.Cookies
    task: Task
    segment: int
    row_from: int
    stop: threading.Event
    acknowledged: dict[str, tuple[int, int]] = field(default_factory=dict)
    answers: Counter[str] = field(default_factory=Counter)

    def run(self) -> None:
        with httpx.Client(base_url=self.url, cookies=self.cookies, timeout=5) as client:
            place = 0
            while not self.stop.is_set():
                x, y = place % SIZE_HW[1], self.row_from + place // SIZE_HW[1]
                place += 1
                pixels = PixelRuns.from_runs([(y, x, 1, 0, self.segment)])
                edit_id = str(uuid.uuid4())
                dot = ObjectItem(f"obj_{edit_id}", CAR, Point((x, y)))
                edit = Edit(edit_id, place, "main", "brush", pixels, items=(make(dot),))
                status = self._until_answered(client, {"client": f"tab-{self.segment}", "edits": [edit_to_json(edit)]})
                self.answers[status] += 1
                self.acknowledged[edit.id] = (x, y)

    def _until_answered(self, client: httpx.Client, body: Any) -> str:
        while True:
            try:
                answer = client.post(f"{V1}/annotations/{self.task.annotation}/edits", json=body)
            except httpx.TransportError:
                time.sleep(0.01)
                continue
            assert answer.status_code == 200, answer.text
            return str(answer.json()["results"][0]["status"])


def test_nothing_acknowledged_is_lost_and_nothing_counts_twice(tmp_path: Path) -> None:
    moments = random.Random(20261)
    server = Process(tmp_path / "data")
    server.start()
    try:
        with httpx.Client(base_url=server.url, timeout=30) as http:
            answer = http.post(f"{V1}/session", json={"token": mint_token(server.data_dir)})
            assert answer.status_code == 204
            api = Api(http)
            task = api.task(size_hw=SIZE_HW, project=api.project(ontology=object_ontology()))
            first = api.lease(task, WRITERS)
            for number in range(WRITERS):
                api.save(task, api.edit(PixelRuns.empty(), new_segment(first + number, CAR)))
            stop = threading.Event()
            writers = [
                Writer(server.url, http.cookies, task, first + number, 150 * number, stop) for number in range(WRITERS)
            ]
            threads = [threading.Thread(target=writer.run) for writer in writers]
            for thread in threads:
                thread.start()
            for _ in range(KILLS):
                time.sleep(moments.uniform(0.05, 0.4))
                server.kill()
                server.start()
            stop.set()
            for thread in threads:
                thread.join(30)
                assert not thread.is_alive()
            check(api, server, task, writers)
    finally:
        server.kill()


def test_an_import_goes_on_after_a_kill(tmp_path: Path) -> None:
    """Killed in the midst of an import, the next server finishes it: each image once, as without the kill."""
    server = Process(tmp_path / "data")
    server.start()
    try:
        with httpx.Client(base_url=server.url, timeout=30) as http:
            assert http.post(f"{V1}/session", json={"token": mint_token(server.data_dir)}).status_code == 204
            api = Api(http)
            source = api.project()
            for number in range(IMAGES):
                api.upload(source, picture((400, 600), seed=number), name=f"{number:03}.png")
            archive = export(api, source["id"])
            target = api.project()["id"]
            job = api.post(f"/projects/{target}/imports", params={"name": "x.zip"}, content=archive)
            deadline = time.monotonic() + _START_S
            while len(api.get(f"/projects/{target}/tasks")["tasks"]) < 3 and time.monotonic() < deadline:
                time.sleep(0.002)
            server.kill()
            server.start()
            ended = finished(api, job)
            assert (ended["state"], ended["done"], ended["problems"]) == ("done", IMAGES, [])
            names = [task["asset_name"] for task in api.get(f"/projects/{target}/tasks")["tasks"]]
            assert names == [f"{number:03}.png" for number in range(IMAGES)]
            with closing(sqlite_module().connect(server.data_dir / "jobs.db")) as connection:
                attempts = connection.execute("SELECT recovery_attempts FROM workflow_status").fetchall()
            assert max(attempts) > (1,), "the import had not ended before the kill"
            assert members(export(api, target)) == members(archive)
    finally:
        server.kill()


def check(api: Api, server: Process, task: Task, writers: list[Writer]) -> None:
    answers = sum((writer.answers for writer in writers), Counter[str]())
    assert set(answers) <= {"applied", "duplicate"}, answers
    assert answers["applied"] >= KILLS * WRITERS
    expected = LabelMap.empty(SIZE_HW)
    for writer in writers:
        for x, y in writer.acknowledged.values():
            expected = expected.with_pixels(PixelRuns.from_runs([(y, x, 1, 0, writer.segment)]))
    assert api.tiles(task) == expected
    detail = api.get(f"/annotations/{task.annotation}")
    assert detail["checksums"]["main"] == expected.checksum("main")
    objects = {item["id"]: tuple(item["geometry"]["point"]) for item in detail["items"]}
    assert objects == {f"obj_{key}": place for writer in writers for key, place in writer.acknowledged.items()}
    with closing(sqlite_module().connect(server.data_dir / "intarsia.db")) as connection:
        stored = Counter(row[0] for row in connection.execute("SELECT edit_id FROM edits WHERE seq > 0"))
        keys = {row[0] for row in connection.execute("SELECT edit_id FROM edit_keys")}
        revisions = [row[0] for row in connection.execute("SELECT number FROM revisions ORDER BY number")]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    acknowledged = {edit_id for writer in writers for edit_id in writer.acknowledged}
    assert acknowledged <= stored.keys() and acknowledged <= keys
    assert set(stored.values()) == {1}, "an edit was applied twice"
    assert revisions == list(range(1, detail["revision"] + 1))
