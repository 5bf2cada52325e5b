# SPDX-License-Identifier: Apache-2.0
"""Projects, ontologies, datasets and tasks: what is answered, and what is refused with which code."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from .drive import ONTOLOGY, V1, Api, picture


def refusal(answer: Any) -> tuple[int, str]:
    assert answer.json()["error"]["message"]
    return answer.status_code, answer.json()["error"]["code"]


def test_a_new_project_has_a_dataset_and_an_ontology(api: Api) -> None:
    assert api.get("/projects") == {"projects": []}
    made = api.post("/projects", {"name": "  Street  ", "description": "Cars", "ontology": ONTOLOGY})
    assert made["id"].startswith("prj_") and made["dataset_id"].startswith("dst_")
    assert made["name"] == "Street" and made["created_at"].endswith("Z")
    assert (made["task_count"], made["submitted_count"]) == (0, 0)
    assert made["cover_asset_id"] is None and made["next_task_id"] is None
    assert api.get("/projects") == {"projects": [made]}
    assert api.get(f"/projects/{made['id']}") == made
    ontology = api.get(f"/projects/{made['id']}/ontology")
    assert ontology["version"] == made["ontology_version"] == 1
    assert [entry["number"] for entry in ontology["classes"]] == [1, 2, 3, 4, 5]
    assert ontology["classes"][1]["key"] is None and ontology["classes"][1]["retired"] is False
    assert [entry["id"] for entry in api.get("/datasets")["datasets"]] == [made["dataset_id"]]


def test_a_project_without_an_ontology_starts_empty(api: Api) -> None:
    made = api.post("/projects", {"name": "x"})
    ontology = api.get(f"/projects/{made['id']}/ontology")
    assert ontology == {
        "version": 1,
        "layers": [{"name": "main", "title": "Main"}],
        "classes": [],
        "questions": [],
        "questions_when": "last",
        "relations": [],
        "protection": [],
    }


def test_two_projects_may_share_a_dataset(api: Api) -> None:
    dataset = api.post("/datasets", {"name": "Photos"})
    first, second = (api.post("/projects", {"name": name, "dataset_id": dataset["id"]}) for name in "ab")
    asset = api.upload(first, picture())
    assert api.get(f"/projects/{second['id']}")["task_count"] == 0
    tasks = api.post(f"/projects/{second['id']}/tasks", {"asset_ids": [asset["id"], asset["id"]]})["tasks"]
    assert tasks[0] == tasks[1]
    assert api.post(f"/projects/{second['id']}/tasks", {"asset_ids": [asset["id"]]})["tasks"] == tasks[:1]
    assert api.get(f"/projects/{second['id']}")["task_count"] == 1
    assert refusal(api.http.post(f"{V1}/projects", json={"name": "c", "dataset_id": "dst_0"})) == (404, "not_found")


@pytest.mark.parametrize("name", ["", "   ", "a\nb", "a\x00b", "x" * 201, 7, None])
def test_names_that_are_none(api: Api, name: Any) -> None:
    for path in ("/projects", "/datasets"):
        assert refusal(api.http.post(V1 + path, json={"name": name})) == (422, "invalid_request")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"nul",
        b'{"name": NaN}',
        b'{"name": "\\ud800"}',
        b'{"name": "\xff"}',
        b'{"name":' + b"[" * 10000,
    ],
    ids=range(8),
)
def test_what_is_not_json_is_refused(api: Api, body: bytes) -> None:
    answer = api.http.post(f"{V1}/projects", content=body, headers={"content-type": "application/json"})
    assert refusal(answer) == (422, "invalid_request")


def test_an_ontology_evolves_and_never_forgets(api: Api) -> None:
    project = api.project()
    path = f"{V1}/projects/{project['id']}/ontology"
    current = api.http.get(path).json()
    assert api.http.put(path, json=current).json() == current, "the same again is no new version"

    changed = copy.deepcopy(current)
    changed["classes"][0] |= {"name": "Automobile", "colour": "#123456"}
    changed["classes"][1]["retired"] = True
    changed["classes"].append({"number": 9, "name": "Bus", "kind": "thing", "layer": "main", "colour": "#ABCDEF"})
    answer = api.http.put(path, json=changed).json()
    assert answer["version"] == 2
    assert [entry["name"] for entry in answer["classes"]] == ["Automobile", "Person", "Sky", "Void", "Wheel", "Bus"]
    assert api.get(f"/projects/{project['id']}")["ontology_version"] == 2

    def edited(**changes: Any) -> dict[str, Any]:
        ontology = copy.deepcopy(answer)
        ontology["classes"][0] |= changes
        return ontology  # type: ignore[no-any-return]

    without_class = {**answer, "classes": answer["classes"][1:]}
    without_layer = {**answer, "layers": answer["layers"][:1]}
    for body, code in (
        (without_class, "class_removed"),
        (without_layer, "unknown_layer"),
        (edited(kind="stuff"), "class_kind_changed"),
        (edited(layer="parts"), "class_layer_changed"),
        (edited(number=9), "duplicate_class_number"),
        (edited(name="Sky"), "duplicate_class_name"),
    ):
        assert refusal(api.http.put(path, json=body)) == (422, code)
    for body in (edited(colour="red"), edited(number=0), edited(number=65536), edited(surprise=1), {}, []):
        assert refusal(api.http.put(path, json=body)) == (422, "invalid_request")
    assert api.http.get(path).json() == answer


def test_tasks_come_in_pages_and_by_state(api: Api) -> None:
    project = api.project()
    for number in range(5):
        api.upload(project, picture((20, 30), seed=number), name=f"{number}.png")
    path = f"/projects/{project['id']}/tasks"
    names, cursor = [], None
    while True:
        page = api.get(path, params={"limit": 2, **({"cursor": cursor} if cursor else {})})
        names += [task["asset_name"] for task in page["tasks"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert names == [f"{number}.png" for number in range(5)]
    tasks = api.get(path)["tasks"]
    assert [task["position"] for task in tasks] == [1, 2, 3, 4, 5]
    api.post(f"/tasks/{tasks[0]['id']}/submit")
    assert [task["position"] for task in api.get(path, params={"state": "submitted"})["tasks"]] == [1]
    assert [task["position"] for task in api.get(path, params={"state": "open"})["tasks"]] == [2, 3, 4, 5]
    middle = api.get(f"/tasks/{tasks[2]['id']}")
    assert (middle["previous_task_id"], middle["next_task_id"]) == (tasks[1]["id"], tasks[3]["id"])
    assert (middle["position"], middle["total"]) == (3, 5)
    assert api.get(f"/tasks/{tasks[0]['id']}")["previous_task_id"] is None
    assert api.get(f"/tasks/{tasks[4]['id']}")["next_task_id"] is None
    overview = api.get(f"/projects/{project['id']}")
    assert (overview["cover_asset_id"], overview["next_task_id"]) == (tasks[0]["asset_id"], tasks[1]["id"])
    for wrong in ({"limit": 0}, {"limit": 1001}, {"cursor": "x"}, {"cursor": "-1"}, {"state": "lost"}):
        assert refusal(api.http.get(V1 + path, params=wrong)) == (422, "invalid_request")


def test_assets_come_in_pages(api: Api) -> None:
    project = api.project()
    made = [api.upload(project, picture((20, 30), seed=number), name=f"{number}.png") for number in range(3)]
    path = f"/datasets/{project['dataset_id']}/assets"
    first = api.get(path, params={"limit": 2})
    second = api.get(path, params={"limit": 2, "cursor": first["next_cursor"]})
    assert first["assets"] + second["assets"] == made
    assert second["next_cursor"] is None
    assert [asset["export_no"] for asset in made] == [1, 2, 3]


def test_an_asset_of_another_dataset_makes_no_task(api: Api) -> None:
    project, other = api.project(), api.project()
    asset = api.upload(other, picture())
    answer = api.http.post(f"{V1}/projects/{project['id']}/tasks", json={"asset_ids": [asset["id"]]})
    assert refusal(answer) == (409, "wrong_dataset")
    assert api.get(f"/projects/{project['id']}/tasks")["tasks"] == []


MISSING = [
    ("GET", "/projects/prj_0"),
    ("GET", "/projects/prj_0/ontology"),
    ("GET", "/projects/prj_0/tasks"),
    ("GET", "/projects/prj_0/jobs"),
    ("GET", "/datasets/dst_0/assets"),
    ("GET", "/assets/ast_0"),
    ("GET", "/assets/ast_0/image"),
    ("GET", "/assets/ast_0/original"),
    ("GET", "/assets/ast_0/thumbnail"),
    ("GET", "/tasks/tsk_0"),
    ("POST", "/tasks/tsk_0/submit"),
    ("POST", "/tasks/tsk_0/reopen"),
    ("GET", "/annotations/ann_0"),
    ("GET", "/annotations/ann_0/tiles"),
    ("GET", "/annotations/ann_0/revisions"),
    ("GET", "/annotations/ann_0/revisions/1"),
    ("GET", "/annotations/ann_0/conflicts"),
    ("GET", "/jobs/job_0"),
    ("GET", "/jobs/job_0/download"),
    ("POST", "/jobs/job_0/cancel"),
    ("GET", "/no/such/thing"),
]


@pytest.mark.parametrize(("method", "path"), MISSING)
def test_what_is_not_there(api: Api, method: str, path: str) -> None:
    assert refusal(api.http.request(method, V1 + path)) == (404, "not_found")


def test_a_wrong_method_has_the_same_shape(api: Api) -> None:
    assert refusal(api.http.delete(f"{V1}/projects")) == (405, "method_not_allowed")
