# SPDX-License-Identifier: Apache-2.0
"""Cases, maps and segments of golden vectors as JSON, and back (contract/vectors/README.md)."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from intarsia.core.edit_json import fields_from_json, fields_to_json
from intarsia.core.errors import IntarsiaError
from intarsia.core.label_map import LabelMap
from intarsia.core.segment import Segment, SegmentChange

Json = Any
Case = dict[str, Any]
Answer = Callable[[dict[str, Any]], Json]


def case(name: str, why: str, **given: Json) -> Case:
    """A case without its expectation, which the core fills in."""
    return {"name": name, "why": why, "input": given}


def answered(case: Case, answer: Answer) -> Case:
    """The case with what the core says, or with the code of its error."""
    try:
        expected = answer(case["input"])
    except IntarsiaError as refused:
        expected = {"error": refused.code}
    return {**case, "expected": expected}


def to_base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def map_runs(ids: NDArray[np.unsignedinteger]) -> list[list[int]]:
    """[[id, length], …] row-major, maximal."""
    flat = ids.reshape(-1)
    starts = np.concatenate(([0], np.flatnonzero(flat[1:] != flat[:-1]) + 1))
    lengths = np.diff(starts, append=flat.size)
    return [[int(held), int(length)] for held, length in zip(flat[starts], lengths, strict=True)]


def map_ids(runs: Sequence[Sequence[int]], size_hw: Sequence[int]) -> NDArray[np.uint32]:
    table = np.array(runs, np.int64).reshape(-1, 2)
    return np.repeat(table[:, 0].astype(np.uint32), table[:, 1]).reshape(tuple(size_hw))


def label_map(runs: Sequence[Sequence[int]], size_hw: Sequence[int]) -> LabelMap:
    return LabelMap.from_array(map_ids(runs, size_hw))


def segment_to_json(segment: Segment) -> Json:
    fields = fields_to_json(segment)
    assert isinstance(fields, dict)
    return {"id": segment.id, **fields}


def segments_to_json(segments: Sequence[Segment]) -> list[Json]:
    return [segment_to_json(segment) for segment in sorted(segments, key=lambda segment: segment.id)]


def segments_from_json(items: Sequence[dict[str, Any]]) -> dict[int, Segment]:
    return {
        item["id"]: fields_from_json(
            {key: value for key, value in item.items() if key != "id"}, segment_id=item["id"], where="segments"
        )
        for item in items
    }


def changes_to_json(changes: Sequence[SegmentChange]) -> list[Json]:
    return [
        {"id": change.id, "before": fields_to_json(change.before), "after": fields_to_json(change.after)}
        for change in changes
    ]
