# SPDX-License-Identifier: Apache-2.0
"""COCO files say under which class a class stands, and the answers to open questions."""

from __future__ import annotations

from intarsia.core.ontology import ClassDef
from intarsia.core.ontology_question import Option, Question
from intarsia.formats.coco_ontology import attributes_of, category_of
from intarsia.formats.panoptic_classes import panoptic_ontology
from intarsia.formats.panoptic_index import Category

WHY = Question("why", "Why?", "text")
OPTIONS = (Option("well", "Well"), Option("badly", "Badly", questions=(WHY,)))
SEEN = Question("seen", "Seen?", "single", default="well", options=OPTIONS)
VEHICLE = ClassDef(7, "Vehicle", "thing", "main", "#000000", geometry=())
CAR = ClassDef(3, "Car", "thing", "main", "#2C9EF3", parent=7, questions=(SEEN,))
CLASSES = {3: CAR, 7: VEHICLE}


def test_the_parent_is_the_supercategory() -> None:
    assert category_of(CAR, CLASSES) == {
        "id": 3,
        "name": "Car",
        "supercategory": "Vehicle",
        "isthing": 1,
        "color": [44, 158, 243],
    }
    assert category_of(VEHICLE, CLASSES)["supercategory"] == ""


def test_attributes_are_the_answers_to_open_questions_and_defaults() -> None:
    assert attributes_of(CAR, {}) == {"attributes": {"seen": "well"}}
    assert attributes_of(CAR, {"why": "fog"}) == {"attributes": {"seen": "well"}}
    assert attributes_of(CAR, {"seen": "badly", "why": "fog"}) == {"attributes": {"seen": "badly", "why": "fog"}}
    assert attributes_of(VEHICLE, {"seen": "badly"}) == {} == attributes_of(None, {})


def read_parents(*categories: tuple[int, str, str]) -> dict[str, int | None]:
    listed = {key: Category(key, name, True, None, group) for key, name, group in categories}
    ontology, _ = panoptic_ontology({"main": listed}, None, where="test")
    return {entry.name: entry.parent for entry in ontology.classes}


def test_a_supercategory_that_is_a_class_becomes_the_parent() -> None:
    found = read_parents((3, "Car", "Vehicle"), (7, "Vehicle", "On wheels"), (8, "Person", "Person"), (9, "X", ""))
    assert found == {"Car": 7, "Vehicle": None, "Person": None, "X": None}


def test_supercategories_in_a_circle_end_somewhere() -> None:
    found = read_parents((1, "A", "B"), (2, "B", "C"), (3, "C", "A"))
    assert found == {"A": 2, "B": 3, "C": None}
