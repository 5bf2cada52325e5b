# SPDX-License-Identifier: Apache-2.0
"""Debian's Chromium as Playwright drives it: headless, a fresh profile, and quiet towards the network."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, Page, Playwright

ARGUMENTS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium_path() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    raise RuntimeError("the browser tests need Chromium; scripts/ensure_chromium.sh installs it")


@contextmanager
def persistent_context(
    playwright: Playwright,
    profile_dir: Path,
    *,
    size: tuple[int, int] = (1440, 900),
    arguments: tuple[str, ...] = (),
    **options: object,
) -> Iterator[BrowserContext]:
    """A browser whose profile (cookies, IndexedDB) lies in `profile_dir` and can be opened again."""
    context = playwright.chromium.launch_persistent_context(
        str(profile_dir),
        executable_path=chromium_path(),
        headless=True,
        args=[*ARGUMENTS, *arguments],
        viewport={"width": size[0], "height": size[1]},
        **options,  # type: ignore[arg-type]
    )
    try:
        yield context
    finally:
        close_even_if_killed(context)


def close_even_if_killed(context: BrowserContext) -> None:
    """Some tests kill the browser: there is nothing left to close then, and Playwright says so."""
    try:
        context.close()
    except Error as error:
        if "has been closed" not in error.message:
            raise


def sign_in(page: Page, link: str) -> None:
    """Follow a sign-in link until its token is spent and the page has gone on: leaving earlier cancels that."""
    page.goto(link)
    page.wait_for_url(lambda address: "/open" not in address)
    page.get_by_role("main").wait_for()
