# SPDX-License-Identifier: Apache-2.0
"""Inputs of the vectors of the page `ontology`: documents good and bad, versions, answers, protection."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from vector_shapes import Case, Json, case

SPECK = {"id": "speck", "title": "Speck?", "kind": "boolean"}
SHADE = {"id": "shade", "title": "Shade", "kind": "text", "max_chars": 5}
OCCLUDED = {
    "id": "occluded",
    "title": "Occluded?",
    "kind": "single",
    "required": True,
    "options": [
        {"id": "no", "title": "No"},
        {"id": "partly", "title": "Partly", "questions": [SPECK]},
        {"id": "mostly", "title": "Mostly", "questions": [{**SHADE, "required": True}]},
    ],
}
DOORS = {"id": "doors", "title": "Doors", "kind": "number", "min": 0, "max": 9, "step": 1, "unit": "pcs", "default": 4}
DAMAGE = {
    "id": "damage",
    "title": "Damage",
    "kind": "multiple",
    "options": [
        {"id": "dent", "title": "Dent", "questions": [{"id": "dent-size", "title": "How deep?", "kind": "number"}]},
        {"id": "rust", "title": "Rust", "questions": [{"id": "rust-day", "title": "Seen on", "kind": "date"}]},
        {"id": "none", "title": "None", "retired": True},
    ],
}
WEATHER = {"id": "weather", "title": "Weather", "kind": "single", "options": [{"id": "rain", "title": "Rain"}]}
CAR: dict[str, Any] = {
    "number": 3,
    "name": "Car",
    "kind": "thing",
    "layer": "main",
    "colour": "#2C9EF3",
    "key": "1",
    "retired": False,
    "parent": 7,
    "geometry": ["mask", "box"],
    "priority": 5,
    "description": "Anything with an engine.\nAlso vans.",
    "questions": [OCCLUDED, DOORS],
}
SKY = {"number": 4, "name": "Sky", "kind": "stuff", "layer": "main", "colour": "#cf5200"}
GROUP = {"number": 7, "name": "Vehicle", "kind": "thing", "layer": "main", "geometry": []}
VOID = {"number": 9, "name": "Void", "kind": "ignore", "layer": "parts", "priority": -3}
GOOD: dict[str, Any] = {
    "version": 3,
    "layers": [{"name": "main", "title": "Main"}, {"name": "parts"}],
    "classes": [CAR, SKY, GROUP, VOID],
    "questions": [WEATHER],
    "questions_when": "first",
    "relations": [{"id": "rides", "title": "rides", "from": [7], "to": []}],
    "protection": [{"taker": 4, "owner": 3, "allow": False}, {"taker": 0, "owner": 9, "allow": False}],
}


def changed(path: str, value: Json, base: Json = None) -> Json:
    """GOOD (or `base`) with one place changed; the value `...` leaves it out."""
    document = copy.deepcopy(GOOD if base is None else base)
    *way, last = (int(step) if step.isdigit() else step for step in path.split("."))
    at = document
    for step in way:
        at = at[step]
    if value is ...:
        del at[last]
    elif isinstance(at, list) and last == len(at):
        at.append(value)
    else:
        at[last] = value
    return document


def nested(depth: int) -> Json:
    """A question in an option in a question …, `depth` deep."""
    inner: Json = []
    for level in range(depth, 0, -1):
        option = {"id": "yes", "title": "Yes", "questions": inner}
        inner = [{"id": f"level-{level}", "title": "Deeper?", "kind": "single", "options": [option]}]
    return inner


BAD: tuple[tuple[str, Json], ...] = (
    ("no object", []),
    ("a key that is not known", changed("colour", 1)),
    ("layers left out", changed("layers", ...)),
    ("a class without its kind", changed("classes.0.kind", ...)),
    ("a class with a key that is not known", changed("classes.0.hotkey", "a")),
    ("a number as name", changed("classes.0.name", 3)),
    ("true as number", changed("classes.0.number", True)),
    ("half a priority", changed("classes.0.priority", 0.5)),
    ("retired is a word", changed("classes.0.retired", "no")),
    ("geometry is null", changed("classes.0.geometry", None)),
    ("questions neither first nor last", changed("questions_when", "never")),
    ("no layer", changed("layers", [])),
    ("a layer in capitals", changed("layers.0.name", "Main")),
    ("a layer without a title", changed("layers.0.title", " ")),
    ("a layer twice", changed("layers.1", {"name": "main"})),
    ("a class number twice", changed("classes.1.number", 3)),
    ("a class name twice", changed("classes.1.name", "Car")),
    ("a key twice", changed("classes.1.key", "1")),
    ("class 0", changed("classes.3.number", 0)),
    ("an empty name", changed("classes.0.name", "")),
    ("a control character in a name", changed("classes.0.name", "a\u0000b")),
    ("a kind that is not known", changed("classes.0.kind", "other")),
    ("a layer that is not there", changed("classes.0.layer", "depth")),
    ("a colour as word", changed("classes.0.colour", "red")),
    ("a key of two characters", changed("classes.0.key", "10")),
    ("geometry in another order", changed("classes.0.geometry", ["box", "mask"])),
    ("geometry twice", changed("classes.0.geometry", ["mask", "mask"])),
    ("geometry that is not known", changed("classes.0.geometry", ["cube"])),
    ("stuff as a box", changed("classes.1.geometry", ["mask", "box"])),
    ("a priority too high", changed("classes.0.priority", 1001)),
    ("a priority too low", changed("classes.0.priority", -1001)),
    ("a description too long", changed("classes.0.description", "ä" * 2001)),
    ("a parent that is not there", changed("classes.0.parent", 8)),
    ("its own parent", changed("classes.0.parent", 3)),
    ("a circle of two", changed("classes.2.parent", 3)),
    ("an id of a question in capitals", changed("questions.0.id", "Weather")),
    ("an id of a question too long", changed("questions.0.id", "w" * 65)),
    ("a question of a kind that is not known", changed("questions.0.kind", "colour")),
    ("a question without a title", changed("questions.0.title", "")),
    ("a key of another kind", changed("questions.0.unit", "m")),
    ("a choice without options", changed("questions.0.options", [])),
    ("a choice whose options are left out", changed("questions.0.options", ...)),
    ("an id of an option with a dot", changed("questions.0.options.0.id", "a.b")),
    ("an option twice", changed("questions.0.options.1", {"id": "rain", "title": "More"})),
    ("an id of a question twice", changed("questions.1", SPECK)),
    ("an id of a question twice in one list", changed("questions.1", WEATHER)),
    ("a default that is no option", changed("questions.0.default", "snow")),
    ("a default out of range", changed("classes.0.questions.1.default", 10)),
    ("a range that ends before it begins", changed("classes.0.questions.1.min", 10)),
    ("a step of 0", changed("classes.0.questions.1.step", 0)),
    ("a unit too long", changed("classes.0.questions.1.unit", "x" * 33)),
    ("a text of 0 characters", changed("questions.1", {**SHADE, "id": "s", "max_chars": 0})),
    ("17 deep", changed("questions", nested(17))),
    ("an id of a relation with a space", changed("relations.0.id", "r i")),
    ("a relation twice", changed("relations.1", {"id": "rides", "title": "x"})),
    ("a relation from a class that is not there", changed("relations.0.from", [8])),
    ("a relation from a class twice", changed("relations.0.from", [7, 7])),
    ("protection of a class that is not there", changed("protection.0.owner", 8)),
    ("protection of unlabelled pixels", changed("protection.0.owner", 0)),
    ("protection from oneself", changed("protection.0.owner", 4)),
    ("protection twice", changed("protection.1", {"taker": 4, "owner": 3, "allow": True})),
)

NEXT: tuple[tuple[str, Json], ...] = (
    ("the same again", GOOD),
    ("renamed", changed("classes.0.name", "Auto")),
    ("recoloured, in another order", changed("classes", [VOID, {**CAR, "colour": "#000000"}, GROUP, SKY])),
    ("retired", changed("classes.0.retired", True)),
    ("a class more", changed("classes.4", {"number": 10, "name": "Bus", "kind": "thing", "layer": "main"})),
    ("another parent and geometry", changed("classes.0.parent", None, changed("classes.0.geometry", []))),
    ("a question retired", changed("questions.0.retired", True)),
    ("an option retired", changed("questions.0.options.0.retired", True)),
    ("another range and default", changed("classes.0.questions.1.max", 4)),
    ("a layer left out", changed("layers", GOOD["layers"][:1], changed("classes", [CAR, SKY, GROUP], changed(
        "protection", GOOD["protection"][:1])))),
    ("a class left out", changed("classes", [CAR, SKY, GROUP], changed("protection", GOOD["protection"][:1]))),
    ("a class of another kind", changed("classes.1.kind", "thing")),
    ("a class in another layer", changed("classes.0.layer", "parts")),
    ("a question left out", changed("questions", [])),
    ("a nested question left out", changed("classes.0.questions.0.options.1.questions", [])),
    ("an option left out", changed("classes.0.questions.0.options", OCCLUDED["options"][1:])),
    ("a question of another kind", changed("questions.0.kind", "multiple")),
    ("a question moved to a class", changed("questions", [], changed("classes.1.questions", [WEATHER]))),
    (
        "a question moved to another option",
        changed(
            "classes.0.questions.0.options.1.questions",
            [],
            changed("classes.0.questions.0.options.0.questions", [SPECK]),
        ),
    ),
    ("a relation left out", changed("relations", [])),
    ("a relation retired and renamed", changed("relations.0", {"id": "rides", "title": "sits on", "retired": True})),
)  # fmt: skip

ANSWERS: tuple[tuple[str, Json], ...] = (
    ("none", {}),
    ("null is none", {"occluded": None}),
    ("an option that opens nothing", {"occluded": "no"}),
    ("an option that opens a question", {"occluded": "mostly"}),
    ("and its answer", {"occluded": "mostly", "shade": "dark"}),
    ("an answer that is no longer open", {"occluded": "no", "shade": "dark", "doors": 2}),
    ("two options", {"occluded": "partly", "damage": ["rust", "dent"], "dent-size": 1.5}),
    ("an option that is not there", {"occluded": "wholly", "damage": ["gone", "none"]}),
    ("values of another kind", {"occluded": ["mostly"], "damage": "dent", "doors": False}),
)

VALUES: tuple[tuple[str, Json, tuple[Json, ...]], ...] = (
    ("single", WEATHER, ("rain", "snow", "", ["rain"], None, 1, True)),
    ("multiple", DAMAGE, (["dent"], ["rust", "dent"], ["none"], [], ["dent", "dent"], ["x"], "dent", [1], None)),
    ("text", SHADE, ("dark", "🌑🌒🌓🌔🌕", "🌑🌒🌓🌔🌕🌖", "a\nb", "a\u0007b", "", " ", 5, None)),
    ("number", DOORS, (0, 9, 2.5, -1, 9.5, "3", True, None, [3])),
    ("number without a range", {"id": "n", "title": "N", "kind": "number"}, (0, -1e300, 0.1, "0", False)),
    ("boolean", SPECK, (True, False, 0, "true", None)),
    (
        "date",
        {"id": "d", "title": "D", "kind": "date"},
        ("2024-02-29", "2023-02-29", "1900-02-29", "2000-02-29", "0000-01-01", "2024-13-01", "2024-04-31", "2024-4-1",
         "2024-04-01T00:00", "٢٠٢٤-01-01", 20240401, None),
    ),
)  # fmt: skip


def cases() -> Iterator[Case]:
    yield case("read: everything", "every key of the page", do="read_ontology", ontology=GOOD)
    least = {"layers": [{"name": "main"}], "classes": [SKY, {**GROUP, "geometry": ["mask"]}]}
    yield case("read: what may be missing", "documents of older versions", do="read_ontology", ontology=least)
    document = changed("questions", nested(16))
    yield case("read: 16 deep", "the deepest that is allowed", do="read_ontology", ontology=document)
    for name, document in BAD:
        yield case(f"read: {name}", "one thing is wrong", do="read_ontology", ontology=document)
    for name, document in NEXT:
        yield case(f"evolve: {name}", "what the next version may change", do="evolve", old=GOOD, new=document)
    questions = [OCCLUDED, DOORS, {**DAMAGE, "required": True}, {**WEATHER, "retired": True, "required": True}]
    for name, answers in ANSWERS:
        yield case(
            f"open: {name}", "which questions are asked", do="open_questions", questions=questions, answers=answers
        )
    by_default = [{**OCCLUDED, "default": "mostly"}, {**DAMAGE, "default": ["dent"], "required": True}]
    for name, answers in (("defaults open", {}), ("an answer closes", {"occluded": "no", "damage": ["rust"]})):
        yield case(f"open: {name}", "defaults count", do="open_questions", questions=by_default, answers=answers)
    for kind, question, values in VALUES:
        for place, value in enumerate(values):
            yield case(f"answer: {kind} {place}", f"{value!r}", do="check_answer", question=question, value=value)
    yield case("take: rules and priorities", "every pair of classes", do="may_take", ontology=GOOD)
    equal = changed("protection", [{"taker": 3, "owner": 9, "allow": True}], changed("classes.3.priority", 9))
    yield case("take: a rule that allows", "a rule goes before priorities", do="may_take", ontology=equal)
