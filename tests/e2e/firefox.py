# SPDX-License-Identifier: Apache-2.0
"""Firefox as WebDriver calls it, over Marionette, the door that Firefox itself opens: no driver program in between.

A message is ``LENGTH:JSON``; a command is ``[0, number, name, parameters]``, its answer ``[1, number, error, result]``.
"""

import json
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

START_TIMEOUT_S = 60
ANSWER_TIMEOUT_S = 60
PORT_FILE = "MarionetteActivePort"
PREFERENCES = """\
user_pref("marionette.port", 0);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("app.update.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("browser.safebrowsing.downloads.remote.enabled", false);
"""


def firefox_path() -> str | None:
    return shutil.which("firefox-esr") or shutil.which("firefox")


class Firefox:
    """One window. Raises RuntimeError with Firefox's own words when a command fails."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=ANSWER_TIMEOUT_S)
        self._stream = self._socket.makefile("rb")
        self._number = 0
        self._message()  # its greeting
        self.call("WebDriver:NewSession", strictFileInteractability=True)

    def call(self, name: str, **parameters: object) -> Any:
        self._number += 1
        payload = json.dumps([0, self._number, name, parameters]).encode()
        self._socket.sendall(f"{len(payload)}:".encode() + payload)
        _, _, error, result = self._message()
        if error is not None:
            raise RuntimeError(f"{name}: {error['error']}: {error['message']}")
        return result["value"] if isinstance(result, dict) and set(result) == {"value"} else result

    def _message(self) -> Any:
        length = b""
        while (digit := self._stream.read(1)) != b":":
            if digit == b"":
                raise RuntimeError("Firefox closed the connection")
            length += digit
        return json.loads(self._stream.read(int(length)))

    def goto(self, url: str) -> None:
        self.call("WebDriver:Navigate", url=url)

    def reload(self) -> None:
        self.call("WebDriver:Refresh")

    def evaluate(self, expression: str) -> Any:
        return self.call("WebDriver:ExecuteScript", script=f"return {expression}", args=[])

    def wait_for(self, expression: str, *, timeout_s: float = ANSWER_TIMEOUT_S) -> None:
        """Until the expression is true in the page; asked before each frame there, not from here."""
        script = f"""
            const done = arguments[0];
            const look = () => {{
                let holds = false;
                try {{ holds = Boolean({expression}); }} catch {{ holds = false; }}
                if (holds) done(true); else requestAnimationFrame(look);
            }};
            look();"""
        self.call("WebDriver:SetTimeouts", script=int(timeout_s * 1000))
        self.call("WebDriver:ExecuteAsyncScript", script=script, args=[])

    def press(self, key: str) -> None:
        actions = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self.call("WebDriver:PerformActions", actions=[{"type": "key", "id": "keys", "actions": actions}])

    def drag(self, path: Sequence[tuple[float, float]]) -> None:
        """The mouse along window points, in CSS px, with its main button down."""
        moves = [{"type": "pointerMove", "x": round(x), "y": round(y), "duration": 16} for x, y in path]
        actions = [
            moves[0],
            {"type": "pointerDown", "button": 0},
            *moves[1:],
            {"type": "pointerUp", "button": 0},
        ]
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": actions}
        self.call("WebDriver:PerformActions", actions=[mouse])

    def close(self) -> None:
        self._stream.close()
        self._socket.close()


@contextmanager
def firefox(profile_dir: Path) -> Iterator[Firefox]:
    """A headless Firefox on a fresh profile; ended at the end, with whatever it has started."""
    path = firefox_path()
    if path is None:
        raise RuntimeError("there is no Firefox; scripts/ensure_firefox.sh installs it")
    profile_dir.mkdir(parents=True, exist_ok=True)
    (profile_dir / "user.js").write_text(PREFERENCES)
    log = (profile_dir.parent / "firefox.log").open("wb")
    process = subprocess.Popen(
        [path, "--headless", "--no-remote", "--marionette", "--profile", str(profile_dir), "about:blank"],
        stdout=log,
        stderr=log,
    )
    try:
        browser = Firefox(_port_of(process, profile_dir))
        try:
            yield browser
        finally:
            browser.close()
    finally:
        process.terminate()
        process.wait(timeout=30)
        log.close()


def _port_of(process: "subprocess.Popen[bytes]", profile_dir: Path) -> int:
    """The port that Firefox wrote into its profile once it listens."""
    file = profile_dir / PORT_FILE
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"Firefox ended with {process.returncode}")
        if file.exists() and (found := re.match(r"\d+", file.read_text())):
            return int(found[0])
        time.sleep(0.05)
    raise TimeoutError(f"Firefox did not open its door in {START_TIMEOUT_S} s")
