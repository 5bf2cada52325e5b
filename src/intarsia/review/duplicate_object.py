# SPDX-License-Identifier: Apache-2.0
"""Two objects of one class in nearly the same place: mostly one thing, drawn twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from intarsia.core.item import ObjectItem
from intarsia.core.pixel_runs import PixelRuns
from intarsia.review.base import Finding, Fix, Parameter, Parameters, RuleInfo, number
from intarsia.review.object_bounds import Bounds, bounds_xyxy, overlap, pixel_box
from intarsia.review.subject import Subject


class DuplicateObject:
    info = RuleInfo(
        code="duplicate_box",
        title="Duplicate boxes",
        why="Two boxes of one class in one place are mostly one thing that was drawn twice.",
        parameters=(Parameter("overlap", "Overlap from", "number", 0.9, 0.1, 1.0, "of 1"),),
        fixable=True,
    )

    def check(self, subject: Subject, parameters: Parameters) -> Iterator[Finding]:
        least = number(parameters, "overlap")
        for first, second, bounds in _pairs(subject, least):
            box = pixel_box(bounds, subject.size_hw)
            entry = subject.class_by_number(second.class_number)
            yield Finding(
                self.info.code,
                layer=entry.layer if entry else None,
                item_ids=(first.id, second.id),
                box_xyxy=box,
                at=None if box is None else ((box[0] + box[2]) // 2, (box[1] + box[3]) // 2),
            )

    def fix(self, subject: Subject, finding: Finding, parameters: Parameters, closed: Collection[int]) -> Fix | None:
        """Deletes the second of the two; the first is the one with the lower id."""
        layer = finding.layer or subject.ontology.layers[0].name
        return Fix(layer, PixelRuns.empty(), deleted_items=finding.item_ids[1:])


def _pairs(subject: Subject, least: float) -> Iterator[tuple[ObjectItem, ObjectItem, Bounds]]:
    """Pairs of one class and kind, by ids; swept from left to right so that far ones are never compared."""
    objects = [
        (bounds_xyxy(item.geometry), item)
        for _, item in sorted(subject.annotation.items.items())
        if isinstance(item, ObjectItem) and item.state == "live"
    ]
    objects.sort(key=lambda entry: (entry[0][0], entry[1].id))
    found = []
    waiting: list[tuple[Bounds, ObjectItem]] = []
    for bounds, item in objects:
        waiting = [entry for entry in waiting if entry[0][2] >= bounds[0]]
        for other_bounds, other in waiting:
            alike = other.class_number == item.class_number and other.geometry.kind == item.geometry.kind
            if alike and overlap(bounds, other_bounds) >= least:
                first, second = sorted((item, other), key=lambda entry: entry.id)
                found.append((first, second, bounds_xyxy(second.geometry)))
        waiting.append((bounds, item))
    yield from sorted(found, key=lambda pair: (pair[0].id, pair[1].id))
