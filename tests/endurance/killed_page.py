# SPDX-License-Identifier: Apache-2.0
"""An editor in a real Chromium that is going to be killed, and a witness of what it had on disk before."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import BrowserContext, Error, Page, Playwright, Route

from tests.e2e.browser import ARGUMENTS, chromium_path
from tests.e2e.editor_page import EditorPage
from tests.e2e.server_process import ServerProcess

Network = Literal["cut", "slow", "replies lost", "good"]

# Tells of every edit at the moment at which IndexedDB says that its transaction is complete: from then on the stroke
# is finished. `forgetful` plants a fault: the edit is told of and thrown away in the same breath.
_WITNESS = """
(({ aheadMs, forgetful }) => {
  const realNow = Date.now.bind(Date);
  Date.now = () => realNow() + aheadMs;
  const realPut = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, ...rest) {
    const request = realPut.call(this, value, ...rest);
    if (this.name === "edits" && this.transaction.db.name === "intarsia-outbox") {
      this.transaction.addEventListener("complete", () => window.strokeFinished(value.edit));
      if (forgetful) this.delete([value.annotationId, value.editId]);
    }
    return request;
  };
})
"""


@dataclass
class Witness:
    """`finished`: JSON bodies of edits that the browser had on disk, by id."""

    finished: dict[str, dict[str, Any]] = field(default_factory=dict)

    def tell(self, edit: dict[str, Any]) -> None:
        self.finished[edit["id"]] = edit


@dataclass(frozen=True)
class Visit:
    """One opening of the editor. `ahead_ms`: so much later than now it is for the page, as when someone comes back."""

    network: Network
    ahead_ms: int = 0
    forgetful: bool = False


class KillableBrowser:
    """Chromium on one profile, opened again after each kill; `page` is the editor of one task."""

    def __init__(self, playwright: Playwright, server: ServerProcess, profile: Path, witness: Witness) -> None:
        self._playwright = playwright
        self._server = server
        self._profile = profile
        self._witness = witness
        self._context: BrowserContext | None = None
        self._timer: threading.Timer | None = None

    def open(self, path: str, visit: Visit) -> EditorPage:
        self._context = self._playwright.chromium.launch_persistent_context(
            str(self._profile),
            executable_path=chromium_path(),
            headless=True,
            args=list(ARGUMENTS),
            viewport={"width": 1100, "height": 760},
        )
        # The browser writes cookies to disk only now and then; a session must survive for the edits to be sent.
        cookies = [{"name": entry.name, "value": entry.value, "url": self._server.url} for entry in self._jar()]
        self._context.add_cookies(cookies)  # type: ignore[arg-type]
        self._context.expose_function("strokeFinished", self._witness.tell)
        options = f"{{ aheadMs: {visit.ahead_ms}, forgetful: {str(visit.forgetful).lower()} }}"
        self._context.add_init_script(f"{_WITNESS}({options})")
        page = self._context.pages[0]
        if visit.network != "slow":
            degrade(page, visit.network)
        editor = EditorPage(page, self._server.url)
        editor.open(path)
        if visit.network == "slow":
            degrade(page, visit.network)
        return editor

    def _jar(self) -> list[Any]:
        return list(self._server.client.cookies.jar)

    def kill_after(self, delay_s: float) -> None:
        """All processes of the browser die, together and without warning, while the test goes on drawing."""
        self._timer = threading.Timer(delay_s, self.kill)
        self._timer.start()

    def kill(self) -> None:
        for process_id in processes(self._profile):
            with suppress(ProcessLookupError):
                os.kill(process_id, signal.SIGKILL)

    def close(self) -> None:
        """After a kill as well: waits until nothing of the browser is left, so that the profile is free."""
        if self._timer is not None:
            self._timer.join()
        if self._context is not None:
            with suppress(Error):
                self._context.close()
        self.kill()
        self._context = None


def processes(profile: Path) -> list[int]:
    """Process ids of every Chromium process that uses this profile."""
    found = subprocess.run(["pgrep", "-f", f"user-data-dir={profile}"], capture_output=True, text=True, check=False)
    return [int(line) for line in found.stdout.split()]


def degrade(page: Page, network: Network) -> None:
    """What happens to saves. A slow line is slow for everything, so it begins when the page is there."""
    if network == "cut":
        page.route("**/edits", lambda route: route.abort())
    elif network == "replies lost":
        page.route("**/edits", _lose_reply)
    elif network == "slow":
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        limits = {"latency": 400, "downloadThroughput": 200_000, "uploadThroughput": 40_000, "offline": False}
        session.send("Network.emulateNetworkConditions", limits)


def _lose_reply(route: Route) -> None:
    with suppress(Error):
        route.fetch()
        route.abort()


def draw_until_killed(editor: EditorPage, choose: random.Random, *, strokes_max: int) -> int:
    """Strokes and outlines one after the other, until the browser is gone; returns how many were begun."""
    page = editor.page
    for begun in range(strokes_max):
        try:
            if begun % 5 == 0:
                editor.key(choose.choice("1234"))
            points = [(choose.uniform(20, 380), choose.uniform(20, 280)) for _ in range(choose.randrange(2, 5))]
            if choose.random() < 0.2:
                editor.outline([*points, (choose.uniform(20, 380), choose.uniform(20, 280))])
            else:
                editor.key("b")
                editor.stroke(points)
        except Error:
            return begun
    with suppress(Error):
        page.wait_for_event("close", timeout=10_000)
    return strokes_max
