# SPDX-License-Identifier: Apache-2.0
"""The hand on the mouse and its line to the browser, against a socket that plays the browser."""

import base64
import hashlib
import json
import socket
import struct
import threading
from collections.abc import Iterator
from itertools import pairwise

import pytest

from bench.devtools import DevTools
from bench.pointer import drag, figure


class PlayedBrowser:
    """Answers every command with ``{}``, one named Fail with an error, and keeps what it was sent."""

    def __init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"ws://127.0.0.1:{self.listening.getsockname()[1]}/devtools/page/1"
        self.received: list[dict[str, object]] = []
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self) -> None:
        connection, _ = self.listening.accept()
        stream = connection.makefile("rb")
        key = b""
        while (line := stream.readline()) != b"\r\n":
            if line.lower().startswith(b"sec-websocket-key:"):
                key = line.split(b":", 1)[1].strip()
        accept = base64.b64encode(hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest())
        connection.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: " + accept + b"\r\n\r\n"
        )
        while head := stream.read(2):
            size = head[1] & 0x7F
            if size == 126:
                size = struct.unpack("!H", stream.read(2))[0]
            mask = stream.read(4)
            payload = bytes(byte ^ mask[i % 4] for i, byte in enumerate(stream.read(size)))
            command = json.loads(payload)
            self.received.append(command)
            result: dict[str, object] = {"id": command["id"], "result": {"text": "x" * 300}}
            if command["method"] == "Fail":
                result = {"id": command["id"], "error": {"message": "no such thing"}}
            answer = json.dumps(result).encode()
            # in two fragments with a ping between, as the protocol allows
            connection.sendall(frame(0x01, answer[:5]) + frame(0x89, b"") + frame(0x80, answer[5:]))


def frame(first_byte: int, payload: bytes) -> bytes:
    size = len(payload)
    head = struct.pack("!BB", first_byte, size) if size < 126 else struct.pack("!BBH", first_byte, 126, size)
    return head + payload


@pytest.fixture
def browser() -> Iterator[PlayedBrowser]:
    played = PlayedBrowser()
    yield played
    played.listening.close()


def test_answers_find_their_commands(browser: PlayedBrowser) -> None:
    devtools = DevTools(browser.url)
    first, second = devtools.post("A", x=1), devtools.post("B")
    assert devtools.wait(second) == devtools.wait(first) == {"text": "x" * 300}
    assert [command["method"] for command in browser.received] == ["A", "B"]
    assert browser.received[0]["params"] == {"x": 1}
    devtools.close()


def test_a_refused_command_says_why(browser: PlayedBrowser) -> None:
    devtools = DevTools(browser.url)
    with pytest.raises(RuntimeError, match="no such thing"):
        devtools.call("Fail")
    devtools.close()


def test_a_drag_presses_moves_through_every_point_and_releases(browser: PlayedBrowser) -> None:
    devtools = DevTools(browser.url)
    path = figure(centre=(100, 80), reach=(50, 40), moves=20)
    gesture = drag(devtools, path, moves_per_s=2_000, screenshot_after=[4, 9])
    events = [command["params"] for command in browser.received if command["method"] == "Input.dispatchMouseEvent"]
    kinds = [event["type"] for event in events]  # type: ignore[index]
    assert kinds == ["mouseMoved", "mousePressed", *["mouseMoved"] * 20, "mouseReleased"]
    moves = [(event["x"], event["y"]) for event in events[2:-1]]  # type: ignore[index]
    assert moves == [(round(x, 2), round(y, 2)) for x, y in path[1:]]
    assert all(event["buttons"] == 1 for event in events[1:-1])  # type: ignore[index]
    assert sorted(gesture.screenshots) == [4, 9]
    assert len(gesture.sent_at_s) == len(gesture.late_ms) == 20
    assert all(late >= 0 for late in gesture.late_ms)
    devtools.close()


def test_the_figure_stays_within_its_reach_and_never_stands_still() -> None:
    path = figure(centre=(0, 0), reach=(300, 200), moves=300)
    assert len(path) == 301
    assert all(abs(x) <= 300 and abs(y) <= 200 for x, y in path)
    steps = [abs(x - u) + abs(y - v) for (x, y), (u, v) in pairwise(path)]
    assert min(steps) > 1
