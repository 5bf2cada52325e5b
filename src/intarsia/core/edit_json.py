# SPDX-License-Identifier: Apache-2.0
"""Edits as JSON values, read strictly: unknown keys, wrong types and values out of range are errors with a code."""

from __future__ import annotations

import re
from itertools import pairwise

from intarsia.core.edit import Edit
from intarsia.core.edit_reading import SAFE_INTEGER_MAX, answers, boolean, integer, mapping, refuse, string, text
from intarsia.core.geometry import SizeHW
from intarsia.core.item_json import item_changes_from_json, item_changes_to_json
from intarsia.core.limits import LAYER_NAME_MAX_CHARS, SEGMENT_ID_MAX, SEGMENTS_PER_ANNOTATION_MAX, STUFF_ID_MAX
from intarsia.core.pixel_runs import PixelRuns
from intarsia.core.segment import STATES, JsonValue, Segment, SegmentChange

_EDIT_KEYS = frozenset({"v", "id", "seq", "layer", "tool", "assist", "pixels", "segments"})
_CHANGE_KEYS = frozenset({"id", "before", "after"})
_FIELD_KEYS = frozenset({"class", "crowd", "instances_unknown", "answers", "state", "merged_into"})
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_TOOL = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_ASSIST = re.compile(r"[^\s/\x00-\x1f]{1,64}/[^\s/\x00-\x1f]{1,64}")


def edit_to_json(edit: Edit) -> dict[str, JsonValue]:
    """JSON value of an edit, keys in the order of contract/edit.md; `items` only where there are some."""
    body: dict[str, JsonValue] = {
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
    if edit.items:
        body["items"] = item_changes_to_json(edit.items)
    return body


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
    data = mapping(value, _EDIT_KEYS, "edit", optional=frozenset({"items"}))
    if integer(data["v"], "v", 0, SAFE_INTEGER_MAX) != 1:
        refuse("v", "Version 1 of edits is understood here. Update the server or the client.")
    changes = data["segments"]
    if not isinstance(changes, list) or len(changes) > SEGMENTS_PER_ANNOTATION_MAX:
        refuse("segments", "It is a list of segment changes.")
    segments = tuple(_change(item, f"segments[{place}]") for place, item in enumerate(changes))
    if any(a.id >= b.id for a, b in pairwise(segments)):
        refuse("segments", "Segment changes are sorted by id, one per id.")
    assist = data["assist"]
    return Edit(
        id=text(data["id"], "id", _UUID, "a UUID in lower case"),
        seq=integer(data["seq"], "seq", 1, SAFE_INTEGER_MAX),
        layer=layer_name(data["layer"], "layer"),
        tool=text(data["tool"], "tool", _TOOL, "a tool's name"),
        assist=None if assist is None else text(assist, "assist", _ASSIST, '"name/version"'),
        pixels=PixelRuns.from_base64(string(data["pixels"], "pixels"), size_hw),
        segments=segments,
        items=item_changes_from_json(data.get("items", []), where="items"),
    )


def layer_name(value: object, where: str) -> str:
    """A layer's name: 1 to `layer_name_max_chars` characters, no control characters; raises `bad_json`."""
    name = string(value, where)
    if not 1 <= len(name) <= LAYER_NAME_MAX_CHARS or any(ord(char) < 32 for char in name):
        refuse(where, f"A layer's name has 1 to {LAYER_NAME_MAX_CHARS} characters.")
    return name


def fields_from_json(value: object, *, segment_id: int, where: str) -> Segment:
    """Segment of its JSON fields. Raises `bad_json`."""
    data = mapping(value, _FIELD_KEYS, where)
    state = data["state"]
    known = next((name for name in STATES if name == state), None)
    if known is None:
        refuse(f"{where}.state", "The state of a segment is live, deleted or merged.")
    merged_into = data["merged_into"]
    if (known == "merged") != (merged_into is not None):
        refuse(f"{where}.merged_into", "A merged segment, and no other, names the segment that it became.")
    return Segment(
        id=segment_id,
        class_number=integer(data["class"], f"{where}.class", 1, STUFF_ID_MAX),
        crowd=boolean(data["crowd"], f"{where}.crowd"),
        instances_unknown=boolean(data["instances_unknown"], f"{where}.instances_unknown"),
        answers=answers(data["answers"], f"{where}.answers"),
        state=known,
        merged_into=None if merged_into is None else integer(merged_into, f"{where}.merged_into", 1, SEGMENT_ID_MAX),
    )


def _change(value: object, where: str) -> SegmentChange:
    data = mapping(value, _CHANGE_KEYS, where)
    segment_id = integer(data["id"], f"{where}.id", 1, SEGMENT_ID_MAX)
    before, after = (
        None if data[key] is None else fields_from_json(data[key], segment_id=segment_id, where=f"{where}.{key}")
        for key in ("before", "after")
    )
    if before == after:
        refuse(where, "A segment change changes something.")
    return SegmentChange(segment_id, before=before, after=after)
