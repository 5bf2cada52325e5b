# SPDX-License-Identifier: Apache-2.0
"""Fingers and pen on an upright tablet, 768 px wide: what draws, what moves the picture, and what undoes."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright, expect

from .browser import persistent_context, sign_in
from .editor_page import EditorPage, Point
from .project import ReadyTask
from .server_process import ServerProcess
from .test_accessibility import serious

TABLET_PX = (768, 1024)


class Hand:
    """Fingers on the glass; each keeps its number for as long as it is down."""

    def __init__(self, devtools: CDPSession) -> None:
        self.devtools = devtools

    def _send(self, kind: str, points: Sequence[Point]) -> None:
        touches = [{"x": x, "y": y, "id": number, "radiusX": 5, "radiusY": 5} for number, (x, y) in enumerate(points)]
        self.devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    def down(self, *points: Point) -> None:
        for fingers in range(1, len(points) + 1):
            self._send("touchStart", points[:fingers])

    def move(self, *points: Point) -> None:
        self._send("touchMove", points)

    def up(self) -> None:
        self._send("touchEnd", [])

    def tap(self, *points: Point) -> None:
        self.down(*points)
        self.up()


@pytest.fixture(scope="module")
def tablet(
    playwright_driver: Playwright, server: ServerProcess, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    with persistent_context(
        playwright_driver, tmp_path_factory.mktemp("tablet"), size=TABLET_PX, has_touch=True, is_mobile=True
    ) as context:
        page = context.new_page()
        sign_in(page, server.open_link())
        page.close()
        yield context


@pytest.fixture
def glass(tablet: BrowserContext, server: ServerProcess) -> Iterator[EditorPage]:
    page = tablet.new_page()
    yield EditorPage(page, server.url)
    page.evaluate("() => { for (const key of ['hand', 'finger']) localStorage.removeItem(`intarsia.${key}`); }")
    page.close()


def hand_on(editor: EditorPage) -> Hand:
    return Hand(editor.page.context.new_cdp_session(editor.page))


def centre(page: Page) -> Point:
    box = page.get_by_role("application").bounding_box()
    assert box is not None
    return round(box["x"] + box["width"] / 2), round(box["y"] + box["height"] / 2)


def drawn(editor: EditorPage, hand: Hand) -> str:
    """A finger's stroke with the brush; the checksum before it."""
    editor.page.get_by_role("button", name="Brush", exact=True).tap()
    before = editor.checksum()
    x, y = centre(editor.page)
    hand.down((x, y))
    hand.move((x + 60, y + 10))
    hand.move((x + 90, y + 20))
    hand.up()
    editor.page.wait_for_function("before => window.intarsia.checksum('main') !== before", arg=before)
    return before


def test_finger_draws_and_taps_undo(glass: EditorPage, make_task: Callable[..., ReadyTask]) -> None:
    glass.open(make_task().path)
    hand = hand_on(glass)
    before = drawn(glass, hand)
    after = glass.checksum()
    x, y = centre(glass.page)
    hand.tap((x - 60, y), (x + 60, y))
    glass.page.wait_for_function("sum => window.intarsia.checksum('main') === sum", arg=before)
    hand.tap((x - 60, y), (x, y + 60), (x + 60, y))
    glass.page.wait_for_function("sum => window.intarsia.checksum('main') === sum", arg=after)


def test_two_fingers_move_and_zoom_and_draw_nothing(glass: EditorPage, make_task: Callable[..., ReadyTask]) -> None:
    glass.open(make_task().path)
    hand = hand_on(glass)
    glass.page.get_by_role("button", name="Brush", exact=True).tap()
    before, zoom = glass.checksum(), glass.state()["view"]["zoom"]
    x, y = centre(glass.page)
    hand.down((x - 40, y), (x + 40, y))
    for step in range(1, 9):
        hand.move((x - 40 - 10 * step, y), (x + 40 + 10 * step, y))
    hand.up()
    assert glass.checksum() == before
    assert glass.state()["view"]["zoom"] == pytest.approx(zoom * 3, rel=0.05)
    assert not glass.state()["canUndo"]


def test_palm_never_draws(glass: EditorPage, make_task: Callable[..., ReadyTask]) -> None:
    glass.open(make_task().path)
    hand = hand_on(glass)
    glass.page.get_by_role("button", name="Brush", exact=True).tap()
    before = glass.checksum()
    x, y = centre(glass.page)
    palm = {"x": x, "y": y, "id": 0, "radiusX": 30, "radiusY": 30}
    hand.devtools.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [palm]})
    hand.devtools.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{**palm, "x": x + 50}]})
    hand.up()
    assert glass.checksum() == before


def test_long_press_opens_the_menu_of_the_segment(glass: EditorPage, make_task: Callable[..., ReadyTask]) -> None:
    glass.open(make_task().path)
    hand = hand_on(glass)
    drawn(glass, hand)
    after = glass.checksum()
    x, y = centre(glass.page)
    hand.down((x + 40, y + 5))
    expect(glass.page.get_by_role("menu")).to_be_visible()
    hand.up()
    assert glass.checksum() == after
    assert [row["selected"] for row in glass.state()["segments"]] == [True]


def test_one_finger_moves_the_picture_where_that_is_set(
    glass: EditorPage, server: ServerProcess, make_task: Callable[..., ReadyTask]
) -> None:
    task = make_task()
    glass.page.goto(f"{server.url}/me/view")
    glass.page.get_by_role("radio", name="Always moves the picture").check(force=True)
    assert serious(glass.page) == []
    glass.open(task.path)
    hand = hand_on(glass)
    before, place = glass.checksum(), glass.screen((0, 0))
    x, y = centre(glass.page)
    hand.down((x, y))
    for step in range(1, 5):
        hand.move((x + 20 * step, y))
    hand.up()
    glass.page.wait_for_function("x => window.intarsia.imageToScreen(0, 0).x > x + 60", arg=place[0])
    assert glass.checksum() == before


def test_thumb_strip_lends_what_its_buttons_hold(glass: EditorPage, make_task: Callable[..., ReadyTask]) -> None:
    glass.open(make_task().path)
    strip = glass.page.get_by_role("region", name="Hold or tap with the thumb")
    expect(strip).to_be_visible()
    hand = hand_on(glass)
    drawn(glass, hand)
    box = strip.get_by_role("button", name="Hold to erase").bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    hand.down((box["x"] + 20, box["y"] + 20))
    glass.page.wait_for_function("() => window.intarsia.state().tool === 'eraser'")
    hand.up()
    glass.page.wait_for_function("() => window.intarsia.state().tool === 'brush'")
    strip.get_by_role("button", name="Undo").tap()
    glass.page.wait_for_function("() => window.intarsia.state().coverage.labelledPx === 0")
    assert serious(glass.page) == []


def test_left_handed_layout_changes_sides(
    glass: EditorPage, server: ServerProcess, make_task: Callable[..., ReadyTask]
) -> None:
    task = make_task()
    glass.page.goto(f"{server.url}/me/view")
    glass.page.get_by_role("radio", name="At the right").check(force=True)
    glass.open(task.path)
    rail = glass.page.get_by_role("toolbar", name="Tools").bounding_box()
    strip = glass.page.get_by_role("region", name="Hold or tap with the thumb").bounding_box()
    assert rail is not None and strip is not None
    assert rail["x"] > TABLET_PX[0] / 2
    assert strip["x"] > TABLET_PX[0] / 2
