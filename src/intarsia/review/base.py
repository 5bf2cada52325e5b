# SPDX-License-Identifier: Apache-2.0
"""What a review rule is: a descriptor, a check that yields findings, and for some a fix.

Rules are pure: the same subject and parameters give the same findings in the same order, and nothing is changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, runtime_checkable

from intarsia.core.errors import IntarsiaError
from intarsia.core.pixel_runs import PixelRuns
from intarsia.core.segment import JsonValue, SegmentChange
from intarsia.review.subject import Subject

REVIEW_API_VERSION = 1
"""Third-party rules state the version they were written for; the registry refuses another one."""

BoxXyxy = tuple[int, int, int, int]
ParameterKind = Literal["integer", "number", "boolean", "classes"]


class ReviewError(IntarsiaError):
    """A rule that does not exist, a parameter out of range, or a finding that cannot be fixed."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One setting of a rule. `classes` holds class numbers; `minimum` and `maximum` bound the two kinds of number."""

    name: str
    title: str
    kind: ParameterKind
    default: JsonValue
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """`code` is permanent. `on` and `blocks`: whether a new project asks the rule, and lets it stop a submission."""

    code: str
    title: str
    why: str
    parameters: tuple[Parameter, ...] = ()
    fixable: bool = False
    on: bool = True
    blocks: bool = False
    api_version: int = REVIEW_API_VERSION


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that asks for attention.

    `box_xyxy` (half-open) and `at` (a pixel x, y that belongs to it) are in image px; None when it concerns no place.
    `values` are what the words of the screen need: counts, names of questions, numbers of classes.
    """

    rule: str
    layer: str | None = None
    segment_ids: tuple[int, ...] = ()
    item_ids: tuple[str, ...] = ()
    box_xyxy: BoxXyxy | None = None
    at: tuple[int, int] | None = None
    area_px: int = 0
    values: Mapping[str, JsonValue] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Names the finding as long as what it is about stays as it is."""
        place = "" if self.at is None else f"{self.at[0]},{self.at[1]}"
        about = ",".join([*map(str, self.segment_ids), *self.item_ids])
        question = self.values.get("question", "")
        return f"{self.rule}:{self.layer or ''}:{about}:{place}:{question}"


@dataclass(frozen=True, slots=True)
class Fix:
    """What mends a finding: pixels of one layer with the id before and after, and changes of segments and items."""

    layer: str
    pixels: PixelRuns
    segments: tuple[SegmentChange, ...] = ()
    deleted_items: tuple[str, ...] = ()


Parameters = Mapping[str, JsonValue]


class Rule(Protocol):
    """`check` yields findings in a fixed order: by layer of the ontology, then by place."""

    @property
    def info(self) -> RuleInfo: ...

    def check(self, subject: Subject, parameters: Parameters) -> Iterable[Finding]: ...


@runtime_checkable
class FixableRule(Protocol):
    """A rule that can mend what it finds; ids in `closed` neither gain nor lose. None: it cannot be mended this way."""

    @property
    def info(self) -> RuleInfo: ...

    def check(self, subject: Subject, parameters: Parameters) -> Iterable[Finding]: ...

    def fix(
        self, subject: Subject, finding: Finding, parameters: Parameters, closed: Collection[int]
    ) -> Fix | None: ...


def integer(parameters: Parameters, name: str) -> int:
    value = parameters[name]
    assert isinstance(value, int) and not isinstance(value, bool)
    return value


def number(parameters: Parameters, name: str) -> float:
    value = parameters[name]
    assert isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value)


def flag(parameters: Parameters, name: str) -> bool:
    return parameters[name] is True


def class_numbers(parameters: Parameters, name: str) -> frozenset[int]:
    value = parameters[name]
    assert isinstance(value, list)
    return frozenset(entry for entry in value if isinstance(entry, int))
