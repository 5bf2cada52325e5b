# SPDX-License-Identifier: Apache-2.0
"""Two tabs of one annotation under random schedules, on the real server: equal screens, the core's map, nothing unsaid.

The tabs are the editor's own sessions, run by Node without a screen; between them and the server the line loses,
delays, repeats and reorders requests and answers.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.project import ReadyTask, gradient_png, make_tasks
from tests.e2e.server_process import ServerProcess

from .counts import announce, chosen_seed, count
from .edit_log import annotation_from, read_log
from .verdict import Acknowledged, Evidence, complaints

SIZE_HW = (96, 280)  # two tiles
WEB = Path(__file__).resolve().parents[2] / "web"
_SCHEDULE_S = 20


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    process = ServerProcess(tmp_path_factory.mktemp("two_tabs") / "data")
    process.start()
    process.sign_in()
    yield process
    process.stop()


def play(
    server: ServerProcess, tasks: Sequence[ReadyTask], *, seed: int, plant: str = "none"
) -> Iterator[dict[str, Any]]:
    """Runs one schedule for each task, seeds counting up from `seed`; yields what came of each."""
    jobs = [
        {"seed": seed + number, "taskId": task.task_id, "annotationId": task.annotation_id, "sizeHw": task.size_hw}
        for number, task in enumerate(tasks)
    ]
    node = shutil.which("node")
    assert node is not None, "Node is missing; make installs it into .venv"
    cookie = "; ".join(f"{name}={value}" for name, value in server.client.cookies.items())
    script = WEB / "tests" / "endurance" / "twoTabs.ts"
    command = [node, "--experimental-transform-types", "--no-warnings", str(script), server.url, cookie, plant]
    with tempfile.TemporaryFile("w+") as given, tempfile.TemporaryFile("w+") as told:
        json.dump(jobs, given)
        given.seek(0)
        with subprocess.Popen(command, stdin=given, stdout=subprocess.PIPE, stderr=told, text=True, cwd=WEB) as process:
            try:
                assert process.stdout is not None
                for line in process.stdout:
                    yield json.loads(line)
                code = process.wait(timeout=_SCHEDULE_S)
            finally:
                process.kill()
        told.seek(0)
        assert code == 0, told.read()[-4000:]


def judged(server: ServerProcess, outcome: dict[str, Any]) -> list[str]:
    """All complaints about one schedule: those that the tabs gave rise to, and those of the core."""
    annotation_id = outcome["annotationId"]
    detail = server.client.get(f"/annotations/{annotation_id}").raise_for_status().json()
    pack = server.client.get(f"/annotations/{annotation_id}/tiles", params={"layer": "main"}).raise_for_status().content
    head = annotation_from(detail, {"main": pack}, size_hw=SIZE_HW)
    told = {key: Acknowledged(value["pixels"], value["fields"]) for key, value in outcome["acknowledged"].items()}
    log = read_log(server.data_dir, annotation_id, size_hw=SIZE_HW)
    found = [*outcome["complaints"], *complaints(Evidence(SIZE_HW, outcome["sent"], told, log, head))]
    for name in sorted(outcome["sent"].keys() - {row.edit_id for row in log.rows}):
        found.append(f"lost: edit {name} was made and never arrived")
    for number, checksum in enumerate(outcome["checksums"]):
        if checksum != head.layers["main"].checksum("main"):
            found.append(f"screen: tab {number} ends with another picture than the server")
    for number, rows in enumerate(outcome["segments"]):
        found.extend(
            f"screen: tab {number}: {entry}" for entry in wrong_rows(rows, detail, head.layers["main"].areas())
        )
    return found


def wrong_rows(rows: list[dict[str, Any]], detail: dict[str, Any], areas: dict[int, int]) -> Iterator[str]:
    """Rows of the segment list that differ from what the server has: number, class and area."""
    shown = {row["id"]: (row["number"], row["classNumber"], row["areaPx"]) for row in rows if row["areaPx"]}
    stored = {
        entry["id"]: (entry["number"], entry["class"], areas[entry["id"]])
        for entry in detail["segments"]
        if areas.get(entry["id"])
    }
    for key in sorted(shown.keys() | stored.keys()):
        if shown.get(key) != stored.get(key):
            yield f"segment {key} is listed as {shown.get(key)}, the server has {stored.get(key)}"


def fresh_tasks(server: ServerProcess, number: int) -> list[ReadyTask]:
    return make_tasks(
        server.client, images={f"{place}.png": gradient_png(*SIZE_HW, seed=place) for place in range(number)}
    )


def test_two_tabs_end_equal_whatever_the_line_does(server: ServerProcess) -> None:
    seed, schedules = chosen_seed(), count("SCHEDULES", full=500, short=25)
    announce("two tabs", seed=seed, SCHEDULES=schedules)
    tally: Counter[str] = Counter()
    wrong: dict[int, list[str]] = {}
    for outcome in play(server, fresh_tasks(server, schedules), seed=seed):
        found = judged(server, outcome)
        log = read_log(server.data_dir, outcome["annotationId"], size_hw=SIZE_HW)
        tally.update(schedules=1, edits=len(outcome["sent"]), reloads=outcome["reloads"], conflicts=len(log.conflicts))
        merges = sum(
            bool(change["after"]) and change["after"]["state"] == "merged"
            for edit in outcome["sent"].values()
            for change in edit["segments"]
        )
        tally.update(merges=merges)
        if found:
            wrong[outcome["seed"]] = found
    print(dict(tally))
    assert tally["schedules"] == schedules
    assert tally["conflicts"] > 0, "the schedules never made two tabs clash"
    assert tally["merges"] > 0, "the schedules never merged two segments"
    assert not wrong, "\n".join(
        f"INTARSIA_SEED={key} INTARSIA_SCHEDULES=1: {entry}" for key in sorted(wrong) for entry in wrong[key][:6]
    )


@pytest.mark.parametrize(
    ("plant", "words"),
    [("trusting", ("lost",)), ("blind", ("screen", "unsaid")), ("twice", ("unknown", "twice"))],
)
def test_planted_faults_are_found(server: ServerProcess, plant: str, words: tuple[str, ...]) -> None:
    found = [
        entry
        for outcome in play(server, fresh_tasks(server, 2 if plant == "twice" else 4), seed=11, plant=plant)
        for entry in judged(server, outcome)
    ]
    assert any(entry.startswith(words) for entry in found), found
