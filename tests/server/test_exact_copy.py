# SPDX-License-Identifier: Apache-2.0
"""A project through every format into another project; the native one keeps ids, numbers, states and checksums."""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np
import pytest
from PIL import Image

from intarsia.core.pixel_runs import PixelRuns
from intarsia.core.segment import Segment, SegmentChange
from intarsia.formats.base import ReadOptions
from intarsia.formats.registry import BUILT_IN, find_format
from intarsia.formats.sources import ZipSource
from tests.formats.dataset import archive_of, class_grid, png_of

from .drive import CAR, Api, paint
from .test_jobs import export, finished, labelled_task, members

SLUGS = [entry.info.slug for entry in BUILT_IN]


def imported(api: Api, archive: bytes, slug: str, *, into: str) -> Any:
    params = {"name": "x.zip", "format": slug}
    return finished(api, api.post(f"/projects/{into}/imports", params=params, content=archive))


def checksums(api: Api, project: str) -> list[dict[str, str]]:
    tasks = api.get(f"/projects/{project}/tasks")["tasks"]
    details = [api.get(f"/tasks/{row['id']}") for row in tasks]
    return [api.get(f"/annotations/{detail['annotation']['id']}")["checksums"] for detail in details]


def test_the_native_format_restores_checksums_numbers_and_task_states(api: Api) -> None:
    task, label_map = labelled_task(api)
    cars = sorted(entry["id"] for entry in api.get(f"/annotations/{task.annotation}")["segments"])[-2:]
    # the first thing goes away, so that ids and numbers have a gap
    runs = [run for run in paint(label_map, (0, 0, *task.size_hw[::-1]), 0).runs() if run[3] == cars[0]]
    car = Segment(cars[0], CAR)
    gone = api.edit(PixelRuns.from_runs(runs), SegmentChange(cars[0], car, car.with_state("deleted")))
    assert api.save(task, gone)["results"][0]["status"] == "applied"
    api.post(f"/tasks/{task.task}/submit", {})
    archive = export(api, task.project, "native")
    document = json.loads(members(archive)["annotations/a.json"])
    assert document["task_state"] == "submitted"
    assert {row["state"] for row in document["segments"]} == {"live", "deleted"}

    copy = api.post("/projects", {"name": "Copy"})["id"]
    job = imported(api, archive, "native", into=copy)
    assert (job["state"], job["problems"], job["message"]) == ("done", [], "1 image came in.")
    assert checksums(api, copy) == checksums(api, task.project)
    (row,) = api.get(f"/projects/{copy}/tasks")["tasks"]
    assert row["state"] == "submitted"
    again = json.loads(members(export(api, copy, "native"))["annotations/a.json"])
    live = [entry for entry in document["segments"] if entry["state"] == "live"]
    assert again["segments"] == live and again["layers"] == document["layers"]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_format_brings_the_classes_of_all_pixels_into_another_project(api: Api, slug: str) -> None:
    task, _ = labelled_task(api)
    archive = export(api, task.project, slug)
    copy = api.post("/projects", {"name": "Copy"})["id"]
    job = imported(api, archive, slug, into=copy)
    assert (job["state"], job["problems"]) == ("done", [])
    grids = []
    for project in (task.project, copy):
        source = ZipSource(io.BytesIO(export(api, project, "native")))
        result = find_format("native").read(source, ReadOptions())
        names = np.array(["", *(entry.name for entry in result.ontology.classes)])
        numbers = np.array([0, *(entry.number for entry in result.ontology.classes)])
        (image,) = result.images
        grid = class_grid(image)
        grids.append(names[np.argsort(numbers)][np.searchsorted(np.sort(numbers), grid)])
    assert np.array_equal(*grids)


def test_labels_alone_find_their_image_by_stem_and_warnings_are_no_errors(api: Api) -> None:
    task, _ = labelled_task(api)
    height, width = task.size_hw
    project = api.post("/projects", {"name": "Empty"})["id"]
    bare = {name: data for name, data in members(export(api, task.project, "native")).items() if name.startswith("im")}
    assert list(bare) == ["images/a.png"]
    table = {"unlabelled": 0, "classes": [{"index": 1, "name": "Sky", "kind": "stuff"}]}
    classes = json.dumps(table).encode()
    photo = archive_of({**bare, "labels/zzz.png": png_of(np.zeros((1, 1)), "L"), "classes.json": classes})
    imported(api, photo, "semantic-png", into=project)
    mask = np.ones((height, width))
    stream = io.BytesIO()
    Image.fromarray(mask.astype(np.uint8)).save(stream, "PNG")
    labels = archive_of({"labels/a.PNG": stream.getvalue(), "classes.json": classes})
    job = imported(api, labels, "semantic-png", into=project)
    assert (job["state"], job["problems"]) == ("done", []), job
    again = imported(api, labels, "semantic-png", into=project)
    assert [(p["code"], p["severity"]) for p in again["problems"]] == [("already_labelled", "warning")]
    assert again["message"] == "1 image came in. 1 problem."
