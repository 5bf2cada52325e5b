# SPDX-License-Identifier: Apache-2.0
"""A small project made through the HTTP interface, on an image made here."""

import io
from collections.abc import Mapping
from dataclasses import dataclass

import httpx
import numpy as np
from PIL import Image

ROAD, SKY, CAR, PERSON = 1, 2, 3, 4
CLASSES = (
    {
        "number": ROAD,
        "name": "Road",
        "kind": "stuff",
        "layer": "main",
        "colour": "#2C9EF3",
        "key": "1",
        "retired": False,
    },
    {"number": SKY, "name": "Sky", "kind": "stuff", "layer": "main", "colour": "#CF5200", "key": "2", "retired": False},
    {"number": CAR, "name": "Car", "kind": "thing", "layer": "main", "colour": "#E1F812", "key": "3", "retired": False},
    {
        "number": PERSON,
        "name": "Person",
        "kind": "thing",
        "layer": "main",
        "colour": "#A21E44",
        "key": "4",
        "retired": False,
    },
)
ONTOLOGY = {"version": 1, "layers": [{"name": "main", "title": "Main"}], "classes": list(CLASSES)}


@dataclass(frozen=True)
class ReadyTask:
    project_id: str
    task_id: str
    annotation_id: str
    size_hw: tuple[int, int]

    @property
    def path(self) -> str:
        return f"/p/{self.project_id}/t/{self.task_id}"


def gradient_png(height: int, width: int, *, seed: int = 0) -> bytes:
    """(height, width) RGB picture with smooth colours and a few shapes, the same for the same seed."""
    ys, xs = np.mgrid[0:height, 0:width]
    red, green = xs * 255 // max(width - 1, 1), ys * 255 // max(height - 1, 1)
    blue = ((xs // 32 + ys // 32 + seed) % 2) * 60 + 90
    stream = io.BytesIO()
    Image.fromarray(np.stack([red, green, blue], axis=-1).astype(np.uint8)).save(stream, "PNG")
    return stream.getvalue()


def make_tasks(
    client: httpx.Client, *, images: dict[str, bytes], name: str = "Street", ontology: Mapping[str, object] = ONTOLOGY
) -> list[ReadyTask]:
    """One project with CLASSES, or another ontology, and a task for each image, in the order of the names."""
    project = posted(client, "/projects", {"name": name, "ontology": ontology})
    for image_name, content in images.items():
        client.post(
            f"/datasets/{project['dataset_id']}/assets",
            params={"name": image_name, "project": project["id"]},
            content=content,
        ).raise_for_status()
    summaries = all_tasks(client, project["id"])
    tasks = []
    for summary in summaries:
        detail = client.get(f"/tasks/{summary['id']}").raise_for_status().json()
        size_hw = (detail["asset"]["height"], detail["asset"]["width"])
        tasks.append(ReadyTask(project["id"], summary["id"], detail["annotation"]["id"], size_hw))
    return tasks


def posted(client: httpx.Client, path: str, body: object) -> dict:  # type: ignore[type-arg]
    answer: dict = client.post(path, json=body).raise_for_status().json()  # type: ignore[type-arg]
    return answer


def all_tasks(client: httpx.Client, project_id: str) -> list[dict]:  # type: ignore[type-arg]
    """Task summaries of a project, page by page."""
    found: list[dict] = []  # type: ignore[type-arg]
    cursor = None
    while True:
        params = {} if cursor is None else {"cursor": cursor}
        page = client.get(f"/projects/{project_id}/tasks", params=params).raise_for_status().json()
        found += page["tasks"]
        cursor = page["next_cursor"]
        if cursor is None:
            return found
