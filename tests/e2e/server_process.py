# SPDX-License-Identifier: Apache-2.0
"""A real Intarsia server in a process of its own, on a free loopback port and a data folder of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

START_TIMEOUT_S = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class ServerProcess:
    """Start, kill and restart `intarsia serve`; `client` is signed in as the owner."""

    def __init__(self, data_dir: Path, *, arguments: tuple[str, ...] = (), command: str = "serve") -> None:
        self.data_dir = data_dir
        self.port = free_port()
        self.arguments = arguments
        self.command = command
        self.url = f"http://127.0.0.1:{self.port}"
        self.log_path = data_dir.parent / f"{data_dir.name}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.client = httpx.Client(base_url=f"{self.url}/api/v1", timeout=60)

    def start(self) -> None:
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "intarsia.cli.main",
                    self.command,
                    "--data",
                    str(self.data_dir),
                    "--port",
                    str(self.port),
                    *self.arguments,
                ],
                stdout=log,
                stderr=log,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(
                    f"the server ended with {self.process.returncode}:\n{self.log_path.read_text()[-4000:]}"
                )
            try:
                if httpx.get(f"{self.url}/api/v1/health", timeout=2).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise TimeoutError(f"no answer after {START_TIMEOUT_S} s:\n{self.log_path.read_text()[-4000:]}")

    def sign_in(self) -> None:
        self.client.post("/session", json={"token": self.fresh_token()}).raise_for_status()

    def fresh_token(self) -> str:
        return re.search(r"token=([^&\s]+)", self.open_link())[1]  # type: ignore[index]

    def open_link(self) -> str:
        """A sign-in link as `intarsia url` prints it."""
        printed = subprocess.run(
            [sys.executable, "-m", "intarsia.cli.main", "url", "--data", str(self.data_dir)],
            capture_output=True,
            text=True,
            check=True,
        )
        return re.search(r"http://\S+", printed.stdout)[0]  # type: ignore[index]

    def demo_link(self) -> str:
        """The link that `intarsia demo` prints when the demo project is ready: straight into the editor."""
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline:
            printed = re.search(r"http://\S+token=\S+", self.log_path.read_text())
            if printed:
                return printed[0]
            time.sleep(0.05)
        raise TimeoutError(f"no link after {START_TIMEOUT_S} s:\n{self.log_path.read_text()[-4000:]}")

    def kill(self) -> None:
        """As a power cut to the process: no chance to finish anything."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        self.client.close()
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
