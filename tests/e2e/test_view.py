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
    page.get_by_role("combobox").fill(title)
    page.keyboard.press("Enter")
    page.get_by_role("combobox").wait_for(state="detached")


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
