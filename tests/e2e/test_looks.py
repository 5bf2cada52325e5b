# SPDX-License-Identifier: Apache-2.0
"""What a user chose for the look of pages: it wins over the system, and everything stays readable in it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from .editor_page import EditorPage
from .project import ReadyTask
from .server_process import ServerProcess
from .test_accessibility import serious

BACKGROUND = "() => getComputedStyle(document.querySelector('.topbar')).backgroundColor"


@pytest.fixture(autouse=True)
def system_look(page: Page) -> Iterator[None]:
    """The browser is shared: what a test changes is put back."""
    yield
    page.evaluate(
        "() => { for (const key of ['theme', 'contrast', 'motion']) localStorage.removeItem(`intarsia.${key}`); }"
    )


def choose(page: Page, group: str, choice: str) -> None:
    page.get_by_role("radiogroup", name=group).get_by_role("radio", name=choice, exact=True).check(force=True)


def test_theme_wins_over_the_system(page: Page, server: ServerProcess) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(f"{server.url}/me/view")
    page.get_by_role("main").wait_for()
    light = page.evaluate(BACKGROUND)
    choose(page, "Pages", "Dark")
    dark = page.evaluate(BACKGROUND)
    assert dark != light
    assert serious(page) == []
    page.reload()
    page.get_by_role("main").wait_for()
    assert page.evaluate(BACKGROUND) == dark
    page.emulate_media(color_scheme="dark")
    choose(page, "Pages", "Light")
    assert page.evaluate(BACKGROUND) == light


@pytest.mark.parametrize("forced", [False, True])
def test_high_contrast_and_forced_colours(
    page: Page, server: ServerProcess, make_task: Callable[..., ReadyTask], *, forced: bool
) -> None:
    task = make_task()
    page.emulate_media(forced_colors="active" if forced else "none")
    page.goto(f"{server.url}/me/view")
    choose(page, "Contrast", "High")
    assert serious(page) == []
    editor = EditorPage(page, server.url)
    editor.open(task.path)
    editor.key("b")
    editor.stroke([(100, 100), (200, 160)])
    expect(page.get_by_role("treegrid").get_by_role("row")).to_have_count(1)
    assert serious(page) == []
    editor.key("?")
    page.get_by_role("dialog").wait_for()
    assert serious(page) == []


def test_stronger_fill_for_colour_blind_eyes(
    page: Page, server: ServerProcess, make_task: Callable[..., ReadyTask]
) -> None:
    task = make_task()
    page.goto(f"{server.url}/me/view")
    editor = EditorPage(page, server.url)
    for choice, opacity in (("Fill of 60 %", 0.6), ("Fill of 45 %", 0.45)):
        page.goto(f"{server.url}/me/view")
        choose(page, "Class colours", choice)
        editor.open(task.path)
        assert editor.state()["opacity"] == opacity
