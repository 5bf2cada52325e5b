# SPDX-License-Identifier: Apache-2.0
"""Items out of one project and into another: whole through the native format, boxes through COCO."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

from intarsia.core.item import RelationItem
from intarsia.core.item_geometry import RotatedBox
from intarsia.core.label_map import LabelMap
from intarsia.formats.sinks import ZipSink
from intarsia.server.operations.fsck import fsck
from intarsia.server.settings import Settings

from .drive import CAR, Api, Task, new_segment, paint, picture
from .item_drive import answer, item_edit, items_at, make, new_object, object_ontology, object_task
from .test_exact_copy import imported
from .test_jobs import export, finished


def rich_task(api: Api) -> Task:
    """A segment, objects (one deleted), a relation between both, answers."""
    task = object_task(api)
    car = api.lease(task)
    tilted = replace(new_object(RotatedBox((90, 80), (30, 12.5), 45)), answers={"side": "left"})
    dead = replace(new_object(), state="deleted")
    link = RelationItem(f"rel_{tilted.id[4:]}", "tows", car, tilted.id)
    api.save(task, api.edit(paint(LabelMap.empty(task.size_hw), (10, 10, 40, 40), car), new_segment(car, CAR)))
    reply = api.save(
        task, item_edit(api, make(tilted), make(dead)), item_edit(api, make(link), answer(weather="rain", lanes=2))
    )
    assert [entry["status"] for entry in reply["results"]] == ["applied", "applied"]
    return task


def only_task(api: Api, project: str) -> Task:
    (summary,) = api.get(f"/projects/{project}/tasks")["tasks"]
    annotation = api.get(f"/tasks/{summary['id']}")["annotation"]["id"]
    return Task(project, "", summary["asset_id"], summary["id"], annotation, (summary["height"], summary["width"]))


def test_the_native_format_brings_every_live_item_into_another_project(api: Api, settings: Settings) -> None:
    task = rich_task(api)
    copy = api.post("/projects", {"name": "Copy"})["id"]
    job = imported(api, export(api, task.project, "native"), "native", into=copy)
    assert job["problems"] == []
    before = {key: item for key, item in items_at(api, task).items() if item.get("state") != "deleted"}
    assert len(before) == 3
    assert items_at(api, only_task(api, copy)) == before
    assert list(fsck(settings.data_dir)) == []


def archive(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with ZipSink(stream) as sink:
        for name, data in members.items():
            sink.write(name, data)
    return stream.getvalue()


def boxes(*annotations: dict[str, Any]) -> bytes:
    """COCO without a single outline."""
    listed = [{"id": i, "image_id": 1, "iscrowd": 0, **entry} for i, entry in enumerate(annotations, start=1)]
    document = {
        "images": [{"id": 1, "file_name": "a.png", "width": 400, "height": 300}],
        "categories": [{"id": 1, "name": "Car"}, {"id": 5, "name": "Wheel"}],
        "annotations": listed,
    }
    return archive({"images/a.png": picture(), "boxes.json": json.dumps(document).encode()})


def test_boxes_of_coco_become_objects_of_new_classes(api: Api, settings: Settings) -> None:
    project = api.post("/projects", {"name": "Boxes"})["id"]
    data = boxes({"category_id": 1, "bbox": [10, 20, 30, 40]}, {"category_id": 5, "bbox": [1, 2, 3.5, 4]})
    job = imported(api, data, "coco-instances", into=project)
    assert job["problems"] == []
    task = only_task(api, project)
    found = sorted(items_at(api, task).values(), key=lambda item: item["class"])
    assert [item["geometry"]["box_xyxy"] for item in found] == [[10, 20, 40, 60], [1, 2, 4.5, 6]]
    assert api.get(f"/projects/{project}/tasks")["tasks"][0]["object_count"] == 2
    assert list(fsck(settings.data_dir)) == []


def test_boxes_of_a_class_without_boxes_are_left_out_and_told(api: Api) -> None:
    ontology = object_ontology()
    ontology["classes"][4]["layer"] = "main"
    target = api.project(ontology=ontology)["id"]
    car, wheel = {"category_id": 1, "bbox": [10, 20, 30, 40]}, {"category_id": 5, "bbox": [1, 2, 3, 4]}
    job = imported(api, boxes(car, wheel, wheel), "coco-instances", into=target)
    (problem,) = job["problems"]
    assert (problem["code"], problem["where"]) == ("geometry_not_allowed", "a.png")
    assert problem["message"] == "class 5 (Wheel) has no box objects; 2 items are left out"
    assert len(items_at(api, only_task(api, target))) == 1


def test_an_export_tells_what_masks_leave_out(api: Api) -> None:
    task = rich_task(api)
    job = finished(api, api.post(f"/projects/{task.project}/exports", {"format": "instance-png"}))
    codes = {problem["code"] for problem in job["problems"]}
    assert codes >= {"objects_left_out", "relations_left_out", "image_answers_left_out"}
