# SPDX-License-Identifier: Apache-2.0
"""From the printed link to a saved, named segment in at most three clicks and one stroke, with nothing read first."""

from pathlib import Path

from playwright.sync_api import Playwright, expect

from .browser import persistent_context
from .editor_page import EditorPage
from .server_process import ServerProcess


def test_link_to_saved_segment(playwright_driver: Playwright, demo_server: ServerProcess, tmp_path: Path) -> None:
    with persistent_context(playwright_driver, tmp_path / "profile") as context:
        page = context.new_page()
        editor = EditorPage(page, demo_server.url)
        page.goto(demo_server.demo_link())
        editor.wait_ready()
        before = editor.state()
        known = {row["id"] for row in before["segments"]}

        clicks = 0
        page.get_by_role("button", name="Brush").click()
        clicks += 1
        page.get_by_role("complementary").get_by_text("Person", exact=True).first.click()
        clicks += 1
        height, width = before["sizeHw"]
        editor.stroke([(width * 0.42, height * 0.80), (width * 0.55, height * 0.86)])

        editor.wait_saved()
        made = [row for row in editor.state()["segments"] if row["id"] not in known]
        assert len(made) == 1
        assert clicks <= 3
        name = f"Person {made[0]['number']}"
        expect(page.get_by_role("complementary").get_by_text(name, exact=True)).to_be_visible()
