# SPDX-License-Identifier: Apache-2.0
"""Two tabs: one paints with a segment while the other deletes or merges it. Both orders end alike; no pixel is dead."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pytest
from starlette.testclient import TestClient

from intarsia.core.label_map import LabelMap
from intarsia.core.pixel_runs import PixelRuns
from intarsia.core.segment import Segment, SegmentChange

from .drive import CAR, Api, Task, new_segment, paint

SIZE_HW = (300, 700)
FIRST, SECOND, LATE = (0, 0, 20, 20), (300, 0, 320, 20), (600, 270, 640, 290)


def started(api: Api, name: str) -> tuple[Task, int, int]:
    task = api.task(size_hw=SIZE_HW, name=name)
    one, two = api.lease(task), api.lease(task)
    empty = LabelMap.empty(SIZE_HW)
    api.save(task, api.edit(paint(empty, FIRST, one), new_segment(one, CAR)))
    api.save(task, api.edit(paint(empty, SECOND, two), new_segment(two, CAR)))
    return task, one, two


def ends(one: int, into: int) -> tuple[PixelRuns, SegmentChange]:
    """The deletion (into 0) or merge by a tab that knows only what the segment held first."""
    base = Segment(one, CAR)
    after = base.with_state("merged", into) if into else base.with_state("deleted")
    return PixelRuns.from_runs([(y, 0, 20, one, into) for y in range(20)]), SegmentChange(one, base, after)


def both_orders(api: Api, into_second: bool) -> Iterator[tuple[LabelMap, dict[int, str], str]]:
    for order in itertools.permutations(("paint", "end")):
        task, one, two = started(api, f"{into_second}-{order[0]}.png")
        edits = {
            "paint": api.edit(paint(LabelMap.empty(SIZE_HW), LATE, one)),
            "end": api.edit(*ends(one, two if into_second else 0)),
        }
        for step in order:
            assert api.save(task, edits[step], client=step)["results"][0]["status"] == "applied"
        detail = api.get(f"/annotations/{task.annotation}")
        states = {row["id"]: row["state"] for row in detail["segments"]}
        head = api.tiles(task)
        assert head == api.tiles(task, revision=detail["revision"])
        assert {states[key] for key in head.areas() if key} == {"live"}
        yield head, states, detail["checksums"]["main"]


@pytest.mark.parametrize("into_second", [False, True], ids=["deleted", "merged"])
def test_both_orders_end_alike(api: Api, into_second: bool) -> None:
    one_way, other_way = both_orders(api, into_second)
    assert one_way == other_way
    head, states, _ = one_way
    assert head.get(610, 280) == sorted(states)[1 if into_second else 0]
    assert head.get(5, 5) == (sorted(states)[1] if into_second else 0)


def test_pixels_acknowledged_in_the_same_request_go_along_too(api: Api) -> None:
    task, one, two = started(api, "a.png")
    saved = api.save(task, api.edit(paint(LabelMap.empty(SIZE_HW), LATE, one)), api.edit(*ends(one, two)))
    assert [result["status"] for result in saved["results"]] == ["applied", "applied"]
    head = api.tiles(task)
    assert head.areas() == {0: head.areas()[0], two: 20 * 20 * 2 + 40 * 20}
    assert saved["checksums"]["main"] == head.checksum("main")


def test_undoing_the_merge_gives_back_what_it_named(api: Api) -> None:
    task, one, two = started(api, "a.png")
    api.save(task, api.edit(paint(LabelMap.empty(SIZE_HW), LATE, one)), client="another")
    pixels, change = ends(one, two)
    api.save(task, api.edit(pixels, change))
    api.save(task, api.edit(pixels.inverted(), SegmentChange(one, change.after, change.before)))
    head = api.tiles(task)
    assert (head.get(5, 5), head.get(610, 280)) == (one, two)


def test_only_tiles_that_hold_the_segment_are_read(api: Api, client: TestClient) -> None:
    """A merge in a large image loads the tiles with the segment, found by their palettes."""
    task, one, two = started(api, "a.png")
    api.save(task, api.edit(paint(LabelMap.empty(SIZE_HW), LATE, one)))
    database = client.app.state.context.ports.database  # type: ignore[attr-defined]
    with database.read() as unit:
        row = unit.annotations.get(task.annotation)
        assert unit.tiles.holding(row, "main", [one]) == {0, 5}
        assert unit.tiles.holding(row, "main", [two]) == {1}
        assert unit.tiles.holding(row, "main", [one, two, 7]) == {0, 1, 5}
        assert unit.tiles.holding(row, "main", []) == set()


def test_many_owners_in_one_tile_are_found_by_its_palette(api: Api, client: TestClient) -> None:
    """More ids than one byte can count, so that the palette is longer than any buffer's first piece."""
    task = api.task(size_hw=(256, 256))
    first = api.lease(task, 400)
    ids = (np.arange(256 * 256, dtype=np.uint32) % 400 + first).reshape(256, 256)
    runs = PixelRuns.from_runs([(y, x, 1, 0, int(ids[y, x])) for y in range(2) for x in range(256)])
    api.save(task, api.edit(runs, *(new_segment(first + i, CAR) for i in range(400))))
    database = client.app.state.context.ports.database  # type: ignore[attr-defined]
    with database.read() as unit:
        row = unit.annotations.get(task.annotation)
        assert all(unit.tiles.holding(row, "main", [first + i]) == {0} for i in (0, 1, 255, 256, 399))
        assert unit.tiles.holding(row, "main", [first + 400]) == set()
