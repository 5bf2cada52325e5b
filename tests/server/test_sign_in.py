# SPDX-License-Identifier: Apache-2.0
"""Getting in: one-time tokens, sessions, and what other sites cannot do."""

from __future__ import annotations

import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from intarsia.server.app import create_app
from intarsia.server.auth.tokens import TOKEN_SECONDS, load_secret, mint_token, open_link
from intarsia.server.db.engine import sqlite_module
from intarsia.server.settings import Settings

from .conftest import signed_in
from .drive import BASE_URL, V1

Error = tuple[int, str]


def error_of(answer: object) -> Error:
    body = answer.json()  # type: ignore[attr-defined]
    assert set(body) == {"error"} and set(body["error"]) == {"code", "message", "details"}
    assert body["error"]["message"]
    return answer.status_code, body["error"]["code"]  # type: ignore[attr-defined]


def test_without_a_session_nothing_is_told(anonymous: TestClient) -> None:
    for path in ("/session", "/projects", "/datasets", "/formats", "/tasks/tsk_1", "/assets/ast_1/image"):
        assert error_of(anonymous.get(V1 + path)) == (401, "not_signed_in"), path
    assert anonymous.get(f"{V1}/health").json()["status"] == "ok"


def test_a_token_opens_one_session(anonymous: TestClient, settings: Settings) -> None:
    token = mint_token(settings.data_dir)
    answer = anonymous.post(f"{V1}/session", json={"token": token})
    assert answer.status_code == 204
    name = f"intarsia_{anonymous.get(f'{V1}/health').json()['instance']}"
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{name}=")
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/" in cookie
    session = anonymous.get(f"{V1}/session").json()
    assert session["mode"] == "local" and session["user"]["name"]
    assert error_of(anonymous.post(f"{V1}/session", json={"token": token})) == (401, "bad_token")


def test_a_get_never_uses_a_token_up(anonymous: TestClient, settings: Settings) -> None:
    link = open_link(settings.data_dir, origin=BASE_URL, next_path="/p/prj_1")
    token = link.partition("#token=")[2].partition("&")[0]
    for _ in range(3):
        assert anonymous.get(link).status_code == 200
        assert anonymous.get(f"/open?token={token}").status_code == 200
        assert anonymous.get(f"{V1}/session", params={"token": token}).status_code == 401
    assert anonymous.post(f"{V1}/session", json={"token": token}).status_code == 204


def test_forged_and_expired_tokens_are_refused(anonymous: TestClient, settings: Settings, tmp_path: Path) -> None:
    token = mint_token(settings.data_dir)
    body, _, mac = token.rpartition(".")
    expiry, _, nonce = body.partition(".")
    forged = [
        f"{body}.{mac[:-1]}{'0' if mac[-1] != '0' else '1'}",
        f"{int(expiry, 16) + 9999:x}.{nonce}.{mac}",
        mint_token(tmp_path / "another installation"),
        mint_token(settings.data_dir, seconds=-1),
        "x",
        "..",
        f"{body}.ä",
        "é" * 40,
    ]
    for attempt in forged:
        assert error_of(anonymous.post(f"{V1}/session", json={"token": attempt})) == (401, "bad_token"), attempt
    assert error_of(anonymous.post(f"{V1}/session", json={"token": ""})) == (422, "invalid_request")
    assert anonymous.post(f"{V1}/session", json={"token": token}).status_code == 204


def test_a_token_lives_a_quarter_of_an_hour_and_a_session_a_month(settings: Settings) -> None:
    class Later:
        ms = time.time_ns() // 1_000_000

        def now_ms(self) -> int:
            return self.ms

    clock = Later()
    app = create_app(settings, clock=clock)
    try:
        token, client = mint_token(settings.data_dir), signed_in(app, settings)
        clock.ms += (TOKEN_SECONDS + 2) * 1000
        assert error_of(client.post(f"{V1}/session", json={"token": token})) == (401, "bad_token")
        assert client.get(f"{V1}/session").status_code == 200
        clock.ms += 31 * 86_400_000
        assert error_of(client.get(f"{V1}/session")) == (401, "not_signed_in")
    finally:
        app.state.close()


def test_the_key_is_its_owners_alone_and_stays(settings: Settings) -> None:
    secret = load_secret(settings.data_dir)
    assert stat.S_IMODE((settings.data_dir / "secret.key").stat().st_mode) == 0o600
    assert load_secret(settings.data_dir) == secret
    assert [path.name for path in settings.data_dir.iterdir()] == ["secret.key"]


def test_a_session_outlives_the_server(app: FastAPI, settings: Settings) -> None:
    client = signed_in(app, settings)
    app.state.close()
    again = create_app(settings)
    try:
        later = TestClient(again, base_url=BASE_URL, cookies=client.cookies)
        assert later.get(f"{V1}/session").status_code == 200
    finally:
        again.state.close()


def test_the_database_does_not_let_anyone_in(client: TestClient, settings: Settings) -> None:
    cookie = next(iter(client.cookies.values()))
    client.app.state.close()  # type: ignore[attr-defined]
    content = b"".join(path.read_bytes() for path in settings.data_dir.glob("intarsia.db*"))
    assert cookie.encode() not in content
    assert load_secret(settings.data_dir) not in content


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8420", "127.0.0.1.evil.example", "", "[::2]:8420", "localhost.", "127.0.0.1@evil"],
)
def test_other_host_names_are_refused(client: TestClient, host: str) -> None:
    for path in ("/", f"{V1}/health", f"{V1}/projects", "/assets/x.js"):
        assert error_of(client.get(path, headers={"host": host})) == (400, "bad_host")


@pytest.mark.parametrize("host", ["127.0.0.1:1", "localhost:8420", "LOCALHOST", "[::1]:8420", "127.0.0.1"])
def test_loopback_names_are_known_with_any_port(client: TestClient, host: str) -> None:
    assert client.get(f"{V1}/health", headers={"host": host}).status_code == 200


FOREIGN = [
    {"origin": "http://evil.example"},
    {"origin": "http://127.0.0.1:9999"},
    {"origin": "http://127.0.0.1"},
    {"origin": "null"},
    {"origin": "http://localhost:8420"},
    {"origin": "ftp://127.0.0.1:8420"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none"},
    {"origin": BASE_URL, "sec-fetch-site": "cross-site"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_another_site_changes_nothing(client: TestClient, headers: dict[str, str]) -> None:
    for method, path in (("POST", "/projects"), ("PUT", "/projects/prj_1/ontology"), ("POST", "/session")):
        answer = client.request(method, V1 + path, json={"name": "x", "token": "x"}, headers=headers)
        assert error_of(answer) == (403, "bad_origin")
    assert client.get(f"{V1}/projects").json() == {"projects": []}


@pytest.mark.parametrize(
    "headers", [{}, {"origin": BASE_URL}, {"origin": BASE_URL, "sec-fetch-site": "same-origin"}], ids=str
)
def test_our_own_page_and_the_command_line_may_write(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post(f"{V1}/projects", json={"name": "x"}, headers=headers).status_code == 201


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_what_a_form_can_send_is_not_json(client: TestClient, media_type: str) -> None:
    answer = client.post(f"{V1}/projects", content=b'{"name": "x"}', headers={"content-type": media_type})
    assert error_of(answer) == (422, "invalid_request")
    assert client.get(f"{V1}/projects").json() == {"projects": []}


def test_two_sign_ins_race_for_one_token(app: FastAPI, settings: Settings) -> None:
    from concurrent.futures import ThreadPoolExecutor

    token = mint_token(settings.data_dir)
    clients = [TestClient(app, base_url=BASE_URL) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(lambda client: client.post(f"{V1}/session", json={"token": token}).status_code, clients)
    assert sorted(answers) == [204, 401, 401, 401]


def test_headers_of_every_answer(client: TestClient) -> None:
    for path in ("/", "/p/x", f"{V1}/health", f"{V1}/nothing", f"{V1}/projects"):
        headers = client.get(path).headers
        assert "script-src 'self'" in headers["content-security-policy"], path
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert "access-control-allow-origin" not in headers


def test_old_sessions_are_forgotten(settings: Settings, new_client: Callable[[], TestClient]) -> None:
    new_client()
    path = settings.data_dir / "intarsia.db"
    with sqlite_module().connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM sessions").fetchone() == (1,)

    class NextYear:
        def now_ms(self) -> int:
            return time.time_ns() // 1_000_000 + 366 * 86_400_000

    app = create_app(settings, clock=NextYear())
    app.state.close()
    with sqlite_module().connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM sessions").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM spent_tokens").fetchone() == (0,)
