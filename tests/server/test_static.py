# SPDX-License-Identifier: Apache-2.0
"""The web application: its page for every address, its files, also under a sub-path; and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from intarsia.server.app import create_app
from intarsia.server.auth.tokens import mint_token
from intarsia.server.settings import Settings

from .drive import BASE_URL, V1

INDEX = '<!doctype html><html><head><base href="/"><script src="assets/index-Ab12Cd34.js"></script></head></html>'


@pytest.fixture
def static_dir(tmp_path: Path) -> Path:
    root = tmp_path / "static"
    (root / "assets").mkdir(parents=True)
    (root / "index.html").write_text(INDEX)
    (root / "assets" / "index-Ab12Cd34.js").write_text("export {}")
    (root / "assets" / "plain.css").write_text("a{}")
    (root / "favicon.svg").write_text("<svg/>")
    return root


@pytest.fixture(params=["", "/labels"])
def base_path(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def site(tmp_path: Path, static_dir: Path, base_path: str) -> Iterator[FastAPI]:
    app = create_app(Settings(data_dir=tmp_path / "data", static_dir=static_dir, base_path=base_path))
    yield app
    app.state.close()


@pytest.fixture
def http(site: FastAPI) -> TestClient:
    return TestClient(site, base_url=BASE_URL)


@pytest.mark.parametrize("path", ["/", "/open", "/p/prj_1", "/p/prj_1/t/tsk_1", "/p/a%2Fb", "/index.html"])
def test_every_address_opens_the_page(http: TestClient, base_path: str, path: str) -> None:
    answer = http.get(base_path + path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert f'<base href="{base_path}/">' in answer.text and answer.text.count("<base") == 1
    assert answer.headers["cache-control"] == "no-cache"
    assert http.head(base_path + path).status_code == 200


def test_files_are_served_with_their_type(http: TestClient, base_path: str) -> None:
    script = http.get(f"{base_path}/assets/index-Ab12Cd34.js")
    assert (script.text, script.headers["content-type"]) == ("export {}", "text/javascript; charset=utf-8")
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert http.get(f"{base_path}/assets/plain.css").headers["cache-control"] == "no-cache"
    assert http.get(f"{base_path}/favicon.svg").headers["content-type"] == "image/svg+xml"
    assert http.get(f"{base_path}/assets/gone-Ab12Cd34.js").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.key",
        "/%2e%2e/data/secret.key",
        "/assets/..%2f..%2fdata%2fsecret.key",
        "//etc/passwd",
        "/data/secret.key",
    ],
)
def test_no_other_file_is_reached(http: TestClient, site: FastAPI, base_path: str, path: str) -> None:
    secret = (site.state.context.settings.data_dir / "secret.key").read_bytes()
    answer = http.get(base_path + path)
    assert secret not in answer.content
    assert answer.status_code == 404 or "<base" in answer.text


def test_the_interface_works_under_the_sub_path(http: TestClient, site: FastAPI, base_path: str) -> None:
    token = mint_token(site.state.context.settings.data_dir)
    answer = http.post(f"{base_path}{V1}/session", json={"token": token})
    assert f"Path={base_path}/" in answer.headers["set-cookie"]
    cookies = {"cookie": answer.headers["set-cookie"].partition(";")[0]}
    assert http.get(f"{base_path}{V1}/projects", headers=cookies).json() == {"projects": []}
    assert http.get(f"{V1}/projects", headers=cookies).status_code == 200, "a proxy may have taken the sub-path off"
    missing = http.get(f"{base_path}/api/v1/nothing")
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, "not_found")


def test_without_a_bundle_a_page_says_what_to_do(client: TestClient) -> None:
    answer = client.get("/p/prj_1")
    assert answer.status_code == 200
    assert "npm run build" in answer.text
