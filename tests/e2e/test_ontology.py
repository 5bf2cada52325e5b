# SPDX-License-Identifier: Apache-2.0
"""The ontology screen on the real server: drafted by keyboard and published, and stored work stays as it is."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .editor_page import EditorPage
from .project import CAR, CLASSES, PERSON, ROAD, ReadyTask, posted
from .server_process import ServerProcess
from .test_accessibility import serious


def ontology_of(server: ServerProcess, project_id: str) -> dict:  # type: ignore[type-arg]
    answer: dict = server.client.get(f"/projects/{project_id}/ontology").raise_for_status().json()  # type: ignore[type-arg]
    return answer


def open_screen(page: Page, server: ServerProcess, project_id: str) -> None:
    page.goto(f"{server.url}/p/{project_id}/ontology")
    page.get_by_role("heading", name="Ontology").wait_for()


def publish(page: Page, version: int) -> None:
    """By keyboard: the button in the bar, then the one in the dialog."""
    page.get_by_role("button", name=f"Publish version {version}").press("Enter")
    dialog = page.get_by_role("dialog", name="What this version changes")
    confirm = dialog.get_by_role("button", name=f"Publish version {version}")
    # What it concerns has to be read first.
    expect(confirm).to_be_enabled()
    confirm.press("Enter")
    expect(page.get_by_text(f"Version {version} is published. Stored work is unchanged.")).to_be_visible()


def test_renamed_retired_and_moved_by_keys_with_stored_work_unchanged(
    page: Page, server: ServerProcess, editor: EditorPage, make_task: Callable[..., ReadyTask]
) -> None:
    task = make_task()
    editor.open(task.path)
    editor.key("3")
    editor.key("b")
    editor.stroke([(100, 100), (200, 160)])
    editor.wait_saved()
    before = editor.checksum()

    open_screen(page, server, task.project_id)
    expect(page.get_by_role("button", name="Publish version 2")).to_have_attribute("aria-disabled", "true")
    tree = page.get_by_role("tree")
    tree.get_by_role("treeitem", name="Road").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(tree.get_by_role("treeitem", name="Car")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Name")).to_be_focused()
    page.keyboard.type("Vehicle")
    page.keyboard.press("Enter")
    vehicle = tree.get_by_role("treeitem", name="Vehicle")
    expect(vehicle).to_be_visible()
    # Person goes under Vehicle, and Sky is retired.
    tree.get_by_role("treeitem", name="Person").focus()
    page.keyboard.press("Control+ArrowRight")
    expect(tree.get_by_role("treeitem", name="Person")).to_have_attribute("aria-level", "2")
    expect(vehicle).to_have_attribute("aria-expanded", "true")
    tree.get_by_role("treeitem", name="Sky").focus()
    page.keyboard.press("Delete")
    expect(tree.get_by_role("treeitem", name="Sky stuff · retired")).to_be_visible()

    # The draft outlives the page.
    page.reload()
    expect(tree.get_by_role("treeitem", name="Vehicle")).to_be_visible()
    page.get_by_role("button", name="Publish version 2").press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Class Vehicle: Car is now called Vehicle")).to_be_visible()
    expect(dialog.get_by_text("concerns 1 segment, 1 image").first).to_be_visible()
    page.keyboard.press("Escape")
    publish(page, 2)
    stored = ontology_of(server, task.project_id)
    names = {entry["number"]: (entry["name"], entry["retired"], entry["parent"]) for entry in stored["classes"]}
    assert stored["version"] == 2
    assert names == {
        1: ("Road", False, None),
        2: ("Sky", True, None),
        3: ("Vehicle", False, None),
        4: ("Person", False, 3),
    }

    editor.open(task.path)
    assert editor.checksum() == before
    expect(page.get_by_role("region", name="Segments").get_by_text("Vehicle 1")).to_be_visible()
    parent = page.get_by_role("row", name="Vehicle, thing")
    expect(parent).to_have_attribute("aria-expanded", "true")
    parent.press("ArrowLeft")
    expect(page.get_by_role("row", name="Person, thing")).to_have_count(0)
    parent.press("ArrowRight")
    expect(page.get_by_role("row", name="Person, thing")).to_have_attribute("aria-level", "2")
    assert serious(page) == []
    # The first version can be looked at, not changed.
    open_screen(page, server, task.project_id)
    page.get_by_role("combobox", name="Version").select_option("1")
    expect(page.get_by_text("It can be looked at, not changed.")).to_be_visible()
    expect(page.get_by_role("treeitem", name="Car")).to_be_visible()
    expect(page.get_by_role("textbox", name="Name")).to_be_disabled()
    page.get_by_role("link", name="Back to the newest").press("Enter")
    expect(page.get_by_role("treeitem", name="Vehicle")).to_be_visible()


def test_protection_made_here_holds_while_drawing(
    page: Page, server: ServerProcess, editor: EditorPage, make_task: Callable[..., ReadyTask]
) -> None:
    task = make_task()
    open_screen(page, server, task.project_id)
    page.get_by_role("button", name="Who may take whose pixels").press("Enter")
    cell = page.get_by_role("button", name="Car takes from Road:")
    expect(cell).to_have_accessible_name("Car takes from Road: allowed, by priority")
    cell.press("Enter")
    expect(cell).to_have_accessible_name("Car takes from Road: not allowed, by rule")
    assert serious(page) == []
    publish(page, 2)
    assert ontology_of(server, task.project_id)["protection"] == [{"taker": CAR, "owner": ROAD, "allow": False}]

    editor.open(task.path)
    editor.key("1")
    editor.outline([(100, 100), (300, 100), (300, 300), (100, 300)])
    editor.wait_saved()
    road = next(row["areaPx"] for row in editor.state()["segments"] if row["classNumber"] == ROAD)
    editor.key("3")
    editor.key("b")
    editor.stroke([(200, 200), (420, 200)])
    areas = {row["classNumber"]: row["areaPx"] for row in editor.state()["segments"]}
    assert areas[ROAD] == road
    assert areas[CAR] > 0
    editor.key("4")
    editor.stroke([(150, 150), (250, 150)])
    areas = {row["classNumber"]: row["areaPx"] for row in editor.state()["segments"]}
    assert areas[ROAD] < road
    assert areas[PERSON] > 0
    editor.wait_saved()
    editor.key("3")
    editor.outline([(120, 220), (180, 220), (180, 280), (120, 280)])
    page.wait_for_function("() => window.intarsia.state().toast !== null")


def test_questions_nested_in_questions(page: Page, server: ServerProcess, make_task: Callable[..., ReadyTask]) -> None:
    task = make_task()
    open_screen(page, server, task.project_id)
    page.get_by_role("treeitem", name="Car").press("Enter")
    questions = page.get_by_role("region", name="Questions of this class")
    questions.get_by_role("button", name="Add question").press("Enter")
    expect(questions.get_by_role("textbox", name="Question", exact=True)).to_be_focused()
    page.keyboard.type("Occluded?")
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="Option 1, Occluded?").fill("Partly")
    page.get_by_role("textbox", name="Option 1, Occluded?").press("Enter")
    page.get_by_role("button", name="Ask more when Partly").press("Enter")
    inner = page.get_by_role("group", name="Question New question")
    inner.get_by_role("combobox", name="Answer").select_option("number")
    page.get_by_role("group", name="Question New question").get_by_role("checkbox", name="Needs an answer").press(
        "Space"
    )
    assert serious(page) == []
    publish(page, 2)
    car = next(entry for entry in ontology_of(server, task.project_id)["classes"] if entry["number"] == CAR)
    [question] = car["questions"]
    assert (question["id"], question["title"], question["kind"]) == ("occluded", "Occluded?", "single")
    [option] = question["options"]
    assert (option["id"], option["title"]) == ("partly", "Partly")
    assert [(inner["kind"], inner["required"]) for inner in option["questions"]] == [("number", True)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_empty_project_starts_with_a_template(page: Page, server: ServerProcess, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    project = posted(server.client, "/projects", {"name": "Empty"})
    open_screen(page, server, project["id"])
    expect(page.get_by_text("No classes yet.")).to_be_visible()
    assert serious(page) == []
    page.get_by_role("button", name="Driving").press("Enter")
    expect(page.get_by_role("treeitem", name="Car")).to_be_visible()
    # The button that can be pressed now has its full colour.
    page.wait_for_function("() => document.getAnimations().length === 0")
    assert serious(page) == []
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_text("No classes yet.")).to_be_visible()


def test_a_file_becomes_the_draft_and_keeps_what_is_published(
    page: Page, server: ServerProcess, make_task: Callable[..., ReadyTask], tmp_path: Path
) -> None:
    task = make_task()
    open_screen(page, server, task.project_id)
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps({"layers": [], "classes": []}), encoding="utf-8")
    chooser = page.locator('input[type="file"]')
    chooser.set_input_files(bad)
    expect(page.get_by_text("bad.json cannot be read: layers: An ontology has 1 to 64 layers.")).to_be_visible()
    good = tmp_path / "good.json"
    classes = [dict(CLASSES[2], name="Auto")]
    good.write_text(json.dumps({"layers": [{"name": "main", "title": "Main"}], "classes": classes}), encoding="utf-8")
    chooser.set_input_files(good)
    expect(page.get_by_role("treeitem", name="Auto")).to_be_visible()
    expect(page.get_by_role("treeitem", name="Road stuff · retired")).to_be_visible()
    publish(page, 2)
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").press("Enter")
    written = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert written == ontology_of(server, task.project_id)
    assert [entry["number"] for entry in written["classes"]] == [3, 1, 2, 4]
