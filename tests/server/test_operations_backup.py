# SPDX-License-Identifier: Apache-2.0
"""Backup while people save, restore of what was acknowledged, and what doctor says of a data directory."""

from __future__ import annotations

import os
import socket
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from intarsia.core.errors import ConflictError, IntarsiaError, NotFoundError
from intarsia.server.app import create_app
from intarsia.server.clock import SystemClock
from intarsia.server.db.engine import sqlite_module
from intarsia.server.operations.backup import back_up
from intarsia.server.operations.doctor import Check, doctor
from intarsia.server.operations.fsck import fsck
from intarsia.server.operations.restore import BackupError, read_manifest, restore
from intarsia.server.settings import Settings

from .conftest import signed_in
from .drive import CAR, Api, new_segment, paint
from .worked_data import make_worked_data

SAVES = 60
_WAIT_S = 60.0


def test_a_backup_during_saves_is_a_state_that_was_acknowledged(
    app: FastAPI, api: Api, settings: Settings, tmp_path: Path
) -> None:
    """Backups are made in one thread while another saves; each restores to the map as of some answered save."""
    task = api.task()
    car = api.lease(task)
    checksums = [api.tiles(task).checksum("main")]
    label_map = api.tiles(task)
    bodies = []
    for number in range(SAVES):
        changes = (new_segment(car, CAR),) if number == 0 else ()
        pixels = paint(label_map, (5 * number, 3 * number, 5 * number + 40, 3 * number + 40), car)
        label_map = label_map.with_pixels(pixels)
        checksums.append(label_map.checksum("main"))
        bodies.append(api.edit(pixels, *changes))
    answered: list[int] = [0]
    made: list[tuple[Path, int, int]] = []
    ended = threading.Event()

    def keep_backing_up() -> None:
        while not ended.is_set() or not made:
            out, before = tmp_path / f"{len(made)}.zip", answered[0]
            back_up(settings.data_dir, out)
            made.append((out, before, answered[0]))

    thread = threading.Thread(target=keep_backing_up)
    thread.start()
    for number, body in enumerate(bodies, start=1):
        assert api.save(task, body)["results"][0]["status"] == "applied"
        answered[0] = number
    ended.set()
    thread.join(_WAIT_S)
    assert len(made) >= 2 and not thread.is_alive()
    for out, before, after in (made[0], made[len(made) // 2], made[-1]):
        data_dir = tmp_path / f"restored-{out.stem}"
        restore(out, data_dir)
        assert list(fsck(data_dir)) == []
        second = create_app(Settings(data_dir=data_dir, static_dir=settings.static_dir))
        found = Api(signed_in(second, Settings(data_dir=data_dir))).tiles(task).checksum("main")
        second.state.close()
        # A save in flight may be in it; nothing that was answered before the backup began is missing.
        assert before <= checksums.index(found) <= after + 1


@pytest.fixture
def worked(settings: Settings) -> Path:
    make_worked_data(settings)
    return settings.data_dir


def test_restore_touches_nothing_but_an_empty_place(worked: Path, tmp_path: Path) -> None:
    out = tmp_path / "backup.zip"
    told: list[tuple[int, int]] = []
    backup = back_up(worked, out, step=lambda done, total: told.append((done, total)))
    assert backup.problems == [] and told[-1][0] == told[-1][1] == len(backup.files)
    with pytest.raises(ConflictError) as caught:
        back_up(worked, out)
    assert caught.value.code == "exists"
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine.txt").write_text("mine")
    for place in (full, full / "mine.txt"):
        with pytest.raises(ConflictError) as caught:
            restore(out, place)
        assert caught.value.code == "not_empty"
    assert [path.name for path in full.iterdir()] == ["mine.txt"] and (full / "mine.txt").read_text() == "mine"
    empty = tmp_path / "empty"
    empty.mkdir()
    assert restore(out, empty).counts == backup.counts == read_manifest(out).counts
    assert list(fsck(empty)) == []
    assert not (empty / "secret.key").exists(), "the key stays out unless it is asked for"
    with pytest.raises(NotFoundError):
        back_up(tmp_path / "nowhere", tmp_path / "x.zip")


def rewritten(source: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return target


@pytest.mark.parametrize(
    "change",
    [
        lambda name, content: None if name == "manifest.json" else content,
        lambda name, content: None if name.startswith("blobs/") else content,
        lambda name, content: content[:-1] + bytes([content[-1] ^ 1]) if name == "intarsia.db" else content,
        lambda name, content: content + b"!" if name.startswith("blobs/") else content,
        lambda name, content: content.replace(b'"blobs/', b'"../', 1) if name == "manifest.json" else content,
        lambda name, content: content.replace(b'"edits": ', b'"edits": 1') if name == "manifest.json" else content,
    ],
    ids=["no manifest", "no files", "database changed", "file longer", "name outside", "other counts"],
)
def test_a_backup_that_was_changed_is_refused_and_leaves_nothing(
    change: Callable[[str, bytes], bytes | None], worked: Path, tmp_path: Path
) -> None:
    out = tmp_path / "backup.zip"
    back_up(worked, out)
    target = tmp_path / "restored" / "data"
    with pytest.raises(BackupError) as caught:
        restore(rewritten(out, tmp_path / "changed.zip", change), target)
    assert caught.value.code == "damaged_backup"
    assert not target.exists() and list((tmp_path / "restored").glob(".*")) == []


def test_a_backup_of_a_newer_version_is_refused(worked: Path, tmp_path: Path) -> None:
    out = tmp_path / "backup.zip"
    schema = back_up(worked, out).schema.encode()

    def newer(name: str, content: bytes) -> bytes:
        return content.replace(b'"schema": "' + schema, b'"schema": "9999') if name == "manifest.json" else content

    with pytest.raises(IntarsiaError) as caught:
        restore(rewritten(out, tmp_path / "newer.zip", newer), tmp_path / "restored")
    assert caught.value.code == "newer_backup" and "9999" in caught.value.message


def test_a_damaged_file_is_told_by_the_backup_and_does_not_stop_it(worked: Path, tmp_path: Path) -> None:
    originals = sorted(worked.rglob("original"))
    originals[0].unlink()
    backup = back_up(worked, tmp_path / "backup.zip")
    assert len(backup.problems) == 1 and "missing" in backup.problems[0]


def checks(settings: Settings, **options: Any) -> dict[str, Check]:
    return {check.name: check for check in doctor(settings, running_url=options.pop("url", None), **options)}


def test_doctor_is_content_with_a_directory_in_order(worked: Path, settings: Settings) -> None:
    found = checks(settings, url="http://127.0.0.1:1")
    assert {name: check.level for name, check in found.items() if name != "disk"} == dict.fromkeys(
        ("version", "sqlite", "secret key", "port", "schema", "jobs", "write-ahead log"), "ok"
    )
    assert all(check.advice == "" for check in found.values() if check.level == "ok")


def test_doctor_names_what_is_not(worked: Path, settings: Settings) -> None:
    os.chmod(worked / "secret.key", 0o644)
    with closing(sqlite_module().connect(worked / "intarsia.db")) as connection, connection:
        connection.execute("UPDATE jobs SET state = 'running' WHERE kind = 'import'")
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen(1)
        busy = Settings(data_dir=worked, port=taken.getsockname()[1])
        found = checks(busy)
    assert (found["secret key"].level, found["port"].level, found["jobs"].level) == ("fail", "warn", "warn")
    assert "chmod 600" in found["secret key"].advice and "--port" in found["port"].advice
    assert "wait for a server" in found["jobs"].message

    class Tomorrow(SystemClock):
        def now_ms(self) -> int:
            return super().now_ms() + 2 * 86_400_000

    assert "not ended for a day" in checks(settings, clock=Tomorrow())["jobs"].message


@pytest.mark.parametrize(("version", "level"), [("0001", "warn"), ("9999", "fail")])
def test_doctor_knows_older_and_newer_schemas(version: str, level: str, worked: Path, settings: Settings) -> None:
    with closing(sqlite_module().connect(worked / "intarsia.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
    schema = checks(settings)["schema"]
    assert schema.level == level and version in schema.message and schema.advice


def test_doctor_before_the_first_start_and_with_a_broken_database(settings: Settings) -> None:
    assert checks(settings)["database"].level == "warn"
    settings.data_dir.mkdir(parents=True)
    (settings.data_dir / "intarsia.db").write_bytes(b"no database at all, but some text" * 300)
    assert checks(settings)["database"].level == "fail"
