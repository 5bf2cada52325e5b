# SPDX-License-Identifier: Apache-2.0
"""The shipped editor in a browser of its own, on one scene, with a hand on mouse and keys and a probe in the page."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.e2e.browser import persistent_context, sign_in
from tests.e2e.editor_page import EditorPage

from .devtools import DevTools
from .pointer import Point
from .stage import Stage, StagedScene

WINDOW_PX = (1280, 800)
PROBE = Path(__file__).resolve().parent / "page" / "probe.js"
KEYS = {"[": ("BracketLeft", 219), "]": ("BracketRight", 221), "Enter": ("Enter", 13), "Escape": ("Escape", 27)}
SHIFT, CTRL = 8, 2


@dataclass(slots=True)
class EditorSession:
    """One open page. Screen points are CSS px of the window."""

    page: Page
    devtools: DevTools
    editor: EditorPage
    staged: StagedScene
    profile_dir: Path
    #: Keys are letters for a text field.
    typing: bool = False

    def open(self) -> float:
        """Load the task's page; ms from the start of the navigation to the first frame that can be drawn in."""
        self.page.goto(f"{self.editor.base_url}{self.staged.path}")
        self.page.wait_for_function("() => window.benchProbe.readyAt", timeout=120_000)
        ready_ms: float = self.page.evaluate("() => window.benchProbe.readyAt")
        return ready_ms

    def state(self) -> dict[str, Any]:
        return self.editor.state()

    def press(self, key: str, *, ctrl: bool = False, shift: bool = False) -> None:
        """One key down and up through the browser's input pipeline."""
        code, number = KEYS.get(key) or (f"{'Digit' if key.isdecimal() else 'Key'}{key.upper()}", ord(key.upper()))
        event = {
            "key": key.upper() if shift else key,
            "code": code,
            "windowsVirtualKeyCode": number,
            "modifiers": CTRL * ctrl + SHIFT * shift,
        }
        self.devtools.call("Input.dispatchKeyEvent", type="rawKeyDown", **event)
        if self.typing:
            self.devtools.call("Input.dispatchKeyEvent", type="char", text=key, **event)
        self.devtools.call("Input.dispatchKeyEvent", type="keyUp", **event)

    def take_brush(self, *, size_px: float) -> float:
        """Brush in hand, 'over', on a thing class, outlines on, as near to ``size_px`` image px as its steps come."""
        self.press("9")
        self.press("b")
        if not self.state()["outlines"]:
            self.press("e", shift=True)
        if self.state()["mode"] != "over":
            self.press("x")
        size: float = self.state()["brushSizePx"]
        for _ in range(80):
            if abs(size - size_px) <= size_px / 20:
                return size
            self.press("]" if size < size_px else "[")
            size = self.state()["brushSizePx"]
        raise AssertionError(f"the brush stays at {size} px")

    def canvas_box(self) -> tuple[float, float, float, float]:
        """The largest canvas on screen: left, top, right, bottom in CSS px."""
        boxes: list[list[float]] = self.page.evaluate(
            """() => [...document.querySelectorAll("canvas")].map((canvas) => {
                const box = canvas.getBoundingClientRect();
                return [box.left, box.top, box.right, box.bottom];
            })"""
        )
        left, top, right, bottom = max(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
        return left, top, right, bottom

    def canvas_centre(self) -> Point:
        left, top, right, bottom = self.canvas_box()
        return (left + right) / 2, (top + bottom) / 2

    def image_point(self, point: Point) -> Point:
        """Image px under a screen point; the view neither turns nor shears, so two known points tell."""
        (x0, y0), (x1, y1) = self.page.evaluate(
            """() => [[0, 0], [1000, 1000]].map(([x, y]) => {
                const at = window.intarsia.imageToScreen(x, y);
                return Array.isArray(at) ? at : [at.x, at.y];
            })"""
        )
        return (point[0] - x0) * 1000 / (x1 - x0), (point[1] - y0) * 1000 / (y1 - y0)

    def start_probe(self) -> None:
        self.page.evaluate("() => window.benchProbe.start()")

    def stop_probe(self) -> dict[str, Any]:
        record: dict[str, Any] = self.page.evaluate("() => window.benchProbe.stop()")
        return record

    def rest(self, ms: float) -> None:
        """Let the page be; timers and saves go on."""
        self.page.wait_for_timeout(ms)

    def wait_saved(self) -> None:
        self.page.wait_for_function("() => window.intarsia.state().save.kind === 'saved'", timeout=60_000)

    def change_after_key(
        self, points: Sequence[Point], key: str, *, ctrl: bool = False, shift: bool = False
    ) -> tuple[float, int]:
        """(ms, frames) from a key to the end of the first frame in which a pixel at ``points`` is another."""
        return self._after_key("nextChange", [list(point) for point in points], key=key, ctrl=ctrl, shift=shift)

    def closed_after_key(self, key: str) -> tuple[float, int]:
        """(ms, frames) from a key to the end of the first frame without an open outline."""
        return self._after_key("nextClose", None, key=key, ctrl=False, shift=False)

    def opened_after_key(self, key: str, *, task_id: str) -> tuple[float, int]:
        """(ms, frames) from a key to the end of the first frame that shows that task, ready to be drawn in."""
        return self._after_key("nextTask", task_id, key=key, ctrl=False, shift=False)

    def rows_after_key(self, selector: str, key: str) -> tuple[float, int]:
        """(ms, frames) from a key to the end of the first frame in which the texts of these elements are others."""
        return self._after_key("nextRows", selector, key=key, ctrl=False, shift=False)

    def _after_key(self, method: str, argument: object, *, key: str, ctrl: bool, shift: bool) -> tuple[float, int]:
        call = f"{method}({'' if argument is None else 'argument, '}'keydown', 10_000)"
        self.page.evaluate(
            f"""(argument) => {{
                window.benchAwaited = null;
                window.benchProbe.{call}.then(
                    (found) => {{ window.benchAwaited = found; }},
                    (error) => {{ window.benchAwaited = {{ error: error.message }}; }},
                );
            }}""",
            argument,
        )
        self.press(key, ctrl=ctrl, shift=shift)
        self.page.wait_for_function("() => window.benchAwaited")
        found: dict[str, Any] = self.page.evaluate("() => window.benchAwaited")
        if "error" in found:
            raise AssertionError(f"{key}: {found['error']}")
        return found["ms"], found["frames"]


@contextmanager
def editor_session(stage: Stage, scene_name: str) -> Iterator[EditorSession]:
    """A browser with a fresh profile, signed in; the task is not opened yet."""
    staged = stage.scene(scene_name)
    profile_dir = stage.fresh_dir()
    with persistent_context(
        stage.driver, profile_dir, size=WINDOW_PX, arguments=("--remote-debugging-port=0",)
    ) as context:
        page = context.pages[0]
        sign_in(page, stage.server.open_link())
        page.add_init_script(path=PROBE)
        target = context.new_cdp_session(page).send("Target.getTargetInfo")["targetInfo"]["targetId"]
        devtools = DevTools.of_page(profile_dir, target_id=target)
        try:
            yield EditorSession(page, devtools, EditorPage(page, stage.server.url), staged, profile_dir)
        finally:
            devtools.close()
