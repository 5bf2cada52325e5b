# SPDX-License-Identifier: Apache-2.0
"""Edits as JSON values, read strictly: unknown keys, wrong types and values out of range are errors with a code."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from itertools import pairwise
from typing import NoReturn

from intarsia.core.edit import Edit
from intarsia.core.errors import EditError
from intarsia.core.geometry import SizeHW
from intarsia.core.limits import LAYER_NAME_MAX_CHARS, SEGMENT_ID_MAX, SEGMENTS_PER_ANNOTATION_MAX, STUFF_ID_MAX
from intarsia.core.pixel_runs import PixelRuns
from intarsia.core.segment import STATES, JsonValue, Segment, SegmentChange

_EDIT_KEYS = frozenset({"v", "id", "seq", "layer", "tool", "assist", "pixels", "segments"})
_CHANGE_KEYS = frozenset({"id", "before", "after"})
_FIELD_KEYS = frozenset({"class", "crowd", "instances_unknown", "answers", "state", "merged_into"})
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_TOOL = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_ASSIST = re.compile(r"[^\s/\x00-\x1f]{1,64}/[^\s/\x00-\x1f]{1,64}")
# What both languages hold exactly.
_SAFE_INTEGER_MAX = 2**53 - 1
_ANSWER_DEPTH_MAX = 16


def edit_to_json(edit: Edit) -> dict[str, JsonValue]:
    """JSON value of an edit, keys in the order of contract/edit.md."""
    return {
        "v": 1,
        "id": edit.id,
        "seq": edit.seq,
        "layer": edit.layer,
        "tool": edit.tool,
        "assist": edit.assist,
        "pixels": edit.pixels.to_base64(),
        "segments": [
            {"id": change.id, "before": fields_to_json(change.before), "after": fields_to_json(change.after)}
            for change in edit.segments
        ],
    }


def fields_to_json(segment: Segment | None) -> JsonValue:
    """Fields of a segment without its id; None stays None."""
    if segment is None:
        return None
    return {
        "class": segment.class_number,
        "crowd": segment.crowd,
        "instances_unknown": segment.instances_unknown,
        "answers": dict(segment.answers),
        "state": segment.state,
        "merged_into": segment.merged_into,
    }


def edit_from_json(value: object, *, size_hw: SizeHW) -> Edit:
    """Edit of a decoded JSON value, its pixels checked against an image of `size_hw`.

    Raises `EditError` `bad_json` (details: `field`) for a value that is no edit, `CodecError` for its pixels.
    JSON itself keeps the last of two equal keys; who decodes the text refuses those.
    """
    data = _mapping(value, _EDIT_KEYS, "edit")
    if _integer(data["v"], "v", 0, _SAFE_INTEGER_MAX) != 1:
        _refuse("v", "Version 1 of edits is understood here. Update the server or the client.")
    changes = data["segments"]
    if not isinstance(changes, list) or len(changes) > SEGMENTS_PER_ANNOTATION_MAX:
        _refuse("segments", "It is a list of segment changes.")
    segments = tuple(_change(item, f"segments[{place}]") for place, item in enumerate(changes))
    if any(a.id >= b.id for a, b in pairwise(segments)):
        _refuse("segments", "Segment changes are sorted by id, one per id.")
    assist = data["assist"]
    return Edit(
        id=_text(data["id"], "id", _UUID, "a UUID in lower case"),
        seq=_integer(data["seq"], "seq", 1, _SAFE_INTEGER_MAX),
        layer=layer_name(data["layer"], "layer"),
        tool=_text(data["tool"], "tool", _TOOL, "a tool's name"),
        assist=None if assist is None else _text(assist, "assist", _ASSIST, '"name/version"'),
        pixels=PixelRuns.from_base64(_string(data["pixels"], "pixels"), size_hw),
        segments=segments,
    )


def layer_name(value: object, where: str) -> str:
    """A layer's name: 1 to `layer_name_max_chars` characters, no control characters; raises `bad_json`."""
    name = _string(value, where)
    if not 1 <= len(name) <= LAYER_NAME_MAX_CHARS or any(ord(char) < 32 for char in name):
        _refuse(where, f"A layer's name has 1 to {LAYER_NAME_MAX_CHARS} characters.")
    return name


def fields_from_json(value: object, *, segment_id: int, where: str) -> Segment:
    """Segment of its JSON fields. Raises `bad_json`."""
    data = _mapping(value, _FIELD_KEYS, where)
    state = data["state"]
    known = next((name for name in STATES if name == state), None)
    if known is None:
        _refuse(f"{where}.state", "The state of a segment is live, deleted or merged.")
    merged_into = data["merged_into"]
    if (known == "merged") != (merged_into is not None):
        _refuse(f"{where}.merged_into", "A merged segment, and no other, names the segment that it became.")
    answers = _json(data["answers"], f"{where}.answers", _ANSWER_DEPTH_MAX)
    if not isinstance(answers, dict):
        _refuse(f"{where}.answers", "Answers are an object, by question.")
    return Segment(
        id=segment_id,
        class_number=_integer(data["class"], f"{where}.class", 1, STUFF_ID_MAX),
        crowd=_boolean(data["crowd"], f"{where}.crowd"),
        instances_unknown=_boolean(data["instances_unknown"], f"{where}.instances_unknown"),
        answers=answers,
        state=known,
        merged_into=None if merged_into is None else _integer(merged_into, f"{where}.merged_into", 1, SEGMENT_ID_MAX),
    )


def _change(value: object, where: str) -> SegmentChange:
    data = _mapping(value, _CHANGE_KEYS, where)
    segment_id = _integer(data["id"], f"{where}.id", 1, SEGMENT_ID_MAX)
    before, after = (
        None if data[key] is None else fields_from_json(data[key], segment_id=segment_id, where=f"{where}.{key}")
        for key in ("before", "after")
    )
    if before == after:
        _refuse(where, "A segment change changes something.")
    return SegmentChange(segment_id, before=before, after=after)


def _refuse(where: str, what: str) -> NoReturn:
    raise EditError("bad_json", f"The edit could not be read at {where}: {what} It was not applied.", field=where)


def _mapping(value: object, keys: frozenset[str], where: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        _refuse(where, "An object belongs here.")
    unknown = sorted(str(key) for key in value.keys() - keys)
    missing = sorted(keys - value.keys())
    if unknown or missing:
        _refuse(
            where, f"Unknown keys: {', '.join(unknown[:5]) or 'none'}; missing keys: {', '.join(missing) or 'none'}."
        )
    return value


def _integer(value: object, where: str, low: int, high: int) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        _refuse(where, f"A whole number from {low} to {high} belongs here.")
    return value


def _boolean(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        _refuse(where, "true or false belongs here.")
    return value


def _string(value: object, where: str) -> str:
    if not isinstance(value, str):
        _refuse(where, "A text belongs here.")
    if any(0xD800 <= ord(char) <= 0xDFFF for char in value):
        _refuse(where, "The text holds half a character.")
    return value


def _text(value: object, where: str, pattern: re.Pattern[str], what: str) -> str:
    text = _string(value, where)
    if not pattern.fullmatch(text):
        _refuse(where, f"It is {what}.")
    return text


def _json(value: object, where: str, depth: int) -> JsonValue:
    """The value, with whole floats as ints, so that both languages see one number."""
    if depth < 0:
        _refuse(where, "Answers are nested too deeply.")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _string(value, where)
    if isinstance(value, int | float):
        return _number(value, where)
    if isinstance(value, list):
        return [_json(item, where, depth - 1) for item in value]
    if isinstance(value, dict):
        return {_string(key, where): _json(item, where, depth - 1) for key, item in value.items()}
    _refuse(where, "A JSON value belongs here.")


def _number(value: int | float, where: str) -> int | float:
    if isinstance(value, float):
        if not math.isfinite(value):
            _refuse(where, "A number is finite.")
        # Beyond 2^53 every float is whole; JavaScript writes it as an integer, so that it would not come back here.
        if not value.is_integer():
            return value
        value = int(value)
    if abs(value) > _SAFE_INTEGER_MAX:
        _refuse(where, "A whole number stays below 2^53.")
    return value
