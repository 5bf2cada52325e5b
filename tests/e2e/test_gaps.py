# SPDX-License-Identifier: Apache-2.0
"""Gap tools and whole segments by keys: a picture is finished to 100 %, and the server holds what the page shows."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from .editor_page import EditorPage
from .project import CAR, PERSON, ROAD, SKY, ReadyTask
from .server_process import ServerProcess
from .test_accessibility import serious

HEIGHT, WIDTH = 240, 320


def toast(editor: EditorPage) -> str:
    text: str | None = editor.page.evaluate("() => window.intarsia.state().toast?.text ?? null")
    return text or ""


def areas(editor: EditorPage) -> dict[int, list[int]]:
    """Class number -> areas of its segments, ascending."""
    found: dict[int, list[int]] = {}
    for row in editor.state()["segments"]:
        found.setdefault(row["classNumber"], []).append(row["areaPx"])
    return {number: sorted(each) for number, each in found.items()}


def same_on_the_server(editor: EditorPage, server: ServerProcess, task: ReadyTask) -> None:
    editor.wait_saved()
    head = server.client.get(f"/annotations/{task.annotation_id}").raise_for_status().json()
    assert head["checksums"]["main"] == editor.checksum()
    live = [segment for segment in head["segments"] if segment["state"] == "live"]
    assert {segment["id"] for segment in live} >= {row["id"] for row in editor.state()["segments"]}


def draw_two_walls(editor: EditorPage) -> None:
    """A road and a car from top to bottom, drawn to the edge by snapping: three gaps."""
    editor.key("1")
    editor.outline([(80, 1), (110, 1), (110, 239), (80, 239)])
    editor.key("3")
    editor.outline([(200, 1), (230, 1), (230, 239), (200, 239)])


def test_a_picture_is_finished_gap_by_gap(
    server: ServerProcess, editor: EditorPage, make_task: Callable[..., ReadyTask]
) -> None:
    task = make_task(HEIGHT, WIDTH)
    editor.open(task.path)
    draw_two_walls(editor)
    before = editor.checksum()
    total = HEIGHT * WIDTH
    for left in (3, 2, 1):
        editor.key("n")
        assert toast(editor).startswith(f"gap 1 of {left} · ")
        assert editor.state()["gapView"]
        editor.key("Shift+G")
        rest = "100 % labelled, no gaps." if left == 1 else f"{left - 1} gap{'s' if left > 2 else ''} left."
        assert toast(editor).endswith(rest)
    assert editor.state()["coverage"] == {"labelledPx": total, "totalPx": total}
    expect(editor.page.get_by_role("contentinfo").get_by_text("100 %").first).to_be_visible()
    assert set(areas(editor)) == {ROAD, CAR}
    same_on_the_server(editor, server, task)

    full = editor.checksum()
    for _ in range(3):
        editor.key("Control+z")
    assert editor.checksum() == before
    for _ in range(3):
        editor.key("Control+Shift+z")
    assert editor.checksum() == full
    same_on_the_server(editor, server, task)


def test_the_rest_goes_to_neighbours_to_a_class_or_to_a_new_thing(
    page: Page, server: ServerProcess, editor: EditorPage, make_task: Callable[..., ReadyTask]
) -> None:
    task = make_task(HEIGHT, WIDTH)
    editor.open(task.path)
    draw_two_walls(editor)
    before, drawn = editor.checksum(), areas(editor)
    total = HEIGHT * WIDTH
    rest = total - sum(sum(each) for each in drawn.values())

    def fill(choice: str | None, taker: str | None = None) -> dict[int, list[int]]:
        editor.key("Shift+A")
        dialog = page.get_by_role("dialog", name="Fill all unlabelled")
        dialog.wait_for()
        if choice is not None:
            dialog.get_by_role("radio", name=choice).check(force=True)
        if taker is not None:
            dialog.get_by_role("combobox").select_option(label=taker)
        assert serious(page) == []
        dialog.get_by_role("button", name="Fill").click()
        dialog.wait_for(state="detached")
        assert editor.state()["coverage"]["labelledPx"] == total
        found = areas(editor)
        same_on_the_server(editor, server, task)
        editor.key("Control+z")
        assert editor.checksum() == before
        return found

    near = fill(None)
    assert sum(near[ROAD]) + sum(near[CAR]) == total
    sky = fill("One class", "Sky")
    assert sky == {**drawn, SKY: [rest]}
    people = fill("A new segment", "Person")
    assert people == {**drawn, PERSON: [rest]}

    editor.key("Shift+A")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for(state="detached")
    assert editor.state()["coverage"]["labelledPx"] == total, "Enter takes what is chosen: the neighbours"
    editor.key("Shift+A")
    assert toast(editor) == "No gaps: every pixel has an owner."
    same_on_the_server(editor, server, task)


def test_segments_are_merged_and_split_by_keys(
    server: ServerProcess, editor: EditorPage, make_task: Callable[..., ReadyTask]
) -> None:
    task = make_task(HEIGHT, WIDTH)
    editor.open(task.path)
    for left in (20, 120, 220):
        editor.key("3")
        editor.outline([(left, 40), (left + 60, 40), (left + 60, 100), (left, 100)])
    editor.wait_saved()
    assert [len(each) for each in areas(editor).values()] == [3]
    before = editor.checksum()

    editor.key("v")
    for number, left in enumerate((120, 20, 220)):
        x, y = editor.screen((left + 30, 70))
        editor.page.keyboard.down("Shift") if number else None
        editor.page.mouse.click(x, y)
        editor.page.keyboard.up("Shift")
    first = next(row["id"] for row in editor.state()["segments"] if row["first"])
    expect(editor.page.get_by_role("row", name="first of the selection")).to_have_count(1)
    editor.key("m")
    (row,) = editor.state()["segments"]
    assert row["id"] == first
    assert toast(editor).startswith("2 segments merged into Car")
    same_on_the_server(editor, server, task)

    merged = editor.checksum()
    editor.key("Shift+M")
    rows = editor.state()["segments"]
    assert len(rows) == 3
    assert first in {row["id"] for row in rows}
    same_on_the_server(editor, server, task)
    editor.key("Control+z")
    assert editor.checksum() == merged
    editor.key("Control+z")
    assert editor.checksum() == before
    same_on_the_server(editor, server, task)


def test_the_fill_takes_what_it_shows(
    server: ServerProcess, editor: EditorPage, make_task: Callable[..., ReadyTask]
) -> None:
    task = make_task(HEIGHT, WIDTH)
    editor.open(task.path)
    draw_two_walls(editor)
    editor.key("2")
    editor.key("g")
    editor.page.mouse.move(*editor.screen((20, 120)))
    editor.page.mouse.click(*editor.screen((20, 120)))
    assert set(areas(editor)) == {ROAD, SKY, CAR}
    editor.page.mouse.click(*editor.screen((215, 120)))
    assert toast(editor) == "Every pixel here already belongs to a segment. Hold X to draw over."
    editor.page.keyboard.down("x")
    editor.page.mouse.click(*editor.screen((215, 120)))
    editor.page.keyboard.up("x")
    assert set(areas(editor)) == {ROAD, SKY}
    same_on_the_server(editor, server, task)


def test_islands_are_removed_and_a_new_one_is_made_alike(
    page: Page, server: ServerProcess, editor: EditorPage, make_task: Callable[..., ReadyTask]
) -> None:
    task = make_task(HEIGHT, WIDTH)
    editor.open(task.path)
    editor.key("1")
    editor.outline([(1, 1), (319, 1), (319, 239), (1, 239)])
    editor.key("3")
    editor.key("x")
    editor.outline([(40, 40), (140, 40), (140, 140), (40, 140)])
    editor.key("v")
    page.mouse.click(*editor.screen((90, 90)))
    editor.key("b")
    page.mouse.click(*editor.screen((220, 60)))
    editor.wait_saved()
    before = editor.checksum()
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("Remove islands")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Remove islands")
    dialog.wait_for()
    assert serious(page) == []
    dialog.get_by_role("textbox").fill("none")
    dialog.get_by_role("button", name="Remove").click()
    expect(dialog.get_by_role("alert")).to_have_text("Give a whole number from 1 to 1,000,000.")
    dialog.get_by_role("textbox").fill("2000")
    dialog.get_by_role("button", name="Remove").click()
    dialog.wait_for(state="detached")
    assert toast(editor).startswith("1 island removed, ")
    assert len(areas(editor)[CAR]) == 1
    same_on_the_server(editor, server, task)
    editor.key("Control+z")
    assert editor.checksum() == before

    editor.key("Control+d")
    fresh = next(row for row in editor.state()["segments"] if row["selected"])
    assert (fresh["classNumber"], fresh["areaPx"]) == (CAR, 0)
    page.mouse.click(*editor.screen((260, 180)))
    same_on_the_server(editor, server, task)
    assert len(areas(editor)[CAR]) == 2
