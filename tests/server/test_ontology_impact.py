# SPDX-License-Identifier: Apache-2.0
"""What a new version would concern: counted in segments, objects, answers, images and pixels, and stored nowhere."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

from intarsia.core.edit import PixelRuns, Segment, SegmentChange

from .drive import CAR, PERSON, SKY, Api, new_segment, paint
from .item_drive import answer, item_edit, make, new_object, object_ontology, object_task


def preview(api: Api, project: str, ontology: Any) -> Any:
    return api.post(f"/projects/{project}/ontology/impact", ontology)


def counts(change: Any) -> dict[str, Any]:
    keys = ("segments", "objects", "relations", "answers", "images", "pixels")
    return {key: change[key] for key in keys if change[key] != 0}


def test_nothing_changed_nothing_told(api: Api) -> None:
    task = api.task()
    ontology = api.get(f"/projects/{task.project}/ontology")
    assert preview(api, task.project, ontology) == {"version": 1, "changes": [], "refused": []}


def test_what_a_change_concerns_is_counted(api: Api) -> None:
    task = object_task(api)
    first = api.lease(task, 2)
    car, van = first, first + 1
    api.save(
        task,
        api.edit(paint(api.tiles(task), (0, 0, 10, 10), car), new_segment(car, CAR)),
        api.edit(paint(api.tiles(task), (20, 0, 25, 10), van), new_segment(van, CAR)),
        api.edit(paint(api.tiles(task), (30, 0, 31, 10), SKY), new_segment(SKY, SKY)),
    )
    base = Segment(car, CAR)
    side = SegmentChange(car, base, replace(base, answers={"side": "left"}))
    api.save(task, api.edit(PixelRuns.empty(), side))
    api.save(task, item_edit(api, make(new_object()), answer(weather="rain")))

    before = api.get(f"/projects/{task.project}/ontology")
    after = copy.deepcopy(before)
    by_number = {entry["number"]: entry for entry in after["classes"]}
    by_number[CAR] |= {"name": "Auto", "retired": True, "geometry": ["mask"]}
    by_number[PERSON]["colour"] = "#123456"
    after["questions"] = [entry for entry in after["questions"] if entry["id"] != "weather"]
    for entry in after["classes"]:
        for question in entry["questions"]:
            if question["id"] == "side":
                question["options"][0]["title"] = "Port"
    after["questions"].append({"id": "fog", "title": "Fog?", "kind": "boolean"})
    told = preview(api, task.project, after)

    found = {(item["subject"], item["verb"], item["id"], item["field"]): item for item in told["changes"]}
    whole = {"segments": 2, "objects": 1, "images": 1, "pixels": 150}
    renamed = found["class", "renamed", str(CAR), None]
    assert (renamed["before"], renamed["after"], counts(renamed)) == ("Car", "Auto", whole)
    assert counts(found["class", "retired", str(CAR), None]) == whole
    narrowed = counts(found["class", "changed", str(CAR), "geometry"])
    assert narrowed == {"objects": 1, "images": 1}
    assert counts(found["class", "changed", str(PERSON), "colour"]) == {}
    assert counts(found["question", "removed", "weather", None]) == {"answers": 1, "images": 1}
    assert counts(found["option", "renamed", "side/left", None]) == {"answers": 1, "images": 1}
    assert counts(found["question", "added", "fog", None]) == {}
    assert len(found) == len(told["changes"]) == 7
    assert [(item["code"], item["where"]) for item in told["refused"]] == [("question_removed", "weather")]
    assert told["version"] == 2
    assert api.get(f"/projects/{task.project}/ontology") == before


def test_all_reasons_for_a_refusal_are_told_at_once(api: Api) -> None:
    task = api.task(project=api.project(ontology=object_ontology()))
    ontology = api.get(f"/projects/{task.project}/ontology")
    changed = copy.deepcopy(ontology)
    changed["classes"] = [entry for entry in changed["classes"] if entry["number"] != SKY]
    changed["relations"] = []
    codes = [item["code"] for item in preview(api, task.project, changed)["refused"]]
    assert codes == ["class_removed", *["relation_removed"] * len(ontology["relations"])]


def test_versions_are_listed_and_read(api: Api) -> None:
    task = api.task()
    path = f"/projects/{task.project}/ontology"
    first = api.get(path)
    second = copy.deepcopy(first)
    second["classes"][0]["name"] = "Auto"
    api.http.put(f"/api/v1{path}", json=second)
    versions = api.get(f"{path}/versions")["versions"]
    assert [entry["version"] for entry in versions] == [2, 1]
    assert all(entry["author_name"] and entry["created_at"].endswith("Z") for entry in versions)
    assert api.get(f"{path}/versions/1") == first
    assert api.get(f"{path}/versions/2")["classes"][0]["name"] == "Auto"
    answer = api.http.get(f"/api/v1{path}/versions/3")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "no_version")
