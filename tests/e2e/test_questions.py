# SPDX-License-Identifier: Apache-2.0
"""Questions of a segment and of the image, answered without a pointer; what is missing stops a submission."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from .editor_page import EditorPage
from .project import CAR, CLASSES, ReadyTask
from .server_process import ServerProcess
from .test_accessibility import serious

PERCENT = {"id": "percent", "title": "How much?", "kind": "number", "min": 0, "max": 100, "unit": "%", "required": True}
OCCLUDED = {
    "id": "occluded",
    "title": "Occluded?",
    "kind": "single",
    "required": True,
    "options": [
        {"id": "not", "title": "Not at all"},
        {"id": "partly", "title": "Partly", "questions": [PERCENT]},
    ],
}
SEEN = {
    "id": "seen",
    "title": "Seen from",
    "kind": "multiple",
    "options": [{"id": "front", "title": "Front"}, {"id": "side", "title": "Side"}, {"id": "back", "title": "Back"}],
}
PLATE = {"id": "plate", "title": "Plate", "kind": "text", "max_chars": 12}
PARKED = {"id": "parked", "title": "Parked?", "kind": "boolean", "default": False}
WEATHER = {
    "id": "weather",
    "title": "Weather",
    "kind": "single",
    "required": True,
    "options": [{"id": "sun", "title": "Sun"}, {"id": "rain", "title": "Rain"}],
}
TAKEN = {"id": "taken", "title": "Taken on", "kind": "date"}


def ask(server: ServerProcess, task: ReadyTask, when: str = "last") -> None:
    """The second version of the project's ontology: cars and the image have questions."""
    classes = [
        {**entry, "questions": [OCCLUDED, SEEN, PLATE, PARKED]} if entry["number"] == CAR else entry
        for entry in CLASSES
    ]
    body = {
        "layers": [{"name": "main", "title": "Main"}],
        "classes": classes,
        "questions": [WEATHER, TAKEN],
        "questions_when": when,
    }
    server.client.put(f"/projects/{task.project_id}/ontology", json=body).raise_for_status()


def stored(server: ServerProcess, task: ReadyTask) -> list[dict]:  # type: ignore[type-arg]
    head = server.client.get(f"/annotations/{task.annotation_id}").raise_for_status().json()
    return [segment["answers"] for segment in head["segments"] if segment["class"] == CAR]


def draw_two_cars(editor: EditorPage) -> None:
    editor.key("3")
    editor.key("b")
    editor.stroke([(100, 100), (140, 100)])
    editor.key("3")
    editor.stroke([(300, 100), (340, 100)])


def test_answers_by_keyboard_alone(
    page: Page, server: ServerProcess, editor: EditorPage, make_task: Callable[..., ReadyTask]
) -> None:
    task = make_task()
    ask(server, task)
    editor.open(task.path)
    draw_two_cars(editor)
    panel = page.get_by_role("region", name="Questions")
    expect(panel).to_be_visible()

    editor.key("q")
    first = page.get_by_role("radio", name="Not at all")
    expect(first).to_be_focused()
    editor.key("2")
    expect(page.get_by_role("radio", name="Partly")).to_be_checked()
    expect(panel.get_by_text("How much?")).to_be_visible()
    editor.key("Enter")
    expect(page.get_by_role("textbox", name="How much?")).to_be_focused()
    page.keyboard.type("400")
    editor.key("Enter")
    expect(panel.get_by_role("alert")).to_have_text("Write a number, 0 to 100 %.")
    page.keyboard.press("Control+a")
    page.keyboard.type("40")
    editor.key("Enter")
    expect(page.get_by_role("checkbox", name="Front")).to_be_focused()
    editor.key("3")
    editor.key("ArrowUp")
    editor.key("ArrowUp")
    editor.key("Space")
    editor.key("Enter")
    page.keyboard.type("AB 12")
    editor.key("Enter")
    expect(page.get_by_role("radio", name="No", exact=True)).to_be_checked()
    editor.key("1")
    editor.key("Enter")
    expect(page.get_by_role("application")).to_be_focused()
    editor.wait_saved()
    answers = {"occluded": "partly", "percent": 40, "seen": ["front", "back"], "plate": "AB 12", "parked": True}
    assert sorted(stored(server, task), key=len) == [{}, answers]

    # Each answer was one step: the last one goes back alone, and the panel follows.
    editor.key("Control+z")
    editor.wait_saved()
    assert sorted(stored(server, task), key=len)[1] == {key: answers[key] for key in answers if key != "parked"}
    expect(page.get_by_role("radio", name="No", exact=True)).to_be_checked()


def test_a_bulk_answer_and_what_differs(
    page: Page, server: ServerProcess, editor: EditorPage, make_task: Callable[..., ReadyTask]
) -> None:
    task = make_task()
    ask(server, task)
    editor.open(task.path)
    draw_two_cars(editor)
    editor.key("q")
    editor.key("1")
    editor.key("Escape")
    expect(page.get_by_role("application")).to_be_focused()
    ids = [row["id"] for row in editor.state()["segments"]]
    page.get_by_role("region", name="Segments").get_by_role("row").nth(0).click()
    page.get_by_role("region", name="Segments").get_by_role("row").nth(1).click(modifiers=["Shift"])
    assert sum(row["selected"] for row in editor.state()["segments"]) == len(ids) == 2
    panel = page.get_by_role("region", name="Questions")
    expect(panel.get_by_text("different", exact=True)).to_be_visible()
    expect(panel.get_by_text("An answer goes to all 2.")).to_be_visible()
    editor.key("q")
    editor.key("1")
    editor.wait_saved()
    assert stored(server, task) == [{"occluded": "not"}, {"occluded": "not"}]
    editor.key("Control+z")
    editor.wait_saved()
    assert sorted(stored(server, task), key=len) == [{}, {"occluded": "not"}]


def test_what_is_missing_stops_the_submission(
    page: Page, server: ServerProcess, editor: EditorPage, make_task: Callable[..., ReadyTask]
) -> None:
    task = make_task()
    ask(server, task, "first")
    editor.open(task.path)
    # Asked first: the image's questions are there before anything is drawn.
    panel = page.get_by_role("region", name="Questions")
    expect(panel.get_by_text("Weather")).to_be_visible()
    editor.key("3")
    editor.key("b")
    editor.stroke([(100, 100), (140, 100)])
    editor.key("Control+Enter")
    expect(page.get_by_text("2 questions need an answer.")).to_be_visible()
    page.get_by_role("button", name="Go to first").click()
    expect(page.get_by_role("radio", name="Sun")).to_be_focused()
    assert serious(page) == []
    editor.key("2")
    editor.key("Enter")
    page.keyboard.type("02292024")
    editor.key("Enter")
    editor.key("Control+Enter")
    expect(page.get_by_text("1 question needs an answer.")).to_be_visible()
    page.get_by_role("button", name="Go to first").click()
    expect(page.get_by_role("radio", name="Not at all")).to_be_focused()
    editor.key("1")
    editor.wait_saved()
    answers = {"weather": "rain", "taken": "2024-02-29"}
    assert editor.state()["questionnaires"]["image"]["answers"] == [answers]
    head = server.client.get(f"/annotations/{task.annotation_id}").raise_for_status().json()
    assert [item["answers"] for item in head["items"] if item["id"] == "image"] == [answers]
    editor.key("Control+Enter")
    page.wait_for_url(f"**/p/{task.project_id}")
    detail = server.client.get(f"/tasks/{task.task_id}").raise_for_status().json()
    assert detail["state"] == "submitted"
