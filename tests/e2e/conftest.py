# SPDX-License-Identifier: Apache-2.0
"""One real server and one real browser for the whole run; a project of its own for each test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from .browser import persistent_context, sign_in
from .editor_page import EditorPage
from .project import ReadyTask, gradient_png, make_tasks
from .server_process import ServerProcess


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    process = ServerProcess(tmp_path_factory.mktemp("server") / "data")
    process.start()
    process.sign_in()
    yield process
    process.stop()


@pytest.fixture(scope="session")
def playwright_driver() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def context(
    playwright_driver: Playwright, server: ServerProcess, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    with persistent_context(playwright_driver, tmp_path_factory.mktemp("profile")) as browser:
        page = browser.new_page()
        sign_in(page, server.open_link())
        page.close()
        yield browser


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab that fails the test on any script error or any complaint of the content security policy."""
    complaints: list[str] = []
    tab = context.new_page()
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on(
        "console",
        lambda message: complaints.append(message.text) if "Content Security Policy" in message.text else None,
    )
    yield tab
    tab.close()
    assert complaints == []


@pytest.fixture
def editor(page: Page, server: ServerProcess) -> EditorPage:
    return EditorPage(page, server.url)


@pytest.fixture
def make_task(server: ServerProcess) -> Callable[..., ReadyTask]:
    """Makes a project with one image of the given size and returns its task."""

    def make(height: int = 480, width: int = 640, *, seed: int = 0) -> ReadyTask:
        return make_tasks(server.client, images={"picture.png": gradient_png(height, width, seed=seed)})[0]

    return make


@pytest.fixture(scope="session")
def ground_truth() -> Path:
    """Real images that may not be redistributed and so lie beside the project, where its makers have them."""
    folder = Path(__file__).resolve().parents[3] / "shared" / "data" / "dev"
    if not folder.is_dir():
        pytest.skip("the folder of real images with ground truth is not here; it may not be redistributed")
    return folder


@pytest.fixture(scope="session")
def demo_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """`intarsia demo` on a fresh folder, as a newcomer starts it."""
    process = ServerProcess(tmp_path_factory.mktemp("demo") / "data", command="demo")
    process.start()
    yield process
    process.stop()
