# SPDX-License-Identifier: Apache-2.0
"""Imports and exports through the interface: what goes out comes back, to the bit and to the byte."""

from __future__ import annotations

import hashlib
import time
from typing import Any

from intarsia.core.label_map import LabelMap

from .drive import CAR, ONTOLOGY, SKY, VOID, Api, Task, new_segment, paint

_WAIT_S = 20.0


def finished(api: Api, job: Any) -> Any:
    """The job once it has ended."""
    deadline = time.monotonic() + _WAIT_S
    while time.monotonic() < deadline:
        now = api.get(f"/jobs/{job['id']}")
        if now["state"] not in ("queued", "running"):
            return now
        time.sleep(0.02)
    raise AssertionError(f"job has not ended: {now}")


def labelled_task(api: Api) -> tuple[Task, LabelMap]:
    """A task with two cars, sky and void."""
    one_layer = {**ONTOLOGY, "layers": ONTOLOGY["layers"][:1], "classes": ONTOLOGY["classes"][:4]}
    task = api.task(project=api.project(ontology=one_layer))
    car = api.lease(task, 2)
    label_map = LabelMap.empty(task.size_hw)
    edits = []
    for segment_id, class_number, box in (
        (SKY, SKY, (0, 0, 400, 90)),
        (car, CAR, (20, 60, 180, 290)),
        (car + 1, CAR, (150, 100, 390, 300)),
        (VOID, VOID, (0, 250, 100, 300)),
    ):
        pixels = paint(label_map, box, segment_id)
        label_map = label_map.with_pixels(pixels)
        edits.append(api.edit(pixels, new_segment(segment_id, class_number)))
    assert [entry["status"] for entry in api.save(task, *edits)["results"]] == ["applied"] * 4
    return task, label_map


def export(api: Api, project: str, slug: str = "coco-panoptic") -> bytes:
    job = finished(api, api.post(f"/projects/{project}/exports", {"format": slug}))
    assert job["state"] == "done", job
    answer = api.http.get(f"/api/v1/jobs/{job['id']}/download")
    assert answer.status_code == 200
    assert hashlib.sha256(answer.content).hexdigest() == job["result"]["sha256"]
    assert len(answer.content) == job["result"]["byte_size"]
    return answer.content


def test_an_export_comes_back_by_import_to_the_bit(api: Api) -> None:
    task, label_map = labelled_task(api)
    archive = export(api, task.project)

    other = api.post("/projects", {"name": "Copy"})
    started = api.post(
        f"/projects/{other['id']}/imports", params={"name": "x.zip", "format": "coco-panoptic"}, content=archive
    )
    job = finished(api, started)

    assert job["state"] == "done", job
    assert (job["done"], job["total"]) == (1, 1)
    row = api.get(f"/projects/{other['id']}/tasks")["tasks"][0]
    detail = api.get(f"/tasks/{row['id']}")
    copied = Task(
        other["id"], other["dataset_id"], row["asset_id"], row["id"], detail["annotation"]["id"], task.size_hw
    )
    assert api.tiles(copied) == label_map
    assert [entry["name"] for entry in detail["ontology"]["classes"]] == ["Car", "Person", "Sky", "Void"]
    assert api.get(f"/annotations/{copied.annotation}/revisions")["revisions"][0]["kind"] == "import"
    assert export(api, other["id"]) == archive
