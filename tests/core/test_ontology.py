# SPDX-License-Identifier: Apache-2.0
"""Ontologies: what is refused, what may change, and which colour a new class gets."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from intarsia.core.errors import OntologyError
from intarsia.core.ontology import ClassDef, Layer, Ontology, next_colour
from intarsia.core.ontology_evolve import evolve
from intarsia.core.ontology_json import ontology_from_json, ontology_to_json
from intarsia.core.palette import CLASS_COLOURS

LAYERS = (Layer("main", "Main"), Layer("parts", "Parts"))
CAR = ClassDef(3, "Car", "thing", "main", "#2C9EF3", key="1")
SKY = ClassDef(5, "Sky", "stuff", "main", "#CF5200")
WHEEL = ClassDef(9, "Wheel", "thing", "parts", "#E1F812", retired=True)
GOOD = Ontology(4, LAYERS, (CAR, SKY, WHEEL))


def refused_code(make: Any) -> str:
    with pytest.raises(OntologyError) as refused:
        make()
    return refused.value.code


def test_json_comes_back_the_same() -> None:
    assert ontology_from_json(ontology_to_json(GOOD)) == GOOD


def test_what_json_leaves_out_is_filled_in() -> None:
    made = ontology_from_json(
        {
            "layers": [{"name": "main"}],
            "classes": [
                {"number": 1, "name": "Road", "kind": "stuff", "layer": "main"},
                {"number": 2, "name": "Car", "kind": "thing", "layer": "main", "colour": "#cf5200"},
                {"number": 7, "name": "Void", "kind": "ignore", "layer": "main"},
            ],
        }
    )
    assert made.version == 1
    assert made.layers == (Layer("main", "main"),)
    assert [entry.colour for entry in made.classes] == [CLASS_COLOURS[0], "#CF5200", CLASS_COLOURS[2]]
    assert made.next_number() == 8
    assert made.by_number(7) == made.classes[2]
    assert made.by_number(6) is None


def test_colours_are_given_in_order_then_the_least_used() -> None:
    used: list[str] = []
    for colour in CLASS_COLOURS:
        assert next_colour(used) == colour
        used.append(colour.lower())
    assert next_colour(used) == CLASS_COLOURS[0]
    assert next_colour([*used, CLASS_COLOURS[0]]) == CLASS_COLOURS[1]
    assert next_colour([CLASS_COLOURS[1], "#123456"]) == CLASS_COLOURS[0]
    assert len(set(CLASS_COLOURS)) == 24


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("bad_layer", {"layers": ()}),
        ("bad_layer", {"layers": (Layer("Main", "Main"),)}),
        ("bad_layer", {"layers": (Layer("a" * 65, "Main"),)}),
        ("bad_layer", {"layers": (Layer("main", " "),)}),
        ("duplicate_layer", {"layers": (*LAYERS, LAYERS[0])}),
        ("unknown_layer", {"layers": (LAYERS[1],)}),
        ("duplicate_class_number", {"classes": (CAR, replace(SKY, number=3))}),
        ("duplicate_class_name", {"classes": (CAR, replace(SKY, name="Car"))}),
        ("duplicate_key", {"classes": (CAR, replace(SKY, key="1"))}),
        ("bad_class_number", {"classes": (replace(CAR, number=0),)}),
        ("bad_class_number", {"classes": (replace(CAR, number=65_536),)}),
        ("bad_class_name", {"classes": (replace(CAR, name=""),)}),
        ("bad_class_name", {"classes": (replace(CAR, name="a\x00b"),)}),
        ("bad_class_name", {"classes": (replace(CAR, name="x" * 201),)}),
        ("bad_colour", {"classes": (replace(CAR, colour="red"),)}),
        ("bad_key", {"classes": (replace(CAR, key="10"),)}),
        ("bad_key", {"classes": (replace(CAR, key=" "),)}),
    ],
)
def test_contradictions_are_refused(code: str, changes: dict[str, Any]) -> None:
    assert refused_code(lambda: replace(GOOD, **changes)) == code


def test_a_retired_class_frees_its_name_and_key() -> None:
    again = replace(CAR, number=10)
    assert replace(GOOD, classes=(replace(CAR, retired=True), again)).classes[1] is again


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("bad_ontology", None),
        ("bad_ontology", {"layers": []}),
        ("bad_ontology", {"layers": {}, "classes": []}),
        ("bad_ontology", {"layers": [], "classes": [], "extra": 1}),
        ("bad_ontology", {"layers": [{"name": 5}], "classes": []}),
        ("bad_ontology", {"layers": [{"name": "main"}], "classes": [{"number": 1}]}),
        ("bad_ontology", {"layers": [{"name": "main"}], "classes": [5]}),
        ("bad_ontology", {"layers": [{"name": "main"}], "classes": [], "version": True}),
    ],
)
def test_json_of_another_shape_is_refused(code: str, value: object) -> None:
    assert refused_code(lambda: ontology_from_json(value)) == code


@pytest.mark.parametrize(
    ("code", "key", "value"),
    [
        ("bad_class_kind", "kind", "blob"),
        ("bad_ontology", "number", "1"),
        ("bad_ontology", "number", True),
        ("bad_ontology", "retired", 1),
        ("bad_ontology", "name", 5),
        ("bad_ontology", "nmae", "Car"),
    ],
)
def test_json_of_a_class_is_read_strictly(code: str, key: str, value: object) -> None:
    entry = {"number": 1, "name": "Car", "kind": "thing", "layer": "main", key: value}
    assert refused_code(lambda: ontology_from_json({"layers": [{"name": "main"}], "classes": [entry]})) == code


def test_classes_may_be_added_renamed_recoloured_and_retired() -> None:
    new = Ontology(
        99,
        (replace(LAYERS[0], title="Everything"), LAYERS[1], Layer("extra", "Extra")),
        (
            replace(SKY, retired=True),
            replace(CAR, name="Vehicle", colour="#000000"),
            WHEEL,
            replace(CAR, number=11, name="Bus", key=None),
        ),
    )
    evolved = evolve(GOOD, new)
    assert evolved.version == 5
    assert evolved.classes == new.classes


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("class_removed", {"classes": (CAR, SKY)}),
        ("class_kind_changed", {"classes": (replace(CAR, kind="stuff"), SKY, WHEEL)}),
        ("class_layer_changed", {"classes": (replace(CAR, layer="parts"), SKY, WHEEL)}),
        ("layer_removed", {"layers": LAYERS[:1], "classes": (CAR, SKY)}),
    ],
)
def test_what_annotations_rely_on_never_changes(code: str, changes: dict[str, Any]) -> None:
    assert refused_code(lambda: evolve(GOOD, replace(GOOD, **changes))) == code
