# SPDX-License-Identifier: Apache-2.0
"""Items over HTTP: saved, in conflict, undone, restored, compared, thinned, checked."""

from __future__ import annotations

import uuid
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from fastapi import FastAPI

from intarsia.core import item_check
from intarsia.core.item import IMAGE_ID, ImageItem, ItemChange, ObjectItem, RelationItem
from intarsia.core.item_geometry import Point, Polygon
from intarsia.core.item_json import item_to_json
from intarsia.core.label_map import LabelMap
from intarsia.server.operations.fsck import fsck
from intarsia.server.settings import Settings
from intarsia.server.use_cases import save_edits

from .drive import CAR, PERSON, V1, Api, Task, new_segment, paint
from .item_drive import answer, item_edit, items_at, make, moved, new_object, object_ontology, object_task


def told(*items: Any) -> dict[str, Any]:
    return {item.id: item_to_json(item) for item in items}


def results(api: Api, task: Task, *edits: Any, **options: Any) -> list[tuple[str, str | None]]:
    return [(entry["status"], entry["code"]) for entry in api.save(task, *edits, **options)["results"]]


def test_objects_are_saved_and_read_back(api: Api) -> None:
    task = object_task(api)
    box, dot = new_object(), new_object(Point((0.5, -3)))
    assert items_at(api, task) == {}
    reply = api.save(task, item_edit(api, make(box), make(dot)))
    assert (reply["revision"], reply["results"][0]["status"]) == (1, "applied")
    assert items_at(api, task) == told(box, dot)
    assert api.get(f"/tasks/{task.task}")["annotation"]["items"] == api.get(f"/annotations/{task.annotation}")["items"]
    (summary,) = api.get(f"/projects/{task.project}/tasks")["tasks"]
    assert (summary["object_count"], summary["labelled_fraction"]) == (2, 0)


def test_the_same_request_twice_changes_nothing(api: Api) -> None:
    task, box = object_task(api), new_object()
    edit = item_edit(api, make(box))
    assert results(api, task, edit) == [("applied", None)]
    assert results(api, task, edit) == [("duplicate", None)]
    assert items_at(api, task) == told(box)


def test_pixels_and_items_change_together(api: Api) -> None:
    """A box that becomes a mask: one edit, one undo."""
    task, box = object_task(api), new_object()
    api.save(task, item_edit(api, make(box)))
    car = api.lease(task)
    gone = ItemChange(box.id, box, replace(box, state="deleted"))
    edit = item_edit(api, gone, tool="box-to-mask")
    pixels = paint(LabelMap.empty(task.size_hw), (1, 3, 40, 30), car)
    edit |= {key: api.edit(pixels, new_segment(car, CAR))[key] for key in ("pixels", "segments")}
    assert results(api, task, edit) == [("applied", None)]
    assert items_at(api, task)[box.id]["state"] == "deleted"
    assert api.tiles(task).get(5, 5) == car
    assert api.get(f"/projects/{task.project}/tasks")["tasks"][0]["object_count"] == 0


def test_undoing_a_creation_leaves_a_stone_and_redo_finds_it(api: Api) -> None:
    task, box = object_task(api), new_object()
    api.save(task, item_edit(api, make(box)))
    assert results(api, task, item_edit(api, ItemChange(box.id, box, None), tool="undo")) == [("applied", None)]
    assert items_at(api, task) == told(replace(box, state="deleted"))
    assert results(api, task, item_edit(api, make(box), tool="redo")) == [("applied", None)]
    assert items_at(api, task) == told(box)


def test_two_tabs_conflict_field_by_field_and_either_side_can_be_chosen(api: Api) -> None:
    task, box, other = object_task(api), new_object(), new_object()
    api.save(task, item_edit(api, make(box), make(other)), client="one")
    mine, theirs = moved(box, 5), replace(moved(box, 9), answers={})
    api.save(task, item_edit(api, ItemChange(box.id, box, mine)), client="one")
    late = item_edit(api, ItemChange(box.id, box, theirs), ItemChange(other.id, other, replace(other, state="deleted")))
    (result,) = api.save(task, late, client="two")["results"]
    assert (result["status"], result["conflict_pixels"], result["conflict_fields"]) == ("conflict", 0, 1)
    assert items_at(api, task) == told(mine, replace(other, state="deleted"))
    (entry,) = api.get(f"/annotations/{task.annotation}/conflicts")["conflicts"]
    assert entry["fields"] == [
        {
            "segment_id": None,
            "item_id": box.id,
            "field": "geometry",
            "head": item_to_json(mine)["geometry"],
            "wanted": item_to_json(theirs)["geometry"],
        }
    ]
    assert (entry["pixel_count"], entry["box_xyxy"], entry["state"]) == (0, None, "open")
    answered = api.http.post(f"{V1}/tasks/{task.task}/submit")
    assert answered.json()["error"]["code"] == "open_conflicts"
    path = f"/annotations/{task.annotation}/conflicts/{entry['id']}/resolve"
    api.post(path, {"choice": "wanted"})
    assert items_at(api, task) == told(theirs, replace(other, state="deleted"))
    assert api.get(f"/annotations/{task.annotation}")["open_conflicts"] == 0


def test_what_cannot_be_is_refused_alone(api: Api) -> None:
    task, box = object_task(api), new_object()
    good, unknown = item_edit(api, make(box)), new_object()
    bad = item_edit(api, make(new_object()))
    bad["items"][0]["after"]["geometry"]["box_xyxy"] = [9, 0, 1, 5]
    shapeless = item_edit(api, make(new_object()))
    shapeless["items"][0]["after"]["geometry"] = {"kind": "circle", "radius": 3}
    edits = [
        bad,
        shapeless,
        item_edit(api, ItemChange(unknown.id, unknown, moved(unknown, 3))),
        item_edit(api, make(new_object(class_number=77))),
        good,
    ]
    assert results(api, task, *edits) == [
        ("rejected", "bad_geometry"),
        ("rejected", "bad_json"),
        ("rejected", "unknown_item"),
        ("rejected", "unknown_class"),
        ("applied", None),
    ]
    assert items_at(api, task) == told(box)


def test_every_revision_opens_compares_and_restores(api: Api, settings: Settings) -> None:
    task, box, later = object_task(api), new_object(), new_object()
    api.save(task, item_edit(api, make(box)))
    api.save(task, item_edit(api, ItemChange(box.id, box, moved(box, 7)), make(later)))
    assert items_at(api, task, 0) == {}
    assert items_at(api, task, 1) == told(box)
    assert items_at(api, task, 2) == told(moved(box, 7), later)
    found = api.get(f"/annotations/{task.annotation}/compare", params={"from": 1})["items"]
    assert {entry["id"]: (entry["before"] is None, entry["after"]["geometry"]) for entry in found} == {
        box.id: (False, item_to_json(moved(box, 7))["geometry"]),
        later.id: (True, item_to_json(later)["geometry"]),
    }
    restored = api.post(f"/annotations/{task.annotation}/restore", {"revision": 1})
    assert restored["revision"] == 3
    assert items_at(api, task) == told(box, replace(later, state="deleted"))
    assert api.post(f"/annotations/{task.annotation}/restore", {"revision": 1})["revision"] == 3, "nothing to do"
    assert list(fsck(settings.data_dir)) == []


def test_one_item_is_restored(api: Api) -> None:
    task, box, later = object_task(api), new_object(), new_object()
    api.save(task, item_edit(api, make(box)))
    api.save(task, item_edit(api, ItemChange(box.id, box, moved(box, 7)), make(later)))
    api.save(task, item_edit(api, ItemChange(box.id, moved(box, 7), replace(box, state="deleted"))))
    restore = f"/annotations/{task.annotation}/restore"
    assert api.post(restore, {"revision": 2, "item_id": box.id})["revision"] == 4
    assert items_at(api, task) == told(moved(box, 7), later)
    for body, code in (
        ({"revision": 1, "item_id": later.id}, "no_item"),
        ({"revision": 1, "item_id": "obj_none"}, "no_item"),
        ({"revision": 9, "item_id": box.id}, "no_revision"),
    ):
        refused = api.http.post(V1 + restore, json=body)
        assert (refused.status_code, refused.json()["error"]["code"]) == (404, code)
    both = api.http.post(V1 + restore, json={"revision": 1, "item_id": box.id, "segment_id": 65_536})
    assert both.status_code == 422


def test_a_limit_of_items(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (save_edits, item_check):
        monkeypatch.setattr(module, "ITEMS_PER_ANNOTATION_MAX", 3)
    task = object_task(api)
    three = [item_edit(api, make(new_object())) for _ in range(3)]
    assert results(api, task, *three[:2]) == [("applied", None)] * 2
    one_more = item_edit(api, make(new_object()))
    assert results(api, task, three[2], one_more) == [("applied", None), ("rejected", "too_many_items")]
    held = api.get(f"/annotations/{task.annotation}")["items"][0]
    change = {**held, "state": "deleted"}
    edit = item_edit(api)
    edit["items"] = [{"id": change.pop("id"), "before": {k: v for k, v in held.items() if k != "id"}, "after": change}]
    assert results(api, task, edit) == [("applied", None)], "what is there can still change"


def test_twenty_thousand_items(api: Api) -> None:
    task = object_task(api)
    square = ((0.0, 0.0), (9.5, 0.0), (9.5, 9.0))
    items = [new_object(Polygon((square,))) for _ in range(20_000)]
    assert results(api, task, item_edit(api, *map(make, items))) == [("applied", None)]
    assert len(api.get(f"/annotations/{task.annotation}")["items"]) == 20_000
    one = items[7]
    assert results(api, task, item_edit(api, ItemChange(one.id, one, moved(one, 3)))) == [("applied", None)]
    assert results(api, task, item_edit(api, make(new_object()))) == [("rejected", "too_many_items")]


def test_thinning_keeps_what_items_became(app: FastAPI, api: Api, settings: Settings) -> None:
    task, box = object_task(api), new_object()
    states = [box, *(moved(box, x0) for x0 in (3, 4, 5))]
    api.save(task, item_edit(api, make(box)))
    for before, after in pairwise(states):
        api.save(task, item_edit(api, ItemChange(box.id, before, after)))
    with app.state.context.ports.database.write() as unit:
        assert unit.retention.thin(task.annotation, before="2999-01-01T00:00", limit=10, now="2999-01-02") == 3
    kept = [entry["number"] for entry in api.get(f"/annotations/{task.annotation}/revisions")["revisions"]]
    assert kept == [4]
    assert items_at(api, task, 4) == told(states[-1])
    assert list(fsck(settings.data_dir)) == []


def test_fsck_finds_a_damaged_item(app: FastAPI, api: Api, settings: Settings) -> None:
    from intarsia.server.db.engine import sqlite_module

    task, box = object_task(api), new_object()
    api.save(task, item_edit(api, make(box)))
    connection = sqlite_module().connect(settings.data_dir / "intarsia.db", timeout=5)
    with connection:
        connection.execute("UPDATE items SET body = replace(body, '2.5', '2.4')")
        connection.execute("UPDATE revision_items SET workspace_id = 'wsp_other'")
    connection.close()
    assert {finding.code for finding in fsck(settings.data_dir)} >= {"head_differs", "item_damaged"}


def test_answers_of_the_image_and_of_objects_are_those_of_the_questions(api: Api) -> None:
    task, box = object_task(api), new_object()
    left = replace(box, answers={"side": "left"})
    edits = [
        item_edit(api, answer(wether="rain")),
        item_edit(api, answer(lanes="two")),
        item_edit(api, make(replace(box, answers={"side": "middle"}))),
        item_edit(api, answer(weather="rain", lanes=2)),
        item_edit(api, make(left)),
    ]
    assert results(api, task, *edits) == [
        ("rejected", "unknown_question"),
        ("rejected", "bad_answer"),
        ("rejected", "bad_answer"),
        ("applied", None),
        ("applied", None),
    ]
    assert items_at(api, task) == {IMAGE_ID: {"answers": {"weather": "rain", "lanes": 2}}, **told(left)}
    change = ItemChange(IMAGE_ID, ImageItem({"weather": "rain", "lanes": 2}), ImageItem({}))
    assert results(api, task, item_edit(api, change)) == [("applied", None)]
    assert IMAGE_ID not in items_at(api, task)
    assert items_at(api, task, 1)[IMAGE_ID] == {"answers": {"weather": "rain", "lanes": 2}}


def test_a_class_lists_the_kinds_of_its_objects(api: Api) -> None:
    task = object_task(api)
    person, dot = new_object(class_number=PERSON), new_object(Point((1, 1)), class_number=PERSON)
    car = new_object(Point((1, 1)))
    wheel = new_object(class_number=5)
    edits = [item_edit(api, make(item)) for item in (person, dot, car, wheel)]
    refused = ("rejected", "geometry_not_allowed")
    assert results(api, task, *edits) == [("applied", None), refused, ("applied", None), refused]
    other = item_edit(api, ItemChange(car.id, car, replace(car, class_number=PERSON)))
    assert results(api, task, other) == [refused]
    narrower = object_ontology()
    narrower["classes"][0]["geometry"] = ["mask"]
    assert api.http.put(f"{V1}/projects/{task.project}/ontology", json=narrower).status_code == 200
    kept = item_edit(api, ItemChange(car.id, car, replace(car, geometry=Point((2, 2)))))
    assert results(api, task, kept, item_edit(api, make(new_object()))) == [("applied", None), refused]
    gone = ItemChange(car.id, replace(car, geometry=Point((2, 2))), replace(car, state="deleted"))
    api.save(task, item_edit(api, gone))
    restored = api.post(f"/annotations/{task.annotation}/restore", {"revision": 1})
    assert restored["revision"] == 4, "what was there comes back although none could be made now"
    assert items_at(api, task) == told(person, car)


def test_relations_lead_between_segments_and_objects(api: Api) -> None:
    task = object_task(api)
    car, person = new_object(), new_object(class_number=PERSON)
    segment = api.lease(task)
    pixels = paint(LabelMap.empty(task.size_hw), (50, 50, 60, 60), segment)
    api.save(task, api.edit(pixels, new_segment(segment, CAR)), item_edit(api, make(person)))

    def link(relation: str, from_end: int | str, to_end: int | str) -> RelationItem:
        return RelationItem(f"rel_{uuid.uuid4()}", relation, from_end, to_end)

    tows = link("tows", segment, car.id)
    tried = [link("rides", segment, car.id), link("tows", 99_999, car.id), link("tows", segment, person.id)]
    near = link("near", person.id, segment)
    edits = [item_edit(api, make(car), make(tows)), *(item_edit(api, make(item)) for item in (*tried, near))]
    assert results(api, task, *edits) == [
        ("applied", None),
        ("rejected", "unknown_relation"),
        ("rejected", "unknown_end"),
        ("rejected", "relation_not_allowed"),
        ("applied", None),
    ]
    assert items_at(api, task) == told(car, person, tows, near)
    api.save(task, item_edit(api, ItemChange(car.id, car, replace(car, state="deleted"))))
    assert items_at(api, task)[tows.id]["state"] == "live", "a relation whose end is gone stays, broken"


def test_ids_are_made_by_the_client_and_taken_as_they_are(api: Api) -> None:
    task = object_task(api)
    item = ObjectItem(f"obj_{uuid.UUID(int=7)}", CAR, Point((1, 1)))
    assert results(api, task, item_edit(api, make(item))) == [("applied", None)]
    assert list(items_at(api, task)) == ["obj_00000000-0000-0000-0000-000000000007"]
