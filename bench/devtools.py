# SPDX-License-Identifier: Apache-2.0
"""A thin line to Chromium's DevTools: commands go out without waiting for the answer to the one before.

Playwright sends one command at a time and waits; a pointer that moves 125 times a second cannot. This speaks the same
protocol over the browser's own WebSocket (RFC 6455, client side, text frames), beside Playwright and to the same page.
"""

import base64
import itertools
import json
import os
import socket
import struct
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

ANSWER_TIMEOUT_S = 60
PORT_FILE = "DevToolsActivePort"
Message = dict[str, Any]


class DevTools:
    """Commands to one page. ``post`` returns at once, ``call`` waits for the answer."""

    def __init__(self, url: str) -> None:
        self._socket = _handshake(url)
        self._numbers = itertools.count(1)
        self._answers: dict[int, Message] = {}
        self._listeners: dict[str, Callable[[Message], None]] = {}
        self._news = threading.Condition()
        self._write_lock = threading.Lock()
        self._closed = False
        self._reader = threading.Thread(target=self._read, name="devtools", daemon=True)
        self._reader.start()

    @classmethod
    def of_page(cls, profile_dir: Path, *, target_id: str) -> "DevTools":
        """The page with that id in the browser that runs on this profile with ``--remote-debugging-port=0``."""
        port = (profile_dir / PORT_FILE).read_text().splitlines()[0]
        pages = httpx.get(f"http://127.0.0.1:{port}/json/list", timeout=10).raise_for_status().json()
        return cls(next(page["webSocketDebuggerUrl"] for page in pages if page["id"] == target_id))

    def post(self, method: str, **params: object) -> int:
        """Send and go on; the returned number is for ``wait``."""
        number = next(self._numbers)
        payload = json.dumps({"id": number, "method": method, "params": params}).encode()
        with self._write_lock:
            self._socket.sendall(_text_frame(payload))
        return number

    def wait(self, number: int) -> Message:
        """The result of a posted command. Raises RuntimeError when it was refused, TimeoutError when none comes."""
        with self._news:
            if not self._news.wait_for(lambda: number in self._answers or self._closed, ANSWER_TIMEOUT_S):
                raise TimeoutError(f"no answer to DevTools command {number}")
            if number not in self._answers:
                raise RuntimeError("the browser closed the DevTools connection")
            answer = self._answers.pop(number)
        if "error" in answer:
            raise RuntimeError(f"DevTools: {answer['error']['message']}")
        result: Message = answer["result"]
        return result

    def call(self, method: str, **params: object) -> Message:
        return self.wait(self.post(method, **params))

    def on(self, event: str, listener: Callable[[Message], None]) -> None:
        """Call ``listener(params)`` on the reader's thread at each such event."""
        self._listeners[event] = listener

    def close(self) -> None:
        self._closed = True
        self._socket.close()

    def _read(self) -> None:
        stream = self._socket.makefile("rb")
        try:
            while True:
                self._take(json.loads(_read_message(stream.read)))
        except (OSError, EOFError, ValueError):
            with self._news:
                self._closed = True
                self._news.notify_all()

    def _take(self, message: Message) -> None:
        message["received_at"] = time.perf_counter()
        if "id" in message:
            with self._news:
                self._answers[message["id"]] = message
                self._news.notify_all()
        elif message["method"] in self._listeners:
            self._listeners[message["method"]](message["params"])


def _handshake(url: str) -> socket.socket:
    parts = urlsplit(url)
    assert parts.hostname is not None
    connection = socket.create_connection((parts.hostname, parts.port or 80), timeout=ANSWER_TIMEOUT_S)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    key = base64.b64encode(os.urandom(16)).decode()
    request = (
        f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    connection.sendall(request.encode())
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = connection.recv(1)
        if not byte:
            raise ConnectionError("the browser closed the connection during the handshake")
        head += byte
    if b" 101 " not in head.split(b"\r\n", 1)[0]:
        raise ConnectionError(f"no WebSocket: {head[:80]!r}")
    connection.settimeout(None)
    return connection


def _text_frame(payload: bytes) -> bytes:
    """One masked text frame. The mask is zero: it guards proxies, and there is none between two local processes."""
    size = len(payload)
    if size < 126:
        head = struct.pack("!BB", 0x81, 0x80 | size)
    elif size < 65_536:
        head = struct.pack("!BBH", 0x81, 0x80 | 126, size)
    else:
        head = struct.pack("!BBQ", 0x81, 0x80 | 127, size)
    return head + b"\0\0\0\0" + payload


def _read_message(read: Callable[[int], bytes]) -> bytes:
    """The next whole text message; control frames are passed over."""
    parts = []
    while True:
        first, second = _exactly(read, 2)
        size = second & 0x7F
        if size == 126:
            size = struct.unpack("!H", _exactly(read, 2))[0]
        elif size == 127:
            size = struct.unpack("!Q", _exactly(read, 8))[0]
        payload = _exactly(read, size)
        opcode = first & 0x0F
        if opcode == 8:
            raise EOFError("closed")
        if opcode <= 2:
            parts.append(payload)
            if first & 0x80:
                return b"".join(parts)


def _exactly(read: Callable[[int], bytes], size: int) -> bytes:
    data = read(size)
    if len(data) != size:
        raise EOFError("the connection ended inside a frame")
    return data
