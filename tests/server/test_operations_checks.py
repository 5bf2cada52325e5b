# SPDX-License-Identifier: Apache-2.0
"""fsck finds every damage of tiles and files, and all damage of rows that can be known; it changes nothing itself."""

from __future__ import annotations

import json
import random
import shutil
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from intarsia.core.errors import NotFoundError
from intarsia.server.db.engine import sqlite_module
from intarsia.server.operations.data_dir import TABLES
from intarsia.server.operations.fsck import fsck
from intarsia.server.settings import Settings

from .worked_data import make_worked_data

FLIPS = 200
# Free text, times and numbers that might as well be others; nothing in the database says the same twice.
UNKNOWABLE = {
    "name", "description", "created_at", "updated_at", "finished_at", "position", "export_no", "next_export_no",
    "number", "kept", "client", "seq", "tool", "assist", "message", "problems", "params", "format", "done", "total",
    "cancel_requested", "media_type", "display_media_type", "answers", "fields", "segments", "edit_id", "review_rules",
    "items",
}  # fmt: skip
UNKNOWABLE_OF = {
    ("revisions", "id"), ("conflicts", "id"), ("assets", "byte_size"), ("tasks", "state"), ("jobs", "state"),
    ("revision_segments", "class_number"), ("revision_segments", "crowd"), ("revision_segments", "merged_into"),
    ("revision_segments", "instances_unknown"), ("conflicts", "box_xyxy"), ("conflicts", "state"), ("jobs", "result"),
    ("jobs", "kind"), ("jobs", "id"), ("conflicts", "pixels"), ("conflicts", "layer"), ("edits", "layer"),
    ("edits", "ordinal"), ("revision_segments", "revision"), ("revision_tiles", "revision"),
    ("revision_tiles", "tile_index"), ("revision_segments", "id"), ("ontologies", "version"),
}  # fmt: skip


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("worked")
    settings = Settings(data_dir=folder / "data", static_dir=folder / "static", image_max_px=2_000_000)
    make_worked_data(settings)
    return settings.data_dir


@pytest.fixture
def data_dir(worked: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(worked, tmp_path / "data"))


@pytest.fixture
def database(data_dir: Path) -> Iterator[Any]:
    with closing(sqlite_module().connect(data_dir / "intarsia.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        yield connection


def flipped(value: bytes, draw: random.Random) -> bytes:
    out = bytearray(value)
    out[draw.randrange(len(out))] ^= 1 << draw.randrange(8)
    return bytes(out)


def codes(data_dir: Path) -> set[str]:
    return {finding.code for finding in fsck(data_dir)}


def test_nothing_is_found_where_nothing_is_wrong_and_nothing_is_changed(data_dir: Path) -> None:
    before = {path: path.read_bytes() for path in data_dir.rglob("*") if path.is_file()}
    heard: list[str] = []
    assert list(fsck(data_dir, step=heard.append)) == [] and "tiles" in heard
    assert all(path.read_bytes() == content for path, content in before.items())
    with pytest.raises(NotFoundError):
        list(fsck(data_dir / "nothing"))


def test_each_flipped_byte_of_a_tile_is_found(data_dir: Path, database: Any) -> None:
    draw = random.Random(1)
    tiles = database.execute("SELECT name, data FROM tiles").fetchall()
    for _ in range(FLIPS):
        name, data = draw.choice(tiles)
        database.execute("UPDATE tiles SET data = ? WHERE name = ?", (flipped(data, draw), name))
        found = codes(data_dir)
        assert found & {"tile_damaged", "tile_misnamed"}, (name.hex(), found)
        database.execute("UPDATE tiles SET data = ? WHERE name = ?", (data, name))
    assert codes(data_dir) == set()


def test_each_flipped_byte_of_a_file_is_found(data_dir: Path) -> None:
    draw = random.Random(2)
    files = sorted(path for path in (data_dir / "blobs").rglob("*") if path.is_file())
    assert len(files) >= 3
    for _ in range(FLIPS):
        path = draw.choice(files)
        whole = path.read_bytes()
        path.write_bytes(flipped(whole, draw))
        assert codes(data_dir) == {"file_damaged"}, path
        path.write_bytes(whole)
    assert codes(data_dir) == set()


def test_each_flipped_byte_of_a_row_that_can_be_known_is_found(data_dir: Path, database: Any) -> None:
    draw = random.Random(3)
    places = list(_places(database))
    assert len({table for table, *_ in places}) >= 14
    tried = 0
    while tried < FLIPS:
        table, column, key, value = draw.choice(places)
        damaged = value ^ (1 << draw.randrange(16)) if isinstance(value, int) else flipped(_bytes(value), draw)
        if isinstance(value, bytes) and _unpacked(damaged) == _unpacked(value):
            continue  # a bit that only fills up the last byte
        with _changed(database, table, column, key, value, damaged) as done:
            if done:
                tried += 1
                assert codes(data_dir), f"{table}.{column} of {key}: {value!r:.80} became {damaged!r:.80}"
    assert codes(data_dir) == set()


def _bytes(value: str | bytes) -> bytes:
    return value.encode() if isinstance(value, str) else value


def _unpacked(value: bytes) -> bytes:
    """Of the log of an edit; what is not packed, or damaged, is itself."""
    try:
        return zlib.decompress(value)
    except zlib.error:
        return value


def _places(database: Any) -> Iterator[tuple[str, str, dict[str, Any], Any]]:
    """(table, column, key of the row, value) of all that can be known."""
    for table in TABLES:
        columns = list(database.execute(f"PRAGMA table_info({table})"))
        names = [column[1] for column in columns]
        for row in database.execute(f"SELECT * FROM {table}").fetchall():
            values = dict(zip(names, row, strict=True))
            key = {column[1]: values[column[1]] for column in columns if column[5]}
            for name, value in values.items():
                known = name not in UNKNOWABLE and (table, name) not in UNKNOWABLE_OF
                if known and value is not None and value != "" and value != b"":
                    yield table, name, key, value


class _changed:
    """A value changed in place, with the text staying text; put back at the end. Gives False where no row may be so."""

    def __init__(self, database: Any, table: str, column: str, key: dict[str, Any], value: Any, damaged: Any) -> None:
        self._run, self._table, self._column = database.execute, table, column
        self._key, self._value, self._damaged = key, value, damaged
        self._done = False

    def __enter__(self) -> bool:
        self._done = self._put(self._damaged, self._key)
        return self._done

    def __exit__(self, *_: object) -> None:
        if self._done:
            key = {name: self._damaged if name == self._column else value for name, value in self._key.items()}
            assert self._put(self._value, key)

    def _put(self, value: Any, key: dict[str, Any]) -> bool:
        """The columns of the key that are text are compared as the bytes that they may have become."""
        kept = "CAST(? AS TEXT)" if isinstance(self._value, str) else "?"
        where = " AND ".join(f'CAST("{name}" AS BLOB) = CAST(? AS BLOB)' for name in key)
        try:
            found = self._run(
                f'UPDATE {self._table} SET "{self._column}" = {kept} WHERE {where}', [value, *key.values()]
            )
        except sqlite_module().IntegrityError:
            return False
        return int(found.rowcount) == 1


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        ("DELETE FROM tiles WHERE name = (SELECT name FROM head_tiles LIMIT 1)", "dangling_reference"),
        ("DELETE FROM revision_tiles WHERE revision = (SELECT max(revision) FROM revision_tiles)", "head_differs"),
        ("DELETE FROM head_tiles WHERE rowid_of = 1", "head_differs"),
        ("DELETE FROM segments WHERE id = 65537", "head_differs"),
        ("DELETE FROM users", "dangling_reference"),
        ("DELETE FROM edits WHERE ordinal = 0", "wrong_count"),
        ("DELETE FROM ontologies WHERE version = 1", "dangling_reference"),
        ("UPDATE annotations SET labelled_px = labelled_px + 1", "head_differs"),
        ("UPDATE annotations SET next_thing_id = next_thing_id - 1", "head_differs"),
        ("UPDATE revisions SET edit_count = edit_count + 1 WHERE number = 1", "wrong_count"),
        ("UPDATE revisions SET kind = 'import!' WHERE number = 1", "value_damaged"),
        ("UPDATE tasks SET state = 'opem'", "value_damaged"),
        ("UPDATE edits SET created_at = '2026-13-01T00:00:00.000Z'", "value_damaged"),
        ("UPDATE edits SET author_id = 'usr_x'", "dangling_reference"),
        ("UPDATE edits SET ordinal = ordinal + 7 WHERE revision = 1", "wrong_order"),
        ("UPDATE jobs SET result = '{' WHERE kind = 'export'", "value_damaged"),
        ("INSERT INTO tiles (workspace_id, name, data) SELECT workspace_id, zeroblob(32), data FROM tiles LIMIT 1",
         "tile_misnamed"),
    ],
)  # fmt: skip
def test_rows_that_are_missing_orphaned_or_miscounted_are_named(
    damage: str, code: str, data_dir: Path, database: Any
) -> None:
    one_tile = "(annotation_id, tile_index) = (SELECT annotation_id, tile_index FROM head_tiles LIMIT 1)"
    database.execute(damage.replace("rowid_of = 1", one_tile))
    found = list(fsck(data_dir))
    assert code in {finding.code for finding in found}
    assert all(finding.where and finding.message for finding in found)


def test_files_that_are_missing_or_that_nothing_names_are_found(data_dir: Path) -> None:
    files = sorted(path for path in (data_dir / "blobs").rglob("*") if path.is_file())
    files[0].unlink()
    stray = data_dir / "blobs" / "stray.bin"
    stray.write_bytes(b"x")
    assert codes(data_dir) == {"file_missing"}, "a file of today may belong to what is being received"
    import os

    os.utime(stray, (0, 0))
    assert codes(data_dir) == {"file_missing", "file_unused"}


def test_a_damaged_database_file_is_a_finding_and_not_a_crash(data_dir: Path) -> None:
    path = data_dir / "intarsia.db"
    draw = random.Random(4)
    whole = path.read_bytes()
    for _ in range(20):
        at = draw.randrange(4096, len(whole) - 64)
        path.write_bytes(whole[:at] + bytes(draw.randrange(256) for _ in range(64)) + whole[at + 64 :])
        for finding in fsck(data_dir):
            json.dumps([finding.code, finding.where, finding.message])
    path.write_bytes(b"SQLite format 3\0" + whole[16:2000])
    assert codes(data_dir)
