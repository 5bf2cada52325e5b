# SPDX-License-Identifier: Apache-2.0
"""Keys that a user changes: in the overlay and on the page of keys, with what happens on a conflict."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .editor_page import EditorPage
from .project import ReadyTask
from .server_process import ServerProcess
from .test_accessibility import serious


@pytest.fixture(autouse=True)
def shipped_keys(page: Page) -> Iterator[None]:
    """The browser is shared: what a test changes is put back."""
    yield
    page.evaluate("() => localStorage.removeItem('intarsia.keys')")


def change(page: Page, key: str, command: str, press: str) -> None:
    page.get_by_role("button", name=f"Change {key} of {command}", exact=True).click()
    page.get_by_role("button", name=f"Press the new key for {command}").press(press)


def test_key_changed_in_the_overlay(editor: EditorPage, page: Page, make_task: Callable[..., ReadyTask]) -> None:
    editor.open(make_task().path)
    editor.key("?")
    change(page, "B", "Brush", "Control+j")
    expect(page.get_by_role("button", name="Change Ctrl J of Brush")).to_be_visible()
    editor.key("Escape")
    page.get_by_role("application").focus()
    editor.key("p")
    editor.key("b")
    assert editor.state()["tool"] == "pen"
    editor.key("Control+j")
    assert editor.state()["tool"] == "brush"
    page.reload()
    editor.wait_ready()
    expect(page.get_by_role("button", name="Brush", exact=True)).to_have_attribute("aria-keyshortcuts", "Mod+J")


def test_conflicts_are_asked_about(page: Page, server: ServerProcess) -> None:
    page.goto(f"{server.url}/me/keys")
    change(page, "B", "Brush", "p")
    question = page.get_by_role("alert")
    expect(question).to_contain_text("P is “Pen”.")
    assert serious(page) == []
    question.get_by_role("button", name="Swap").press("Enter")
    expect(page.get_by_role("button", name="Change B of Pen")).to_be_visible()
    change(page, "B", "Pen", "e")
    question.get_by_role("button", name="Take it, leave that without a key").click()
    expect(page.get_by_role("button", name="Set a key for Eraser")).to_be_visible()
    page.get_by_role("button", name="Reset the keys of Eraser").click()
    expect(page.get_by_role("button", name="Change E of Eraser")).to_be_visible()


def test_keys_of_the_browser_are_refused(page: Page, server: ServerProcess) -> None:
    page.goto(f"{server.url}/me/keys")
    change(page, "B", "Brush", "Control+Shift+i")
    expect(page.get_by_role("alert")).to_contain_text("Ctrl+Shift+I belongs to the browser: it opens the developer")
    page.get_by_role("button", name="Press the new key for Brush").press("Escape")
    expect(page.get_by_role("button", name="Change B of Brush")).to_be_visible()


def test_presets_files_and_reset(page: Page, server: ServerProcess, tmp_path: Path) -> None:
    page.goto(f"{server.url}/me/keys")
    page.get_by_role("button", name="Start from CVAT").click()
    expect(page.get_by_role("button", name="Change N of Pen")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export as a file").click()
    kept = json.loads(Path(download.value.path()).read_text())
    assert kept["keys"]["tool.pen"] == ["P", "N"]
    page.get_by_role("button", name="Start from Intarsia").click()
    expect(page.get_by_role("button", name="Change N of Pen")).to_have_count(0)

    broken = tmp_path / "broken.json"
    broken.write_text('{"intarsia_keys": 1, "keys": {"tool.pen": ["Mod+W"]}}')
    page.get_by_label("Import a file", exact=True).last.set_input_files(broken)
    expect(page.get_by_text("keys.tool.pen: Mod+W may not be given away.")).to_be_visible()
    mine = tmp_path / "mine.json"
    mine.write_text(json.dumps(kept))
    page.get_by_label("Import a file", exact=True).last.set_input_files(mine)
    expect(page.get_by_role("button", name="Change N of Pen")).to_be_visible()


def test_single_keys_switched_off(
    editor: EditorPage, page: Page, server: ServerProcess, make_task: Callable[..., ReadyTask]
) -> None:
    task = make_task()
    page.goto(f"{server.url}/me/keys")
    page.get_by_role("checkbox", name="Single-key shortcuts").uncheck()
    editor.open(task.path)
    before = editor.state()["tool"]
    editor.key("e")
    assert editor.state()["tool"] == before
    editor.key("F1")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_class_found_by_typing(editor: EditorPage, page: Page, make_task: Callable[..., ReadyTask]) -> None:
    editor.open(make_task().path)
    names = {entry["number"]: entry["name"] for entry in editor.state()["classes"]}
    wanted = list(names)[-1]
    editor.key("c")
    page.get_by_role("combobox", name="Type the name of a class").fill(names[wanted])
    editor.key("Enter")
    assert editor.state()["currentClass"] == wanted
    expect(page.get_by_role("dialog")).to_have_count(0)
