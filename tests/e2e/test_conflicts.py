# SPDX-License-Identifier: Apache-2.0
"""Two windows on one image: what overlaps is shown in both and chosen once, what does not is merged without a word."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from .editor_page import EditorPage
from .project import CAR, PERSON, ReadyTask
from .server_process import ServerProcess
from .test_accessibility import serious
from .test_history import marked_share, owner_class


@pytest.fixture
def two_windows(context: BrowserContext, server: ServerProcess) -> Iterator[tuple[EditorPage, EditorPage]]:
    pages = [context.new_page(), context.new_page()]
    yield EditorPage(pages[0], server.url), EditorPage(pages[1], server.url)
    for page in pages:
        page.close()


def both_draw(windows: tuple[EditorPage, EditorPage], task: ReadyTask, places: list[tuple[float, float]]) -> None:
    """Each window draws before it can know of the other: the second one's save is held back until both have drawn."""
    first, second = windows
    for window, key in ((first, "3"), (second, "4")):
        window.open(task.path)
        window.key("b")
        window.key(key)
    second.page.route("**/edits", lambda route: route.abort())
    second.stroke([places[1], (places[1][0] + 60, places[1][1])])
    second.page.wait_for_function("() => window.intarsia.state().save.pendingEdits > 0")
    first.stroke([places[0], (places[0][0] + 60, places[0][1])])
    first.wait_saved()
    second.page.unroute("**/edits")
    second.key("Control+s")
    second.wait_saved()


def head(server: ServerProcess, task: ReadyTask) -> dict:  # type: ignore[type-arg]
    answer: dict = server.client.get(f"/annotations/{task.annotation_id}").json()  # type: ignore[type-arg]
    return answer


def wait_equal(windows: tuple[EditorPage, EditorPage], server: ServerProcess, task: ReadyTask) -> None:
    wanted = head(server, task)["checksums"]["main"]
    for window in windows:
        window.page.wait_for_function("wanted => window.intarsia.checksum('main') === wanted", arg=wanted)


TEXT = "You and another window changed the same {} pixels. Both versions are kept."


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_overlapping_strokes_are_shown_in_both_windows_and_chosen_once(
    two_windows: tuple[EditorPage, EditorPage], server: ServerProcess, make_task: Callable[..., ReadyTask], choice: str
) -> None:
    task = make_task()
    _, second = two_windows
    both_draw(two_windows, task, [(200, 200), (230, 200)])
    (conflict,) = server.client.get(f"/annotations/{task.annotation_id}/conflicts").json()["conflicts"]
    text = TEXT.format(f"{conflict['pixel_count']:,}")
    for window in two_windows:
        expect(window.page.get_by_text(text)).to_be_visible()
    wait_equal(two_windows, server, task)
    assert owner_class(second, 240, 200) == CAR, "what was acknowledged first stays until someone chooses"

    refused = server.client.post(f"/tasks/{task.task_id}/submit")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "open_conflicts")
    second.page.get_by_role("button", name="Compare", exact=True).click()
    expect(second.page.get_by_role("heading", name="Conflicts")).to_be_visible()
    expect(second.page.get_by_role("region", name="What the marks mean")).to_contain_text("both, but different")
    x0, y0, x1, y1 = conflict["box_xyxy"]
    assert marked_share(second.page, (x0, y0, x1, y1)) > 0.2
    assert serious(second.page) == []
    second.page.get_by_role("button", name=f"Keep {choice}").first.click()
    for window in two_windows:
        expect(window.page.get_by_text("Both versions are kept.", exact=False)).to_have_count(0)
    wait_equal(two_windows, server, task)
    for window in two_windows:
        assert owner_class(window, 240, 200) == (PERSON if choice == "mine" else CAR)
    assert head(server, task)["open_conflicts"] == 0
    assert server.client.post(f"/tasks/{task.task_id}/submit").json()["state"] == "submitted"


def test_the_other_window_can_choose_too(
    two_windows: tuple[EditorPage, EditorPage], server: ServerProcess, make_task: Callable[..., ReadyTask]
) -> None:
    task = make_task()
    first, _ = two_windows
    both_draw(two_windows, task, [(200, 200), (230, 200)])
    first.page.get_by_role("button", name="Keep the second").click()
    for window in two_windows:
        expect(window.page.get_by_text("Both versions are kept.", exact=False)).to_have_count(0)
    wait_equal(two_windows, server, task)
    assert owner_class(first, 240, 200) == PERSON


def test_several_conflicts_are_walked_through(
    two_windows: tuple[EditorPage, EditorPage], server: ServerProcess, make_task: Callable[..., ReadyTask]
) -> None:
    task = make_task()
    _, second = two_windows
    both_draw(two_windows, task, [(200, 100), (230, 100)])
    both_draw(two_windows, task, [(200, 380), (230, 380)])
    page = second.page
    expect(page.get_by_text("(1 of 2)", exact=False)).to_be_visible()
    page.get_by_role("button", name="Compare", exact=True).click()
    rows = page.get_by_role("list", name="Open conflicts").get_by_role("listitem")
    expect(rows).to_have_count(2)
    page.get_by_role("button", name="Next conflict").click()
    expect(page.get_by_text("(2 of 2)", exact=False)).to_be_visible()
    page.get_by_role("button", name="Keep mine").first.click()
    expect(rows).to_have_count(1)
    expect(page.get_by_text("Settled. 1 conflict is left.")).to_be_visible()
    wait_equal(two_windows, server, task)
    assert owner_class(second, 240, 380) == PERSON
    assert owner_class(second, 240, 100) == CAR
    second.open(task.path)
    expect(page.get_by_text("You and another window changed", exact=False)).to_be_visible()
    page.get_by_role("button", name="Keep the first").click()
    expect(page.get_by_text("Settled. The other version stays in the history.")).to_be_visible()
    wait_equal(two_windows, server, task)
    assert head(server, task)["open_conflicts"] == 0


def test_strokes_apart_are_merged_silently(
    two_windows: tuple[EditorPage, EditorPage], server: ServerProcess, make_task: Callable[..., ReadyTask]
) -> None:
    task = make_task()
    both_draw(two_windows, task, [(100, 100), (400, 380)])
    wait_equal(two_windows, server, task)
    for window in two_windows:
        assert (owner_class(window, 120, 100), owner_class(window, 420, 380)) == (CAR, PERSON)
        expect(window.page.get_by_text("Both versions are kept.", exact=False)).to_have_count(0)
        assert window.state()["banner"] is None
