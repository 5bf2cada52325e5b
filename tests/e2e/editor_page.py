# SPDX-License-Identifier: Apache-2.0
"""The editor as a labeler uses it: keys, gestures on the picture, and what the screen says."""

from collections.abc import Iterable, Sequence

from playwright.sync_api import Page, expect

Point = tuple[float, float]


class EditorPage:
    def __init__(self, page: Page, base_url: str) -> None:
        self.page = page
        self.base_url = base_url

    def open(self, path: str) -> None:
        self.page.goto(f"{self.base_url}{path}")
        self.wait_ready()

    def wait_ready(self) -> None:
        self.page.wait_for_function("() => window.intarsia && window.intarsia.state().phase === 'ready'")

    def key(self, chord: str) -> None:
        self.page.keyboard.press(chord)

    def screen(self, point: Point) -> Point:
        """Where an image point lies in the window, in CSS px."""
        at = self.page.evaluate("([x, y]) => window.intarsia.imageToScreen(x, y)", list(point))
        return at["x"], at["y"]

    def image(self, point: Point) -> Point:
        at = self.page.evaluate("([x, y]) => window.intarsia.screenToImage(x, y)", list(point))
        return at["x"], at["y"]

    def outline(self, points: Sequence[Point]) -> list[Point]:
        """Click a closed outline with the pen; returns the exact image points that were clicked."""
        self.key("p")
        clicked = []
        for point in points:
            x, y = (round(value) for value in self.screen(point))
            clicked.append(self.image((x, y)))
            self.page.mouse.click(x, y)
        self.key("Enter")
        return clicked

    def stroke(self, points: Iterable[Point]) -> None:
        """Drag along image points with the tool in hand."""
        path = [self.screen(point) for point in points]
        self.page.mouse.move(*path[0])
        self.page.mouse.down()
        for x, y in path[1:]:
            self.page.mouse.move(x, y, steps=4)
        self.page.mouse.up()

    def wait_saved(self) -> None:
        """The words in the status bar, not the state behind them: they are the promise."""
        expect(self.page.get_by_role("contentinfo").get_by_text("Saved", exact=False)).to_be_visible(timeout=15_000)
        self.page.wait_for_function("() => window.intarsia.state().save.kind === 'saved'")

    def checksum(self, layer: str = "main") -> str:
        value: str = self.page.evaluate("layer => window.intarsia.checksum(layer)", layer)
        return value

    def state(self) -> dict:  # type: ignore[type-arg]
        value: dict = self.page.evaluate("() => window.intarsia.state()")  # type: ignore[type-arg]
        return value
