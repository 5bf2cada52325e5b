# SPDX-License-Identifier: Apache-2.0
"""An import's classes meet those of the project by name; pixels follow."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from intarsia.core.ontology import ClassDef, Layer, Ontology
from intarsia.core.ontology_evolve import evolve
from intarsia.core.segment import Segment
from intarsia.formats.base import FormatError
from intarsia.formats.class_mapping import map_classes, with_class_numbers

from .dataset import CAR, ONTOLOGY, ROAD, SKY, class_grid, labelled

THING = 65_536


def ontology(*classes: ClassDef) -> Ontology:
    return Ontology(4, (Layer("main", "Main"),), classes)


def test_known_names_take_the_projects_numbers_and_new_ones_are_added_behind() -> None:
    existing = ontology(
        ClassDef(1, "Sky", "stuff", "main", "#000000", key="1"), ClassDef(7, "Car", "thing", "main", "#111111")
    )
    mapping = map_classes(existing, ONTOLOGY)
    by_name = {entry.name: mapping.numbers[entry.number] for entry in ONTOLOGY.classes}
    assert by_name == {"Road": 8, "Sky": 1, "Void": 3, "Car": 7, "Person": 5}
    added = [(entry.name, entry.number, entry.key) for entry in mapping.added]
    assert added == [("Road", 8, None), ("Void", 3, None), ("Person", 5, None)]
    assert mapping.ontology.classes[:2] == existing.classes
    assert evolve(existing, mapping.ontology).version == 5


def test_the_same_classes_change_nothing() -> None:
    mapping = map_classes(ONTOLOGY, ONTOLOGY)
    assert mapping.ontology is ONTOLOGY and mapping.added == ()
    image = labelled([[ROAD, SKY]], [Segment(ROAD, ROAD), Segment(SKY, SKY)])
    assert with_class_numbers(image, mapping.numbers) is image


def test_one_name_of_two_kinds_is_refused() -> None:
    other = ontology(ClassDef(1, "Car", "stuff", "main", "#000000"))
    with pytest.raises(FormatError, match="'Car'") as caught:
        map_classes(other, ONTOLOGY)
    assert caught.value.code == "class_kind_differs"


def test_a_retired_class_is_not_used_again() -> None:
    existing = ontology(replace(ONTOLOGY.classes[0], number=1, retired=True))
    mapping = map_classes(existing, ontology(ONTOLOGY.classes[0]))
    assert mapping.numbers == {1: 2}


def test_stuff_pixels_follow_their_class_even_when_numbers_swap() -> None:
    segments = [Segment(ROAD, ROAD), Segment(SKY, SKY), Segment(THING, CAR, crowd=True)]
    image = labelled([[ROAD, SKY, THING, 0]], segments)
    moved = with_class_numbers(image, {ROAD: SKY, SKY: ROAD, CAR: 9, 3: 3, 5: 5})
    assert moved.layers["main"].to_array().tolist() == [[SKY, ROAD, THING, 0]]
    assert np.array_equal(class_grid(moved), [[SKY, ROAD, 9, 0]])
    assert moved.segments[THING].crowd and moved.segments[SKY].class_number == SKY
    assert moved.numbers == {SKY: 1, ROAD: 2, THING: 3}
