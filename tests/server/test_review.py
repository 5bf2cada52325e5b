# SPDX-License-Identifier: Apache-2.0
"""Review rules over HTTP: settings of a project, findings of an image, mending one, and what stops a submission."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

import pytest

from .drive import SKY, V1, Api, Task, new_segment, paint
from .item_drive import answer, item_edit, make, new_object, object_ontology


def test_the_rules_describe_themselves(api: Api) -> None:
    rules = {rule["code"]: rule for rule in api.get("/review-rules")["rules"]}
    assert {"unlabelled", "island", "sliver", "hole", "touches_edge", "wrong_layer", "thin_bridge"} <= rules.keys()
    assert rules["island"]["fixable"] and not rules["touches_edge"]["fixable"]
    assert rules["island"]["parameters"][0]["name"] == "below_px"


def test_settings_are_kept_and_bad_ones_refused_without_a_trace(api: Api) -> None:
    project = api.project()["id"]
    path = f"/projects/{project}/review-rules"
    standard = api.get(path)["rules"]
    assert standard["island"] == {"on": True, "blocks": False, "parameters": {"below_px": 16, "except_classes": []}}
    chosen = {"island": {"on": True, "blocks": True, "parameters": {"below_px": 40}}}
    stored = api.http.put(V1 + path, json={"rules": chosen}).json()["rules"]
    assert stored["island"] == {"on": True, "blocks": True, "parameters": {"below_px": 40, "except_classes": []}}
    assert stored["hole"] == standard["hole"]
    wrong = {"island": {"on": True, "blocks": True, "parameters": {"below_px": 0}}}
    refused = api.http.put(V1 + path, json={"rules": wrong})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "bad_parameter")
    assert refused.json()["error"]["details"] == {"rule": "island", "parameter": "below_px"}
    assert api.get(path)["rules"] == stored


def cover(api: Api, task: Task, box_xyxy: tuple[int, int, int, int]) -> None:
    """Sky over a rectangle."""
    before = api.tiles(task)
    known = any(entry["id"] == SKY for entry in api.get(f"/annotations/{task.annotation}")["segments"])
    changes = [] if known else [new_segment(SKY, SKY)]
    reply = api.save(task, api.edit(paint(before, box_xyxy, SKY), *changes))
    assert reply["results"][0]["status"] == "applied"


def findings(api: Api, task: Task) -> dict[str, list[dict[str, Any]]]:
    return {rule["code"]: rule["findings"] for rule in api.get(f"/annotations/{task.annotation}/findings")["rules"]}


def test_a_gap_is_found_mended_as_an_edit_and_gone(api: Api) -> None:
    task = api.task()
    cover(api, task, (0, 0, 400, 299))
    gap = findings(api, task)["unlabelled"]
    assert [(entry["area_px"], entry["box_xyxy"], entry["fixable"]) for entry in gap] == [
        (400, [0, 299, 400, 300], True)
    ]
    mending = api.post(
        f"/annotations/{task.annotation}/findings/mend", {"rule": "unlabelled", "key": gap[0]["key"], "locked": []}
    )
    assert mending["segments"] == [] and mending["layer"] == "main"
    edit = {
        "v": 1,
        "id": str(uuid.uuid4()),
        "seq": 99,
        "layer": mending["layer"],
        "tool": "mend",
        "assist": None,
        "pixels": mending["pixels"],
        "segments": mending["segments"],
    }
    reply = api.post(f"/annotations/{task.annotation}/edits", {"client": str(uuid.uuid4()), "edits": [edit]})
    assert reply["results"][0]["status"] == "applied"
    assert findings(api, task)["unlabelled"] == []


def test_what_is_locked_takes_nothing(api: Api) -> None:
    task = api.task()
    cover(api, task, (0, 0, 400, 299))
    gap = findings(api, task)["unlabelled"][0]
    body = {"rule": "unlabelled", "key": gap["key"], "locked": [SKY]}
    refused = api.http.post(f"{V1}/annotations/{task.annotation}/findings/mend", json=body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "not_fixable")


@pytest.mark.parametrize(
    ("rule", "code", "status"), [("unlabelled", "not_found_again", 409), ("x", "unknown_rule", 422)]
)
def test_a_finding_that_is_not_there(api: Api, rule: str, code: str, status: int) -> None:
    task = api.task()
    body = {"rule": rule, "key": "unlabelled:main::1,1:"}
    refused = api.http.post(f"{V1}/annotations/{task.annotation}/findings/mend", json=body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (status, code)


def test_a_rule_that_blocks_stops_the_submission_until_it_finds_nothing(api: Api) -> None:
    task = api.task()
    cover(api, task, (0, 0, 400, 299))
    blocking = {"unlabelled": {"on": True, "blocks": True, "parameters": {}}}
    api.http.put(f"{V1}/projects/{task.project}/review-rules", json={"rules": blocking})
    refused = api.http.post(f"{V1}/tasks/{task.task}/submit")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "findings_block")
    assert refused.json()["error"]["details"] == {"findings": {"unlabelled": 1}}
    assert api.get(f"/tasks/{task.task}")["state"] == "open"
    cover(api, task, (0, 299, 400, 300))
    assert api.post(f"/tasks/{task.task}/submit")["state"] == "submitted"


def test_what_must_be_answered_stops_the_submission_and_a_box_drawn_twice_is_found(api: Api) -> None:
    ontology = object_ontology()
    ontology["questions"] = [{"id": "weather", "title": "Weather?", "kind": "text", "required": True}]
    task = api.task(project=api.project(ontology=ontology))
    box = new_object()
    again = replace(box, id="obj_01890a5d-ac96-774b-bcce-b302099a8057")
    api.save(task, item_edit(api, make(box), make(again)))
    found = findings(api, task)
    assert [(entry["item_ids"], entry["values"]["question"]) for entry in found["missing_answer"]] == [
        (["image"], "weather")
    ]
    assert [set(entry["item_ids"]) for entry in found["duplicate_box"]] == [{box.id, again.id}]
    mending = api.post(
        f"/annotations/{task.annotation}/findings/mend",
        {"rule": "duplicate_box", "key": found["duplicate_box"][0]["key"]},
    )
    assert mending["deleted_items"] == [max(box.id, again.id)] and mending["pixels"] == ""
    refused = api.http.post(f"{V1}/tasks/{task.task}/submit")
    assert refused.json()["error"]["details"] == {"findings": {"missing_answer": 1}}
    api.save(task, item_edit(api, answer(weather="rain")))
    assert api.post(f"/tasks/{task.task}/submit")["state"] == "submitted"
