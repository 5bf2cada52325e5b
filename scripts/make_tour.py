# SPDX-License-Identifier: Apache-2.0
"""Write docs/guide/tour.md with a picture of each tool, taken from the running product, so that it cannot go stale.

Starts `intarsia demo` on a fresh folder and uses every tool of the rail as a labeler does. A tool without a stop ends
the tour with an error. Usage: python scripts/make_tour.py [--only PART_OF_A_NAME]
"""

import argparse
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.tour_stops import STOPS, Stop  # noqa: E402
from tests.e2e.browser import persistent_context  # noqa: E402
from tests.e2e.editor_page import EditorPage  # noqa: E402
from tests.e2e.server_process import ServerProcess  # noqa: E402

PAGE = ROOT / "docs" / "guide" / "tour.md"
PICTURES = ROOT / "docs" / "screenshots" / "tour"
SIZE = (1280, 720)
QUALITY = 78
WORDS = tomllib.loads(Path(__file__).with_name("tour.toml").read_text(encoding="utf-8"))
HEAD = """# A tour of the editor

Every picture on this page was taken by `python scripts/make_tour.py`, which starts the demo and uses each tool as a
labeler does; keys are those that the product itself says. Hold a tool's key to borrow it, tap it to switch.
"""


@dataclass(frozen=True)
class Taken:
    stop: Stop
    key: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", help="part of a stop's name; the page is then left as it is")
    only = parser.parse_args().only
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        server = ServerProcess(Path(folder) / "data", command="demo")
        server.start()
        try:
            link = server.demo_link()
            with persistent_context(driver, Path(folder) / "profile", size=SIZE) as context:
                page = context.new_page()
                page.goto(link)
                server.sign_in()
                editor = EditorPage(page, server.url)
                editor.wait_ready()
                taken = [take(editor, server, stop) for stop in STOPS if not only or only in stop.name]
                if not only:
                    check_complete(page)
        finally:
            server.stop()
    if not only:
        PAGE.write_text(HEAD + "".join(section(entry) for entry in taken), encoding="utf-8")
        print(PAGE.relative_to(ROOT))


def take(editor: EditorPage, server: ServerProcess, stop: Stop) -> Taken:
    """Open the stop's picture anew, do what it shows, and keep the window."""
    page = editor.page
    path = task_paths(server)[stop.picture]
    page.goto("about:blank")
    editor.open(path)
    page.evaluate("() => document.fonts.ready")
    key = ""
    if stop.tool:
        button = page.locator(f'[data-id="tool.{stop.tool}"]')
        if button.count():
            key = button.get_attribute("aria-keyshortcuts") or ""
            button.click()
    stop.use(editor)
    settle(page)
    path_out = PICTURES / f"{stop.name}.jpg"
    page.screenshot(path=path_out, type="jpeg", quality=QUALITY)
    print(path_out.relative_to(ROOT), flush=True)
    stop.leave(editor)
    return Taken(stop, key)


def settle(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def task_paths(server: ServerProcess) -> dict[str, str]:
    """Path of the first image of each demo project, by the project's name."""
    paths = {}
    for project in server.client.get("/projects").raise_for_status().json()["projects"]:
        tasks = server.client.get(f"/projects/{project['id']}/tasks").raise_for_status().json()["tasks"]
        paths[project["name"]] = f"/p/{project['id']}/t/{tasks[0]['id']}"
    return paths


def check_complete(page: Page) -> None:
    """Every tool that the rail has stands in the tour."""
    offered = set(page.eval_on_selector_all("[data-id^='tool.']", "buttons => buttons.map(b => b.dataset.id.slice(5))"))
    missing = offered - {stop.tool for stop in STOPS}
    if missing:
        raise SystemExit(f"no stop of the tour shows: {', '.join(sorted(missing))}")


def section(taken: Taken) -> str:
    name, words = taken.stop.name, WORDS[taken.stop.name]
    keys = f" · `{taken.key.replace('+', ' ')}`" if taken.key else ""
    picture = f"![{words['title']}](../screenshots/tour/{name}.jpg)"
    return f"\n## {words['title']}{keys}\n{words['text']}\n\n{picture}\n"


if __name__ == "__main__":
    main()
