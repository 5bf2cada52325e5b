# SPDX-License-Identifier: Apache-2.0
"""Functions of the view, seen on the pixels of the canvas; none of them changes a pixel of the label map."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt
from PIL import Image
from playwright.sync_api import Page, expect

from .editor_page import EditorPage, Point
from .project import ReadyTask, gradient_png, make_tasks
from .server_process import ServerProcess
from .test_accessibility import serious

HEIGHT, WIDTH = 240, 320
PHOTO = np.asarray(Image.open(io.BytesIO(gradient_png(HEIGHT, WIDTH))))


def photo_at(editor: EditorPage, point: Point) -> tuple[int, int, int]:
    """RGB of the photo's canvas where an image point is shown, once two frames have passed."""
    x, y = editor.screen(point)
    rgb: list[int] = editor.page.evaluate(
        """async ([x, y]) => {
            await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
            const canvas = document.querySelector(".canvas-host canvas");
            const box = document.querySelector(".canvas-host").getBoundingClientRect();
            const copy = document.createElement("canvas");
            copy.width = canvas.width;
            copy.height = canvas.height;
            const context = copy.getContext("2d");
            context.drawImage(canvas, 0, 0);
            return [...context.getImageData(Math.floor(x - box.left), Math.floor(y - box.top), 1, 1).data].slice(0, 3);
        }""",
        [x, y],
    )
    return rgb[0], rgb[1], rgb[2]


def of_file(point: Point) -> npt.NDArray[np.int_]:
    return PHOTO[int(point[1]), int(point[0])].astype(int)


@contextmanager
def map_untouched(editor: EditorPage) -> Iterator[None]:
    """The label map's checksum, and what is waiting to be saved, are the same afterwards."""
    before = editor.checksum()
    yield
    assert editor.checksum() == before
    assert editor.state()["save"]["kind"] == "saved"


def draw_two(editor: EditorPage) -> None:
    editor.key("1")
    editor.outline([(20, 20), (140, 20), (140, 120), (20, 120)])
    editor.key("3")
    editor.outline([(160, 60), (280, 60), (280, 200), (160, 200)])
    editor.wait_saved()


def run(page: Page, title: str) -> None:
    """A command by the palette, as one who does not know its key finds it."""
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Type a command").fill(title)
    page.keyboard.press("Enter")
    page.get_by_role("combobox", name="Type a command").wait_for(state="detached")


def test_tone_changes_what_is_seen_and_nothing_else(
    page: Page, editor: EditorPage, make_task: Callable[..., ReadyTask]
) -> None:
    task = make_task(HEIGHT, WIDTH)
    editor.open(task.path)
    draw_two(editor)
    at = (300.5, 20.5)
    with map_untouched(editor):
        photo_becomes(editor, at, of_file(at))
        run(page, "Photo inverted")
        page.wait_for_function("() => window.intarsia.state().tone.invert")
        photo_becomes(editor, at, 255 - of_file(at))
        editor.key("Shift+R")
        assert np.allclose(photo_at(editor, at), of_file(at), atol=3)

        editor.key("Shift+T")
        page.get_by_role("img", name="How often each value").wait_for()
        assert serious(page) == []
        page.get_by_label("Channel").select_option(label="Green")
        grey = photo_at(editor, at)
        assert np.allclose(grey, [of_file(at)[1]] * 3, atol=3)
        page.get_by_role("slider", name="White from this value up").press("PageDown")
        page.get_by_role("slider", name="Black from this value down").press("ArrowRight")
        tone = editor.state()["tone"]
        assert (tone["black"], tone["white"]) != (0, 255)
        assert tone["channel"] == "green"
        page.get_by_label("Local contrast (CLAHE)").click()
        expect(page.get_by_role("slider", name="Clip limit")).to_be_visible()
        page.get_by_role("slider", name="Clip limit").press("End")
        assert editor.state()["tone"]["localContrast"] == 8
        assert serious(page) == []

    kept = editor.state()["tone"]
    editor.page.reload()
    editor.wait_ready()
    assert editor.state()["tone"] == kept, "kept for the project"
    histogram = editor.state()["histogram"]
    assert histogram is None, "nothing is counted that nobody looks at"
    editor.key("Shift+R")
    photo_becomes(editor, at, of_file(at))


def photo_becomes(editor: EditorPage, at: Point, wanted: npt.NDArray[np.int_]) -> None:
    """Photo and the code of tone are loaded when they are first needed, so the first frames may show something else."""
    for _ in range(200):
        if np.allclose(photo_at(editor, at), wanted, atol=3):
            return
    raise AssertionError(f"at {at} is {photo_at(editor, at)} and not {wanted}")


def test_local_contrast_lifts_a_flat_picture(page: Page, editor: EditorPage, server: ServerProcess) -> None:
    """Stripes of 120 and 130: with local contrast they lie further apart."""
    flat = np.full((HEIGHT, WIDTH, 3), 120, np.uint8)
    flat[:, (np.arange(WIDTH) // 4) % 2 == 1] = 130
    stream = io.BytesIO()
    Image.fromarray(flat).save(stream, "PNG")
    task = make_tasks(server.client, images={"flat.png": stream.getvalue()}, name="Flat")[0]
    editor.open(task.path)
    dark, light = (2.5, 100.5), (6.5, 100.5)
    photo_becomes(editor, light, np.array([130] * 3))
    with map_untouched(editor):
        run(page, "local contrast")
        page.wait_for_function("() => window.intarsia.state().tone.localContrast > 0")
        for _ in range(200):
            apart = photo_at(editor, light)[0] - photo_at(editor, dark)[0]
            if apart != 10:
                break
        assert apart == 13, "3 of 256 counts for each of the two values, and an even share of what was cut off"


def shown_at(page: Page, x: float, y: float) -> tuple[int, int, int]:
    """RGB on the screen, of all canvases together."""
    clip = {"x": round(x), "y": round(y), "width": 1, "height": 1}
    picture = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")  # type: ignore[arg-type]
    rgb = picture.getpixel((0, 0))
    assert isinstance(rgb, tuple)
    return rgb[0], rgb[1], rgb[2]


def shown_becomes(page: Page, editor: EditorPage, at: Point) -> None:
    for _ in range(50):
        if np.allclose(shown_at(page, *editor.screen(at)), of_file(at), atol=6):
            return
    raise AssertionError(f"at {at} is {shown_at(page, *editor.screen(at))} and not {of_file(at)}")


def test_a_turned_view_shows_and_draws_in_the_right_place(
    page: Page, editor: EditorPage, make_task: Callable[..., ReadyTask]
) -> None:
    task = make_task(HEIGHT, WIDTH)
    editor.open(task.path)
    draw_two(editor)
    page.evaluate("() => { document.querySelector('.hint').style.visibility = 'hidden' }")  # it covers a corner
    corners = [(4.5, 4.5), (315.5, 4.5), (315.5, 235.5), (4.5, 235.5)]
    with map_untouched(editor):
        for quarter in (90, 180, 270):
            run(page, "Turn the view right")
            page.wait_for_function(f"() => window.intarsia.state().view.turnDegrees === {quarter}")
            for corner in corners:
                shown_becomes(page, editor, corner)
        run(page, "View upright again")
        editor.key("Shift+T")
        page.get_by_role("slider", name="Angle").fill("33")
        assert editor.state()["view"]["turnDegrees"] == 33
        for corner in corners:
            shown_becomes(page, editor, corner)
        assert serious(page) == []
    before = editor.state()["coverage"]["labelledPx"]
    editor.key("4")
    clicked = editor.outline([(30, 150), (130, 150), (130, 220), (30, 220)])
    assert np.allclose(clicked, [(30, 150), (130, 150), (130, 220), (30, 220)], atol=2)
    drawn = editor.state()["coverage"]["labelledPx"] - before
    assert abs(drawn - 100 * 70) < 500
    at = page.evaluate("() => window.intarsia.segmentAt('main', 80, 185)")
    assert at == page.evaluate("() => window.intarsia.segmentAt('main', 40, 215)") != 0
    wine = np.array([0xA2, 0x1E, 0x44])
    assert np.allclose(shown_at(page, *editor.screen((80.5, 185.5))), 0.55 * of_file((80, 185)) + 0.45 * wine, atol=6)


def test_the_minimap_goes_where_it_is_clicked_and_draws_nothing(
    page: Page, editor: EditorPage, make_task: Callable[..., ReadyTask]
) -> None:
    task = make_task(HEIGHT, WIDTH)
    editor.open(task.path)
    draw_two(editor)
    minimap = page.locator(".minimap")
    expect(minimap).to_have_count(0)
    with map_untouched(editor):
        page.evaluate("() => { location.hash = 'at=40,40,24' }")
        page.wait_for_function("() => window.intarsia.state().view.zoom === 24")
        minimap.wait_for()
        box = minimap.bounding_box()
        assert box is not None
        host = page.locator(".canvas-host").bounding_box()
        assert host is not None
        middle = (host["x"] + host["width"] / 2, host["y"] + host["height"] / 2)
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.down()
        assert np.allclose(editor.image(middle), (WIDTH / 2, HEIGHT / 2), atol=3)
        page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + box["height"] / 4, steps=3)
        page.mouse.up()
        assert np.allclose(editor.image(middle), (WIDTH * 0.75, HEIGHT / 4), atol=3)
        assert not editor.state()["outlineOpen"]
        run(page, "Minimap when zoomed in")
        expect(minimap).to_be_hidden()


def test_aids_come_by_the_drawer_and_go(page: Page, editor: EditorPage, make_task: Callable[..., ReadyTask]) -> None:
    task = make_task(HEIGHT, WIDTH)
    editor.open(task.path)
    draw_two(editor)
    expect(page.locator(".ruler")).to_have_count(0)
    with map_untouched(editor):
        editor.key("Shift+T")
        page.get_by_label("Rulers").click()
        expect(page.locator(".ruler.upper")).to_be_visible()
        page.get_by_label("Lines through the pointer").click()
        page.mouse.move(*editor.screen((150, 100)))
        expect(page.locator(".cross-line.across")).to_be_visible()
        page.get_by_role("slider", name="Outline width").fill("5")
        x, y = editor.screen((160, 130))
        edge = [shown_at(page, round(x) + 4, y)[:3]]
        page.get_by_role("slider", name="Outline width").fill("1")
        page.mouse.move(*editor.screen((10, 230)))
        edge.append(shown_at(page, round(x) + 4, y))
        assert edge[0] != edge[1], "4 px inside the border lies in a rim of 5 px and beyond one of 1 px"
        page.get_by_label("Rulers").click()
        expect(page.locator(".ruler.upper")).to_be_hidden()
        assert serious(page) == []


def test_colours_stand_for_authors_and_one_class_is_shown_alone(
    page: Page, editor: EditorPage, make_task: Callable[..., ReadyTask]
) -> None:
    task = make_task(HEIGHT, WIDTH)
    editor.open(task.path)
    draw_two(editor)
    road, car = (60.5, 60.5), (220.5, 130.5)
    azure, lime = np.array([0x2C, 0x9E, 0xF3]), np.array([0xE1, 0xF8, 0x12])

    def filled(at: Point, colour: npt.NDArray[np.int_]) -> bool:
        return np.allclose(shown_at(page, *editor.screen(at)), 0.55 * of_file(at) + 0.45 * colour, atol=6)

    with map_untouched(editor):
        assert filled(road, azure)
        assert filled(car, lime)
        editor.key("Shift+T")
        page.get_by_label("Colour by").select_option(label="Last author")
        legend = page.get_by_role("list", name="What the colours stand for")
        expect(legend.get_by_role("listitem")).to_have_text("Local owner2 segments")
        assert serious(page) == []
        assert filled(road, azure)
        assert filled(car, azure)
        page.get_by_label("Colour by").select_option(label="Class")
        expect(legend).to_have_count(0)
        page.get_by_role("combobox", name="Show").select_option(label="Car")
        page.wait_for_function("() => window.intarsia.state().onlyClass !== null")
        assert np.allclose(shown_at(page, *editor.screen(road)), of_file(road), atol=6)
        assert filled(car, lime)
        page.get_by_role("combobox", name="Show").select_option(label="All classes")
        page.wait_for_function("() => window.intarsia.state().onlyClass === null")
        assert filled(road, azure)


def test_the_compare_view_shows_an_older_revision_with_the_same_eyes(
    page: Page, editor: EditorPage, make_task: Callable[..., ReadyTask]
) -> None:
    task = make_task(HEIGHT, WIDTH)
    editor.open(task.path)
    editor.key("1")
    editor.outline([(20, 20), (140, 20), (140, 120), (20, 120)])
    editor.wait_saved()
    editor.key("3")
    editor.outline([(160, 60), (280, 60), (280, 200), (160, 200)])
    editor.wait_saved()
    road, car = (60.5, 60.5), (220.5, 130.5)
    azure, lime = np.array([0x2C, 0x9E, 0xF3]), np.array([0xE1, 0xF8, 0x12])

    def middle(selector: str) -> Point:
        box = page.locator(selector).bounding_box()
        assert box is not None
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def becomes(at: Point, wanted: npt.NDArray[np.float64], *, beside: bool) -> None:
        for _ in range(50):
            x, y = editor.screen(at)
            if beside:
                here, there = middle(".canvas-host"), middle(".side-host")
                x, y = x - here[0] + there[0], y - here[1] + there[1]
            if np.allclose(shown_at(page, x, y), wanted, atol=6):
                return
        raise AssertionError(f"{at}, beside: {beside}: {shown_at(page, x, y)} and not {wanted}")

    blend = {at: 0.55 * of_file(at) + 0.45 * colour for at, colour in ((road, azure), (car, lime))}
    with map_untouched(editor):
        editor.key("Shift+V")
        page.get_by_role("region", name="Compare view").wait_for()
        assert editor.state()["side"] == {"kind": "revision", "revision": 1}
        for beside in (False, True):
            becomes(road, blend[road], beside=beside)
        becomes(car, blend[car], beside=False)
        becomes(car, of_file(car).astype(float), beside=True)
        assert serious(page) == []

        x, y = middle(".side-host")
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x - 40, y - 20, steps=4)
        page.mouse.up()
        page.mouse.wheel(0, -100)
        becomes(car, blend[car], beside=False)
        becomes(car, of_file(car).astype(float), beside=True)

        divider = page.get_by_role("separator", name="Width of the compared pictures")
        divider.press("ArrowLeft")
        assert divider.get_attribute("aria-valuenow") == "45"
        becomes(road, blend[road], beside=True)
        page.get_by_role("combobox", name="Compare with").select_option(label="Newest state")
        becomes(car, blend[car], beside=True)
        page.get_by_role("button", name="End the compare view").click()
        expect(page.locator(".side-host")).to_have_count(0)
        becomes(car, blend[car], beside=False)


def test_an_outline_inside_a_host_dims_the_rest_until_it_is_given_up(
    page: Page, editor: EditorPage, make_task: Callable[..., ReadyTask]
) -> None:
    task = make_task(HEIGHT, WIDTH)
    editor.open(task.path)
    draw_two(editor)
    free, road = (20.5, 200.5), (40.5, 110.5)
    azure = np.array([0x2C, 0x9E, 0xF3])

    def becomes(at: Point, wanted: npt.NDArray[np.float64]) -> None:
        for _ in range(50):
            if np.allclose(shown_at(page, *editor.screen(at)), wanted, atol=6):
                return
        raise AssertionError(f"{at}: {shown_at(page, *editor.screen(at))} and not {wanted}")

    with map_untouched(editor):
        editor.key("4")
        editor.key("p")
        editor.key("i")
        for point in ((60, 40), (120, 40), (120, 90)):
            page.mouse.click(*editor.screen(point))
        page.mouse.move(*editor.screen((200, 220)))
        becomes(free, 0.6 * of_file(free))
        becomes(road, 0.55 * of_file(road) + 0.45 * azure)
        editor.key("Escape")
        becomes(free, of_file(free).astype(float))
