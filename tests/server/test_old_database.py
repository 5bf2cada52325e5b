# SPDX-License-Identifier: Apache-2.0
"""A database of the first schema, kept as it was written then, is brought up to date without losing a pixel.

`data/first_schema.zip` holds a data directory: an image with six revisions of two tabs, one conflict and an export, and
a project into which that was imported. `expected.json` in it says what each revision held.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from intarsia.server.app import create_app
from intarsia.server.db.engine import sqlite_module
from intarsia.server.db.migrate import HEAD
from intarsia.server.db.tables import PACKED_QUICKLY
from intarsia.server.operations.data_dir import snapshot
from intarsia.server.operations.fsck import fsck
from intarsia.server.operations.sweep import sweep
from intarsia.server.settings import Settings

from .conftest import signed_in
from .drive import CAR, Api, Task, new_segment, paint

STORED = Path(__file__).parent / "data" / "first_schema.zip"


@pytest.fixture
def expected(settings: Settings) -> dict[str, Any]:
    with zipfile.ZipFile(STORED) as archive:
        archive.extractall(settings.data_dir)
    found: dict[str, Any] = json.loads((settings.data_dir / "expected.json").read_text())
    (settings.data_dir / "expected.json").unlink()
    return found


@pytest.fixture
def api(expected: dict[str, Any], settings: Settings) -> Iterator[Api]:
    app = create_app(settings)
    yield Api(signed_in(app, settings))
    app.state.close()


def checked(api: Api, expected: dict[str, Any]) -> None:
    assert len(expected) == 2
    for annotation, facts in expected.items():
        size_hw = (facts["size_hw"][0], facts["size_hw"][1])
        task = Task(facts["project"], "", "", facts["task"], annotation, size_hw)
        numbers = {row["number"] for row in api.get(f"/annotations/{annotation}/revisions")["revisions"]}
        for number, then in facts["revisions"].items():
            if int(number) in numbers:
                label_map = api.tiles(task, revision=int(number))
                assert label_map.checksum("main") == then["checksum"] and sorted(label_map.areas()) == then["ids"]
        newest = facts["revisions"][str(max(map(int, facts["revisions"])))]
        assert api.tiles(task).checksum("main") == newest["checksum"]


def test_every_revision_is_as_it_was_then(api: Api, expected: dict[str, Any], settings: Settings) -> None:
    checked(api, expected)
    assert list(fsck(settings.data_dir)) == []
    first, second = expected
    assert len(api.get(f"/annotations/{first}/conflicts")["conflicts"]) == 1
    where = {"x": 170, "y": 200}
    assert api.get(f"/annotations/{first}/pixel", params=where)["change"]["tool"] == "brush"
    assert api.get(f"/annotations/{second}/pixel", params=where)["change"]["tool"] == "import"


def test_work_goes_on_in_it(api: Api, expected: dict[str, Any], settings: Settings) -> None:
    annotation, facts = next(iter(expected.items()))
    task = Task(facts["project"], "", "", facts["task"], annotation, (300, 400))
    car = api.lease(task)
    assert car > 65_538, "ids that were leased then are not given again"
    pixels = paint(api.tiles(task), (30, 30, 90, 90), car)
    assert api.save(task, api.edit(pixels, new_segment(car, CAR)))["results"][0]["status"] == "applied"
    api.post(f"/annotations/{annotation}/restore", {"revision": 2})
    assert api.tiles(task).checksum("main") == facts["revisions"]["2"]["checksum"]
    assert list(fsck(settings.data_dir)) == []


def test_the_old_state_is_kept_first(api: Api, expected: dict[str, Any], settings: Settings) -> None:
    (kept,) = (settings.data_dir / "backups").iterdir()
    assert kept.name == f"before-{HEAD}-from-0001.db"
    with snapshot(kept) as old, snapshot(settings.data_dir / "intarsia.db") as new:
        assert (old.schema(), new.schema()) == ("0001", HEAD)
        tables = [name for (name,) in old.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        assert len(tables) > 15
        for table in set(tables) - {"sessions", "spent_tokens"}:
            count = f"SELECT count(*) FROM {table}"
            assert old.value(count) == new.value(count), table


def test_upkeep_packs_what_was_packed_in_the_old_way(api: Api, expected: dict[str, Any], settings: Settings) -> None:
    sweep(settings)
    with closing(sqlite_module().connect(settings.data_dir / "intarsia.db")) as connection:
        marks = {row[0] for row in connection.execute("SELECT substr(data, 1, 1) FROM tiles")}
        plan = connection.execute(
            f"EXPLAIN QUERY PLAN SELECT name FROM tiles WHERE {PACKED_QUICKLY} ORDER BY workspace_id, name"
        ).fetchall()
    assert marks <= {b"\x01", b"\x03"} and "ix_tiles_packed_quickly" in str(plan)
    checked(api, expected)
    assert list(fsck(settings.data_dir)) == []


def test_an_interrupted_upgrade_is_made_again(
    expected: dict[str, Any], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alembic import command

    real = command.upgrade

    def fails(config: Any, target: str) -> None:
        real(config, target)
        raise OSError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr(command, "upgrade", fails)
        with pytest.raises(OSError, match="power"):
            create_app(settings)
    with snapshot(settings.data_dir / "intarsia.db") as state:
        assert state.schema() == "0001", "all of it is one transaction"
    app = create_app(settings)
    checked(Api(signed_in(app, settings)), expected)
    app.state.close()
