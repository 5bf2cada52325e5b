# SPDX-License-Identifier: Apache-2.0
"""What the server wrote down, read from its database file and through its interface."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from intarsia.core.annotation import Annotation
from intarsia.core.edit import Edit
from intarsia.core.edit_json import edit_from_json, fields_from_json
from intarsia.core.geometry import SizeHW
from intarsia.core.label_map import LabelMap
from intarsia.server.db.engine import sqlite_module


@dataclass(frozen=True)
class LogRow:
    """One edit as the server applied it; rows are in the order of acknowledgement."""

    edit_id: str
    revision: int
    client: str
    seq: int
    applied: Edit


@dataclass(frozen=True)
class ListedConflict:
    pixels: int
    fields: int


@dataclass(frozen=True)
class EditLog:
    """All that the database says about the edits of one annotation."""

    rows: tuple[LogRow, ...]
    revisions: tuple[int, ...]
    keys: frozenset[str]
    conflicts: Mapping[str, ListedConflict]


def read_log(data_dir: Path, annotation_id: str, *, size_hw: SizeHW) -> EditLog:
    with closing(sqlite_module().connect(data_dir / "intarsia.db")) as connection:
        found = connection.execute(
            "SELECT edit_id, revision, client, seq, layer, tool, pixels, segments FROM edits"
            " WHERE annotation_id = ? ORDER BY revision, ordinal",
            (annotation_id,),
        ).fetchall()
        revisions = connection.execute(
            "SELECT number FROM revisions WHERE annotation_id = ? ORDER BY number", (annotation_id,)
        ).fetchall()
        keys = connection.execute("SELECT edit_id FROM edit_keys WHERE annotation_id = ?", (annotation_id,)).fetchall()
        conflicts = connection.execute(
            "SELECT edit_id, pixel_count, fields FROM conflicts WHERE annotation_id = ?", (annotation_id,)
        ).fetchall()
    rows = []
    for edit_id, revision, client, seq, layer, tool, pixels, segments in found:
        body = {
            "v": 1,
            "id": edit_id,
            "seq": seq,
            "layer": layer,
            "tool": tool,
            "assist": None,
            "pixels": base64.b64encode(zlib.decompress(pixels)).decode(),
            "segments": json.loads(segments) if isinstance(segments, str | bytes) else segments,
        }
        rows.append(LogRow(edit_id, revision, client, seq, edit_from_json(body, size_hw=size_hw)))
    return EditLog(
        rows=tuple(rows),
        revisions=tuple(row[0] for row in revisions),
        keys=frozenset(row[0] for row in keys),
        conflicts={row[0]: ListedConflict(row[1], len(json.loads(row[2]))) for row in conflicts},
    )


def database_verdict(data_dir: Path) -> str:
    """What SQLite itself says about the file: "ok"."""
    with closing(sqlite_module().connect(data_dir / "intarsia.db")) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


def annotation_from(detail: Mapping[str, Any], packs: Mapping[str, bytes], *, size_hw: SizeHW) -> Annotation:
    """The annotation as `GET /annotations/{id}` and `/tiles` answer it."""
    segments = {}
    for entry in detail["segments"]:
        fields = {key: value for key, value in entry.items() if key not in ("id", "number")}
        segments[entry["id"]] = fields_from_json(fields, segment_id=entry["id"], where="segments")
    return Annotation({layer: LabelMap.from_pack(size_hw, pack) for layer, pack in packs.items()}, segments)
