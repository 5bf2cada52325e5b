# SPDX-License-Identifier: Apache-2.0
"""The state that edits change: label maps by layer, segments and items by id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from intarsia.core.edit import Edit, apply_edit
from intarsia.core.errors import EditError
from intarsia.core.geometry import SizeHW
from intarsia.core.item import Item, ItemChange, item_of, with_item_changes
from intarsia.core.label_map import LabelMap
from intarsia.core.segment import Segment, SegmentChange


@dataclass(frozen=True, slots=True)
class Annotation:
    """Label maps by layer name, all of one size, segments (live ones, and stones of deleted and merged ones), and items
    likewise; the image's item is left out while it has no answers."""

    layers: Mapping[str, LabelMap]
    segments: Mapping[int, Segment]
    items: Mapping[str, Item] = field(default_factory=dict)

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
        return replace(self, layers={**self.layers, name: label_map})

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
        return replace(self, segments=segments) if touched else self

    def with_items(self, changes: tuple[ItemChange, ...]) -> Annotation:
        """Items after the changes; their `before` is not looked at."""
        return replace(self, items=with_item_changes(self.items, changes)) if changes else self


def apply_exactly(annotation: Annotation, edit: Edit) -> Annotation:
    """Annotation after an edit that must find everything as it says: pixels (`stale_pixels`), segments and items.

    Raises `stale_segment` or `stale_item` when one is not equal to its `before`. Used for undo and redo in one place.
    """
    for change in edit.segments:
        if annotation.segments.get(change.id) != change.before:
            raise EditError(
                "stale_segment", f"Segment {change.id} changed since this edit was made.", segment=change.id
            )
    for entry in edit.items:
        if item_of(annotation.items, entry.id) != entry.before:
            raise EditError("stale_item", f"Item {entry.id} changed since this edit was made.", item=entry.id)
    changed = apply_edit(annotation.layer(edit.layer), edit)
    return annotation.with_layer(edit.layer, changed).with_changes(edit.segments).with_items(edit.items)
