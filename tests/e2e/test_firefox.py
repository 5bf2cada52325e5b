# SPDX-License-Identifier: Apache-2.0
"""Draw, save and load again in Debian's Firefox: the same pixels on the screen, on the server, and after a reload."""

from collections.abc import Callable
from pathlib import Path

from .firefox import Firefox, firefox
from .project import ReadyTask
from .server_process import ServerProcess

READY = "window.intarsia && window.intarsia.state().phase === 'ready'"
CHECKSUM = "window.intarsia.checksum('main')"


def screen(browser: Firefox, x: float, y: float) -> tuple[float, float]:
    at = browser.evaluate(f"window.intarsia.imageToScreen({x}, {y})")
    return at["x"], at["y"]


def test_drawing_survives_a_reload(server: ServerProcess, make_task: Callable[..., ReadyTask], tmp_path: Path) -> None:
    task = make_task()
    with firefox(tmp_path / "profile") as browser:
        browser.goto(server.open_link())
        browser.wait_for("document.querySelector('#content') !== null")
        browser.goto(f"{server.url}{task.path}")
        browser.wait_for(READY)
        empty = browser.evaluate(CHECKSUM)

        browser.press("b")
        browser.drag([screen(browser, 100 + 20 * step, 120 + 4 * step) for step in range(12)])
        browser.wait_for(f"{CHECKSUM} !== '{empty}'")
        drawn = browser.evaluate(CHECKSUM)
        browser.wait_for("window.intarsia.state().save.kind === 'saved'")
        browser.wait_for("document.querySelector('.status-save').textContent.includes('Saved')")

        head = server.client.get(f"/tasks/{task.task_id}").raise_for_status().json()["annotation"]
        assert head["checksums"]["main"] == drawn
        browser.reload()
        browser.wait_for(READY)
        assert browser.evaluate(CHECKSUM) == drawn
        assert browser.evaluate("window.intarsia.state().canUndo")
