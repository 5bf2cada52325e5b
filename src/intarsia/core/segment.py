# SPDX-License-Identifier: Apache-2.0
"""Segments and their changes: who owns pixels, of which class, with which answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

SegmentState = Literal["live", "deleted", "merged"]
JsonValue = None | bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"]

STATES: tuple[SegmentState, ...] = ("live", "deleted", "merged")


def json_equal(a: JsonValue, b: JsonValue) -> bool:
    """Equality as JSON has it: unlike Python's, true is not 1."""
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(json_equal(value, b[key]) for key, value in a.items())
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(json_equal(x, y) for x, y in zip(a, b, strict=True))
    return a == b


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """One owner of pixels. `class_number` is `class` in JSON; `merged_into` is set exactly when `state` is "merged"."""

    id: int
    class_number: int
    crowd: bool = False
    instances_unknown: bool = False
    answers: Mapping[str, JsonValue] = field(default_factory=dict)
    state: SegmentState = "live"
    merged_into: int | None = None

    def with_state(self, state: SegmentState, merged_into: int | None = None) -> Segment:
        return replace(self, state=state, merged_into=merged_into)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Segment):
            return NotImplemented
        mine = (self.id, self.class_number, self.crowd, self.instances_unknown, self.state, self.merged_into)
        theirs = (other.id, other.class_number, other.crowd, other.instances_unknown, other.state, other.merged_into)
        return mine == theirs and json_equal(dict(self.answers), dict(other.answers))

    def __hash__(self) -> int:
        return hash((self.id, self.class_number, self.state, self.merged_into))


@dataclass(frozen=True, slots=True)
class SegmentChange:
    """A segment before and after an edit; `before` is None for a new one, `after` is None when a creation is undone."""

    id: int
    before: Segment | None
    after: Segment | None

    def inverted(self) -> SegmentChange:
        return SegmentChange(self.id, before=self.after, after=self.before)
