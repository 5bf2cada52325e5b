# SPDX-License-Identifier: Apache-2.0
"""The thread everything hangs on: draw a stroke, see it saved, load the page again, take it out as a file."""

import io
import json
import time
import zipfile
from collections.abc import Callable

import httpx
import numpy as np
from PIL import Image

from .editor_page import EditorPage
from .project import CAR, ReadyTask
from .server_process import ServerProcess


def finished_export(client: httpx.Client, project_id: str, *, slug: str) -> zipfile.ZipFile:
    """Start an export, wait until the server says that it is done, and open what it made."""
    job = client.post(f"/projects/{project_id}/exports", json={"format": slug}).raise_for_status().json()
    deadline = time.monotonic() + 60
    while job["state"] in ("queued", "running") and time.monotonic() < deadline:
        time.sleep(0.05)
        job = client.get(f"/jobs/{job['id']}").raise_for_status().json()
    assert job["state"] == "done", job
    return zipfile.ZipFile(io.BytesIO(client.get(f"/jobs/{job['id']}/download").raise_for_status().content))


def panoptic_ids(archive: zipfile.ZipFile) -> tuple[np.ndarray, dict]:  # type: ignore[type-arg]
    """(H, W) panoptic ids of the only image, and its entry in the JSON."""
    json_name = next(name for name in archive.namelist() if name.endswith(".json") and "panoptic" in name)
    document = json.loads(archive.read(json_name))
    file_name = document["annotations"][0]["file_name"]
    png_name = next(name for name in archive.namelist() if name.endswith(f"/{file_name}") and "images" not in name)
    rgb = np.asarray(Image.open(io.BytesIO(archive.read(png_name))).convert("RGB")).astype(np.uint32)
    return rgb[..., 0] + 256 * rgb[..., 1] + 65536 * rgb[..., 2], document


def test_a_stroke_survives_reload_and_leaves_as_a_file(
    server: ServerProcess, editor: EditorPage, make_task: Callable[..., ReadyTask]
) -> None:
    task = make_task()
    editor.open(task.path)
    empty = editor.checksum()
    editor.key("3")
    editor.key("b")
    editor.stroke([(100, 100), (220, 140), (300, 260)])
    drawn = editor.checksum()
    assert drawn != empty
    editor.wait_saved()

    editor.open(task.path)
    assert editor.checksum() == drawn
    annotation = server.client.get(f"/annotations/{task.annotation_id}").json()
    assert annotation["checksums"]["main"] == drawn
    cars = [segment for segment in annotation["segments"] if segment["class"] == CAR and segment["state"] == "live"]
    assert len(cars) == 1

    ids, document = panoptic_ids(finished_export(server.client, task.project_id, slug="coco-panoptic"))
    info = document["annotations"][0]["segments_info"]
    assert len(info) == 1
    assert info[0]["area"] == np.count_nonzero(ids == info[0]["id"]) == np.count_nonzero(ids)
    car_area = next(row["areaPx"] for row in editor.state()["segments"] if row["id"] == cars[0]["id"])
    assert info[0]["area"] == car_area > 0
