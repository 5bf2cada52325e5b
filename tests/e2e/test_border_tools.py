# SPDX-License-Identifier: Apache-2.0
"""Border tools by gesture: the map is what numpy says, locked neighbours are untouched, one gesture is one undo."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pytest
from playwright.sync_api import Page

from intarsia.core.edit import apply
from intarsia.core.label_map import LabelMap
from intarsia.core.raster import polygon, quantise

from .editor_page import EditorPage, Point
from .project import CAR, PERSON, ROAD, SKY, ReadyTask
from .server_process import ServerProcess
from .test_accessibility import serious
from .test_gaps import areas, same_on_the_server, toast

HEIGHT, WIDTH = 240, 320
SIZE = (HEIGHT, WIDTH)
Ids = npt.NDArray[np.uint32]


def inside(points: Sequence[Point]) -> npt.NDArray[np.bool_]:
    """Pixels of the polygon, through the Python core."""
    region = polygon([quantise(points)], rule="nonzero", size_hw=SIZE)
    pixels = apply(LabelMap.empty(SIZE), region, 1, mode="over")
    return LabelMap.empty(SIZE).with_pixels(pixels).to_array() == 1


class Street:
    """Sky above road, and a car over both; `ids` is what the map must be."""

    def __init__(self, editor: EditorPage, task: ReadyTask) -> None:
        self.editor = editor
        self.task = task
        editor.open(task.path)
        label_map = LabelMap.empty(SIZE)
        for key, mode, corners in (
            ("2", "behind", [(10, 10), (310, 10), (310, 120), (10, 120)]),
            ("1", "behind", [(10, 100), (310, 100), (310, 230), (10, 230)]),
            ("3", "over", [(100, 80), (180, 80), (180, 160), (100, 160)]),
        ):
            editor.key(key)
            if mode == "over":
                editor.key("x")
            drawn = self.outline(corners)
            segment_id = {"2": SKY, "1": ROAD}.get(key) or self.segment_of(CAR)
            region = polygon([quantise(drawn)], rule="nonzero", size_hw=SIZE)
            label_map = label_map.with_pixels(apply(label_map, region, segment_id, mode=mode))
        self.car = self.segment_of(CAR)
        self.ids: Ids = label_map.to_array()
        self.check()

    def outline(self, corners: Sequence[Point]) -> list[Point]:
        """As `EditorPage.outline`, but Mod keeps the pen from snapping to what is there."""
        page = self.editor.page
        self.editor.key("p")
        places = [tuple(float(round(value)) for value in self.editor.screen(point)) for point in corners]
        page.keyboard.down("Control")
        for place in places:
            page.mouse.click(*place)
        page.keyboard.up("Control")
        self.editor.key("Enter")
        return [self.editor.image((x, y)) for x, y in places]

    def segment_of(self, class_number: int) -> int:
        rows = [row for row in self.editor.state()["segments"] if row["classNumber"] == class_number]
        return int(max(rows, key=lambda row: row["areaPx"])["id"])

    def check(self) -> None:
        assert self.editor.checksum() == LabelMap.from_array(self.ids).checksum("main")

    def take(self, tool: str) -> None:
        """Chooses a tool in the rail and waits until its code is there."""
        page = self.editor.page
        page.get_by_role("toolbar", name="Tools").get_by_role("button", name=tool).click()
        page.wait_for_function(
            "() => performance.getEntriesByType('resource').some(e => /\\/all-[^/]*\\.js$/.test(e.name))"
        )

    def drag(self, points: Sequence[Point], *, shift: bool = False, release: bool = True) -> list[Point]:
        """Drags along the places on whole screen pixels; gives the exact image points."""
        mouse, keyboard = self.editor.page.mouse, self.editor.page.keyboard
        places = [tuple(float(round(value)) for value in self.editor.screen(point)) for point in points]
        mouse.move(*places[0])
        mouse.down()
        if shift:
            keyboard.down("Shift")
        for place in places[1:]:
            mouse.move(*place)
        if release:
            mouse.up()
        if shift:
            keyboard.up("Shift")
        return [self.editor.image((x, y)) for x, y in places]

    def changed_once(self, ids: Ids) -> None:
        """The map is as expected, on the server too, and one undo takes all of it back."""
        before, self.ids = self.ids, ids
        assert not np.array_equal(before, ids)
        self.check()
        self.editor.key("Control+z")
        assert self.editor.checksum() == LabelMap.from_array(before).checksum("main")
        self.editor.key("Control+Shift+z")
        self.check()

    def lock(self, segment_id: int) -> None:
        row = next(row for row in self.editor.state()["segments"] if row["id"] == segment_id)
        if row["locked"]:
            return
        self.editor.key("v")
        at = np.argwhere(self.ids == segment_id)
        y, x = at[len(at) // 2]
        self.editor.page.mouse.click(*self.editor.screen((float(x) + 0.5, float(y) + 0.5)))
        self.editor.key("Shift+L")
        self.editor.key("Escape")


@pytest.fixture
def street(editor: EditorPage, make_task: Callable[..., ReadyTask]) -> Street:
    return Street(editor, make_task(HEIGHT, WIDTH))


def test_the_knife_makes_two_cars_of_one(server: ServerProcess, street: Street) -> None:
    editor = street.editor
    street.take("Knife")
    (ax, ay), *_, (bx, by) = street.drag([(120, 60), (150, 110), (165, 190)], shift=True, release=False)
    assert editor.page.evaluate("() => window.intarsia.state().tool") == "knife"
    assert street.ids.tobytes() == LabelMap.from_array(street.ids).to_array().tobytes()
    street.check()
    editor.page.mouse.up()
    # Shift: straight from first to last point, so a pixel is right of it when its centre is.
    ys, xs = np.mgrid[0:HEIGHT, 0:WIDTH] + 0.5
    left = (bx - ax) * (ys - ay) - (by - ay) * (xs - ax) > 0
    car = street.ids == street.car
    smaller = car & left if np.count_nonzero(car & left) < np.count_nonzero(car & ~left) else car & ~left
    cars = [row for row in editor.state()["segments"] if row["classNumber"] == CAR]
    fresh = next(row["id"] for row in cars if row["id"] != street.car)
    street.changed_once(np.where(smaller, np.uint32(fresh), street.ids))
    assert np.count_nonzero(smaller) == min(row["areaPx"] for row in cars)
    same_on_the_server(editor, server, street.task)


def test_the_knife_on_stuff_asks_for_a_class(page: Page, server: ServerProcess, street: Street) -> None:
    editor = street.editor
    street.take("Knife")
    before = street.ids
    (ax, _), *_ = street.drag([(40, 110), (40, 236)], shift=True)
    dialog = page.get_by_role("dialog", name="Class of the part cut off")
    dialog.get_by_text("Road is one segment per layer. Give the smaller part another class:").wait_for()
    assert serious(page) == []
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    street.check()
    street.drag([(40, 110), (40, 236)], shift=True)
    dialog.get_by_role("combobox").select_option(label="Person")
    dialog.get_by_role("button", name="Cut").click()
    dialog.wait_for(state="detached")
    xs = np.arange(WIDTH) + 0.5
    part = (before == ROAD) & (xs[None, :] < ax)
    person = street.segment_of(PERSON)
    street.changed_once(np.where(part, np.uint32(person), before))
    assert areas(editor)[PERSON] == [np.count_nonzero(part)]
    same_on_the_server(editor, server, street.task)


def test_reshape_moves_a_border_out_and_in(server: ServerProcess, street: Street) -> None:
    editor = street.editor
    street.take("Reshape")
    car = street.car
    out = street.drag([(130, 140), (125, 190), (160, 200), (165, 150)])
    pocket = inside(out) & (street.ids == ROAD)
    street.changed_once(np.where(pocket, np.uint32(car), street.ids))
    # The same line backwards over a locked road changes nothing.
    street.lock(ROAD)
    street.take("Reshape")
    street.drag([(110, 140), (105, 180), (120, 185), (122, 150)])
    street.check()
    assert toast(editor) == "Nothing here may be taken or given: it is locked or protected."
    # What is cut off the top of the selected car goes to the sky, its longest neighbour there.
    editor.key("v")
    page = editor.page
    page.mouse.click(*editor.screen((140, 110)))
    street.take("Reshape")
    (_, y), *_ = street.drag([(90, 95), (190, 95)])
    rows = np.arange(HEIGHT)[:, None] + 0.5
    cut = (street.ids == car) & (rows < y)
    street.changed_once(np.where(cut, np.uint32(SKY), street.ids))
    same_on_the_server(editor, server, street.task)


def test_a_loop_inside_is_a_hole(server: ServerProcess, street: Street) -> None:
    street.take("Reshape")
    loop = street.drag([(20, 180), (60, 180), (60, 220), (20, 220), (20, 182)])
    hole = inside(loop)
    street.changed_once(np.where(hole, np.uint32(0), street.ids))
    same_on_the_server(street.editor, server, street.task)


def bent(ids: Ids, *, row: int, x0: int, x1: int, down_px: npt.NDArray[np.float64], above: int, below: int) -> Ids:
    """A level border over columns x0 to x1 whose lattice vertices go down by `down_px` (x1 - x0 + 1 of them)."""
    ys = np.floor((row + down_px) * 256 + 0.5) / 256
    middles = (ys[:-1] + ys[1:]) / 2
    after = ids.copy()
    centres = np.arange(HEIGHT)[:, None] + 0.5
    part = after[:, x0:x1]
    part[(part == below) & (centres < middles)] = above
    part[(part == above) & (centres >= middles)] = below
    return after


def falloff(share: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.where(share >= 1, 0.0, 0.5 * (1 + np.cos(np.pi * np.minimum(share, 1))))


def level_border(street: Street) -> tuple[int, int, int]:
    """Row and columns of the border between sky and road left of the car."""
    meets = (street.ids[:-1] == SKY) & (street.ids[1:] == ROAD)
    ys, xs = np.nonzero(meets)
    left = xs[xs < WIDTH // 2]
    return int(ys[0]) + 1, int(left.min()), int(left.max()) + 1


def test_a_border_slides_with_falloff_and_by_arrow_keys(server: ServerProcess, street: Street) -> None:
    editor = street.editor
    street.take("Slide border")
    row, x0, x1 = level_border(street)
    reach_px = 24 / editor.state()["view"]["zoom"]
    (ax, ay), *_, (bx, by) = street.drag([(50, row), (50, row + 6), (50, row + 12.4)])
    assert ax == bx
    vertices = np.arange(x0, x1 + 1)
    grabbed = vertices[np.argmin(np.abs(vertices - ax))]
    weights = falloff(np.abs(vertices - grabbed) / min(reach_px, grabbed - x0, x1 - grabbed))
    street.changed_once(bent(street.ids, row=row, x0=x0, x1=x1, down_px=weights * (by - ay), above=SKY, below=ROAD))

    editor.key("Control+z")
    street.ids = bent(street.ids, row=row, x0=x0, x1=x1, down_px=np.zeros(x1 - x0 + 1), above=SKY, below=ROAD)
    street.check()
    page = editor.page
    page.mouse.click(*(round(value) for value in editor.screen((50, row))))
    editor.key("ArrowDown")
    ends = np.minimum(vertices - x0, x1 - vertices)
    ramp = falloff(1 - np.minimum(1, ends / min(reach_px, (x1 - x0) / 4)))
    street.changed_once(bent(street.ids, row=row, x0=x0, x1=x1, down_px=ramp, above=SKY, below=ROAD))
    same_on_the_server(editor, server, street.task)


def test_a_locked_border_stays(street: Street) -> None:
    row, _, _ = level_border(street)
    street.lock(SKY)
    street.take("Slide border")
    street.drag([(50, row), (50, row + 6), (50, row + 12)])
    street.check()
    assert toast(street.editor) == "Sky is locked."


def owner(editor: EditorPage, pixel: tuple[int, int]) -> int:
    value: int = editor.page.evaluate("([x, y]) => window.intarsia.segmentAt('main', x, y)", list(pixel))
    return value


def drawn_with_mod(street: Street, points: Sequence[Point]) -> list[Point]:
    street.editor.page.keyboard.down("Control")
    places = street.drag(points)
    street.editor.page.keyboard.up("Control")
    return places


def shifted(mask: npt.NDArray[np.bool_], dx: int, dy: int) -> npt.NDArray[np.bool_]:
    out = np.zeros_like(mask)
    height, width = mask.shape
    out[max(dy, 0) : height + min(dy, 0), max(dx, 0) : width + min(dx, 0)] = mask[
        max(-dy, 0) : height + min(-dy, 0), max(-dx, 0) : width + min(-dx, 0)
    ]
    return out


def test_a_segment_moves_by_drag_and_by_arrow_keys(page: Page, server: ServerProcess, street: Street) -> None:
    editor = street.editor
    street.take("Select")
    editor.key("x")
    assert editor.state()["mode"] == "behind"
    car = street.ids == street.car
    (ax, ay), *_, (bx, by) = drawn_with_mod(street, [(140, 120), (150, 120), (180, 130)])
    moved = shifted(car, round(bx - ax), round(by - ay))
    # Behind: onto unlabelled pixels only, and there are none where it goes; what it leaves is unlabelled.
    behind = np.where(car & ~moved, np.uint32(0), street.ids)
    street.changed_once(behind)
    editor.key("Control+z")
    street.ids = np.where(car, np.uint32(street.car), street.ids)
    editor.key("x")

    page.mouse.click(*editor.screen((140, 120)), button="right")
    page.get_by_role("menu").get_by_role("menuitem", name="Move by arrow keys").click()
    editor.page.wait_for_function("() => (window.intarsia.state().toast?.text ?? '').startsWith('Arrow keys move Car')")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    street.check()
    page.keyboard.press("Enter")
    moved = shifted(car, 30, 0)
    left = car & ~moved
    # Over: what it leaves goes to the nearer of sky above and road below, of equals to the lower id.
    rows = np.arange(HEIGHT)[:, None]
    border = int(np.nonzero((street.ids == ROAD).any(axis=1))[0].min())
    top, bottom = (int(value) for value in (np.nonzero(car.any(axis=1))[0].min(), np.nonzero(car.any(axis=1))[0].max()))
    columns = np.nonzero(left.any(axis=0))[0]
    xs = np.arange(WIDTH)[None, :]
    to_left = xs - columns.min() + 1
    to_sky = np.minimum(rows - top + 1, np.where(rows < border, to_left, to_left + rows - border + 1))
    to_road = np.minimum(bottom - rows + 1, np.where(rows >= border, to_left, to_left + border - rows))
    expected = np.where(moved, np.uint32(street.car), street.ids)
    street.changed_once(np.where(left, np.where(to_road <= to_sky, np.uint32(ROAD), np.uint32(SKY)), expected))
    same_on_the_server(editor, server, street.task)


def test_grow_shrink_smooth_and_fill_holes(page: Page, server: ServerProcess, street: Street) -> None:
    editor = street.editor
    street.take("Select")
    page.mouse.click(*editor.screen((140, 120)))
    car = street.ids == street.car
    grown = car | shifted(car, 1, 0) | shifted(car, -1, 0) | shifted(car, 0, 1) | shifted(car, 0, -1)
    page.keyboard.press("Shift+BracketRight")
    street.changed_once(np.where(grown, np.uint32(street.car), street.ids))

    # Smoothing takes a hair of sky out of the road; nobody else changes, and all of it is one step.
    editor.key("Escape")
    row, _, _ = level_border(street)
    street.take("Reshape")
    street.drag([(48, row - 4), (48, row + 6), (50, row + 6), (50, row - 4)])
    tip, drawn = (48, row + 5), editor.checksum()
    assert owner(editor, tip) == SKY
    editor.key("v")
    page.mouse.click(*editor.screen((48, row - 20)))
    page.keyboard.press("Shift+S")
    assert toast(editor).startswith("Border of Sky smoothed, ")
    assert owner(editor, tip) == ROAD
    same_on_the_server(editor, server, street.task)
    editor.key("Control+z")
    assert editor.checksum() == drawn
    editor.key("Control+z")
    street.check()

    # A loop inside the road is a hole; the command of the menu fills it again.
    editor.key("Escape")
    street.take("Reshape")
    loop = street.drag([(30, 180), (60, 180), (60, 210), (30, 210), (30, 182)])
    whole = street.ids
    street.changed_once(np.where(inside(loop), np.uint32(0), whole))
    street.take("Select")
    page.mouse.click(*editor.screen((200, 200)))
    page.mouse.click(*editor.screen((200, 200)), button="right")
    menu = page.get_by_role("menu")
    menu.wait_for()
    assert serious(page) == []
    menu.get_by_role("menuitem", name="Fill holes").click()
    menu.wait_for(state="detached")
    street.changed_once(whole)
    same_on_the_server(editor, server, street.task)
