# SPDX-License-Identifier: Apache-2.0
"""Who worked on each segment last, against a walk over all saves."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from intarsia.core.segment import Segment, SegmentChange
from intarsia.server.db.engine import sqlite_module
from intarsia.server.settings import Settings

from .drive import CAR, PERSON, SKY, Api, Task, new_segment, paint
from .test_history import five_revisions


def authors(api: Api, task: Task) -> dict[int, tuple[str, int]]:
    """Segment id -> (name of the author, revision)."""
    found = api.get(f"/annotations/{task.annotation}/authors")
    return {entry["id"]: (entry["author"]["name"], entry["revision"]) for entry in found["segments"]}


def name_edits_of(api: Api, settings: Settings, client: str, name: str) -> None:
    """There is one user so far; another one's edits are made by hand."""
    me = api.get("/session")["user"]["id"]
    with closing(sqlite_module().connect(settings.data_dir / "intarsia.db", timeout=5)) as connection, connection:
        connection.execute(
            "INSERT INTO users SELECT 'usr_ana', workspace_id, ?, role, created_at FROM users WHERE id = ?", (name, me)
        )
        connection.execute("UPDATE edits SET author_id = 'usr_ana' WHERE client = ?", (client,))


def test_the_last_to_give_pixels_or_to_change_it_counts_and_losing_pixels_does_not(
    api: Api, settings: Settings
) -> None:
    task = api.task()
    car, person = api.lease(task), api.lease(task)

    def save(client: str, box: tuple[int, int, int, int], segment_id: int, *changes: SegmentChange) -> None:
        pixels = paint(api.tiles(task), box, segment_id)
        reply: Any = api.save(task, api.edit(pixels, *changes), client=client)
        assert reply["results"][0]["status"] == "applied", reply

    save("ana", (10, 10, 60, 60), car, new_segment(car, CAR))
    save("me", (40, 40, 90, 90), person, new_segment(person, PERSON))
    save("ana", (0, 200, 90, 220), SKY, new_segment(SKY, SKY))
    name_edits_of(api, settings, "ana", "Ana")
    assert authors(api, task) == {car: ("Ana", 1), person: ("Local owner", 2), SKY: ("Ana", 3)}

    save("me", (0, 210, 90, 230), SKY)
    assert authors(api, task)[SKY] == ("Local owner", 4)
    here = Segment(car, CAR)
    nothing = paint(api.tiles(task), (40, 40, 41, 41), person)
    api.save(task, api.edit(nothing, SegmentChange(car, here, Segment(car, PERSON))), client="me")
    assert authors(api, task)[car] == ("Local owner", 5)


def test_only_live_segments_are_listed_and_none_before_the_first_save(api: Api) -> None:
    fresh = api.task(name="b.png")
    assert api.get(f"/annotations/{fresh.annotation}/authors") == {"revision": 0, "segments": []}
    task, _, details = five_revisions(api)
    live = {entry["id"] for entry in details[-1]["segments"] if entry["state"] == "live"}
    assert set(authors(api, task)) == live
    assert authors(api, task)[SKY] == ("Local owner", 5)
