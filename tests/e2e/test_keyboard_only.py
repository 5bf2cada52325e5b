# SPDX-License-Identifier: Apache-2.0
"""From the project's page to a submitted image without touching a pointer: class, box, polygon, answers, findings."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from .editor_page import EditorPage
from .project import CAR, CLASSES, SKY, ReadyTask
from .server_process import ServerProcess

POINTER_EVENTS = """() => {
    window.pointerEvents = 0;
    for (const kind of ["pointerdown", "mousedown", "touchstart", "click"]) {
        addEventListener(kind, (event) => {
            // Enter on a button makes a click of its own; it has no place and no count.
            if (event.isTrusted && (kind !== "click" || event.detail > 0)) window.pointerEvents++;
        }, { capture: true });
    }
}"""
HOW_MUCH = {
    "id": "percent",
    "title": "How much?",
    "kind": "number",
    "min": 0,
    "max": 100,
    "unit": "%",
    "required": True,
}
OCCLUDED = {
    "id": "occluded",
    "title": "Occluded?",
    "kind": "single",
    "required": True,
    "options": [
        {"id": "no", "title": "Not at all"},
        {"id": "partly", "title": "Partly", "questions": [HOW_MUCH]},
    ],
}


def asking_for_objects(server: ServerProcess, task: ReadyTask) -> None:
    """Cars may be boxes and polygons and have questions; no gap may be left."""
    classes = [
        {**entry, "geometry": ["mask", "box", "polygon"], "questions": [OCCLUDED]} if entry["number"] == CAR else entry
        for entry in CLASSES
    ]
    body = {"layers": [{"name": "main", "title": "Main"}], "classes": classes}
    server.client.put(f"/projects/{task.project_id}/ontology", json=body).raise_for_status()
    rules = {"unlabelled": {"on": True, "blocks": True, "parameters": {}}}
    server.client.put(f"/projects/{task.project_id}/review-rules", json={"rules": rules}).raise_for_status()


def focus_by_tab(page: Page, name: str) -> None:
    """Tab until the control of that name has the focus."""
    for _ in range(80):
        found = page.evaluate("() => document.activeElement?.textContent?.trim() ?? ''")
        if found == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reached {name!r}")


def press_times(editor: EditorPage, key: str, times: int) -> None:
    for _ in range(times):
        editor.key(key)


def object_kinds(server: ServerProcess, task: ReadyTask) -> list[str]:
    head = server.client.get(f"/annotations/{task.annotation_id}").raise_for_status().json()
    return sorted(item["geometry"]["kind"] for item in head["items"] if item.get("state") == "live")


def test_a_whole_image_without_a_pointer(
    page: Page, server: ServerProcess, editor: EditorPage, make_task: Callable[..., ReadyTask]
) -> None:
    task = make_task(240, 320)
    asking_for_objects(server, task)
    page.add_init_script(f"({POINTER_EVENTS})()")
    page.goto(f"{server.url}/p/{task.project_id}")
    page.get_by_role("main").wait_for()
    expect(page.get_by_text("Label next image", exact=True)).to_be_visible()
    focus_by_tab(page, "Label next image")
    page.keyboard.press("Enter")
    editor.wait_ready()

    # A box: one corner, then the other.
    editor.key("3")
    editor.key("Shift+B")
    editor.key("Space")
    press_times(editor, "Shift+ArrowRight", 4)
    press_times(editor, "Shift+ArrowDown", 3)
    editor.key("Space")
    # A polygon: three points and Enter.
    editor.key("Shift+P")
    press_times(editor, "Shift+ArrowLeft", 8)
    editor.key("Space")
    press_times(editor, "Shift+ArrowDown", 3)
    editor.key("Space")
    press_times(editor, "Shift+ArrowRight", 4)
    editor.key("Space")
    editor.key("Enter")
    editor.wait_saved()
    assert object_kinds(server, task) == ["box", "polygon"]

    # The sky by the fill, all but what is rubbed out again, so that there is something to find.
    editor.key("2")
    editor.key("g")
    editor.key("Space")
    editor.key("e")
    editor.key("Shift+Space")
    press_times(editor, "Shift+ArrowUp", 2)
    editor.key("Shift+Space")
    editor.wait_saved()

    # Submitting lists what is missing; the findings lead to each.
    editor.key("Control+Enter")
    expect(page.get_by_text("2 questions need an answer.")).to_be_visible()
    assert server.client.get(f"/tasks/{task.task_id}").json()["state"] == "open"
    for _ in range(2):
        next_finding(page, editor, "missing_answer")
        expect(page.get_by_role("radio", name="Not at all")).to_be_focused()
        editor.key("2")
        expect(page.get_by_text("How much?")).to_be_visible()
        editor.key("Enter")
        expect(page.get_by_role("textbox", name="How much?")).to_be_focused()
        page.keyboard.type("40")
        editor.key("Enter")
        editor.key("Escape")
        walk_to_canvas(page)
        editor.wait_saved()
    while totals(page, editor).get("unlabelled", 0):
        next_finding(page, editor, "unlabelled")
        editor.key("y")
        page.wait_for_function("() => window.intarsia.state().toast?.text.startsWith('Mended')")
        editor.wait_saved()
    editor.key("Control+Enter")
    page.wait_for_function("() => !location.pathname.includes('/t/')", timeout=15_000)
    state = server.client.get(f"/tasks/{task.task_id}").raise_for_status().json()
    assert state["state"] == "submitted"
    assert {segment["class"] for segment in state["annotation"]["segments"]} == {SKY}
    objects = [item for item in state["annotation"]["items"] if item["id"] != "image"]
    assert [item["answers"] for item in objects] == [{"occluded": "partly", "percent": 40}] * 2
    assert page.evaluate("() => window.pointerEvents") == 0


def totals(page: Page, editor: EditorPage) -> dict[str, int]:
    """How many findings there are by rule, of what is saved now."""
    editor.key("j")
    page.wait_for_function("() => window.intarsia.state().findings?.stale === false")
    return {rule["code"]: rule["total"] for rule in editor.state()["findings"]["rules"]}


def next_finding(page: Page, editor: EditorPage, rule: str) -> None:
    """J until a finding of that rule is looked at, in a list that is of what is saved now."""
    settled = (
        "before => (f => f != null && !f.stale && f.at != null && f.at !== before)(window.intarsia.state().findings)"
    )
    for _ in range(20):
        known = editor.state()["findings"] or {}
        before = known.get("at")
        if known.get("stale") is False and (before or "").startswith(f"{rule}:"):
            return
        walk_to_canvas(page)
        editor.key("j")
        page.wait_for_function(settled, arg=before)
    raise AssertionError(f"J never reached a finding of {rule}")


def walk_to_canvas(page: Page) -> None:
    """F6 goes from area to area; the picture is one of them."""
    for _ in range(8):
        if page.evaluate("() => document.activeElement?.getAttribute('role') === 'application'"):
            return
        page.keyboard.press("F6")
    raise AssertionError("F6 never reached the picture")
