# SPDX-License-Identifier: Apache-2.0
"""The state that edits change: label maps by layer and segments by id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from intarsia.core.edit import Edit, apply_edit
from intarsia.core.errors import EditError
from intarsia.core.geometry import SizeHW
from intarsia.core.label_map import LabelMap
from intarsia.core.segment import Segment, SegmentChange


@dataclass(frozen=True, slots=True)
class Annotation:
    """Label maps by layer name, all of one size, and segments (live ones, and stones of deleted and merged ones)."""

    layers: Mapping[str, LabelMap]
    segments: Mapping[int, Segment]

    @staticmethod
    def empty(size_hw: SizeHW, layers: Iterable[str]) -> Annotation:
        return Annotation({name: LabelMap.empty(size_hw) for name in layers}, {})

    def layer(self, name: str) -> LabelMap:
        """Label map of a layer; raises `unknown_layer`."""
        label_map = self.layers.get(name)
        if label_map is None:
            raise EditError("unknown_layer", f"This annotation has no layer {name!r}. Reload the project.", layer=name)
        return label_map

    def with_layer(self, name: str, label_map: LabelMap) -> Annotation:
        if self.layers.get(name) is label_map:
            return self
        return Annotation({**self.layers, name: label_map}, self.segments)

    def with_changes(self, changes: Iterable[SegmentChange]) -> Annotation:
        """Segments after the changes; their `before` is not looked at."""
        segments = dict(self.segments)
        touched = False
        for change in changes:
            touched = True
            if change.after is None:
                segments.pop(change.id, None)
            else:
                segments[change.id] = change.after
        return Annotation(self.layers, segments) if touched else self


def apply_exactly(annotation: Annotation, edit: Edit) -> Annotation:
    """Annotation after an edit that must find everything as it says: pixels (`stale_pixels`) and segments.

    Raises `stale_segment` when a segment is not equal to its `before`. Used for undo and redo in one place.
    """
    for change in edit.segments:
        if annotation.segments.get(change.id) != change.before:
            raise EditError(
                "stale_segment", f"Segment {change.id} changed since this edit was made.", segment=change.id
            )
    changed = apply_edit(annotation.layer(edit.layer), edit)
    return annotation.with_layer(edit.layer, changed).with_changes(edit.segments)
