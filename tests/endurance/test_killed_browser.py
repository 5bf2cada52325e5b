# SPDX-License-Identifier: Apache-2.0
"""The real Chromium killed with signal 9 while someone draws on a bad network: every finished stroke is there again."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.e2e.editor_page import EditorPage
from tests.e2e.project import ReadyTask, gradient_png, make_tasks
from tests.e2e.server_process import ServerProcess

from .counts import announce, chosen_seed, count
from .edit_log import annotation_from, read_log
from .killed_page import KillableBrowser, Network, Visit, Witness, draw_until_killed
from .verdict import Evidence, complaints

SIZE_HW = (300, 400)
NETWORKS: tuple[Network, ...] = ("cut", "cut", "slow", "replies lost")
_COME_BACK_MS = 20_000  # longer than a silent tab counts as alive
_STORED = """
([annotationId, store]) => new Promise((resolve, reject) => {
  const opening = indexedDB.open("intarsia-outbox");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const reading = opening.result.transaction(store).objectStore(store).getAll();
    reading.onsuccess = () => {
      opening.result.close();
      resolve(reading.result.filter(entry => entry.annotationId === annotationId));
    };
  };
})
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    process = ServerProcess(tmp_path_factory.mktemp("killed_browser") / "data")
    process.start()
    process.sign_in()
    yield process
    process.stop()


@pytest.fixture(scope="module")
def playwright_driver() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


def fresh_task(server: ServerProcess) -> ReadyTask:
    return make_tasks(server.client, images={"picture.png": gradient_png(*SIZE_HW)})[0]


def stored(editor: EditorPage, task: ReadyTask, store: str) -> list[dict[str, Any]]:
    """What the browser keeps of this task in a store of its outbox: "edits" or "rejected"."""
    entries: list[dict[str, Any]] = editor.page.evaluate(_STORED, [task.annotation_id, store])
    return entries


def lost(server: ServerProcess, task: ReadyTask, editor: EditorPage, witness: Witness) -> list[str]:
    """Finished edits that are neither on the server nor in the browser that was opened again.

    The browser is asked first: an edit leaves it only when the server has it.
    """
    kept = {entry["editId"]: entry["edit"] for entry in stored(editor, task, "edits")}
    aside = [f"rejected: {entry['editId']}: {entry['code']}" for entry in stored(editor, task, "rejected")]
    arrived = {row.edit_id for row in read_log(server.data_dir, task.annotation_id, size_hw=SIZE_HW).rows}
    gone = [f"lost: {name}" for name in sorted(witness.finished.keys() - kept.keys() - arrived)]
    changed = [f"changed: {name}" for name, edit in kept.items() if witness.finished.get(name, edit) != edit]
    for name, edit in kept.items():
        witness.finished.setdefault(name, edit)  # finished in the last moment, too late to be told of
    return [*gone, *changed, *aside]


def final_complaints(server: ServerProcess, task: ReadyTask, editor: EditorPage, witness: Witness) -> list[str]:
    """On a good network all arrives, once; the screen, the server and the core's replay are one picture."""
    editor.page.wait_for_function("() => window.intarsia.state().save.kind === 'saved'", timeout=30_000)
    found = [f"kept: {entry['editId']}" for entry in stored(editor, task, "edits")]
    detail: dict[str, Any] = server.client.get(f"/annotations/{task.annotation_id}").raise_for_status().json()
    editor.page.wait_for_function(
        "wanted => window.intarsia.checksum('main') === wanted", arg=detail["checksums"]["main"], timeout=15_000
    )
    path = f"/annotations/{task.annotation_id}/tiles"
    pack = server.client.get(path, params={"layer": "main"}).raise_for_status().content
    log = read_log(server.data_dir, task.annotation_id, size_hw=SIZE_HW)
    arrived = {row.edit_id for row in log.rows}
    found.extend(f"lost: {name}" for name in sorted(witness.finished.keys() - arrived))
    # An edit may reach the server and be forgotten here before anyone could tell of it: the log speaks for those.
    sent = {row.edit_id: witness.finished[row.edit_id] for row in log.rows if row.edit_id in witness.finished}
    found.extend(f"unseen: {name}" for name in sorted(arrived - sent.keys()))
    head = annotation_from(detail, {"main": pack}, size_hw=SIZE_HW)
    return [*found, *complaints(Evidence(SIZE_HW, sent, {}, log, head))]


def test_a_killed_browser_loses_no_finished_stroke(
    playwright_driver: Playwright, server: ServerProcess, tmp_path: Path
) -> None:
    seed, kills = chosen_seed(), count("BROWSER_KILLS", full=20, short=3)
    announce("killed browser", seed=seed, BROWSER_KILLS=kills)
    choose = random.Random(seed)
    task, witness = fresh_task(server), Witness()
    browser = KillableBrowser(playwright_driver, server, tmp_path / "profile", witness)
    complaints_found: list[str] = []
    begun = 0
    try:
        for number in range(kills):
            editor = browser.open(task.path, Visit(choose.choice(NETWORKS), ahead_ms=number * _COME_BACK_MS))
            complaints_found += [f"kill {number}: {entry}" for entry in lost(server, task, editor, witness)]
            browser.kill_after(choose.uniform(0.2, 2.5))
            begun += draw_until_killed(editor, choose, strokes_max=60)
            browser.close()
        editor = browser.open(task.path, Visit("good", ahead_ms=kills * _COME_BACK_MS))
        complaints_found += [f"at the end: {entry}" for entry in lost(server, task, editor, witness)]
        complaints_found += final_complaints(server, task, editor, witness)
    finally:
        browser.close()
    print(f"{kills} kills, {begun} strokes begun, {len(witness.finished)} finished")
    assert complaints_found == []
    assert len(witness.finished) >= kills, "the kills met no strokes"


def test_a_browser_that_keeps_nothing_is_found(
    playwright_driver: Playwright, server: ServerProcess, tmp_path: Path
) -> None:
    task, witness = fresh_task(server), Witness()
    browser = KillableBrowser(playwright_driver, server, tmp_path / "profile", witness)
    try:
        editor = browser.open(task.path, Visit("cut", forgetful=True))
        editor.key("3")
        editor.key("b")
        editor.stroke([(100, 100), (200, 160)])
        editor.page.wait_for_function("() => window.intarsia.state().save.pendingEdits >= 1")
        for _ in range(500):
            if witness.finished:
                break
            editor.page.wait_for_timeout(20)
        assert witness.finished
        browser.kill()
        browser.close()
        editor = browser.open(task.path, Visit("good", ahead_ms=_COME_BACK_MS))
        assert any(entry.startswith("lost") for entry in lost(server, task, editor, witness))
    finally:
        browser.close()
