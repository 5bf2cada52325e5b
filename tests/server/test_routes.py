# SPDX-License-Identifier: Apache-2.0
"""Every route declares what it asks for, asks for it, and is described in contract/openapi.json."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from intarsia.core.errors import IntarsiaError
from intarsia.core.label_map import LabelMap
from intarsia.core.permissions import ALLOWED, Action, Actor, Resource, Role, authorize
from intarsia.server.api.openapi import openapi_document, openapi_text
from intarsia.server.api.routes import PUBLIC
from intarsia.server.db.engine import sqlite_module
from intarsia.server.settings import Settings
from intarsia.server.use_cases import loading

from .drive import CAR, V1, Api, new_segment, paint, picture
from .test_jobs import finished

CONTRACT = Path(__file__).resolve().parents[2] / "contract" / "openapi.json"
ACTIONS = {str(action) for action in Action}


def all_routes(app: FastAPI) -> Iterator[APIRoute]:
    """Every route of the application, also those that the description leaves out."""
    pending: list[Any] = list(app.routes)
    while pending:
        route = pending.pop()
        included = getattr(route, "original_router", None)
        if included is not None:
            pending += included.routes
        else:
            assert isinstance(route, APIRoute), f"{route!r} is no route of ours"
            yield route


def test_every_route_declares_its_policy(app: FastAPI) -> None:
    routes = list(all_routes(app))
    assert len(routes) > 30
    for route in routes:
        declared = (route.openapi_extra or {}).get("x-policy")
        assert declared in ACTIONS | {PUBLIC}, f"{route.methods} {route.path} declares no policy"
    public = {
        (route.path, *sorted(route.methods or ()))
        for route in routes
        if route.openapi_extra and route.openapi_extra["x-policy"] == PUBLIC
    }
    assert public == {("/health", "GET"), ("/session", "POST"), ("/{path:path}", "GET", "HEAD")}


def test_a_route_without_a_policy_is_found(app: FastAPI) -> None:
    """The test above would catch a planted one."""

    @app.get("/planted")
    def planted() -> None: ...

    with pytest.raises(AssertionError, match="declares no policy"):
        test_every_route_declares_its_policy(app)


def test_the_description_is_committed(app: FastAPI) -> None:
    assert CONTRACT.read_text(encoding="utf-8") == openapi_text(app), "run `make gen` and commit contract/openapi.json"


def operations(app: FastAPI) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method.upper(), path, operation)
        for path, entry in openapi_document(app)["paths"].items()
        for method, operation in entry.items()
    ]


def test_operation_ids_are_explicit_and_unique(app: FastAPI) -> None:
    names = [operation["operationId"] for *_, operation in operations(app)]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+[A-Z][A-Za-z]+", name) for name in names)


def test_every_route_needs_a_session_unless_it_is_public(app: FastAPI, anonymous: TestClient) -> None:
    for method, path, operation in operations(app):
        if operation["x-policy"] == PUBLIC:
            continue
        url = re.sub(r"\{[^}]*\}", "7", path)
        answer = anonymous.request(method, url, params={"name": "x"}, json={})
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "not_signed_in"), (method, path)


class Steps:
    """One valid call of every operation, made in an order in which each finds what it needs."""

    def __init__(self, api: Api) -> None:
        self.api = api
        task = self.task = api.task()
        car = api.lease(task)
        pixels = paint(api.tiles(task), (0, 0, 9, 9), car)
        self.edit = api.edit(pixels, new_segment(car, CAR))
        api.save(task, self.edit)
        other = api.lease(task)
        clash = api.edit(paint(LabelMap.empty(task.size_hw), (5, 5, 20, 20), other), new_segment(other, CAR))
        api.save(task, clash)
        self.conflict = api.get(f"/annotations/{task.annotation}/conflicts")["conflicts"][0]["id"]
        self.job = finished(api, api.post(f"/projects/{task.project}/exports", {"format": "semantic-png"}))["id"]
        self.archive = api.http.get(f"{V1}/jobs/{self.job}/download").content

    def gap(self) -> str:
        """Key of a finding that is there now."""
        rules = self.api.get(f"/annotations/{self.task.annotation}/findings")["rules"]
        found = next(rule for rule in rules if rule["code"] == "unlabelled")["findings"]
        return str(found[0]["key"])

    def options(self, operation_id: str) -> dict[str, Any]:
        task, edit = self.task, {**self.edit, "id": "01890a5d-ac96-774b-bcce-b302099a8057"}
        ontology = self.api.get(f"/projects/{task.project}/ontology")
        made: dict[str, dict[str, Any]] = {
            "createProject": {"json": {"name": "x"}},
            "createDataset": {"json": {"name": "x"}},
            "putOntology": {"json": ontology},
            "previewOntology": {"json": ontology},
            "putReviewRules": {"json": {"rules": {}}},
            "createTasks": {"json": {"asset_ids": [task.asset]}},
            "addAsset": {"params": {"name": "a.png", "project": task.project}, "content": picture()},
            "saveEdits": {"json": {"client": "x", "edits": [edit]}},
            "leaseIds": {"json": {"count": 1}},
            "restoreRevision": {"json": {"revision": 1}},
            "resolveConflict": {"json": {"choice": "head"}},
            "compareRevisions": {"params": {"from": 0}},
            "getPixel": {"params": {"x": 5, "y": 5}},
            "startExport": {"json": {"format": "semantic-png"}},
            "startImport": {"params": {"name": "x.zip"}, "content": self.archive},
        }
        if operation_id == "mendFinding":
            return {"json": {"rule": "unlabelled", "key": self.gap()}}
        return made.get(operation_id, {})

    def url(self, path: str) -> str:
        task = self.task
        ids = {
            "project_id": task.project,
            "dataset_id": task.dataset,
            "asset_id": task.asset,
            "task_id": task.task,
            "annotation_id": task.annotation,
            "conflict_id": self.conflict,
            "job_id": self.job,
            "number": "1",
            "version": "1",
        }
        return re.sub(r"\{([^}]*)\}", lambda match: ids[match[1]], path)


# A submission is refused while a conflict is open, so that one is settled first.
FIRST = ("resolveConflict",)


def in_order(app: FastAPI) -> list[tuple[str, str, dict[str, Any]]]:
    return sorted(operations(app), key=lambda entry: entry[2]["operationId"] not in FIRST)


def test_every_route_asks_authorize_for_what_it_declares(
    app: FastAPI, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = Steps(api)
    asked: list[str] = []

    def spy(actor: Actor, action: Action, resource: Resource) -> None:
        asked.append(str(action))
        authorize(actor, action, resource)

    monkeypatch.setattr(loading, "authorize", spy)
    for method, path, operation in in_order(app):
        if operation["x-policy"] == PUBLIC:
            continue
        options = steps.options(operation["operationId"])
        asked.clear()
        answer = api.http.request(method, steps.url(path), **options)
        assert answer.status_code < 300, f"{method} {path}: {answer.status_code} {answer.text}"
        assert operation["x-policy"] in asked, f"{method} {path} asked for {asked}"


def change_users(settings: Settings, **values: str) -> None:
    """Change the rows of all users, as nothing in the interface can yet."""
    with closing(sqlite_module().connect(settings.data_dir / "intarsia.db", timeout=5)) as connection, connection:
        if "workspace_id" in values:
            connection.execute("INSERT INTO workspaces VALUES (?, 'Other', '2026')", (values["workspace_id"],))
        for name, value in values.items():
            connection.execute(f"UPDATE users SET {name} = ?", (value,))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OWNER])
def test_each_role_may_do_what_the_table_says(app: FastAPI, settings: Settings, api: Api, role: Role) -> None:
    steps = Steps(api)
    for method, path, operation in in_order(app):
        declared = operation["x-policy"]
        if declared == PUBLIC:
            continue
        options = steps.options(operation["operationId"])
        change_users(settings, role=role)
        answer = api.http.request(method, steps.url(path), **options)
        change_users(settings, role=Role.OWNER)
        if Action(declared) not in ALLOWED[role]:
            assert (answer.status_code, answer.json()["error"]["code"]) == (403, "forbidden"), (role, method, path)
        else:
            assert answer.status_code < 300, f"{role} {method} {path}: {answer.text}"


def test_another_workspace_does_not_exist(app: FastAPI, settings: Settings, api: Api) -> None:
    """What belongs to others is answered byte for byte as what is not there."""
    steps = Steps(api)
    options = {name: steps.options(name) for name in (operation["operationId"] for *_, operation in operations(app))}
    change_users(settings, workspace_id="wsp_other")
    for method, path, operation in in_order(app):
        if operation["x-policy"] == PUBLIC or "{" not in path:
            continue
        nowhere = re.sub(r"\{([^}]*)\}", lambda match: "1" if match[1] in ("number", "version") else "x_0", path)
        given = options[operation["operationId"]]
        theirs, absent = (api.http.request(method, url, **given) for url in (steps.url(path), nowhere))
        assert (theirs.status_code, theirs.content) == (404, absent.content), (method, path, theirs.text)
    for path in ("/projects", "/datasets"):
        assert list(api.get(path).values()) == [[]]


def test_roles_are_ordered() -> None:
    order = [Role.VIEWER, Role.LABELER, Role.REVIEWER, Role.LEAD, Role.OWNER]
    for lower, higher in pairwise(order):
        assert ALLOWED[lower] < ALLOWED[higher] or ALLOWED[lower] == ALLOWED[higher] == frozenset(Action)
    assert ALLOWED[Role.OWNER] == frozenset(Action)


def test_authorize_hides_other_workspaces_before_it_tells_of_roles() -> None:
    viewer = Actor("usr_1", "Vi", "wsp_1", Role.VIEWER)
    with pytest.raises(IntarsiaError, match="not_found"):
        authorize(viewer, Action.ONTOLOGY_WRITE, Resource("project", "wsp_2", "prj_1"))
    with pytest.raises(IntarsiaError, match="forbidden"):
        authorize(viewer, Action.ONTOLOGY_WRITE, Resource("project", "wsp_1", "prj_1"))
    authorize(viewer, Action.PROJECT_READ, Resource("project", "wsp_1", "prj_1"))
