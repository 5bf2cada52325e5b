# SPDX-License-Identifier: Apache-2.0
"""Several clients at once: the head is what the core gets by replaying the edits in the order of acknowledgement."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intarsia.core.annotation import Annotation
from intarsia.core.edit_json import edit_from_json
from intarsia.core.label_map import LabelMap
from intarsia.core.merge import replay
from intarsia.core.segment import Segment, SegmentChange
from intarsia.server.app import create_app
from intarsia.server.settings import Settings

from .conftest import signed_in
from .drive import CAR, PERSON, SKY, Api, Task, new_segment, paint

SIZE_HW = (260, 300)
THINGS = 4


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FastAPI, Settings]]:
    """One server for all examples; each example makes a project of its own."""
    chosen = Settings(data_dir=tmp_path_factory.mktemp("interleaving"), static_dir=Path("none"))
    app = create_app(chosen)
    yield app, chosen
    app.state.close()


@dataclass
class Tab:
    """A client that saw the head at some moment, and draws on what it saw."""

    name: str
    seen: Annotation
    unsent: list[dict[str, Any]] = field(default_factory=list)


@given(seed=st.integers(0, 2**32), steps=st.integers(10, 40))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_head_is_the_replay_of_what_was_acknowledged(
    shared: tuple[FastAPI, Settings], seed: int, steps: int
) -> None:
    api = Api(signed_in(*shared))
    task = api.task(size_hw=SIZE_HW)
    first = api.lease(task, THINGS)
    choose = random.Random(seed)
    head = Annotation.empty(SIZE_HW, ("main", "parts"))
    tabs = [Tab(f"tab-{number}", head) for number in range(3)]
    expected_numbers: dict[int, int] = {}
    for _ in range(steps):
        tab = choose.choice(tabs)
        act = choose.choice(("draw", "draw", "draw", "fields", "send", "send", "resend", "look"))
        if act == "draw":
            draw(api, tab, choose, first)
        elif act == "fields":
            change_fields(api, tab, choose)
        elif act == "look":
            tab.seen = head
        elif tab.unsent:
            before = head
            reply = api.save(task, *tab.unsent, client=tab.name)
            head = check_reply(reply, tab.unsent, head)
            note_numbers(expected_numbers, before, head)
            if act == "resend":
                again = api.save(task, *tab.unsent, client=tab.name)
                accepted = [entry["status"] != "rejected" for entry in reply["results"]]
                assert [entry["status"] == "duplicate" for entry in again["results"]] == accepted
                assert again["revision"] == reply["revision"]
            tab.unsent, tab.seen = [], head
    check_head(api, task, head, expected_numbers)


def draw(api: Api, tab: Tab, choose: random.Random, first: int) -> None:
    segment_id = choose.choice([0, SKY, *range(first, first + THINGS)])
    x, y = choose.randrange(-20, 290), choose.randrange(-20, 250)
    box = (max(0, x), max(0, y), min(300, x + choose.randrange(25, 160)), min(260, y + choose.randrange(25, 160)))
    pixels = paint(tab.seen.layers["main"], box, segment_id, mode=choose.choice(("over", "behind")))
    known = tab.seen.segments.get(segment_id)
    class_number = SKY if segment_id == SKY else choose.choice((CAR, PERSON))
    changes = [new_segment(segment_id, class_number)] if segment_id and known is None else []
    remember(tab, api.edit(pixels, *changes))


def change_fields(api: Api, tab: Tab, choose: random.Random) -> None:
    things = [segment for key, segment in tab.seen.segments.items() if key > 65535]
    if not things:
        return
    before = choose.choice(things)
    after = choose.choice(
        (
            Segment(before.id, PERSON if before.class_number == CAR else CAR, before.crowd, answers=before.answers),
            Segment(before.id, before.class_number, not before.crowd, answers=before.answers),
            Segment(before.id, before.class_number, before.crowd, answers={"side": choose.choice("lr")}),
            before.with_state("deleted" if before.state == "live" else "live"),
        )
    )
    if before != after:
        remember(
            tab, api.edit(paint(tab.seen.layers["main"], (0, 0, 0, 0), 0), SegmentChange(before.id, before, after))
        )


def remember(tab: Tab, body: dict[str, Any]) -> None:
    """The tab sees its own edit at once, as an editor does."""
    tab.unsent.append(body)
    tab.seen = replay(tab.seen, edit_from_json(body, size_hw=SIZE_HW)).annotation


def check_reply(reply: Any, sent: list[dict[str, Any]], head: Annotation) -> Annotation:
    """Head after a save, by the core; what was answered to each edit must be what the core finds."""
    for body, result in zip(sent, reply["results"], strict=True):
        outcome = replay(head, edit_from_json(body, size_hw=SIZE_HW))
        clash = outcome.conflict_pixels.pixel_count, len(outcome.field_conflicts)
        assert (result["conflict_pixels"], result["conflict_fields"]) == clash
        assert result["status"] == ("conflict" if any(clash) else "applied"), result
        head = outcome.annotation
    assert reply["checksums"] == {"main": head.layers["main"].checksum("main")}
    return head


def note_numbers(numbers: dict[int, int], before: Annotation, after: Annotation) -> None:
    for key in sorted(after.segments.keys() - before.segments.keys()):
        numbers[key] = len(numbers) + 1


def check_head(api: Api, task: Task, head: Annotation, numbers: dict[int, int]) -> None:
    detail = api.get(f"/annotations/{task.annotation}")
    stored = {entry["id"]: entry for entry in detail["segments"]}
    assert {key: entry["number"] for key, entry in stored.items()} == numbers
    assert stored.keys() == head.segments.keys()
    for key, segment in head.segments.items():
        fields = {"class": segment.class_number, "crowd": segment.crowd, "state": segment.state}
        assert fields.items() <= stored[key].items() and stored[key]["answers"] == dict(segment.answers)
    label_map: LabelMap = head.layers["main"]
    assert api.tiles(task) == label_map
    row = api.get(f"/projects/{task.project}/tasks")["tasks"][0]
    assert row["labelled_fraction"] == label_map.labelled_px() / (SIZE_HW[0] * SIZE_HW[1] * 2)
    at = detail["revision"]
    if at:
        assert api.tiles(task, revision=at) == label_map
