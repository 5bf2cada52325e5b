# SPDX-License-Identifier: Apache-2.0
"""Images going in and coming out; what is no image leaves nothing behind."""

from __future__ import annotations

import asyncio
import hashlib
import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi import FastAPI
from PIL import Image
from starlette.testclient import TestClient

from intarsia.server.app import create_app
from intarsia.server.settings import Settings

from ..imaging.test_decode import HOSTILE, SIZE_HW, STORED_AS, scene
from .conftest import signed_in
from .drive import V1, Api, picture


def files_in(settings: Settings) -> set[str]:
    """Blobs and scratch files."""
    found: set[str] = set()
    for folder in ("blobs", "incoming"):
        root = settings.data_dir / folder
        found |= {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
    return found


def send(api: Api, project: Any, data: Any, name: str = "a.png", **headers: str) -> Any:
    path = f"{V1}/datasets/{project['dataset_id']}/assets"
    return api.http.post(path, params={"name": name, "project": project["id"]}, content=data, headers=headers)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_leave_nothing_behind(api: Api, settings: Settings, name: str) -> None:
    data, code = HOSTILE[name]
    project = api.project()
    answer = send(api, project, data)
    assert answer.json()["error"]["code"] == code
    assert answer.status_code in (413, 415, 422)
    assert "Nothing was kept" in answer.json()["error"]["message"]
    assert files_in(settings) == set()
    assert api.get(f"/datasets/{project['dataset_id']}/assets")["assets"] == []
    assert api.get(f"/projects/{project['id']}")["task_count"] == 0
    kept = api.upload(project, picture())
    assert kept["export_no"] == 1, "a refused file takes no number"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_each_orientation_is_upright_in_all_that_is_answered(api: Api, orientation: int) -> None:
    way = STORED_AS[orientation]
    stored = scene() if way is None else scene().transpose(way)
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    stored.save(out, "PNG", exif=exif)
    project = api.project()
    asset = api.upload(project, out.getvalue())
    assert (asset["height"], asset["width"]) == SIZE_HW
    shown = Image.open(io.BytesIO(api.http.get(f"{V1}/assets/{asset['id']}/image").content))
    assert np.array_equal(np.asarray(shown.convert("RGB")), np.asarray(scene()))
    assert api.http.get(f"{V1}/assets/{asset['id']}/original").content == out.getvalue()
    task = api.get(f"/projects/{project['id']}/tasks")["tasks"][0]
    assert (task["height"], task["width"]) == SIZE_HW


def test_what_was_sent_is_kept_to_the_byte(api: Api) -> None:
    data = picture(kind="JPEG")
    asset = api.upload(api.project(), data, name="straße/1 ö.jpg")
    assert asset["sha256"] == hashlib.sha256(data).hexdigest()
    assert (asset["byte_size"], asset["media_type"]) == (len(data), "image/jpeg")
    original = api.http.get(f"{V1}/assets/{asset['id']}/original")
    assert original.content == data
    assert original.headers["content-disposition"] == "attachment; filename*=UTF-8''stra%C3%9Fe%2F1%20%C3%B6.jpg"
    image = api.http.get(f"{V1}/assets/{asset['id']}/image")
    assert image.content == data and image.headers["content-type"] == "image/jpeg"
    assert "content-disposition" not in image.headers
    for answer in (original, image):
        assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert "immutable" in answer.headers["cache-control"]
        assert int(answer.headers["content-length"]) == len(data)
    tag = image.headers["etag"]
    assert api.http.get(f"{V1}/assets/{asset['id']}/image", headers={"if-none-match": tag}).status_code == 304
    assert api.http.get(f"{V1}/assets/{asset['id']}/image", headers={"if-none-match": '"x"'}).status_code == 200
    thumbnail = api.http.get(f"{V1}/assets/{asset['id']}/thumbnail")
    assert thumbnail.headers["content-type"] == "image/webp"
    assert max(Image.open(io.BytesIO(thumbnail.content)).size) <= 256


def test_a_tiff_is_shown_as_a_lossless_png(api: Api) -> None:
    out = io.BytesIO()
    scene().save(out, "TIFF")
    asset = api.upload(api.project(), out.getvalue(), name="scan.tif")
    image = api.http.get(f"{V1}/assets/{asset['id']}/image")
    assert image.headers["content-type"] == "image/png"
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(image.content))), np.asarray(scene()))
    assert asset["media_type"] == "image/tiff"


def test_the_same_image_again_is_the_same_asset(api: Api, settings: Settings) -> None:
    project = api.project()
    first = send(api, project, picture())
    files = files_in(settings)
    again = send(api, project, picture())
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    other_name = send(api, project, picture(), name="b.png")
    assert other_name.status_code == 201 and other_name.json()["id"] != first.json()["id"]
    assert files_in(settings) == files, "the bytes are stored once"
    assert api.get(f"/projects/{project['id']}")["task_count"] == 2


def test_a_known_image_still_becomes_a_task(api: Api) -> None:
    dataset = api.post("/datasets", {"name": "Photos"})
    path = f"{V1}/datasets/{dataset['id']}/assets"
    assert api.http.post(path, params={"name": "a.png"}, content=picture()).status_code == 201
    project = api.post("/projects", {"name": "x", "dataset_id": dataset["id"]})
    assert api.get(f"/projects/{project['id']}")["task_count"] == 0
    assert send(api, project, picture()).status_code == 200
    assert api.get(f"/projects/{project['id']}")["task_count"] == 1


def test_one_image_sent_many_times_at_once(app: FastAPI, settings: Settings, api: Api) -> None:
    project = api.project()
    apis = [Api(signed_in(app, settings)) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda one: send(one, project, picture()), apis))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len(api.get(f"/datasets/{project['dataset_id']}/assets")["assets"]) == 1
    for rendition in ("image", "original", "thumbnail"):
        assert api.http.get(f"{V1}/assets/{answers[0].json()['id']}/{rendition}").status_code == 200


def test_a_project_of_another_dataset_takes_everything_back(api: Api, settings: Settings) -> None:
    project, other = api.project(), api.project()
    path = f"{V1}/datasets/{project['dataset_id']}/assets"
    answer = api.http.post(path, params={"name": "a.png", "project": other["id"]}, content=picture())
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "wrong_dataset")
    assert files_in(settings) == set()
    assert api.get(f"/datasets/{project['dataset_id']}/assets")["assets"] == []


def test_bodies_end_at_the_limit(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, upload_max_bytes=10_000, json_max_bytes=10_000, static_dir=tmp_path / "none")
    app = create_app(settings)
    try:
        api = Api(signed_in(app, settings))
        project = api.project()

        def stream() -> Iterator[bytes]:
            for _ in range(20):
                yield b"\x89PNG" * 200

        for body in (b"x" * 10_001, stream()):
            answer = send(api, project, body)
            assert (answer.status_code, answer.json()["error"]["code"]) == (413, "body_too_large")
        assert files_in(settings) == set()
        long_text = {"name": "x", "description": "y" * 20_000}
        answer = api.http.post(f"{V1}/projects", json=long_text)
        assert (answer.status_code, answer.json()["error"]["code"]) == (413, "body_too_large")
    finally:
        app.state.close()


def test_a_body_that_is_cut_off_leaves_nothing(
    app: FastAPI, api: Api, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    project = api.project()
    request = api.http.build_request(
        "POST", f"{V1}/datasets/{project['dataset_id']}/assets", params={"name": "a.png"}, content=b""
    )
    scope = {
        "type": "http",
        "method": "POST",
        "path": request.url.path,
        "query_string": request.url.query,
        "headers": [(name.lower(), value) for name, value in request.headers.raw if name.lower() != b"content-length"],
    }
    messages = iter([{"type": "http.request", "body": picture()[:100], "more_body": True}, {"type": "http.disconnect"}])
    sent: list[Any] = []

    async def receive() -> Any:
        return next(messages)

    async def answer(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, answer))

    assert sent[0]["status"] == 400
    assert files_in(settings) == set()
    assert not caplog.records, "a sender that goes away is no mistake of the server"


@pytest.mark.parametrize("params", [{}, {"name": ""}, {"name": "a\n.png"}, {"name": "x" * 201}], ids=str)
def test_an_upload_needs_a_name(api: Api, params: dict[str, str]) -> None:
    project = api.project()
    answer = api.http.post(f"{V1}/datasets/{project['dataset_id']}/assets", params=params, content=picture())
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid_request")


def test_names_are_never_paths(api: Api, settings: Settings) -> None:
    project = api.project()
    for name in ("../../evil.png", "/etc/passwd", "C:\\x.png", "..", "a/../../b"):
        assert send(api, project, picture(), name=name).status_code == 201
    assert all(name.startswith("wsp_") for name in files_in(settings))
    outside = {path.name for path in settings.data_dir.parent.iterdir()}
    assert outside == {settings.data_dir.name}


def test_what_a_dead_process_was_receiving_is_removed(settings: Settings) -> None:
    left = settings.data_dir / "incoming" / "999999999"
    left.mkdir(parents=True)
    (left / "x.part").write_bytes(b"half an image")
    app = create_app(settings)
    app.state.close()
    assert files_in(settings) == set()


def test_a_stranger_sends_nothing(client: TestClient) -> None:
    """An upload without a session is refused before a byte of it is kept."""
    client.cookies.clear()
    answer = client.post(f"{V1}/datasets/dst_0/assets", params={"name": "a.png"}, content=picture())
    assert answer.status_code == 401
