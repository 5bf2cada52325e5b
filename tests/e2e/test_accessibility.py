# SPDX-License-Identifier: Apache-2.0
"""axe on every page, light and dark: no serious and no critical finding."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from .editor_page import EditorPage
from .project import ReadyTask
from .server_process import ServerProcess

AXE = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RUN = "() => axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations)"


def serious(page: Page) -> list[str]:
    """Serious and critical findings, one line each. The page keeps its policy: axe goes in through the debugger."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    violations = page.evaluate(RUN)
    return [
        f"{violation['id']} ({violation['impact']}): {node['target']} {node['failureSummary'][:200]}"
        for violation in violations
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", ["home", "project", "data", "editor", "shortcuts", "keys", "view", "review"])
def test_no_serious_finding(
    page: Page, server: ServerProcess, make_task: Callable[..., ReadyTask], scheme: str, screen: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    task = make_task()
    if screen in ("editor", "shortcuts"):
        editor = EditorPage(page, server.url)
        editor.open(task.path)
        editor.key("3")
        editor.key("b")
        editor.stroke([(100, 100), (200, 160)])
        if screen == "shortcuts":
            editor.key("?")
            page.get_by_role("dialog").wait_for()
    else:
        paths = {
            "home": "/",
            "project": f"/p/{task.project_id}",
            "data": f"/p/{task.project_id}/data",
            "keys": "/me/keys",
            "view": "/me/view",
            "review": f"/p/{task.project_id}/settings/review",
        }
        page.goto(server.url + paths[screen])
        page.get_by_role("main").wait_for()
        page.wait_for_load_state("networkidle")
    assert serious(page) == []
