# SPDX-License-Identifier: Apache-2.0
"""Review rules in the browser: a rule that stops submitting, its findings by key, mended, undone, and submitted."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from .editor_page import EditorPage
from .project import ReadyTask
from .test_accessibility import serious


def sky_but_for_a_strip(editor: EditorPage, task: ReadyTask) -> None:
    """All of the image by one click of the fill, then a strip of it rubbed out."""
    height, width = task.size_hw
    editor.open(task.path)
    editor.key("2")
    editor.key("g")
    editor.page.mouse.click(*editor.screen((width / 2, height / 2)))
    editor.key("e")
    editor.stroke([(width / 4, height / 2), (width / 2, height / 2)])
    editor.wait_saved()


def test_a_rule_stops_submitting_until_its_findings_are_mended(
    editor: EditorPage, make_task: Callable[..., ReadyTask]
) -> None:
    task, page = make_task(), editor.page
    page.goto(f"{editor.base_url}/p/{task.project_id}/settings/review")
    card = page.get_by_role("region", name="Unlabelled pixels")
    card.get_by_label("Stops submitting").check()
    expect(page.get_by_role("status").get_by_text("Saved.")).to_be_visible()
    assert serious(page) == []

    sky_but_for_a_strip(editor, task)
    page.get_by_role("button", name="Done", exact=True).click()
    drawer = page.get_by_role("complementary")
    expect(drawer.get_by_role("heading", name=re.compile("^Unlabelled pixels"))).to_be_visible()
    expect(drawer.get_by_text("stops submitting")).to_be_visible()
    assert editor.state()["taskState"] == "open"
    assert serious(page) == []

    before = editor.checksum()
    canvas = page.get_by_role("application")
    canvas.focus()
    editor.key("j")
    page.wait_for_function("() => window.intarsia.state().findings?.at != null")
    editor.key("y")
    page.wait_for_function("() => window.intarsia.state().toast?.text.startsWith('Mended')")
    covered = editor.state()["coverage"]
    assert covered["labelledPx"] == covered["totalPx"]
    mended = editor.checksum()
    assert mended != before
    editor.key("Control+z")
    assert editor.checksum() == before
    editor.key("Control+Shift+z")
    assert editor.checksum() == mended
    editor.wait_saved()
    page.wait_for_function(
        "() => window.intarsia.state().findings?.rules.every(rule => rule.code !== 'unlabelled' || rule.total === 0)"
    )
    page.get_by_role("button", name="Done", exact=True).click()
    page.wait_for_function("() => !location.pathname.includes('/t/')")


def test_findings_are_reached_without_a_pointer(editor: EditorPage, make_task: Callable[..., ReadyTask]) -> None:
    task, page = make_task(), editor.page
    editor.open(task.path)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog").get_by_role("textbox").or_(page.get_by_role("combobox"))).to_be_focused()
    page.keyboard.type("Findings of the review")
    page.keyboard.press("Enter")
    button = page.get_by_role("complementary").get_by_role("button", name=re.compile("^Gap of"))
    expect(button).to_be_visible()
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.intarsia.state().findings?.at != null")
    mend = page.get_by_role("complementary").get_by_role("button", name="Mend", exact=True)
    mend.focus()
    page.keyboard.press("Enter")
    expect(
        page.get_by_text("It needs a decision", exact=False)
        .or_(page.get_by_text("cannot be mended by itself", exact=False))
        .first
    ).to_be_visible()
