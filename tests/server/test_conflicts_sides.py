# SPDX-License-Identifier: Apache-2.0
"""Conflicts: whose the sides are, how each choice ends, and that both are written down."""

from __future__ import annotations

import base64
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from starlette.testclient import TestClient

from intarsia.core.label_map import LabelMap
from intarsia.core.pixel_runs import PixelRuns
from intarsia.server.db.engine import sqlite_module
from intarsia.server.settings import Settings

from .drive import CAR, PERSON, V1, Api, Task, new_segment, paint


def clash(api: Api, task: Task) -> tuple[int, int, str]:
    """Two tabs draw over each other: (segment of the head, segment that was wanted, id of the conflict)."""
    first, second = api.lease(task), api.lease(task)
    empty = LabelMap.empty(task.size_hw)
    api.save(task, api.edit(paint(empty, (10, 10, 40, 40), first), new_segment(first, CAR)), client="one")
    late = api.edit(paint(empty, (30, 10, 60, 40), second), new_segment(second, PERSON))
    result = api.save(task, late, client="two")["results"][0]
    assert (result["status"], result["conflict_pixels"]) == ("conflict", 300)
    return first, second, conflicts(api, task)[0]["id"]


def conflicts(api: Api, task: Task) -> Any:
    return api.get(f"/annotations/{task.annotation}/conflicts")["conflicts"]


def test_a_conflict_tells_both_sides(api: Api) -> None:
    task = api.task()
    first, second, _ = clash(api, task)
    (entry,) = conflicts(api, task)
    me = api.get("/session")["user"]
    assert (entry["author"], entry["head_author"], entry["yours"]) == (me, me, ["head", "wanted"])
    pixels = PixelRuns.decode(base64.b64decode(entry["pixels"]), task.size_hw)
    assert pixels.runs() == [(y, 30, 10, first, second) for y in range(10, 40)]
    assert (entry["box_xyxy"], entry["pixel_count"], entry["state"]) == ([30, 10, 40, 40], 300, "open")


def test_another_persons_side_is_not_yours(api: Api, settings: Settings, new_client: Callable[[], TestClient]) -> None:
    task = api.task()
    clash(api, task)
    me = api.get("/session")["user"]["id"]
    with closing(sqlite_module().connect(settings.data_dir / "intarsia.db", timeout=5)) as connection, connection:
        connection.execute(
            "INSERT INTO users SELECT 'usr_ana', workspace_id, 'Ana', role, created_at FROM users WHERE id = ?", (me,)
        )
        connection.execute("UPDATE edits SET author_id = 'usr_ana' WHERE client = 'one'")
    (entry,) = conflicts(api, task)
    assert (entry["author"]["id"], entry["head_author"]["name"], entry["yours"]) == (me, "Ana", ["wanted"])


@pytest.mark.parametrize("choice", ["head", "wanted"])
def test_each_choice_is_an_edit_of_its_own(api: Api, choice: str) -> None:
    task = api.task()
    first, second, conflict = clash(api, task)
    before = api.tiles(task)
    path = f"/annotations/{task.annotation}"
    detail = api.post(f"{path}/conflicts/{conflict}/resolve", {"choice": choice})
    assert (detail["open_conflicts"], detail["revision"]) == (0, 3)
    expected = before.with_pixels(paint(before, (30, 10, 40, 40), second)) if choice == "wanted" else before
    assert api.tiles(task) == expected
    top = api.get(f"{path}/revisions")["revisions"][0]
    assert (top["kind"], top["edit_count"], top["changed_px"]) == ("save", 1, 300 if choice == "wanted" else 0)
    assert api.tiles(task, revision=2).get(35, 20) == first, "the side that was not chosen stays in history"
    (entry,) = conflicts(api, task)
    assert (entry["state"], entry["head_author"]) == ("resolved", None)
    pixel = api.get(f"{path}/pixel", params={"x": 35, "y": 20})
    assert pixel["segment_id"] == (second if choice == "wanted" else first)
    assert pixel["change"]["revision"] == (3 if choice == "wanted" else 1)
    again = api.post(f"{path}/conflicts/{conflict}/resolve", {"choice": "head"})
    assert again["revision"] == 3, "a settled conflict stays as it was settled"


def test_choosing_what_has_moved_on_makes_a_fresh_conflict_and_drops_nothing(api: Api) -> None:
    task = api.task()
    _, second, conflict = clash(api, task)
    third = api.lease(task)
    here = api.tiles(task)
    api.save(task, api.edit(paint(here, (30, 10, 35, 40), third), new_segment(third, CAR)), client="one")
    detail = api.post(f"/annotations/{task.annotation}/conflicts/{conflict}/resolve", {"choice": "wanted"})
    assert detail["open_conflicts"] == 1
    old, fresh = conflicts(api, task)
    assert (old["state"], fresh["state"], fresh["pixel_count"]) == ("resolved", "open", 150)
    now = api.tiles(task)
    assert (now.get(32, 20), now.get(37, 20)) == (third, second)
    assert api.http.post(f"{V1}/tasks/{task.task}/submit").json()["error"]["code"] == "open_conflicts"
    api.post(f"/annotations/{task.annotation}/conflicts/{fresh['id']}/resolve", {"choice": "wanted"})
    assert api.tiles(task).get(32, 20) == second
    assert api.post(f"/tasks/{task.task}/submit")["state"] == "submitted"
