# SPDX-License-Identifier: Apache-2.0
"""A week of autosaves, thinned: what is left opens bit for bit, restores, and takes no more room than was promised."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from intarsia.core.permissions import Actor
from intarsia.server.app import create_app
from intarsia.server.db.engine import sqlite_module
from intarsia.server.settings import Settings
from intarsia.server.use_cases.keep_tidy import Stopped, keep_tidy
from intarsia.server.use_cases.restore_revision import restore_revision
from intarsia.server.use_cases.submit_task import submit_task
from intarsia.server.use_cases.sweep_storage import sweep_storage

from .conftest import signed_in
from .drive import CAR, V1, Api, new_segment, paint
from .week import DAY_MS, TurnedClock, Week, Work, days

ANNOTATORS, DAYS = 3, 7
SIZE_HW = (540, 720)
PIECES, SAVES, CORRECTIONS = 45, 18, 2
HOUR_MS, MINUTE_MS = 3_600_000, 60_000
GOAL_PACKED_MAPS = 2


@dataclass
class Worked:
    app: FastAPI
    api: Api
    actor: Actor
    clock: TurnedClock
    works: list[Work]
    path: Path


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worked]:
    """Three annotators, each an image a day, submitted; the day after somebody corrects it and submits it again."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("week") / "data")
    clock = TurnedClock()
    app = create_app(settings, clock=clock)
    ports = app.state.context.ports
    # A week in a minute: that commits are durable is proved elsewhere.
    raw = ports.database._writer.raw_connection()
    raw.cursor().execute("PRAGMA synchronous=OFF")
    raw.close()
    api = Api(signed_in(app, settings))
    with ports.database.read() as unit:
        owner = unit.identities.owner()
    actor = Actor(owner.id, owner.name, owner.workspace_id, owner.role)
    week = Week(ports, actor, clock, random.Random(7))
    project = api.project()
    works: list[Work] = []
    for day in days(DAYS, clock):
        for annotator in range(ANNOTATORS):
            clock.at_ms += 7 * MINUTE_MS
            if day > 0:
                yesterday = works[(day - 1) * ANNOTATORS + annotator]
                api.post(f"/tasks/{yesterday.task.task}/reopen")
                week.correct(yesterday, saves=CORRECTIONS, client=f"review-{day}-{annotator}")
                submit(week, yesterday)
            task = api.task(size_hw=SIZE_HW, project=project, name=f"{day}-{annotator}.png")
            work = Work(task, {0: api.tiles(task)})
            week.label(work, pieces=PIECES, saves=SAVES, client=f"tab-{day}-{annotator}")
            submit(week, work)
            works.append(work)
    yield Worked(app, api, actor, clock, works, settings.data_dir / "intarsia.db")
    app.state.close()


def submit(week: Week, work: Work) -> None:
    view = submit_task(week.ports, week.actor, work.task.task)
    work.note(view.annotation.revision, work.head, client="", at_ms=week.clock.at_ms)
    work.submissions.add(view.annotation.revision)


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def app(settings: Settings, clock: TurnedClock) -> Iterator[FastAPI]:
    app = create_app(settings, clock=clock)
    yield app
    app.state.close()


def names_of(work: Work, revision: int) -> str:
    return f"{work.task.annotation} revision {revision}"


def kept_numbers(worked: Worked, work: Work) -> list[int]:
    rows = worked.api.get(f"/annotations/{work.task.annotation}/revisions", params={"limit": 200})["revisions"]
    return sorted(row["number"] for row in rows)


def thin(worked: Worked, *, days_later: int = 0) -> None:
    worked.clock.at_ms += days_later * DAY_MS
    keep_tidy(worked.app.state.context.ports, pause=lambda: None)


def query(worked: Worked, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite_module().connect(worked.path)) as connection:
        return list(connection.execute(sql))


def test_a_week_thinned_opens_and_restores_bit_for_bit_in_twice_a_packed_map(worked: Worked) -> None:
    edits = query(worked, "SELECT annotation_id, edit_id FROM edits ORDER BY annotation_id, revision, ordinal")
    totals = query(
        worked, "SELECT annotation_id, sum(edit_count), sum(changed_px) FROM revisions GROUP BY 1 ORDER BY 1"
    )
    before = {work.task.annotation: kept_numbers(worked, work) for work in worked.works}
    thin(worked, days_later=2)
    thin(worked, days_later=2)

    thinned = 0
    for work in worked.works:
        kept = kept_numbers(worked, work)
        thinned += len(before[work.task.annotation]) - len(kept)
        assert set(kept) == expected_to_stay(worked, work)
        for number, label_map in work.maps.items():
            if number in kept or number == 0:
                assert worked.api.tiles(work.task, revision=number) == label_map, names_of(work, number)
            else:
                gone = worked.api.http.get(f"{V1}/annotations/{work.task.annotation}/revisions/{number}")
                assert (gone.status_code, gone.json()["error"]["code"]) == (404, "no_revision")
        assert worked.api.tiles(work.task) == work.head
    assert thinned > len(worked.works) * SAVES / 2
    assert edits == query(worked, "SELECT annotation_id, edit_id FROM edits ORDER BY annotation_id, revision, ordinal")
    sums = "SELECT annotation_id, sum(edit_count), sum(changed_px) FROM revisions GROUP BY 1 ORDER BY 1"
    assert totals == query(worked, sums)

    packed = sum(len(zlib.compress(work.head.to_pack(), 6)) for work in worked.works)
    stored, logged = query(worked, "SELECT sum(length(data)) FROM tiles")[0][0], query(worked, LOGGED)[0][0]
    print(f"label maps with history: {stored / packed:.2f} packed maps an image; log of edits {logged / packed:.2f}")
    assert stored <= GOAL_PACKED_MAPS * packed


LOGGED = "SELECT sum(length(pixels)) FROM edits"


def expected_to_stay(worked: Worked, work: Work) -> set[int]:
    """By the rule, from what was saved when: the last of ten minutes, of a session, and every submission."""
    stay: set[int] = set()
    for group in (work.ten_minutes, work.clients):
        stay |= {max(numbers) for numbers in group.values()}
    return stay | work.submissions


def test_thinning_again_changes_nothing(worked: Worked) -> None:
    thin(worked, days_later=2)
    thin(worked, days_later=2)
    before = [query(worked, f"SELECT * FROM {name}") for name in ("revisions", "revision_tiles", "edits", "tiles")]
    thin(worked)
    assert [
        query(worked, f"SELECT * FROM {name}") for name in ("revisions", "revision_tiles", "edits", "tiles")
    ] == before


def test_every_kept_revision_can_be_restored_and_what_changed_a_pixel_is_known(worked: Worked) -> None:
    thin(worked, days_later=2)
    work = worked.works[0]
    ports = worked.app.state.context.ports
    for number in kept_numbers(worked, work):
        restore_revision(ports, worked.actor, work.task.annotation, revision=number)
        assert worked.api.tiles(work.task) == work.maps[number]
    base = f"/annotations/{work.task.annotation}"
    found = worked.api.get(f"{base}/pixel", params={"layer": "main", "x": 100, "y": 100})
    assert found["segment_id"] == worked.api.tiles(work.task).get(100, 100)


def test_nothing_is_thinned_within_a_day_nor_swept_within_another(api: Api, app: FastAPI, clock: TurnedClock) -> None:
    task = api.task(size_hw=(64, 64))
    sizes = [(0, 0, 8 * (step + 1), 8) for step in range(6)]
    car = api.lease(task)
    head = api.tiles(task)
    for step, box in enumerate(sizes):
        changes = (new_segment(car, CAR),) if step == 0 else ()
        api.save(task, api.edit(paint(head, box, car), *changes))
        head = api.tiles(task)
        clock.at_ms += 5_000
    ports = app.state.context.ports
    counts = []
    for hours in (23, 2, 23, 2):
        clock.at_ms += hours * HOUR_MS
        keep_tidy(ports, pause=lambda: None)
        with closing(sqlite_module().connect(app.state.context.settings.data_dir / "intarsia.db")) as connection:
            counts.append(
                [connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("revisions", "tiles")]
            )
    assert counts == [[6, 6], [1, 6], [1, 6], [1, 1]]
    assert api.tiles(task) == api.tiles(task, revision=6) == head


def test_a_tile_that_is_used_again_within_the_grace_stays(api: Api, app: FastAPI, clock: TurnedClock) -> None:
    task = api.task(size_hw=(64, 64))
    car = api.lease(task)
    first = paint(api.tiles(task), (0, 0, 8, 8), car)
    api.save(task, api.edit(first, new_segment(car, CAR)))
    once = api.tiles(task)
    api.save(task, api.edit(paint(once, (8, 0, 16, 8), car)))
    ports = app.state.context.ports
    clock.at_ms += 25 * HOUR_MS
    keep_tidy(ports, pause=lambda: None)
    api.save(task, api.edit(paint(api.tiles(task), (8, 0, 16, 8), 0)))
    assert api.tiles(task) == once
    clock.at_ms += 30 * HOUR_MS
    keep_tidy(ports, pause=lambda: None)
    swept = sweep_storage(ports, pause=lambda: None)
    assert (swept.tiles, swept.blobs) == (0, 0)
    assert api.tiles(task) == once


def test_marked_pinned_and_undoable_revisions_stay(api: Api, app: FastAPI, clock: TurnedClock) -> None:
    """Within one ten minutes: one that is marked, one that a running export names, one before a restore."""
    task = api.task(size_hw=(64, 64))
    car = api.lease(task)
    maps = {0: api.tiles(task)}
    for step in range(8):
        changes = (new_segment(car, CAR),) if step == 0 else ()
        api.save(task, api.edit(paint(maps[step], (0, 0, 8 * step + 8, 8), car), *changes))
        maps[step + 1] = api.tiles(task)
    api.post(f"/annotations/{task.annotation}/restore", {"revision": 3})
    maps[9] = maps[3]
    path = app.state.context.settings.data_dir / "intarsia.db"
    with closing(sqlite_module().connect(path)) as connection, connection:
        connection.execute("UPDATE revisions SET kept = 1 WHERE number = 2")
        connection.execute(
            "INSERT INTO jobs SELECT 'job_1', workspace_id, id, (SELECT id FROM users), 'export', 'x', 'running',"
            " 0, 0, '', '[]', '{}', NULL, 0, '2026', NULL FROM projects"
        )
        connection.execute("INSERT INTO job_items SELECT 'job_1', 0, workspace_id, id, 5 FROM tasks")
    clock.at_ms += 25 * HOUR_MS
    keep_tidy(app.state.context.ports, pause=lambda: None)
    rows = api.get(f"/annotations/{task.annotation}/revisions")["revisions"]
    assert [row["number"] for row in rows] == [9, 8, 5, 2]
    assert [row["edit_count"] for row in rows] == [1, 3, 3, 2]
    for number in (9, 8, 5, 2):
        assert api.tiles(task, revision=number) == maps[number]


def test_a_save_finds_its_turn_between_the_steps(api: Api, app: FastAPI, clock: TurnedClock) -> None:
    """Thinning holds the database for one step at a time: whoever writes in a pause is not in its way."""
    task = api.task(size_hw=(64, 64))
    car = api.lease(task)
    api.save(task, api.edit(paint(api.tiles(task), (0, 0, 4, 4), car), new_segment(car, CAR)))
    for step in range(60):
        api.save(task, api.edit(paint(api.tiles(task), (step, 8, step + 1, 9), car)))
    clock.at_ms += 25 * HOUR_MS
    saved: list[str] = []

    def pause() -> None:
        x = len(saved)
        answer = api.save(task, api.edit(paint(api.tiles(task), (x, 20, x + 1, 21), car)))
        saved.append(answer["results"][0]["status"])

    keep_tidy(app.state.context.ports, pause=pause)
    assert len(saved) >= 4 and set(saved) == {"applied"}
    rows = api.get(f"/annotations/{task.annotation}/revisions")["revisions"]
    assert [row["number"] for row in rows] == [*range(61 + len(saved), 61, -1), 61]


def test_what_stops_it_leaves_it_for_the_next_time(api: Api, app: FastAPI, clock: TurnedClock) -> None:
    task = api.task(size_hw=(64, 64))
    car = api.lease(task)
    api.save(task, api.edit(paint(api.tiles(task), (0, 0, 4, 4), car), new_segment(car, CAR)))
    for step in range(50):
        api.save(task, api.edit(paint(api.tiles(task), (step, 8, step + 1, 9), car)))
    clock.at_ms += 25 * HOUR_MS

    def stop() -> None:
        raise Stopped

    ports = app.state.context.ports
    keep_tidy(ports, pause=stop)
    first = len(api.get(f"/annotations/{task.annotation}/revisions", params={"limit": 200})["revisions"])
    head = api.tiles(task)
    keep_tidy(ports, pause=lambda: None)
    assert 1 < first < 51
    assert len(api.get(f"/annotations/{task.annotation}/revisions")["revisions"]) == 1
    assert api.tiles(task) == head
