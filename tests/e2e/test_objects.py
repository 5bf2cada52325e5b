# SPDX-License-Identifier: Apache-2.0
"""Objects on the real server: each kind by mouse and by keyboard alone, kept over a reload, undone after it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .editor_page import EditorPage, Point
from .project import CAR, CLASSES, ONTOLOGY, PERSON, ReadyTask, gradient_png, make_tasks
from .server_process import ServerProcess
from .test_accessibility import serious

KINDS = ["mask", "box", "rotated_box", "polygon", "polyline", "point"]
WITH_OBJECTS = {
    **ONTOLOGY,
    "classes": [{**entry, "geometry": KINDS} if entry["kind"] == "thing" else entry for entry in CLASSES],
    "relations": [
        {"id": "drives", "title": "drives", "directed": True, "from": [PERSON], "to": [CAR], "retired": False}
    ],
}
HEIGHT, WIDTH = 480, 640

Items = dict[str, dict]  # type: ignore[type-arg]


@pytest.fixture
def task(server: ServerProcess) -> ReadyTask:
    images = {f"picture{n}.png": gradient_png(HEIGHT, WIDTH, seed=n) for n in (1, 2)}
    return make_tasks(server.client, images=images, ontology=WITH_OBJECTS)[0]


def live_items(server: ServerProcess, task: ReadyTask) -> Items:
    head = server.client.get(f"/annotations/{task.annotation_id}").raise_for_status().json()
    return {item["id"]: item for item in head["items"] if item.get("state") == "live"}


def geometries(server: ServerProcess, task: ReadyTask) -> list[dict]:  # type: ignore[type-arg]
    """Of live objects, the oldest first: their ids begin with the time."""
    items = live_items(server, task)
    return [items[key]["geometry"] for key in sorted(items) if key.startswith("obj_")]


def click(editor: EditorPage, point: Point, modifiers: tuple[str, ...] = ("Control",)) -> None:
    """With Control a place is where the pointer is, whatever lies near."""
    for key in modifiers:
        editor.page.keyboard.down(key)
    editor.page.mouse.move(*editor.screen(point))
    editor.page.mouse.click(*editor.screen(point))
    for key in modifiers:
        editor.page.keyboard.up(key)


def objects(editor: EditorPage) -> list[dict]:  # type: ignore[type-arg]
    rows: list[dict] = editor.state()["objects"]  # type: ignore[type-arg]
    return rows


def test_each_kind_by_mouse_is_saved_and_there_after_a_reload(
    server: ServerProcess, editor: EditorPage, task: ReadyTask
) -> None:
    editor.open(task.path)
    editor.key("3")
    editor.key("Shift+B")
    editor.stroke([(100, 100), (160, 140), (200, 180)])
    editor.key("Shift+O")
    for point in ((300, 100), (400, 100), (400, 160)):
        click(editor, point)
    editor.key("Shift+P")
    for point in ((100, 300), (200, 300), (200, 400)):
        click(editor, point)
    click(editor, (100, 300), modifiers=())
    editor.key("Shift+K")
    for point in ((300, 300), (360, 350), (420, 300)):
        click(editor, point)
    editor.key("Enter")
    editor.key("Shift+D")
    click(editor, (500, 400))
    assert [row["kind"] for row in reversed(objects(editor))] == KINDS[1:]
    editor.wait_saved()
    kept = geometries(server, task)
    assert [geometry["kind"] for geometry in kept] == KINDS[1:]
    assert kept[0]["box_xyxy"] == pytest.approx([100, 100, 200, 180], abs=1)
    assert kept[1]["size_wh"] == pytest.approx([100, 60], abs=1.5)
    before = objects(editor)
    editor.page.reload()
    editor.wait_ready()
    assert objects(editor) == before
    # Undo survives the reload: the newest object goes, and comes back.
    editor.key("Control+z")
    assert [row["kind"] for row in objects(editor)] == ["polyline", "polygon", "rotated_box", "box"]
    editor.wait_saved()
    assert geometries(server, task) == kept[:4]
    editor.key("Control+Shift+z")
    editor.wait_saved()
    assert geometries(server, task) == kept


def test_each_kind_by_keyboard_alone(server: ServerProcess, editor: EditorPage, task: ReadyTask) -> None:
    editor.open(task.path)
    editor.page.get_by_role("application").focus()

    def walk(key: str, times: int) -> None:
        for _ in range(times):
            editor.key(key)

    editor.key("3")
    editor.key("Shift+B")
    editor.key("ArrowRight")
    editor.key("Space")
    walk("Shift+ArrowRight", 5)
    walk("Shift+ArrowDown", 4)
    editor.key("Enter")
    editor.key("Shift+O")
    editor.key("Space")
    walk("Shift+ArrowRight", 6)
    editor.key("Space")
    walk("Shift+ArrowDown", 3)
    editor.key("Enter")
    for tool in ("Shift+P", "Shift+K"):
        editor.key(tool)
        editor.key("Space")
        walk("Shift+ArrowLeft", 5)
        editor.key("Space")
        walk("Shift+ArrowUp", 5)
        editor.key("Space")
        editor.key("Enter")
    editor.key("Shift+D")
    editor.key("Space")
    assert [row["kind"] for row in reversed(objects(editor))] == KINDS[1:]
    editor.wait_saved()
    first = geometries(server, task)
    assert [geometry["kind"] for geometry in first] == KINDS[1:]
    # Tab selects, arrows move.
    editor.key("v")
    editor.key("Tab")
    editor.key("Shift+ArrowDown")
    editor.wait_saved()
    assert sum(old != new for old, new in zip(first, geometries(server, task), strict=True)) == 1
    editor.key("Delete")
    editor.wait_saved()
    assert len(geometries(server, task)) == 4


def test_exact_numbers_by_keyboard(server: ServerProcess, editor: EditorPage, task: ReadyTask, page: Page) -> None:
    editor.open(task.path)
    page.get_by_role("application").focus()
    for key in ("3", "Shift+D", "ArrowRight", "Space", "v", "Tab", "Control+k"):
        editor.key(key)
    page.get_by_role("combobox").fill("Exact numbers")
    page.keyboard.press("Enter")
    expect(page.get_by_label("x, px")).to_be_focused()
    assert serious(page) == []
    page.keyboard.type("12.5")
    page.keyboard.press("Tab")
    page.keyboard.type("30")
    page.keyboard.press("Enter")
    editor.wait_saved()
    assert geometries(server, task) == [{"kind": "point", "point": [12.5, 30]}]


def test_shaping_relating_and_copying(server: ServerProcess, editor: EditorPage, task: ReadyTask, page: Page) -> None:
    editor.open(task.path)
    editor.key("4")
    editor.key("Shift+B")
    editor.stroke([(100, 100), (150, 150), (200, 180)])
    editor.key("3")
    editor.stroke([(300, 200), (350, 250), (420, 300)])
    editor.key("v")
    click(editor, (100, 140), modifiers=())
    editor.stroke([(200, 180), (220, 200), (240, 220)])
    click(editor, (300, 250), modifiers=("Shift",))
    assert [row["selected"] for row in objects(editor)] == [True, True]
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("Relate")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Person box 1 drives Car box 1")).to_be_visible()
    dialog.get_by_role("button", name="Relate", exact=True).click()
    row = page.get_by_role("row", name="Person box 1 drives Car box 1")
    expect(row).to_be_visible()
    assert serious(page) == []
    editor.wait_saved()
    assert geometries(server, task)[0]["box_xyxy"] == pytest.approx([100, 100, 240, 220], abs=1.5)
    assert [item["relation"] for item in live_items(server, task).values() if "relation" in item] == ["drives"]
    row.get_by_role("button", name="Delete the relation").click()
    expect(row).not_to_be_visible()
    # A box becomes a segment, and the segment a rotated box.
    page.get_by_role("row", name="Car box 1").click()
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("Segment from box")
    page.keyboard.press("Enter")
    assert editor.state()["segments"][0]["areaPx"] == pytest.approx(120 * 100, rel=0.05)
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("Rotated box from")
    page.keyboard.press("Enter")
    assert objects(editor)[0]["kind"] == "rotated_box"
    # Copied into the next image to the same place.
    page.get_by_role("application").focus()
    page.keyboard.press("Control+c")
    editor.wait_saved()
    copied = geometries(server, task)[-1]
    editor.key("f")
    page.wait_for_function("id => window.intarsia?.state().taskId !== id", arg=task.task_id)
    editor.wait_ready()
    page.get_by_role("application").focus()
    page.keyboard.press("Control+v")
    editor.wait_saved()
    annotation = editor.state()["annotationId"]
    head = server.client.get(f"/annotations/{annotation}").raise_for_status().json()
    assert [item["geometry"] for item in head["items"]] == [copied]


def test_objects_of_an_earlier_revision_are_shown_and_restored(
    server: ServerProcess, editor: EditorPage, task: ReadyTask, make_task: Callable[..., ReadyTask]
) -> None:
    editor.open(task.path)
    editor.key("3")
    editor.key("Shift+B")
    editor.stroke([(100, 100), (150, 150), (200, 180)])
    editor.wait_saved()
    kept = geometries(server, task)
    first = editor.state()["latestRevision"]
    editor.key("v")
    click(editor, (100, 140), modifiers=())
    editor.key("Delete")
    editor.wait_saved()
    assert objects(editor) == []
    editor.open(f"{task.path}?rev={first}")
    editor.page.wait_for_function("() => window.intarsia.state().objects.length === 1")
    editor.page.get_by_role("button", name="Restore", exact=True).first.click()
    editor.page.wait_for_function("() => window.intarsia.state().revision === null")
    editor.page.wait_for_function("() => window.intarsia.state().objects.length === 1")
    editor.wait_saved()
    assert geometries(server, task) == kept
