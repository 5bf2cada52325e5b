# SPDX-License-Identifier: Apache-2.0
"""Saving: what is answered to each kind of edit, and that the head then is what the core says."""

from __future__ import annotations

import base64
import uuid
from dataclasses import replace
from typing import Any

import pytest

from intarsia.core.label_map import LabelMap
from intarsia.core.pixel_runs import PixelRuns
from intarsia.core.segment import Segment, SegmentChange

from .drive import CAR, PERSON, SKY, VOID, Api, Task, new_segment, paint


def statuses(reply: Any) -> list[str]:
    return [result["status"] for result in reply["results"]]


def codes(reply: Any) -> list[str | None]:
    return [result["code"] for result in reply["results"]]


def one_car(api: Api) -> tuple[Task, int, LabelMap]:
    """A task with one saved car."""
    task = api.task()
    car = api.lease(task)
    label_map = LabelMap.empty(task.size_hw)
    pixels = paint(label_map, (200, 100, 300, 270), car)
    assert statuses(api.save(task, api.edit(pixels, new_segment(car, CAR)))) == ["applied"]
    return task, car, label_map.with_pixels(pixels)


def test_a_stroke_is_saved_and_read_back_to_the_bit(api: Api) -> None:
    task = api.task()
    car = api.lease(task)
    empty = LabelMap.empty(task.size_hw)
    pixels = paint(empty, (200, 100, 300, 270), car)

    reply = api.save(task, api.edit(pixels, new_segment(car, CAR)))

    expected = empty.with_pixels(pixels)
    assert statuses(reply) == ["applied"]
    assert reply["revision"] == 1
    assert reply["numbers"] == {str(car): 1}
    assert reply["checksums"] == {"main": expected.checksum("main")}
    assert reply["foreign_edits"] is False
    assert api.tiles(task) == expected
    detail = api.get(f"/annotations/{task.annotation}")
    assert detail["checksums"] == {"main": expected.checksum("main"), "parts": empty.checksum("parts")}
    fields = {"crowd": False, "instances_unknown": False, "answers": {}, "state": "live", "merged_into": None}
    assert detail["segments"] == [{"id": car, "number": 1, "class": CAR, **fields}]
    summary = api.get(f"/projects/{task.project}/tasks")["tasks"][0]
    assert summary["labelled_fraction"] == 100 * 170 / (300 * 400 * 2)


def test_the_same_request_twice_changes_nothing(api: Api) -> None:
    task = api.task()
    car = api.lease(task)
    edit = api.edit(paint(LabelMap.empty(task.size_hw), (0, 0, 9, 9), car), new_segment(car, CAR))
    first = api.save(task, edit)
    again = api.save(task, edit)
    assert statuses(first) == ["applied"] and statuses(again) == ["duplicate"]
    assert again["revision"] == first["revision"] == 1
    assert again["numbers"] == first["numbers"], "an answer that was not heard is given again"
    assert again["checksums"] == first["checksums"]
    assert statuses(api.save(task, edit, edit)) == ["duplicate", "duplicate"]
    assert len(api.get(f"/annotations/{task.annotation}/revisions")["revisions"]) == 1


def test_an_id_with_another_body_is_refused(api: Api) -> None:
    task, car, label_map = one_car(api)
    edit = api.edit(paint(label_map, (0, 0, 9, 9), car))
    other = {**api.edit(paint(label_map, (0, 0, 9, 10), car)), "id": edit["id"]}
    assert statuses(api.save(task, edit)) == ["applied"]
    reply = api.save(task, other)
    assert (statuses(reply), codes(reply)) == (["rejected"], ["edit_id_reused"])
    elsewhere = api.task(name="b.png")
    assert codes(api.save(elsewhere, edit)) == ["edit_id_reused"], "the same id for another image is another body"
    assert api.tiles(task).get(0, 9) == 0


def test_the_same_id_twice_in_one_request(api: Api) -> None:
    task, car, label_map = one_car(api)
    edit = api.edit(paint(label_map, (0, 0, 9, 9), car))
    other = {**api.edit(paint(label_map, (0, 0, 9, 10), car)), "id": edit["id"]}
    reply = api.save(task, edit, edit, other)
    assert statuses(reply) == ["applied", "duplicate", "rejected"]
    assert reply["revision"] == 2


def test_what_another_wrote_first_is_kept_and_the_rest_recorded(api: Api) -> None:
    task, _, label_map = one_car(api)
    person, third = api.lease(task), api.lease(task)
    mine = paint(label_map, (250, 100, 350, 270), person)
    theirs = paint(label_map, (280, 90, 320, 200), third)
    api.save(task, api.edit(mine, new_segment(person, PERSON)), client="tab-one")

    reply = api.save(task, api.edit(theirs, new_segment(third, CAR)), client="tab-two")

    clash = 40 * 100  # 280..320 × 100..200
    assert statuses(reply) == ["conflict"]
    assert reply["results"][0]["conflict_pixels"] == clash
    head = api.tiles(task)
    assert head.get(290, 150) == person and head.get(290, 95) == third
    conflicts = api.get(f"/annotations/{task.annotation}/conflicts")["conflicts"]
    assert len(conflicts) == 1 and conflicts[0]["state"] == "open"
    assert conflicts[0]["pixel_count"] == clash and conflicts[0]["box_xyxy"] == [280, 100, 320, 200]
    runs = PixelRuns.decode(base64.b64decode(conflicts[0]["pixels"]), task.size_hw)
    assert {(before, after) for *_, before, after in runs.runs()} == {(person, third)}
    assert api.get(f"/annotations/{task.annotation}")["open_conflicts"] == 1
    again = api.save(task, {**api.edit(theirs, new_segment(third, CAR))}, client="tab-two")
    assert statuses(again) == ["conflict"], "another id, so another edit"


def test_a_duplicate_repeats_the_first_counts(api: Api) -> None:
    task, _, _ = one_car(api)
    person = api.lease(task)
    stale = api.edit(paint(LabelMap.empty(task.size_hw), (290, 100, 310, 110), person), new_segment(person, PERSON))
    first = api.save(task, stale)
    assert first["results"][0]["conflict_pixels"] == 100
    again = api.save(task, stale)
    assert statuses(again) == ["duplicate"] and again["results"][0]["conflict_pixels"] == 100


def test_fields_conflict_one_by_one(api: Api) -> None:
    task, car, _ = one_car(api)
    base = Segment(car, CAR)
    one = SegmentChange(car, base, replace(base, class_number=PERSON, answers={"occluded": True}))
    two = SegmentChange(car, base, replace(base, crowd=True, answers={"occluded": False, "side": "left"}))
    api.save(task, api.edit(PixelRuns.empty(), one))
    reply = api.save(task, api.edit(PixelRuns.empty(), two))
    assert statuses(reply) == ["conflict"] and reply["results"][0]["conflict_fields"] == 1
    segment = api.get(f"/annotations/{task.annotation}")["segments"][0]
    assert (segment["class"], segment["crowd"]) == (PERSON, True)
    assert segment["answers"] == {"occluded": True, "side": "left"}
    conflict = api.get(f"/annotations/{task.annotation}/conflicts")["conflicts"][0]
    assert conflict["fields"] == [
        {"segment_id": car, "item_id": None, "field": "answers.occluded", "head": True, "wanted": False}
    ]


def rejections(api: Api, task: Task, car: int, label_map: LabelMap) -> dict[str, Any]:
    """Edits that are refused, by the code that says why."""
    free = api.lease(task)
    here = (0, 0, 5, 5)
    good = api.edit(paint(label_map, here, car))
    outside = PixelRuns.from_runs([(5, 398, 4, 0, car)])
    return {
        "unknown_layer": api.edit(paint(label_map, here, car), layer="nowhere"),
        "unknown_segment": api.edit(paint(label_map, here, free)),
        "wrong_layer": api.edit(paint(label_map, here, free), new_segment(free, 5)),
        "stuff_id_mismatch": api.edit(paint(label_map, here, SKY), new_segment(SKY, VOID)),
        "unknown_class": api.edit(paint(label_map, here, free), new_segment(free, 77)),
        "id_not_leased": api.edit(paint(label_map, here, free + 1), new_segment(free + 1, CAR)),
        "out_of_image": api.edit(outside),
        "bad_json": {**good, "id": str(uuid.uuid4()), "surprise": 1},
        "bad_base64": {**good, "id": str(uuid.uuid4()), "pixels": "A"},
        "bad_version": {**good, "id": str(uuid.uuid4()), "pixels": base64.b64encode(b"\x02\x01").decode()},
        "truncated": {**good, "id": str(uuid.uuid4()), "pixels": base64.b64encode(b"\x01\x05").decode()},
    }


def test_one_bad_edit_never_stops_the_others(api: Api) -> None:
    task, car, label_map = one_car(api)
    bad = rejections(api, task, car, label_map)
    good = api.edit(paint(label_map, (0, 0, 5, 5), car))
    last = api.edit(paint(label_map, (10, 0, 15, 5), car))
    reply = api.save(task, good, *bad.values(), last)
    assert statuses(reply) == ["applied", *["rejected"] * len(bad), "applied"]
    assert codes(reply)[1:-1] == list(bad)
    assert all(result["message"] for result in reply["results"][1:-1])
    assert reply["revision"] == 2
    head = api.tiles(task)
    assert head.get(0, 0) == car and head.get(14, 4) == car
    assert api.get(f"/annotations/{task.annotation}/revisions")["revisions"][0]["edit_count"] == 2


@pytest.mark.parametrize("body", [None, 7, "edit", [], {}, {"id": 5}, {"id": "x" * 36}, {"v": 2}], ids=str)
def test_what_is_no_edit_at_all_is_refused_alone(api: Api, body: Any) -> None:
    task, car, label_map = one_car(api)
    reply = api.save(task, body, api.edit(paint(label_map, (0, 0, 5, 5), car)))
    assert (statuses(reply), codes(reply)[0]) == (["rejected", "applied"], "bad_json")


def test_a_request_of_refused_edits_makes_no_revision(api: Api) -> None:
    task, car, label_map = one_car(api)
    reply = api.save(task, api.edit(paint(label_map, (0, 0, 5, 5), car), layer="nowhere"))
    assert reply["revision"] == 1 and reply["checksums"] == {}
    assert api.tiles(task) == label_map


def test_a_refused_edit_may_come_again_once_it_is_right(api: Api) -> None:
    task = api.task()
    pixels = paint(LabelMap.empty(task.size_hw), (0, 0, 5, 5), 65536)
    edit = api.edit(pixels, new_segment(65536, CAR))
    assert codes(api.save(task, edit)) == ["id_not_leased"]
    assert api.lease(task) == 65536
    assert statuses(api.save(task, edit)) == ["applied"]


def test_merging_leaves_an_alias_and_deleting_a_stone(api: Api) -> None:
    task, car, label_map = one_car(api)
    other = api.lease(task)
    api.save(task, api.edit(paint(label_map, (0, 0, 20, 20), other), new_segment(other, CAR)))
    base = Segment(other, CAR)
    merge = SegmentChange(other, base, base.with_state("merged", car))
    pixels = PixelRuns.from_runs([(y, 0, 20, other, car) for y in range(20)])
    assert statuses(api.save(task, api.edit(pixels, merge))) == ["applied"]
    late = paint(LabelMap.empty(task.size_hw), (30, 0, 40, 20), other)
    assert statuses(api.save(task, api.edit(late))) == ["applied"]
    assert api.tiles(task).get(35, 5) == car, "later pixels of a merged segment become its target's"

    car_now = Segment(car, CAR)
    gone = SegmentChange(car, car_now, car_now.with_state("deleted"))
    head = api.tiles(task)
    assert statuses(api.save(task, api.edit(paint(head, (0, 0, 400, 300), 0), gone))) == ["applied"]
    states = {entry["id"]: entry["state"] for entry in api.get(f"/annotations/{task.annotation}")["segments"]}
    assert states == {car: "deleted", other: "merged"}
    assert api.get(f"/projects/{task.project}/tasks")["tasks"][0]["labelled_fraction"] == 0
    revive = paint(LabelMap.empty(task.size_hw), (0, 0, 3, 3), car)
    api.save(task, api.edit(revive))
    states = {entry["id"]: entry["state"] for entry in api.get(f"/annotations/{task.annotation}")["segments"]}
    assert states[car] == "live"


def test_numbers_count_on_and_are_never_given_twice(api: Api) -> None:
    task, _, label_map = one_car(api)
    second, third = api.lease(task), api.lease(task)
    both = [
        api.edit(paint(label_map, (0, 0, 2, 2), third), new_segment(third, CAR)),
        api.edit(paint(label_map, (4, 0, 6, 2), second), new_segment(second, CAR)),
    ]
    assert api.save(task, *both)["numbers"] == {str(second): 2, str(third): 3}
    base = Segment(third, CAR)
    api.save(task, api.edit(PixelRuns.empty(), SegmentChange(third, base, base.with_state("deleted"))))
    fourth = api.lease(task)
    reply = api.save(task, api.edit(paint(label_map, (8, 0, 9, 2), fourth), new_segment(fourth, CAR)))
    assert reply["numbers"] == {str(fourth): 4}


def test_leases_never_overlap_and_never_go_back(api: Api) -> None:
    task = api.task()
    path = f"/annotations/{task.annotation}/leases"
    ranges = [api.post(path, {"count": count}) for count in (1, 4096, 16)]
    assert [entry["start"] for entry in ranges] == [65536, 65537, 65537 + 4096]
    assert [entry["end"] - entry["start"] for entry in ranges] == [1, 4096, 16]
    for count in (0, -1, 4097, "x", None, 1.5):
        assert api.http.post(f"/api/v1{path}", json={"count": count}).status_code == 422


def test_who_else_was_here(api: Api) -> None:
    task, car, label_map = one_car(api)

    def stroke(x: int, client: str, **options: Any) -> bool:
        return bool(
            api.save(task, api.edit(paint(label_map, (x, 0, x + 1, 1), car)), client=client, **options)["foreign_edits"]
        )

    assert stroke(0, api.client_id) is False
    assert stroke(0, "one") is True, "a first save that does not say what it knows may have missed something"
    assert stroke(1, "two") is True
    assert stroke(2, "one") is True
    assert stroke(3, "one") is False
    assert stroke(4, "three", known_revision=6) is False
    assert stroke(5, "four", known_revision=6) is True


def test_two_layers_are_two_partitions(api: Api) -> None:
    task, _, label_map = one_car(api)
    wheel = api.lease(task)
    parts = LabelMap.empty(task.size_hw)
    pixels = paint(parts, (210, 200, 240, 230), wheel)
    reply = api.save(task, api.edit(pixels, new_segment(wheel, 5), layer="parts"))
    assert statuses(reply) == ["applied"]
    assert reply["checksums"] == {"parts": parts.with_pixels(pixels).checksum("parts")}
    assert api.tiles(task) == label_map
    assert api.tiles(task, layer="parts") == parts.with_pixels(pixels)


def test_a_retired_class_still_takes_work_that_was_under_way(api: Api) -> None:
    task, _, label_map = one_car(api)
    ontology = api.get(f"/projects/{task.project}/ontology")
    ontology["classes"][0]["retired"] = True
    assert api.http.put(f"/api/v1/projects/{task.project}/ontology", json=ontology).status_code == 200
    late = api.lease(task)
    reply = api.save(task, api.edit(paint(label_map, (0, 0, 5, 5), late), new_segment(late, CAR)))
    assert statuses(reply) == ["applied"]


def test_unlabelled_tiles_have_no_row_and_no_place_in_the_pack(api: Api) -> None:
    task, _, label_map = one_car(api)
    assert api.tiles(task) == label_map
    api.save(task, api.edit(paint(label_map, (0, 0, 400, 300), 0)))
    answer = api.http.get(f"/api/v1/annotations/{task.annotation}/tiles")
    assert answer.content == b"IPK1\0\0\0\0"
    assert answer.headers["x-intarsia-revision"] == "2"


def test_too_many_edits_at_once_are_refused_as_a_whole(api: Api) -> None:
    task, car, label_map = one_car(api)
    edit = api.edit(paint(label_map, (0, 0, 5, 5), car))
    for edits in ([], [edit] * 257):
        answer = api.http.post(f"/api/v1/annotations/{task.annotation}/edits", json={"client": "x", "edits": edits})
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid_request")
    assert api.tiles(task) == label_map


@pytest.mark.parametrize("tool", ["import", "restore", "resolve"])
def test_names_of_the_servers_own_tools_are_refused(api: Api, tool: str) -> None:
    task = api.task()
    edit = api.edit(paint(api.tiles(task), (0, 0, 9, 9), SKY), new_segment(SKY, SKY), tool=tool)
    fine = api.edit(paint(api.tiles(task), (0, 0, 9, 9), SKY), new_segment(SKY, SKY))
    reply = api.save(task, edit, fine)
    assert [(result["status"], result["code"]) for result in reply["results"]] == [
        ("rejected", "reserved_tool"),
        ("applied", None),
    ]
