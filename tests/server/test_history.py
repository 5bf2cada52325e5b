# SPDX-License-Identifier: Apache-2.0
"""History: any revision opens as it was, can be restored to the bit, and nothing is lost by that."""

from __future__ import annotations

from typing import Any

from intarsia.core.label_map import LabelMap
from intarsia.core.pixel_runs import PixelRuns
from intarsia.core.segment import Segment, SegmentChange

from .drive import CAR, PERSON, SKY, Api, Task, new_segment, paint


def five_revisions(api: Api) -> tuple[Task, list[LabelMap], list[Any]]:
    """A task with five saves over several tiles; the label map and the details after each (index 0: before any)."""
    task = api.task(size_hw=(520, 530))
    car, person = api.lease(task), api.lease(task)
    maps, details = [LabelMap.empty(task.size_hw)], [api.get(f"/annotations/{task.annotation}")]

    def save(box: tuple[int, int, int, int], segment_id: int, *changes: SegmentChange) -> None:
        pixels = paint(maps[-1], box, segment_id)
        reply = api.save(task, api.edit(pixels, *changes))
        assert reply["results"][0]["status"] == "applied", reply
        maps.append(maps[-1].with_pixels(pixels))
        details.append(api.get(f"/annotations/{task.annotation}"))

    save((100, 100, 400, 300), car, new_segment(car, CAR))
    save((0, 0, 530, 120), SKY, new_segment(SKY, SKY))
    save((300, 200, 510, 510), person, new_segment(person, PERSON))
    here = Segment(car, CAR)
    save((0, 120, 530, 300), 0, SegmentChange(car, here, here.with_state("deleted")))
    there = Segment(person, PERSON)
    save((300, 300, 520, 520), SKY, SegmentChange(person, there, there.with_state("merged", SKY)))
    return task, maps, details


def test_every_revision_opens_as_it_was(api: Api) -> None:
    task, maps, details = five_revisions(api)
    for number, (label_map, detail) in enumerate(zip(maps, details, strict=True)):
        assert api.tiles(task, revision=number) == label_map
        then = api.get(f"/annotations/{task.annotation}/revisions/{number}")
        assert then["revision"] == number
        assert then["segments"] == detail["segments"]
        assert then["checksums"] == detail["checksums"]
        assert then["checksums"]["main"] == label_map.checksum("main")


def test_restoring_gives_the_old_content_as_a_new_revision(api: Api) -> None:
    task, maps, details = five_revisions(api)
    newest = len(maps) - 1
    for target in (2, 5, 0, 3):
        reply = api.post(f"/annotations/{task.annotation}/restore", {"revision": target})
        newest += 1
        assert reply["revision"] == newest
        assert reply["checksums"] == details[target]["checksums"]
        assert api.tiles(task) == maps[target]
        now = api.get(f"/annotations/{task.annotation}")
        assert live(now) == live(details[target])
        assert {entry["id"]: entry["number"] for entry in now["segments"]} == {
            entry["id"]: entry["number"] for entry in details[5]["segments"]
        }, "numbers stay with their segments"
        top = api.get(f"/annotations/{task.annotation}/revisions")["revisions"][0]
        assert (top["kind"], top["number"]) == ("restore", newest)
    for number, label_map in enumerate(maps):
        assert api.tiles(task, revision=number) == label_map, "nothing is lost"


def live(detail: Any) -> list[Any]:
    return [entry for entry in detail["segments"] if entry["state"] == "live"]


def test_restoring_what_is_there_already_changes_nothing(api: Api) -> None:
    task, maps, _ = five_revisions(api)
    for _ in range(2):
        assert api.post(f"/annotations/{task.annotation}/restore", {"revision": 5})["revision"] == 5
    again = api.post(f"/annotations/{task.annotation}/restore", {"revision": 1})
    repeated = api.post(f"/annotations/{task.annotation}/restore", {"revision": 1})
    assert again == repeated and again["revision"] == 6
    assert api.tiles(task) == maps[1]


def test_work_goes_on_after_a_restore(api: Api) -> None:
    task, maps, details = five_revisions(api)
    api.post(f"/annotations/{task.annotation}/restore", {"revision": 3})
    person = details[3]["segments"][-1]["id"]
    pixels = paint(maps[3], (0, 500, 40, 520), person)
    assert api.save(task, api.edit(pixels))["results"][0]["status"] == "applied"
    assert api.tiles(task) == maps[3].with_pixels(pixels)


def test_history_is_listed_newest_first_in_pages(api: Api) -> None:
    task, _, _ = five_revisions(api)
    path = f"/annotations/{task.annotation}/revisions"
    rows, cursor = [], None
    while True:
        page = api.get(path, params={"limit": 2, **({"cursor": cursor} if cursor else {})})
        rows += page["revisions"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert [row["number"] for row in rows] == [5, 4, 3, 2, 1]
    assert rows == api.get(path)["revisions"]
    assert all(row["kind"] == "save" and row["author"]["name"] == "Local owner" for row in rows)
    assert [row["changed_px"] for row in rows][-1] == 300 * 200
    assert all(row["id"].startswith("rev_") and row["created_at"].endswith("Z") for row in rows)


def test_what_is_not_there_cannot_be_opened(api: Api) -> None:
    task, _, _ = five_revisions(api)
    base = f"/api/v1/annotations/{task.annotation}"
    answers = [
        api.http.get(f"{base}/revisions/6"),
        api.http.get(f"{base}/tiles", params={"revision": 6}),
        api.http.post(f"{base}/restore", json={"revision": 6}),
    ]
    assert [(answer.status_code, answer.json()["error"]["code"]) for answer in answers] == [(404, "no_revision")] * 3
    assert api.http.get(f"{base}/tiles", params={"layer": "no"}).json()["error"]["code"] == "unknown_layer"
    assert api.http.get(f"{base}/revisions/-1").status_code == 422


def test_submission_is_a_revision_and_waits_for_conflicts(api: Api) -> None:
    task, maps, _ = five_revisions(api)
    stale = paint(LabelMap.empty(task.size_hw), (0, 0, 50, 50), 0, mode="over")
    assert stale.run_count == 0
    car = api.lease(task)
    clash = paint(LabelMap.empty(task.size_hw), (0, 0, 10, 10), car)
    assert api.save(task, api.edit(clash, new_segment(car, CAR)))["results"][0]["status"] == "conflict"
    refused = api.http.post(f"/api/v1/tasks/{task.task}/submit")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "open_conflicts")
    conflict = api.get(f"/annotations/{task.annotation}/conflicts")["conflicts"][0]["id"]
    settled = api.post(f"/annotations/{task.annotation}/conflicts/{conflict}/resolve", {"choice": "wanted"})
    assert settled["open_conflicts"] == 0
    assert api.tiles(task).get(5, 5) == car

    done = api.post(f"/tasks/{task.task}/submit")
    assert done["state"] == "submitted"
    assert api.post(f"/tasks/{task.task}/submit")["annotation"]["revision"] == done["annotation"]["revision"]
    top = api.get(f"/annotations/{task.annotation}/revisions")["revisions"][0]
    assert (top["kind"], top["edit_count"]) == ("submit", 0)
    assert api.get(f"/projects/{task.project}")["submitted_count"] == 1
    assert api.get(f"/projects/{task.project}")["next_task_id"] is None
    assert api.post(f"/tasks/{task.task}/reopen")["state"] == "open"
    assert api.post(f"/tasks/{task.task}/reopen")["state"] == "open"
    assert api.tiles(task, revision=5) == maps[5]


def test_keeping_the_head_settles_a_conflict_too(api: Api) -> None:
    task, maps, _ = five_revisions(api)
    car = api.lease(task)
    clash = paint(LabelMap.empty(task.size_hw), (0, 0, 10, 10), car)
    api.save(task, api.edit(clash, new_segment(car, CAR)))
    path = f"/annotations/{task.annotation}/conflicts"
    conflict = api.get(path)["conflicts"][0]["id"]
    for _ in range(2):
        assert api.post(f"{path}/{conflict}/resolve", {"choice": "head"})["open_conflicts"] == 0
    assert api.get(path)["conflicts"][0]["state"] == "resolved"
    assert api.tiles(task) == maps[5]
    assert api.http.post(f"/api/v1{path}/cnf_0/resolve", json={"choice": "head"}).status_code == 404


def test_a_field_that_was_wanted_can_be_chosen(api: Api) -> None:
    task, _, _ = five_revisions(api)
    sky = Segment(SKY, SKY)
    api.save(
        task, api.edit(PixelRuns.empty(), SegmentChange(SKY, sky, Segment(SKY, SKY, crowd=True, answers={"a": 1})))
    )
    late = SegmentChange(SKY, sky, Segment(SKY, SKY, answers={"a": 2}))
    assert api.save(task, api.edit(PixelRuns.empty(), late))["results"][0]["conflict_fields"] == 1
    path = f"/annotations/{task.annotation}/conflicts"
    conflict = api.get(path)["conflicts"][0]["id"]
    detail = api.post(f"{path}/{conflict}/resolve", {"choice": "wanted"})
    segment = next(entry for entry in detail["segments"] if entry["id"] == SKY)
    assert (segment["answers"], segment["crowd"]) == ({"a": 2}, True)
    assert detail["open_conflicts"] == 0


def test_what_a_merge_took_along_can_be_restored(api: Api) -> None:
    """Two tabs: one paints with a segment while the other merges it; each state comes back exactly."""
    task = api.task(size_hw=(300, 600))
    one, two = api.lease(task), api.lease(task)
    empty = LabelMap.empty(task.size_hw)
    api.save(task, api.edit(paint(empty, (0, 0, 20, 20), one), new_segment(one, CAR)))
    api.save(task, api.edit(paint(empty, (50, 0, 70, 20), two), new_segment(two, CAR)))
    api.save(task, api.edit(paint(empty, (500, 280, 520, 300), one)), client="another-tab")
    base = Segment(one, CAR)
    known = PixelRuns.from_runs([(y, 0, 20, one, two) for y in range(20)])
    merge = api.edit(known, SegmentChange(one, base, base.with_state("merged", two)))
    assert api.save(task, merge)["results"][0]["status"] == "applied"
    merged = api.tiles(task)
    assert merged.get(510, 290) == merged.get(5, 5) == two and one not in merged.areas()
    for target in (2, 4, 3, 4, 0, 4):
        before = api.tiles(task, revision=target)
        api.post(f"/annotations/{task.annotation}/restore", {"revision": target})
        assert api.tiles(task) == before
