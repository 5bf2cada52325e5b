# SPDX-License-Identifier: Apache-2.0
"""The database: durable settings, a schema that equals the tables, upgrades with a copy kept first."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from intarsia.core.label_map import LabelMap
from intarsia.server.app import create_app
from intarsia.server.clock import UuidIds, rfc3339
from intarsia.server.db import engine as engines
from intarsia.server.db.engine import SqliteTooOld, reader_engine, sqlite_module, writer_engine
from intarsia.server.db.migrate import HEAD, DatabaseTooNew, alembic_config, upgrade
from intarsia.server.db.tables import metadata
from intarsia.server.ports import Ports
from intarsia.server.settings import Settings
from intarsia.server.use_cases.drop_expired import drop_expired
from intarsia.server.use_cases.map_checksum import map_checksum

from .drive import CAR, V1, Api, new_segment, paint


def test_the_schema_equals_the_tables(tmp_path: Path) -> None:
    engine = writer_engine(tmp_path / "a.db")
    upgrade(engine, backup_dir=tmp_path / "backups")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    assert ScriptDirectory.from_config(alembic_config()).get_current_head() == HEAD
    assert not (tmp_path / "backups").exists(), "a new database needs no copy"
    engine.dispose()


def test_every_table_has_a_workspace() -> None:
    assert {table.name for table in metadata.tables.values() if "workspace_id" not in table.c} == {"workspaces"}


def test_settings_of_each_connection(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    writer, reader = writer_engine(path), reader_engine(path)
    pragmas = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000, "trusted_schema": 0}
    for engine, read_only in ((writer, 0), (reader, 1)):
        with engine.connect() as connection:
            for name, value in {**pragmas, "query_only": read_only, "mmap_size": 0}.items():
                assert connection.execute(text(f"PRAGMA {name}")).scalar() == value, name
    with writer.begin() as connection:
        connection.execute(text("CREATE TABLE t (x)"))
    with reader.connect() as connection, pytest.raises(OperationalError, match="readonly"):
        connection.execute(text("INSERT INTO t VALUES (1)"))
    writer.dispose()
    reader.dispose()


def test_a_reader_sees_one_state(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    writer, reader = writer_engine(path), reader_engine(path)
    with writer.begin() as connection:
        connection.execute(text("CREATE TABLE t (x)"))
    with reader.connect() as connection, connection.begin():
        count = text("SELECT count(*) FROM t")
        assert connection.execute(count).scalar() == 0
        with writer.begin() as other:
            other.execute(text("INSERT INTO t VALUES (1)"))
        assert connection.execute(count).scalar() == 0
    with reader.connect() as connection:
        assert connection.execute(count).scalar() == 1
    writer.dispose()
    reader.dispose()


def test_an_old_sqlite_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sqlite_module().sqlite_version_info >= (3, 51, 3)
    old = SimpleNamespace(sqlite_version_info=(3, 50, 0), sqlite_version="3.50.0")
    monkeypatch.setattr(engines.importlib, "import_module", lambda _name: old)
    with pytest.raises(SqliteTooOld, match=r"3\.51\.3"):
        sqlite_module()


def test_a_newer_database_is_not_touched(settings: Settings) -> None:
    create_app(settings).state.close()
    path = settings.data_dir / "intarsia.db"
    with closing(sqlite_module().connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseTooNew, match="9999"):
        create_app(settings)
    with closing(sqlite_module().connect(path)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)


def test_what_fails_in_a_transaction_leaves_nothing(app: FastAPI, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault at each place where a save writes: the head, the keys and the counters stay as they were."""
    task = api.task()
    car = api.lease(task)
    edit = api.edit(paint(LabelMap.empty(task.size_hw), (0, 0, 30, 30), car), new_segment(car, CAR))
    before = dump(app)
    from intarsia.server.db.repositories import annotations, history, segments, tiles

    for kind, name in (
        (history.SqlHistory, "add_revision"),
        (tiles.SqlTiles, "write"),
        (segments.SqlSegments, "write"),
        (annotations.SqlAnnotations, "set_head"),
        (history.SqlHistory, "add_key"),
        (history.SqlHistory, "add_edits"),
        (tiles.SqlTiles, "names"),
    ):
        with monkeypatch.context() as patch:
            real = getattr(kind, name)

            def fails(*args: object, _real: object = real, **options: object) -> None:
                _real(*args, **options)  # type: ignore[operator]
                raise RuntimeError("the power went away")

            patch.setattr(kind, name, fails)
            answer = api.http.post(f"{V1}/annotations/{task.annotation}/edits", json={"client": "x", "edits": [edit]})
            assert (answer.status_code, answer.json()["error"]["code"]) == (500, "internal")
        assert dump(app) == before, name
    assert api.save(task, edit)["results"][0]["status"] == "applied"


def dump(app: FastAPI) -> dict[str, list[object]]:
    """All rows of all tables."""
    path = app.state.context.settings.data_dir / "intarsia.db"
    with closing(sqlite_module().connect(path)) as connection:
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in metadata.tables}


def test_a_full_disk_is_said_and_nothing_is_lost(app: FastAPI, api: Api) -> None:
    task = api.task()
    car = api.lease(task)
    edit = api.edit(paint(LabelMap.empty(task.size_hw), (0, 0, 30, 30), car), new_segment(car, CAR))
    writer = app.state.context.ports.database._writer
    with writer.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar()
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
    answers = []
    for number in range(200):
        pixels = paint(LabelMap.empty(task.size_hw), (number, 0, number + 1, 300), car)
        body = {"client": "x", "edits": [api.edit(pixels, new_segment(car, CAR))]}
        answers.append(api.http.post(f"{V1}/annotations/{task.annotation}/edits", json=body))
        if answers[-1].status_code != 200:
            break
    assert (answers[-1].status_code, answers[-1].json()["error"]["code"]) == (507, "storage_full")
    assert api.get(f"/annotations/{task.annotation}")["revision"] == len(answers) - 1, "reading goes on"
    with writer.connect() as connection:
        connection.execute(text("PRAGMA max_page_count = 1000000"))
    assert api.save(task, edit)["revision"] == len(answers), "and so does writing once there is room"


def test_keys_are_kept_for_thirty_days(app: FastAPI, api: Api) -> None:
    task = api.task()
    edit = api.edit(paint(LabelMap.empty(task.size_hw), (0, 0, 1, 1), 0))
    assert api.save(task, edit)["results"][0]["status"] == "applied"
    ports: Ports = app.state.context.ports
    for days, status in ((29, "duplicate"), (31, "applied")):
        later = SimpleNamespace(now_ms=lambda days=days: time.time_ns() // 1_000_000 + days * 86_400_000)
        drop_expired(replace(ports, clock=later))
        if days == 31:
            break
        assert api.save(task, edit)["results"][0]["status"] == status
    with ports.database.read() as unit:
        assert unit.history.key(unit.identities.owner().workspace_id, edit["id"]) is None


@pytest.mark.parametrize("size_hw", [(1, 1), (256, 256), (257, 256), (300, 700)])
def test_the_checksum_of_names_is_the_one_of_the_map(size_hw: tuple[int, int]) -> None:
    label_map = LabelMap.empty(size_hw).with_pixels(paint(LabelMap.empty(size_hw), (0, 0, 1, 1), 7))
    names = {0: label_map.tile_name(0)}
    assert map_checksum("main", size_hw, names) == label_map.checksum("main")
    assert map_checksum("größe", size_hw, {}) == LabelMap.empty(size_hw).checksum("größe")


def test_ids_sort_as_they_were_made() -> None:
    ids = UuidIds()
    made = [ids.new("rev") for _ in range(10_000)]
    assert made == sorted(made) and len(set(made)) == len(made)


def test_times_are_utc_with_milliseconds() -> None:
    assert rfc3339(0) == "1970-01-01T00:00:00.000Z"
    assert rfc3339(1_778_574_600_007) == "2026-05-12T08:30:00.007Z"
