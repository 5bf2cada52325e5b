# SPDX-License-Identifier: Apache-2.0
"""A server in process over a fresh data directory, and a signed-in client of it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from intarsia.server.app import create_app
from intarsia.server.auth.tokens import mint_token
from intarsia.server.settings import Settings

from .drive import BASE_URL, Api

with warnings.catch_warnings():
    # It recommends a successor of the HTTP client that the product itself does not use yet.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", static_dir=tmp_path / "static", image_max_px=2_000_000)


@pytest.fixture
def app(settings: Settings) -> Iterator[FastAPI]:
    app = create_app(settings)
    yield app
    app.state.close()


@pytest.fixture
def anonymous(app: FastAPI) -> TestClient:
    """A client without a session."""
    return TestClient(app, base_url=BASE_URL, raise_server_exceptions=False)


@pytest.fixture
def client(app: FastAPI, settings: Settings) -> TestClient:
    """A client of the local owner."""
    return signed_in(app, settings)


@pytest.fixture
def api(client: TestClient) -> Api:
    return Api(client)


@pytest.fixture
def new_client(app: FastAPI, settings: Settings) -> Callable[[], TestClient]:
    return lambda: signed_in(app, settings)


def signed_in(app: FastAPI, settings: Settings) -> TestClient:
    client = TestClient(app, base_url=BASE_URL, raise_server_exceptions=False)
    answer = client.post("/api/v1/session", json={"token": mint_token(settings.data_dir)})
    assert answer.status_code == 204, answer.text
    return client
