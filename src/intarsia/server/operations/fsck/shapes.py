# SPDX-License-Identifier: Apache-2.0
"""Values that can only be of some shape: ids, times, words of a closed list, JSON. Damage elsewhere than in pixels
shows here first, long before somebody stumbles over it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, get_args

from intarsia.core.permissions import Role
from intarsia.core.segment import STATES
from intarsia.server.operations.data_dir import Snapshot
from intarsia.server.operations.fsck.finding import Finding
from intarsia.server.records import JobKind, JobState, RevisionKind, TaskState

Fits = Callable[[Any], bool]

_HEX_OF_ID = "[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z")
_MEDIA_TYPE = re.compile(r"image/[a-z]+")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def _time(value: Any) -> bool:
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _id(prefix: str) -> Fits:
    pattern = re.compile(f"{prefix}_{_HEX_OF_ID}")
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _among(*words: object) -> Fits:
    return lambda value: value in words


def _json(kind: type | tuple[type, ...]) -> Fits:
    def fits(value: Any) -> bool:
        try:
            return isinstance(json.loads(value), kind)
        except (ValueError, TypeError):
            return False

    return fits


def _matches(pattern: re.Pattern[str]) -> Fits:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _from(low: int) -> Fits:
    return lambda value: isinstance(value, int) and value >= low


def _or_none(fits: Fits) -> Fits:
    return lambda value: value is None or fits(value)


_FLAG = _among(0, 1)

SHAPES: dict[str, dict[str, Fits]] = {
    "workspaces": {"id": _id("wsp"), "created_at": _time},
    "users": {"id": _id("usr"), "role": _among(*(str(role) for role in Role)), "created_at": _time},
    "datasets": {"id": _id("dst"), "created_at": _time, "next_export_no": _from(1)},
    "assets": {
        "id": _id("ast"),
        "media_type": _matches(_MEDIA_TYPE),
        "display_media_type": _matches(_MEDIA_TYPE),
        "export_no": _from(1),
        "created_at": _time,
    },
    "projects": {"id": _id("prj"), "created_at": _time},
    "ontologies": {"author_id": _id("usr"), "created_at": _time, "body": _json(dict)},
    "tasks": {"id": _id("tsk"), "position": _from(1), "state": _among(*get_args(TaskState)), "updated_at": _time},
    "annotations": {"id": _id("ann"), "updated_at": _time},
    "segments": {"crowd": _FLAG, "instances_unknown": _FLAG, "answers": _json(dict), "state": _among(*STATES)},
    "revision_segments": {
        "number": _from(1),
        "crowd": _FLAG,
        "instances_unknown": _FLAG,
        "answers": _json(dict),
        "state": _among(*STATES),
    },
    "revisions": {"id": _id("rev"), "kind": _among(*get_args(RevisionKind)), "kept": _FLAG, "created_at": _time},
    "edits": {"edit_id": _matches(_UUID), "seq": _from(1), "segments": _json(list), "created_at": _time},
    "conflicts": {
        "id": _id("cnf"),
        "edit_id": _matches(_UUID),
        "fields": _json(list),
        "state": _among("open", "resolved"),
        "created_at": _time,
    },
    "jobs": {
        "id": _id("job"),
        "kind": _among(*get_args(JobKind)),
        "state": _among(*get_args(JobState)),
        "done": _from(0),
        "total": _from(0),
        "problems": _json(list),
        "params": _json(dict),
        "result": _or_none(_json((dict, type(None)))),
        "cancel_requested": _FLAG,
        "created_at": _time,
        "finished_at": _or_none(_time),
    },
}

_NAMED_USERS = (("edits", "edit_id"), ("conflicts", "id"), ("ontologies", "project_id"))


def check_shapes(state: Snapshot) -> Iterator[Finding]:
    for table, columns in SHAPES.items():
        names = ", ".join(f'"{name}"' for name in columns)
        for number, *values in state.rows(f"SELECT row_number() OVER (), {names} FROM {table}"):
            for name, value in zip(columns, values, strict=True):
                if not columns[name](value):
                    what = f"cannot be {str(value)[:60]!r}"
                    yield Finding("value_damaged", f"{table} row {number} {name}", what)
    for table, key in _NAMED_USERS:
        query = f"SELECT {key}, author_id FROM {table} WHERE author_id NOT IN (SELECT id FROM users)"
        for row_id, author_id in state.rows(query):
            yield Finding("dangling_reference", f"{table} {row_id}", f"names user {author_id}, who is not there")
    for annotation_id, revision in state.rows(
        "SELECT annotation_id, revision FROM edits GROUP BY 1, 2"
        " HAVING min(ordinal) != 0 OR max(ordinal) != count(*) - 1 ORDER BY 1, 2"
    ):
        message = "its edits are not numbered 0, 1, 2, …"
        yield Finding("wrong_order", f"annotation {annotation_id} revision {revision}", message)
