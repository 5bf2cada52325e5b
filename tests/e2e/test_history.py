# SPDX-License-Identifier: Apache-2.0
"""Looking back in the browser: revisions are listed, opened, compared and restored, and a link leads to each view."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .editor_page import EditorPage
from .project import CAR, PERSON, ReadyTask, gradient_png, make_tasks
from .server_process import ServerProcess
from .test_accessibility import serious


def three_revisions(editor: EditorPage, task: ReadyTask) -> list[str]:
    """A car, a person, and a car over the person's left half; the checksum after each (index 0: before any)."""
    editor.open(task.path)
    sums = [editor.checksum()]
    editor.key("b")
    for key, points in (
        ("3", [(100, 100), (200, 160)]),
        ("4", [(300, 300), (400, 300)]),
        ("3", [(300, 290), (300, 310)]),
    ):
        editor.key(key)
        editor.stroke(points)
        number = len(sums)
        editor.page.wait_for_function("n => window.intarsia.state().save.revision === n", arg=number)
        editor.wait_saved()
        sums.append(editor.checksum())
    return sums


def open_history(page: Page) -> None:
    page.get_by_role("button", name="History", exact=True).click()
    expect(page.get_by_role("list", name="Revisions, newest first").get_by_role("listitem")).to_have_count(3)


def revision_button(page: Page, number: int):  # type: ignore[no-untyped-def]
    return page.get_by_role("button", name=re.compile(rf"^Revision {number}\b.*Local owner"))


def test_revisions_are_listed_opened_and_left(editor: EditorPage, make_task: Callable[..., ReadyTask]) -> None:
    task, page = make_task(), editor.page
    sums = three_revisions(editor, task)
    open_history(page)
    pictures = page.locator(".revision-picture img")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.revision-picture img')].every(i => i.naturalWidth > 0)"
    )
    assert pictures.count() == 3
    for number in (1, 2):
        revision_button(page, number).click()
        expect(page.get_by_text(re.compile(rf"^Revision {number} of 3, .* by Local owner\.$"))).to_be_visible()
        page.wait_for_function("wanted => window.intarsia.checksum('main') === wanted", arg=sums[number])
        assert f"rev=r_{number}" in page.url
        assert editor.state()["readOnly"] is True
    editor.stroke([(50, 400), (90, 420)])
    expect(page.get_by_text("This is revision 2, to look at.", exact=False)).to_be_visible()
    assert editor.checksum() == sums[2]
    page.get_by_role("button", name="Show latest").click()
    page.wait_for_function("wanted => window.intarsia.checksum('main') === wanted", arg=sums[3])
    page.wait_for_function("() => !location.search.includes('rev')")


def test_comparing_marks_and_counts_what_differs(
    editor: EditorPage, server: ServerProcess, make_task: Callable[..., ReadyTask]
) -> None:
    task, page = make_task(), editor.page
    three_revisions(editor, task)
    differ = server.client.get(f"/annotations/{task.annotation_id}/compare", params={"from": 1}).json()
    changed = differ["layers"][0]["changed_px"]
    open_history(page)
    revision_button(page, 1).click()
    expect(page.get_by_text("Revision 1 of 3,", exact=False)).to_be_visible()
    page.get_by_role("button", name="Compare with latest").first.click()
    legend = page.get_by_role("region", name="What the marks mean")
    expect(legend).to_contain_text(f"{changed:,} pixels and 2 segments differ")
    expect(legend).to_contain_text("only in revision 3")
    comparison = editor.state()["comparison"]
    assert (comparison["firstPx"], comparison["secondPx"] + comparison["bothPx"]) == (0, changed)
    assert "compare=r_1" in page.url
    assert marked_share(page, (300, 280, 400, 320)) > 0.04
    assert serious(page) == []
    page.get_by_role("button", name="Stop comparing").first.click()
    expect(legend).to_have_count(0)
    assert marked_share(page, (300, 280, 400, 320)) == 0


def marked_share(page: Page, box: tuple[int, int, int, int]) -> float:
    """Share of the screen over an image box that has one of the three colours of a difference."""
    return page.evaluate(
        """async ([x0, y0, x1, y1]) => {
          await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
          const canvas = document.querySelectorAll('.canvas-host canvas')[1];
          const host = canvas.getBoundingClientRect();
          const a = window.intarsia.imageToScreen(x0, y0), b = window.intarsia.imageToScreen(x1, y1);
          const left = Math.max(0, a.x - host.left), top = Math.max(0, a.y - host.top);
          const width = Math.min(canvas.width, b.x - host.left) - left;
          const height = Math.min(canvas.height, b.y - host.top) - top;
          const { data } = canvas.getContext('2d').getImageData(left, top, width, height);
          const marks = [[0x3d, 0xda, 0xd7], [0xff, 0x9f, 0x1c], [0xe0, 0x40, 0xfb]];
          let hits = 0;
          for (let i = 0; i < data.length; i += 4)
            if (data[i + 3] === 255 && marks.some(m => m.every((v, k) => v === data[i + k]))) hits++;
          return hits / (data.length / 4);
        }""",
        list(box),
    )


def test_a_revision_is_restored_and_undone(
    editor: EditorPage, server: ServerProcess, make_task: Callable[..., ReadyTask]
) -> None:
    task, page = make_task(), editor.page
    sums = three_revisions(editor, task)
    open_history(page)
    revision_button(page, 1).click()
    page.get_by_role("button", name="Restore", exact=True).first.click()
    page.wait_for_function("wanted => window.intarsia.checksum('main') === wanted", arg=sums[1])
    expect(page.get_by_text("Revision 1 is restored.", exact=False)).to_be_visible()
    head = server.client.get(f"/annotations/{task.annotation_id}").json()
    assert (head["revision"], head["checksums"]["main"]) == (4, sums[1])
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    page.wait_for_function("wanted => window.intarsia.checksum('main') === wanted", arg=sums[3])
    expect(page.get_by_role("list", name="Revisions, newest first").get_by_role("listitem")).to_have_count(5)


def test_one_segment_is_brought_back(
    editor: EditorPage, server: ServerProcess, make_task: Callable[..., ReadyTask]
) -> None:
    task, page = make_task(), editor.page
    three_revisions(editor, task)
    assert owner_class(editor, 300, 300) == CAR
    open_history(page)
    revision_button(page, 2).click()
    expect(page.get_by_text("Revision 2 of 3,", exact=False)).to_be_visible()
    editor.key("v")
    page.mouse.click(*editor.screen((390, 300)))
    page.get_by_role("button", name=re.compile("^Restore only Person")).click()
    expect(page.get_by_text(re.compile(r"^Person \d+ is back as in revision 2\.$"))).to_be_visible()
    page.wait_for_function(
        "() => window.intarsia.state().latestRevision === 4 && window.intarsia.state().revision === null"
    )
    page.wait_for_function("([x, y]) => window.intarsia.state().segments.length === 3", arg=[300, 300])
    assert owner_class(editor, 300, 300) == PERSON
    head = server.client.get(f"/annotations/{task.annotation_id}").json()
    assert head["checksums"]["main"] == editor.checksum()


def owner_class(editor: EditorPage, x: int, y: int) -> int | None:
    segment_id = editor.page.evaluate("([x, y]) => window.intarsia.segmentAt('main', x, y)", [x, y])
    rows = {row["id"]: row["classNumber"] for row in editor.state()["segments"]}
    return rows.get(segment_id)


def test_who_changed_a_pixel_is_told_from_the_menu_and_the_palette(
    editor: EditorPage, make_task: Callable[..., ReadyTask]
) -> None:
    task, page = make_task(), editor.page
    three_revisions(editor, task)
    editor.key("v")
    page.mouse.click(*editor.screen((390, 300)), button="right")
    page.get_by_role("menuitem", name="Who changed this pixel").click()
    toast = page.get_by_text(re.compile(r"^x (389|390) y (299|300): Local owner, brush, revision 2, "))
    expect(toast).to_be_visible()
    page.get_by_role("button", name="Open that revision").click()
    expect(page.get_by_text("Revision 2 of 3,", exact=False)).to_be_visible()
    page.get_by_role("button", name="Show latest").click()
    page.mouse.move(*editor.screen((150, 130)))
    editor.key("Control+k")
    page.get_by_role("combobox").fill("who changed")
    editor.key("Enter")
    expect(page.get_by_text(re.compile(r"^x 1(49|50) y 1(29|30): Local owner, brush, revision 1, "))).to_be_visible()


def test_links_lead_to_a_revision_a_comparison_and_a_place(
    editor: EditorPage, make_task: Callable[..., ReadyTask]
) -> None:
    task, page = make_task(), editor.page
    sums = three_revisions(editor, task)
    editor.open(f"{task.path}?rev=r_2&compare=r_1#at=300,300,4")
    page.wait_for_function("wanted => window.intarsia.checksum('main') === wanted", arg=sums[2])
    page.wait_for_function("() => window.intarsia.state().comparison?.after === 2")
    editor.open(f"{task.path}#at=310.5,290.25,6")
    page.wait_for_function("() => Math.abs(window.intarsia.state().view.zoom - 6) < 1e-6")
    host = page.get_by_role("application").bounding_box()
    assert host is not None
    middle = editor.image((host["x"] + host["width"] / 2, host["y"] + host["height"] / 2))
    assert middle == pytest.approx((310.5, 290.25), abs=0.01)
    page.evaluate("() => { location.hash = '#at=100,100,3' }")
    page.wait_for_function("() => Math.abs(window.intarsia.state().view.zoom - 3) < 1e-6")
    editor.key("=")
    page.wait_for_function("() => location.hash.endsWith(',3.6')")
    entries = page.evaluate("() => history.length")
    editor.key("z")
    page.wait_for_function("() => location.hash === ''")
    assert page.evaluate("() => history.length") == entries, "looking around is never a step back"


def test_the_status_bar_counts_gaps_and_done_can_be_taken_back(editor: EditorPage, server: ServerProcess) -> None:
    images = {"a.png": gradient_png(240, 320), "b.png": gradient_png(240, 320, seed=1)}
    first, second = make_tasks(server.client, images=images)
    page = editor.page
    editor.open(first.path)
    expect(page.get_by_role("button", name="1 gap N")).to_be_visible()
    editor.key("1")
    editor.key("b")
    editor.stroke([(160, 4), (160, 236)])
    expect(page.get_by_role("button", name="2 gaps N")).to_be_visible()
    editor.wait_saved()
    editor.key("Control+Enter")
    page.wait_for_url(f"**{second.path}*")
    editor.wait_ready()
    expect(page.get_by_text("a.png is marked as done.")).to_be_visible()
    page.get_by_role("button", name="Reopen").click()
    page.wait_for_url(f"**{first.path}*")
    editor.wait_ready()
    page.wait_for_function("() => window.intarsia.state().taskState === 'open'")
    assert server.client.get(f"/tasks/{first.task_id}").json()["state"] == "open"


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720)])
def test_the_drawer_is_accessible(
    editor: EditorPage, make_task: Callable[..., ReadyTask], size: tuple[int, int]
) -> None:
    task, page = make_task(), editor.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    three_revisions(editor, task)
    open_history(page)
    revision_button(page, 2).click()
    expect(page.get_by_text("Revision 2 of 3,", exact=False)).to_be_visible()
    assert serious(page) == []
