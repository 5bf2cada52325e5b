# SPDX-License-Identifier: Apache-2.0
"""Imports and exports through the interface: what goes out comes back, to the bit and to the byte."""

from __future__ import annotations

import hashlib
import io
import json
import re
import threading
import time
import zipfile
from typing import Any

import numpy as np
import pytest
from PIL import Image

from intarsia.core.label_map import LabelMap
from intarsia.core.pixel_runs import PixelRuns
from intarsia.core.segment import Segment, SegmentChange
from intarsia.server.app import create_app
from intarsia.server.settings import Settings
from intarsia.server.use_cases import job_progress

from .conftest import signed_in
from .drive import CAR, ONTOLOGY, SKY, VOID, Api, Task, new_segment, paint, picture

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
    assert members(export(api, other["id"])) == members(archive)
    owned = api.get(f"/annotations/{copied.annotation}/pixel", params={"x": 160, "y": 120})
    assert (owned["change"]["tool"], owned["change"]["before"], owned["change"]["after"]) == (
        "import",
        0,
        label_map.get(160, 120),
    )
    assert api.get(f"/annotations/{copied.annotation}/pixel", params={"x": 399, "y": 95})["change"] is None


def members(archive: bytes) -> dict[str, bytes]:
    """Contents by name; the ontology's version counts the changes in one project and is left out."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        found = {name: opened.read(name) for name in opened.namelist()}
    return {name: re.sub(rb'"version":\d+', b"", content) for name, content in found.items()}


def test_the_same_state_gives_the_same_bytes(api: Api) -> None:
    task, _ = labelled_task(api)
    for slug in ("coco-panoptic", "semantic-png"):
        assert export(api, task.project, slug) == export(api, task.project, slug)


def test_an_export_holds_what_was_there_when_it_began(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    task, label_map = labelled_task(api)
    before = export(api, task.project)
    waiting: list[str] = []
    jobs = api.http.app.state.context.ports.jobs  # type: ignore[attr-defined]
    with monkeypatch.context() as patch:
        patch.setattr(type(jobs), "enqueue", lambda _self, job_id: waiting.append(job_id))
        job = api.post(f"/projects/{task.project}/exports", {"format": "coco-panoptic"})
    assert job["state"] == "queued"
    api.save(task, api.edit(paint(label_map, (0, 0, 400, 300), SKY)))
    jobs.enqueue(job["id"])
    finished(api, job)
    assert api.http.get(f"/api/v1/jobs/{job['id']}/download").content == before
    assert export(api, task.project) != before


def test_importing_again_keeps_what_is_there(api: Api) -> None:
    task, label_map = labelled_task(api)
    archive = export(api, task.project)
    job = finished(api, send_archive(api, task.project, archive))
    assert job["state"] == "done"
    assert [problem["code"] for problem in job["problems"]] == ["already_labelled"]
    assert api.tiles(task) == label_map
    assert api.get(f"/projects/{task.project}")["task_count"] == 1
    assert api.get(f"/projects/{task.project}")["ontology_version"] == 1


def send_archive(api: Api, project: str, archive: bytes, **params: str) -> Any:
    return api.post(f"/projects/{project}/imports", params={"name": "x.zip", **params}, content=archive)


def test_classes_meet_by_name_and_numbers_follow(api: Api) -> None:
    """The project numbers its classes in another way; ids of stuff follow their class, numbers of segments stay."""
    task, label_map = labelled_task(api)
    archive = export(api, task.project)
    classes = [
        {"number": 1, "name": "Sky", "kind": "stuff", "layer": "main", "colour": "#0000FF"},
        {"number": 3, "name": "Car", "kind": "thing", "layer": "main", "colour": "#FF0000"},
    ]
    other = api.project(ontology={"layers": [{"name": "main"}], "classes": classes})
    job = finished(api, send_archive(api, other["id"], archive))
    assert (job["state"], job["problems"], job["format"]) == ("done", [], "coco-panoptic")
    row = api.get(f"/projects/{other['id']}/tasks")["tasks"][0]
    detail = api.get(f"/tasks/{row['id']}")
    number_of = {entry["name"]: entry["number"] for entry in detail["ontology"]["classes"]}
    assert (number_of["Sky"], number_of["Car"]) == (1, 3)
    by_class = {entry["class"]: entry["id"] for entry in detail["annotation"]["segments"]}
    assert by_class[number_of["Sky"]] == number_of["Sky"] and by_class[number_of["Void"]] == number_of["Void"]
    before = api.get(f"/annotations/{task.annotation}")["segments"]
    after = detail["annotation"]["segments"]
    new_id_of = {entry["number"]: entry["id"] for entry in after}
    # The format writes no number for what is ignored; all others come back under theirs.
    wanted = {0: 0, VOID: number_of["Void"]}
    wanted |= {entry["id"]: new_id_of[entry["number"]] for entry in before if entry["id"] != VOID}
    here = Task(other["id"], "", row["asset_id"], row["id"], detail["annotation"]["id"], task.size_hw)
    expected = np.vectorize(wanted.__getitem__, otypes=[np.uint32])(label_map.to_array())
    assert np.array_equal(api.tiles(here).to_array(), expected)
    car = api.lease(here)
    assert car > max(new_id_of.values()), "ids of the import were leased"


def refusal(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def test_what_cannot_be_imported_fails_with_a_reason(api: Api) -> None:
    project = api.project()
    path = f"/api/v1/projects/{project['id']}/imports"
    answer = api.http.post(path, params={"name": "x.zip"}, content=b"no archive")
    assert refusal(answer) == (400, "not_an_archive")
    nothing_known = zip_of({"readme.txt": b"hello"})
    answer = api.http.post(path, params={"name": "x.zip", "format": "made-up"}, content=nothing_known)
    assert refusal(answer) == (422, "unknown_format")
    for archive, code in (
        (nothing_known, "unknown_format"),
        (zip_of({"../evil.png": b"x"}), "bad_member_name"),
        (zip_of({"panoptic.json": b"{", "panoptic/a.png": b"x"}), None),
    ):
        job = finished(api, send_archive(api, project["id"], archive))
        assert job["state"] == "failed" and job["message"] and job["finished_at"]
        assert code in (None, job["problems"][0]["code"])
        assert refusal(api.http.get(f"/api/v1/jobs/{job['id']}/download")) == (409, "export_not_ready")
    assert api.get(f"/projects/{project['id']}")["task_count"] == 0
    assert [job["state"] for job in api.get(f"/projects/{project['id']}/jobs")["jobs"]] == ["failed"] * 3
    assert refusal(api.http.post(f"/api/v1/projects/{project['id']}/exports", json={"format": "no"})) == (
        422,
        "unknown_format",
    )


def zip_of(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def many_images(api: Api, count: int) -> str:
    """A project with unlabelled images."""
    project = api.project()
    for number in range(count):
        api.upload(project, picture((40, 50), seed=number), name=f"{number:03}.png")
    return str(project["id"])


def test_a_job_that_is_cancelled_ends_and_leaves_no_archive(
    api: Api, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = many_images(api, 4)
    monkeypatch.setattr(job_progress, "_TELL_MS", 0)
    begun, go_on = threading.Event(), threading.Event()
    tell = job_progress.JobProgress.tell

    def slow(self: Any, done: int, total: int) -> None:
        begun.set()
        assert go_on.wait(_WAIT_S)
        tell(self, done, total)

    monkeypatch.setattr(job_progress.JobProgress, "tell", slow)
    job = api.post(f"/projects/{project}/exports", {"format": "coco-panoptic"})
    queued = api.post(f"/projects/{project}/exports", {"format": "coco-panoptic"})
    assert begun.wait(_WAIT_S)
    for entry in (job, queued):
        api.post(f"/jobs/{entry['id']}/cancel")
    go_on.set()
    for entry in (job, queued):
        assert finished(api, entry)["state"] == "cancelled"
        assert api.post(f"/jobs/{entry['id']}/cancel")["state"] == "cancelled"
    assert not [path for path in settings.data_dir.rglob("*.zip")]


def test_a_job_goes_on_when_the_server_starts_again(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server stops in the midst of an import; the next one finishes it, each image once."""
    first = create_app(settings)
    api = Api(signed_in(first, settings))
    source = many_images(api, 6)
    archive = export(api, source)
    target = api.project()["id"]
    monkeypatch.setattr(job_progress, "_TELL_MS", 0)
    reached = threading.Event()
    tell = job_progress.JobProgress.tell

    def hold(self: Any, done: int, total: int) -> None:
        if done == 3:
            reached.set()
            while not self._stopping():
                time.sleep(0.005)
        tell(self, done, total)

    with monkeypatch.context() as patch:
        patch.setattr(job_progress.JobProgress, "tell", hold)
        job = send_archive(api, target, archive, format="coco-panoptic")
        assert reached.wait(_WAIT_S)
        first.state.close()
    second = create_app(settings)
    try:
        api = Api(signed_in(second, settings))
        ended = finished(api, job)
        assert (ended["state"], ended["done"], ended["total"], ended["problems"]) == ("done", 6, 6, [])
        names = [task["asset_name"] for task in api.get(f"/projects/{target}/tasks")["tasks"]]
        assert names == [f"{number:03}.png" for number in range(6)]
        assert members(export(api, target)) == members(archive)
    finally:
        second.state.close()


def test_merged_and_deleted_segments_are_exported_as_people_see_them(api: Api) -> None:
    task, label_map = labelled_task(api)
    cars = sorted(entry["id"] for entry in api.get(f"/annotations/{task.annotation}")["segments"])[-2:]
    first = Segment(cars[0], CAR)
    merge = SegmentChange(cars[0], first, first.with_state("merged", cars[1]))
    assert api.save(task, api.edit(PixelRuns.empty(), merge))["results"][0]["status"] == "applied"
    sky = Segment(SKY, SKY)
    gone = PixelRuns.from_runs([run for run in paint(label_map, (0, 0, 400, 300), 0).runs() if run[3] == SKY])
    delete = SegmentChange(SKY, sky, sky.with_state("deleted"))
    assert api.save(task, api.edit(gone, delete))["results"][0]["status"] == "applied"
    classes = np.asarray(Image.open(io.BytesIO(members(export(api, task.project, "semantic-png"))["labels/a.png"])))
    ids = label_map.to_array()
    assert not classes[ids == SKY].any()
    assert set(np.unique(classes[np.isin(ids, cars)])) == {CAR}


def test_numbers_that_nobody_would_say_are_made_small(api: Api) -> None:
    """Ids of COCO files are often colours; ours start at 1, in the same order."""
    ids = np.zeros((20, 30), np.uint32)
    ids[:, :10], ids[:, 10:20] = 5_432_123, 1_000_001
    rgb = np.stack([ids & 255, ids >> 8 & 255, ids >> 16 & 255], axis=-1).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(rgb).save(out, "PNG")
    segments = [
        {"id": key, "category_id": 1, "area": 200, "bbox": [x, 0, 10, 20], "iscrowd": 0}
        for key, x in ((5_432_123, 0), (1_000_001, 10))
    ]
    document = {
        "images": [{"id": 1, "file_name": "a.png", "width": 30, "height": 20}],
        "annotations": [{"image_id": 1, "file_name": "a.png", "segments_info": segments}],
        "categories": [{"id": 1, "name": "Car", "isthing": 1}],
    }
    files = {"panoptic.json": json.dumps(document).encode(), "panoptic/a.png": out.getvalue()}
    project = api.post("/projects", {"name": "x"})["id"]
    job = finished(api, send_archive(api, project, zip_of({**files, "images/a.png": picture((20, 30))})))
    assert (job["state"], job["problems"]) == ("done", [])
    task = api.get(f"/projects/{project}/tasks")["tasks"][0]["id"]
    annotation = api.get(f"/tasks/{task}")["annotation"]
    assert sorted(entry["number"] for entry in annotation["segments"]) == [1, 2]
    here = Task(project, "", "", task, annotation["id"], (20, 30))
    by_number = {entry["number"]: entry["id"] for entry in annotation["segments"]}
    assert api.tiles(here).get(12, 3) == by_number[1] and api.tiles(here).get(2, 3) == by_number[2]
