# SPDX-License-Identifier: Apache-2.0
"""An ontology as JSON: every key is written; keys with a default may be missing when read."""

from __future__ import annotations

from intarsia.core.limits import STUFF_ID_MAX
from intarsia.core.ontology import (
    ClassDef,
    GeometryKind,
    Layer,
    Ontology,
    ProtectionRule,
    QuestionsWhen,
    RelationDef,
    next_colour,
)
from intarsia.core.ontology_check import GEOMETRY_KINDS, KINDS, QUESTIONS_WHEN, refuse
from intarsia.core.ontology_question_json import questions_from_json, questions_to_json
from intarsia.core.ontology_reading import (
    optional_text,
    read_flag,
    read_list,
    read_object,
    read_one_of,
    read_text,
    read_whole,
)
from intarsia.core.segment import JsonValue

_CLASS_NEEDED = frozenset({"number", "name", "kind", "layer"})
_CLASS_ALLOWED = frozenset(
    {"colour", "key", "retired", "parent", "geometry", "priority", "description", "questions"},
)
_ALLOWED = frozenset({"version", "questions", "questions_when", "relations", "protection"})


def ontology_to_json(ontology: Ontology) -> dict[str, JsonValue]:
    return {
        "version": ontology.version,
        "layers": [{"name": layer.name, "title": layer.title} for layer in ontology.layers],
        "classes": [_class_to_json(entry) for entry in ontology.classes],
        "questions": questions_to_json(ontology.questions),
        "questions_when": ontology.questions_when,
        "relations": [_relation_to_json(relation) for relation in ontology.relations],
        "protection": [{"taker": rule.taker, "owner": rule.owner, "allow": rule.allow} for rule in ontology.protection],
    }


def ontology_from_json(value: object) -> Ontology:
    """Ontology of a decoded JSON value. Raises `OntologyError` with a code that names what is wrong."""
    data = read_object(value, "ontology", needed={"layers", "classes"}, allowed=_ALLOWED)
    layers = tuple(_layer(item, f"layers[{at}]") for at, item in enumerate(read_list(data["layers"], "layers")))
    when = read_one_of(data.get("questions_when", "last"), "questions_when", known=QUESTIONS_WHEN)
    return Ontology(
        version=read_whole(data.get("version", 1), "version"),
        layers=layers,
        classes=_classes(read_list(data["classes"], "classes")),
        questions=questions_from_json(data.get("questions", []), "questions"),
        questions_when=_WHEN[when],
        relations=tuple(
            _relation(item, f"relations[{at}]")
            for at, item in enumerate(read_list(data.get("relations", []), "relations"))
        ),
        protection=tuple(
            _rule(item, f"protection[{at}]")
            for at, item in enumerate(read_list(data.get("protection", []), "protection"))
        ),
    )


_WHEN: dict[str, QuestionsWhen] = {"first": "first", "last": "last"}
_GEOMETRY: dict[str, GeometryKind] = {
    "mask": "mask",
    "box": "box",
    "rotated_box": "rotated_box",
    "polygon": "polygon",
    "polyline": "polyline",
    "point": "point",
}


def _class_to_json(entry: ClassDef) -> dict[str, JsonValue]:
    return {
        "number": entry.number,
        "name": entry.name,
        "kind": entry.kind,
        "layer": entry.layer,
        "colour": entry.colour,
        "key": entry.key,
        "retired": entry.retired,
        "parent": entry.parent,
        "geometry": list(entry.geometry),
        "priority": entry.priority,
        "description": entry.description,
        "questions": questions_to_json(entry.questions),
    }


def _relation_to_json(relation: RelationDef) -> dict[str, JsonValue]:
    return {
        "id": relation.id,
        "title": relation.title,
        "directed": relation.directed,
        "from": list(relation.from_classes),
        "to": list(relation.to_classes),
        "retired": relation.retired,
    }


def _layer(value: object, where: str) -> Layer:
    data = read_object(value, where, needed={"name"}, allowed={"title"})
    name = read_text(data["name"], f"{where}.name")
    return Layer(name, read_text(data.get("title", name), f"{where}.title"))


def _classes(items: list[object]) -> tuple[ClassDef, ...]:
    """Classes without a colour get the next one of the palette, in order."""
    if len(items) > STUFF_ID_MAX:
        refuse("too_many_classes", f"An ontology has at most {STUFF_ID_MAX} classes.", "classes")
    given = [item.get("colour") for item in items if isinstance(item, dict)]
    used = [colour for colour in given if isinstance(colour, str)]
    classes: list[ClassDef] = []
    for at, item in enumerate(items):
        lacks = isinstance(item, dict) and item.get("colour") is None
        entry = _class(item, f"classes[{at}]", default_colour=next_colour(used) if lacks else "")
        if lacks:
            used.append(entry.colour)
        classes.append(entry)
    return tuple(classes)


def _class(value: object, where: str, *, default_colour: str) -> ClassDef:
    data = read_object(value, where, needed=_CLASS_NEEDED, allowed=_CLASS_ALLOWED)
    kind = next((known for known in KINDS if known == data["kind"]), None)
    if kind is None:
        refuse("bad_class_kind", "A class is thing, stuff or ignore.", where)
    colour, parent = optional_text(data.get("colour"), f"{where}.colour"), data.get("parent")
    return ClassDef(
        number=read_whole(data["number"], f"{where}.number"),
        name=read_text(data["name"], f"{where}.name"),
        kind=kind,
        layer=read_text(data["layer"], f"{where}.layer"),
        colour=default_colour if colour is None else colour.upper(),
        key=optional_text(data.get("key"), f"{where}.key"),
        retired=read_flag(data.get("retired", False), f"{where}.retired"),
        parent=None if parent is None else read_whole(parent, f"{where}.parent"),
        geometry=tuple(
            _geometry(item, where) for item in read_list(data.get("geometry", ["mask"]), f"{where}.geometry")
        ),
        priority=read_whole(data.get("priority", 0), f"{where}.priority"),
        description=read_text(data.get("description", ""), f"{where}.description"),
        questions=questions_from_json(data.get("questions", []), f"{where}.questions"),
    )


def _geometry(value: object, where: str) -> GeometryKind:
    if not isinstance(value, str) or value not in _GEOMETRY:
        refuse("bad_geometry", f"A kind of geometry is one of {', '.join(GEOMETRY_KINDS)}.", where)
    return _GEOMETRY[value]


def _relation(value: object, where: str) -> RelationDef:
    data = read_object(value, where, needed={"id", "title"}, allowed={"directed", "from", "to", "retired"})
    return RelationDef(
        id=read_text(data["id"], f"{where}.id"),
        title=read_text(data["title"], f"{where}.title"),
        directed=read_flag(data.get("directed", True), f"{where}.directed"),
        from_classes=_numbers(data.get("from", []), f"{where}.from"),
        to_classes=_numbers(data.get("to", []), f"{where}.to"),
        retired=read_flag(data.get("retired", False), f"{where}.retired"),
    )


def _numbers(value: object, where: str) -> tuple[int, ...]:
    return tuple(read_whole(item, where) for item in read_list(value, where))


def _rule(value: object, where: str) -> ProtectionRule:
    data = read_object(value, where, needed={"taker", "owner", "allow"}, allowed=set())
    return ProtectionRule(
        read_whole(data["taker"], f"{where}.taker"),
        read_whole(data["owner"], f"{where}.owner"),
        read_flag(data["allow"], f"{where}.allow"),
    )
