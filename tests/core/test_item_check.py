# SPDX-License-Identifier: Apache-2.0
"""What is refused of items before replay, and which of an import's items come in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intarsia.core.annotation import Annotation
from intarsia.core.errors import EditError
from intarsia.core.item import ImageItem, Item, ItemChange, ObjectItem, RelationItem
from intarsia.core.item_check import acceptable_items, check_items
from intarsia.core.item_geometry import Box, Point
from intarsia.core.ontology import ClassDef, Layer, Ontology, RelationDef
from intarsia.core.segment import Segment

from .item_strategies import OBJECT_IDS, RELATION_IDS, edit_of_items

CAR, DOG = 1, 2
ONTOLOGY = Ontology(
    1,
    (Layer("main", "Main"),),
    (
        ClassDef(CAR, "Car", "thing", "main", "#FF0000", geometry=("mask", "box")),
        ClassDef(DOG, "Dog", "thing", "main", "#00FF00", geometry=("mask",)),
    ),
    relations=(RelationDef("tows", "tows", from_classes=(CAR,), to_classes=(CAR,)),),
)
BOX = Box((0, 0, 1, 1))
SEGMENTS = {
    70_000: Segment(70_000, DOG, state="merged", merged_into=70_001),
    70_001: Segment(70_001, CAR),
    70_002: Segment(70_002, DOG),
}
HEAD = Annotation(Annotation.empty((2, 2), ["main"]).layers, SEGMENTS)


def code_of(*changes: ItemChange, tool: str = "box", head: Annotation = HEAD) -> str | None:
    try:
        check_items(replace(edit_of_items(changes), tool=tool), annotation=head, ontology=ONTOLOGY)
    except EditError as refused:
        return refused.code
    return None


def tows(from_end: int | str, to_end: int | str) -> ItemChange:
    return ItemChange(RELATION_IDS[0], None, RelationItem(RELATION_IDS[0], "tows", from_end, to_end))


def test_an_end_has_the_class_of_what_it_was_merged_into() -> None:
    assert code_of(tows(70_000, 70_001)) is None
    assert code_of(tows(70_002, 70_001)) == "relation_not_allowed"
    assert code_of(tows(70_001, 77)) == "unknown_end"
    assert code_of(tows(70_001, OBJECT_IDS[0])) == "unknown_end"
    made = ItemChange(OBJECT_IDS[0], None, ObjectItem(OBJECT_IDS[0], CAR, BOX))
    assert code_of(made, tows(70_001, OBJECT_IDS[0])) is None


def test_what_was_there_is_kept_and_comes_back_when_the_ontology_grew_stricter() -> None:
    old = ObjectItem(OBJECT_IDS[0], DOG, BOX)
    head = replace(HEAD, items={old.id: old})
    assert code_of(ItemChange(old.id, old, replace(old, geometry=Box((0, 0, 2, 2)))), head=head) is None
    assert code_of(ItemChange(old.id, old, replace(old, geometry=Point((0, 0)))), head=head) == "geometry_not_allowed"
    assert code_of(ItemChange(old.id, None, old)) == "geometry_not_allowed"
    for tool in ("undo", "redo", "restore", "resolve"):
        assert code_of(ItemChange(old.id, None, old), tool=tool) is None


@pytest.mark.parametrize("change", [ItemChange(OBJECT_IDS[0], ObjectItem(OBJECT_IDS[0], CAR, BOX), None)])
def test_what_the_head_does_not_know_cannot_change(change: ItemChange) -> None:
    assert code_of(change) == "unknown_item"


def test_of_an_import_those_come_in_that_could_be_made() -> None:
    good, bad = ObjectItem(OBJECT_IDS[0], CAR, BOX), ObjectItem(OBJECT_IDS[1], DOG, BOX)
    kept = RelationItem(RELATION_IDS[0], "tows", 70_001, good.id)
    broken = RelationItem(RELATION_IDS[1], "tows", good.id, bad.id)
    items: tuple[Item, ...] = (good, bad, kept, broken, ImageItem({"weather": "rain"}))
    accepted, refused = acceptable_items({item.id: item for item in items}, segments=SEGMENTS, ontology=ONTOLOGY)
    assert accepted == {good.id: good, kept.id: kept}
    assert [error.code for error in refused] == ["unknown_question", "geometry_not_allowed", "unknown_end"]
