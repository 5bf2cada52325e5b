# SPDX-License-Identifier: Apache-2.0
"""Starting, finding, refusing and losing servers: each ends in one clear line."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from intarsia.cli.instance_file import running_instance
from intarsia.cli.serving import is_loopback, local_url

START_TIMEOUT_S = 60
UNREACHABLE = '{"url": "http://127.0.0.1:1", "pid": 1, "instance": "x"}'


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "intarsia.cli.main", *words]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*words), capture_output=True, text=True, timeout=START_TIMEOUT_S, check=False)


@contextmanager
def serving(data: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server process and the link that it printed."""
    line_of = command("serve", "--data", str(data), "--port", "0", *words)
    process = subprocess.Popen(line_of, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(process.communicate()[1])
        yield process, re.search(r"http://\S+", line)[0]  # type: ignore[index]
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=30)


def sign_in(link: str) -> int:
    origin, _, token = link.partition("/open#token=")
    return httpx.post(f"{origin}/api/v1/session", json={"token": token.partition("&")[0]}).status_code


def test_a_server_prints_a_link_that_lets_its_owner_in_once(tmp_path: Path) -> None:
    with serving(tmp_path / "data") as (_, link):
        assert (sign_in(link), sign_in(link) // 100) == (204, 4)
        fresh = run("url", "--data", str(tmp_path / "data"))
        assert fresh.returncode == 0 and sign_in(fresh.stdout.strip()) == 204
        told = json.loads(run("url", "--data", str(tmp_path / "data"), "--json").stdout)
        assert told["url"].endswith(told["token"]) and link.startswith(told["origin"])


def test_a_second_server_on_the_same_data_is_refused_and_told_where_the_first_is(tmp_path: Path) -> None:
    with serving(tmp_path / "data") as (_, link):
        second = run("serve", "--data", str(tmp_path / "data"), "--port", "0")
        assert second.returncode == 1 and "Traceback" not in second.stderr
        assert link.partition("/open")[0] in second.stderr and "already_running" in second.stderr


def test_a_busy_port_is_named_with_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for words in (("serve",), ("demo",)):
            ran = run(*words, "--data", str(tmp_path / words[0]), "--port", str(port))
            assert ran.returncode == 1 and ran.stdout == "" and "Traceback" not in ran.stderr
            assert f"Port {port}" in ran.stderr and "--port" in ran.stderr


def test_after_a_kill_the_note_is_not_believed_and_a_new_server_starts(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with serving(data) as (process, _):
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=30)
        assert (data / "running.json").exists()
        ran = run("url", "--data", str(data))
        assert ran.returncode == 1 and "intarsia serve" in ran.stderr
    with serving(data) as (_, link):
        assert sign_in(link) == 204


def test_ctrl_c_ends_it_quietly_and_takes_the_note_along(tmp_path: Path) -> None:
    with serving(tmp_path / "data") as (process, _):
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
        assert process.returncode == 130 and "Traceback" not in err
    assert running_instance(tmp_path / "data") is None
    assert not (tmp_path / "data" / "running.json").exists()


def test_a_network_address_is_warned_of_and_this_machine_still_finds_it(tmp_path: Path) -> None:
    with serving(tmp_path / "data", "--host", "0.0.0.0") as (process, link):
        assert link.startswith("http://127.0.0.1:") and sign_in(link) == 204
        process.terminate()
        _, err = process.communicate(timeout=30)
        assert "Warning" in err and "TLS" in err


def test_a_note_that_another_program_answers_is_not_believed(tmp_path: Path) -> None:
    with serving(tmp_path / "one") as (_, link):
        note = json.loads((tmp_path / "one" / "running.json").read_text())
        (tmp_path / "two").mkdir()
        (tmp_path / "two" / "running.json").write_text(json.dumps({**note, "instance": "another"}))
        assert running_instance(tmp_path / "two") is None
        assert running_instance(tmp_path / "one").url == link.partition("/open")[0]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "note", ["", "{", "[]", '{"url": 5}', '{"url": "http://127.0.0.1:1", "pid": 1, "instance": "x"}']
)
def test_a_damaged_note_is_no_server(note: str, tmp_path: Path) -> None:
    (tmp_path / "running.json").write_text(note)
    started = time.monotonic()
    assert running_instance(tmp_path) is None
    assert time.monotonic() - started < START_TIMEOUT_S


def test_addresses() -> None:
    assert [is_loopback(host) for host in ("127.0.0.1", "127.1.2.3", "localhost", "::1", "0.0.0.0", "10.0.0.1")] == [
        True, True, True, True, False, False
    ]  # fmt: skip
    assert local_url("0.0.0.0", 80, "/labels") == "http://127.0.0.1:80/labels"
    assert local_url("::", 80, "") == "http://[::1]:80"
    assert local_url("10.0.0.1", 8420, "") == "http://10.0.0.1:8420"
