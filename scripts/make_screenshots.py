# SPDX-License-Identifier: Apache-2.0
"""Take the pictures of `docs/` from the running product, so that they cannot go stale.

Starts `intarsia demo` on a fresh folder, drives Chromium, writes PNG files into docs/screenshots.
Usage: python scripts/make_screenshots.py [--only NAME]
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.e2e.browser import persistent_context  # noqa: E402
from tests.e2e.editor_page import EditorPage  # noqa: E402
from tests.e2e.server_process import ServerProcess  # noqa: E402

OUT_DIR = ROOT / "docs" / "screenshots"


def settle(page: Page) -> None:
    """Two frames after the network is quiet: what is on screen is what stays there."""
    page.wait_for_load_state("networkidle")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def half_labelled(editor: EditorPage) -> None:
    editor.page.mouse.move(5, 400)


def shared_border_at_16x(editor: EditorPage) -> None:
    """Two pen outlines over each other in *behind*, seen close up at their common border."""
    width = editor.state()["sizeHw"][1]
    segments = [row for row in editor.state()["segments"] if row["areaPx"] > 2000]
    if len(segments) < 2:
        raise RuntimeError("the demo picture must have two large segments")
    x, y = border_point(editor)
    editor.page.evaluate("([x, y]) => { location.hash = `at=${x},${y},16` }", [min(max(x, 30), width - 30), y])
    editor.page.wait_for_function("() => Math.abs(window.intarsia.state().view.zoom - 16) < 0.01")


def border_point(editor: EditorPage) -> tuple[float, float]:
    """A point where two segments of the picture touch: walk along rows until the owner changes."""
    found = editor.page.evaluate(
        """() => {
             const [height, width] = window.intarsia.state().sizeHw;
             let last = null;
             for (let y = Math.floor(height * 0.4); y < height; y += 7) {
               last = null;
               for (let x = 0; x < width; x++) {
                 const id = window.intarsia.segmentAt("main", x, y);
                 if (last && id && id !== last) return [x, y];
                 last = id;
               }
             }
             return null;
           }"""
    )
    if found is None:
        raise RuntimeError("no two segments of the demo picture touch")
    return found[0], found[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", help="part of a picture's name")
    only = parser.parse_args().only
    OUT_DIR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        server = ServerProcess(Path(folder) / "data", command="demo")
        server.start()
        try:
            link = server.demo_link()
            for size in ((1440, 900), (1280, 720)):
                with persistent_context(driver, Path(folder) / f"profile-{size[0]}", size=size) as context:
                    page = context.new_page()
                    page.goto(link)
                    link = server.open_link()
                    take_all(page, server, size=size, only=only)
        finally:
            server.stop()


def take_all(page: Page, server: ServerProcess, *, size: tuple[int, int], only: str | None) -> None:
    editor = EditorPage(page, server.url)
    server.sign_in()
    tasks = demo_tasks(server)
    pictures: dict[str, tuple[str, Callable[[EditorPage], None]]] = {
        "editor-half-labelled": (tasks["street"], half_labelled),
        "shared-border-16x": (tasks["street"], shared_border_at_16x),
        "dark-before": (tasks["dark"], half_labelled),
        "dark-after-brightness": (tasks["dark"], brighten),
        "shortcuts": (tasks["street"], lambda e: e.key("?")),
    }
    pages = {"home": "/", "project": tasks["street"].split("/t/")[0], "data": tasks["street"].split("/t/")[0] + "/data"}
    for name, (path, prepare) in pictures.items():
        if only and only not in name:
            continue
        editor.open(path)
        settle(page)
        prepare(editor)
        shoot(page, name, size)
    for name, path in pages.items():
        if only and only not in name:
            continue
        page.goto(server.url + path)
        page.get_by_role("main").wait_for()
        settle(page)
        shoot(page, name, size)


def brighten(editor: EditorPage) -> None:
    """As a labeler does it: open the tone panel and move its sliders by keyboard."""
    editor.key("Shift+T")
    for name, steps in (("Brightness", 1), ("Gamma", 2)):
        slider = editor.page.get_by_role("slider", name=name)
        slider.focus()
        for _ in range(steps):
            editor.key("PageUp")


def demo_tasks(server: ServerProcess) -> dict[str, str]:
    """Paths of the street photo and of a dark picture in the demo."""
    paths = {}
    for project in server.client.get("/projects").json()["projects"]:
        tasks = server.client.get(f"/projects/{project['id']}/tasks").json()["tasks"]
        paths[{"Street": "street", "Nuclei": "dark"}.get(project["name"], project["name"])] = (
            f"/p/{project['id']}/t/{tasks[0]['id']}"
        )
    return paths


def shoot(page: Page, name: str, size: tuple[int, int]) -> None:
    settle(page)
    path = OUT_DIR / f"{name}-{size[0]}.png"
    page.screenshot(path=path)
    print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
