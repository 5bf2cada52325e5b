# SPDX-License-Identifier: Apache-2.0
"""Looking back: pictures of revisions, what differs between two, who changed a pixel, one segment brought back."""

from __future__ import annotations

import base64
import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

from intarsia.core.edit import apply_pixels
from intarsia.core.label_map import LabelMap
from intarsia.core.mips import mip_levels
from intarsia.core.pixel_runs import PixelRuns
from intarsia.core.segment import Segment, SegmentChange
from intarsia.server.use_cases.label_thumbnail import small_ids

from .drive import CAR, PERSON, SKY, V1, Api, Task, new_segment, paint
from .test_history import five_revisions


def comparison(api: Api, task: Task, before: int, after: int | None = None) -> tuple[Any, PixelRuns]:
    params = {"from": before, **({} if after is None else {"to": after})}
    found = api.get(f"/annotations/{task.annotation}/compare", params=params)
    main = next(entry for entry in found["layers"] if entry["layer"] == "main")
    return found, PixelRuns.decode(base64.b64decode(main["pixels"]), task.size_hw)


def test_a_comparison_leads_from_one_revision_to_the_other(api: Api) -> None:
    task, maps, _ = five_revisions(api)
    for before in range(6):
        for after in range(6):
            found, pixels = comparison(api, task, before, after)
            assert (found["before"], found["after"]) == (before, after)
            assert apply_pixels(maps[before], pixels) == maps[after]
            main, parts = found["layers"]
            differs = maps[before].to_array() != maps[after].to_array()
            assert main["changed_px"] == int(differs.sum())
            ys, xs = differs.nonzero()
            box = [int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1] if ys.size else None
            assert main["box_xyxy"] == box
            assert parts == {"layer": "parts", "changed_px": 0, "box_xyxy": None, "pixels": ""}


def test_a_comparison_names_the_segments_that_differ(api: Api) -> None:
    task, _, details = five_revisions(api)
    found, _ = comparison(api, task, 2)
    states = {entry["id"]: entry for entry in found["segments"]}
    car, person = (entry["id"] for entry in details[3]["segments"] if entry["id"] >= 65_536)
    assert found["after"] == 5 and set(states) == {car, person}
    assert (states[car]["before"]["state"], states[car]["after"]["state"]) == ("live", "deleted")
    assert (states[person]["before"], states[person]["after"]["state"]) == (None, "merged")
    assert comparison(api, task, 4, 4)[0]["segments"] == []


@pytest.mark.parametrize("size_hw", [(300, 400), (1, 1), (161, 7), (700, 1300), (2, 2000)])
def test_the_small_picture_is_a_level_of_the_mips(size_hw: tuple[int, int]) -> None:
    ids = np.random.default_rng(sum(size_hw)).integers(0, 5, size_hw).astype(np.uint32)
    levels = [level.ids for level in mip_levels(ids)]
    wanted = next(level for level in levels if max(level.shape) <= 160)
    assert np.array_equal(small_ids(LabelMap.from_array(ids)), wanted)


def test_a_thumbnail_shows_the_classes_of_then(api: Api) -> None:
    task, maps, details = five_revisions(api)
    for number, label_map in enumerate(maps):
        answer = api.http.get(f"{V1}/annotations/{task.annotation}/revisions/{number}/thumbnail")
        assert answer.headers["content-type"] == "image/webp"
        shown = np.asarray(Image.open(io.BytesIO(answer.content)).convert("RGBA"))
        classes = {entry["id"]: entry["class"] for entry in details[number]["segments"]}
        colours = {CAR: (255, 0, 0, 255), PERSON: (0, 255, 0, 255), SKY: (0, 0, 255, 255)}
        ids = small_ids(label_map)
        assert shown.shape[:2] == ids.shape == (130, 133)
        for segment_id in np.unique(ids).tolist():
            wanted = colours[classes[segment_id]] if segment_id else (0, 0, 0, 0)
            assert np.all(shown[ids == segment_id] == wanted)
        again = api.http.get(str(answer.url), headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_a_thumbnail_changes_with_the_colours(api: Api) -> None:
    task, _, _ = five_revisions(api)
    path = f"{V1}/annotations/{task.annotation}/revisions/2/thumbnail"
    before = api.http.get(path)
    ontology = api.get(f"/projects/{task.project}/ontology")
    ontology["classes"][0]["colour"] = "#00FFFF"
    assert api.http.put(f"{V1}/projects/{task.project}/ontology", json=ontology).status_code == 200
    after = api.http.get(path, headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200 and after.content != before.content


def test_every_pixel_of_a_busy_place_names_its_last_revision(api: Api) -> None:
    """Against the plain meaning: the last revision in which the pixel is not what it was in the one before."""
    task, maps, _ = five_revisions(api)
    seen = set()
    for x, y in [(x, y) for x in range(90, 360, 45) for y in range(90, 400, 38)]:
        last = next((n for n in range(5, 0, -1) if maps[n].get(x, y) != maps[n - 1].get(x, y)), None)
        found = api.get(f"/annotations/{task.annotation}/pixel", params={"x": x, "y": y})
        assert found["segment_id"] == maps[5].get(x, y)
        change = found["change"]
        if last is None:
            assert change is None
            continue
        assert (change["revision"], change["tool"], change["author"]["name"]) == (last, "brush", "Local owner")
        assert (change["before"], change["after"]) == (maps[last - 1].get(x, y), maps[last].get(x, y))
        seen.add(last)
    assert seen == {2, 4, 5}


def test_pixels_outside_and_unknown_layers_are_refused(api: Api) -> None:
    task = api.task()
    path = f"{V1}/annotations/{task.annotation}/pixel"
    for x, y in ((400, 0), (0, 300), (65_535, 65_535)):
        assert api.http.get(path, params={"x": x, "y": y}).json()["error"]["code"] == "out_of_image"
    assert api.http.get(path, params={"x": 0, "y": 0, "layer": "no"}).json()["error"]["code"] == "unknown_layer"
    assert api.http.get(path, params={"x": -1, "y": 0}).status_code == 422
    for missing in ("/compare?from=1", "/compare?from=0&to=1", "/revisions/1/thumbnail"):
        assert api.http.get(f"{V1}/annotations/{task.annotation}{missing}").json()["error"]["code"] == "no_revision"


def test_one_segment_comes_back_and_nothing_else_changes(api: Api) -> None:
    task, maps, details = five_revisions(api)
    car, person = (entry["id"] for entry in details[3]["segments"] if entry["id"] >= 65_536)
    reply = api.post(f"/annotations/{task.annotation}/restore", {"revision": 1, "segment_id": car})
    assert reply["revision"] == 6
    expected = maps[5].to_array()
    expected[maps[1].to_array() == car] = car
    assert np.array_equal(api.tiles(task).to_array(), expected)
    assert reply["checksums"]["main"] == LabelMap.from_array(expected).checksum("main")
    states = {entry["id"]: entry["state"] for entry in api.get(f"/annotations/{task.annotation}")["segments"]}
    assert states == {car: "live", SKY: "live", person: "merged"}
    top = api.get(f"/annotations/{task.annotation}/revisions")["revisions"][0]
    assert (top["kind"], top["edit_count"]) == ("restore", 1)
    assert top["changed_px"] == int((expected != maps[5].to_array()).sum())
    again = api.post(f"/annotations/{task.annotation}/restore", {"revision": 1, "segment_id": car})
    assert again["revision"] == 6


def test_a_merged_segment_lives_again_when_it_is_brought_back(api: Api) -> None:
    task, maps, details = five_revisions(api)
    person = max(entry["id"] for entry in details[3]["segments"])
    api.post(f"/annotations/{task.annotation}/restore", {"revision": 3, "segment_id": person})
    expected = maps[5].to_array()
    expected[maps[3].to_array() == person] = person
    assert np.array_equal(api.tiles(task).to_array(), expected)
    now = next(entry for entry in api.get(f"/annotations/{task.annotation}")["segments"] if entry["id"] == person)
    assert (now["state"], now["merged_into"], now["class"]) == ("live", None, PERSON)
    stroke = paint(LabelMap.from_array(expected), (0, 500, 30, 520), person)
    assert api.save(task, api.edit(stroke))["results"][0]["status"] == "applied"


def test_a_segment_that_lives_keeps_what_it_gained_and_its_answers(api: Api) -> None:
    task = api.task()
    car, other = api.lease(task), api.lease(task)
    empty = LabelMap.empty(task.size_hw)
    api.save(task, api.edit(paint(empty, (0, 0, 50, 50), car), new_segment(car, CAR)))
    first = api.tiles(task)
    api.save(task, api.edit(paint(first, (30, 0, 80, 50), other), new_segment(other, CAR)))
    base = Segment(car, CAR)
    more = paint(api.tiles(task), (0, 60, 20, 80), car)
    api.save(task, api.edit(more, SegmentChange(car, base, Segment(car, CAR, crowd=True))))
    before = api.tiles(task).to_array()
    api.post(f"/annotations/{task.annotation}/restore", {"revision": 1, "segment_id": car})
    before[:50, :50] = car
    assert np.array_equal(api.tiles(task).to_array(), before)
    now = api.get(f"/annotations/{task.annotation}")["segments"]
    assert next(entry for entry in now if entry["id"] == car)["crowd"] is True


def test_what_did_not_live_then_cannot_be_brought_back(api: Api) -> None:
    task, _, details = five_revisions(api)
    person = max(entry["id"] for entry in details[3]["segments"])
    path = f"{V1}/annotations/{task.annotation}/restore"
    for revision, segment_id in ((1, person), (5, person), (3, 99), (0, SKY)):
        answer = api.http.post(path, json={"revision": revision, "segment_id": segment_id})
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "no_segment")
    assert api.get(f"/annotations/{task.annotation}")["revision"] == 5
    assert api.http.post(path, json={"revision": 1, "segment_id": 0}).status_code == 422
