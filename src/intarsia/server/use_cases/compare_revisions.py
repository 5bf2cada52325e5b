# SPDX-License-Identifier: Apache-2.0
"""What differs between two revisions: pixels by layer, segments, and items."""

from __future__ import annotations

from dataclasses import dataclass, replace

from intarsia.core.label_map import LabelMap
from intarsia.core.permissions import Action, Actor
from intarsia.core.pixel_runs import PixelRuns
from intarsia.server.ports import Ports
from intarsia.server.records import ItemRow, SegmentRow
from intarsia.server.use_cases.item_rows import told
from intarsia.server.use_cases.loading import load_annotation
from intarsia.server.use_cases.map_diff import diff_maps
from intarsia.server.use_cases.revision_state import layer_names, ontology_of, require_revision


@dataclass(frozen=True, slots=True)
class SegmentDifference:
    """A segment at both revisions; None where it did not exist yet."""

    id: int
    before: SegmentRow | None
    after: SegmentRow | None


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """An item at both revisions; None where it did not exist yet."""

    id: str
    before: ItemRow | None
    after: ItemRow | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """`layers` holds the runs that lead from one to the other, for each layer of the ontology in its order."""

    before: int
    after: int
    layers: dict[str, PixelRuns]
    segments: list[SegmentDifference]
    items: list[ItemDifference]


def compare_revisions(ports: Ports, actor: Actor, annotation_id: str, *, before: int, after: int | None) -> Comparison:
    """`after` None is the head. Raises NotFoundError `no_revision`."""
    with ports.database.read() as unit:
        row = load_annotation(unit, actor, Action.ANNOTATION_READ, annotation_id)
        end = row.revision if after is None else after
        require_revision(unit, row, before)
        require_revision(unit, row, end)
        maps = {
            name: [
                LabelMap.from_payloads(row.size_hw, unit.tiles.payloads(row, name, revision=number))
                for number in (before, end)
            ]
            for name in layer_names(ontology_of(unit, row))
        }
        old, new = (unit.segments.at(row.id, number) for number in (before, end))
        old_items, new_items = (told(unit.items.at(row.id, number)) for number in (before, end))
    segments = [
        SegmentDifference(key, old.get(key), new.get(key))
        for key in sorted(old.keys() | new.keys())
        if not _same(old.get(key), new.get(key))
    ]
    items = [
        ItemDifference(key, old_items.get(key), new_items.get(key))
        for key in sorted(old_items.keys() | new_items.keys())
        if old_items.get(key) != new_items.get(key)
    ]
    return Comparison(before, end, {name: diff_maps(*pair) for name, pair in maps.items()}, segments, items)


def _same(before: SegmentRow | None, after: SegmentRow | None) -> bool:
    """Equal in what people decide; a number is given once and says nothing."""
    return before == after or (
        before is not None and after is not None and replace(before, number=after.number) == after
    )
