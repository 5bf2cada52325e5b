# SPDX-License-Identifier: Apache-2.0
"""What an ontology must not contradict itself in; each rule has its code."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Final, NoReturn

from intarsia.core.errors import OntologyError
from intarsia.core.limits import LAYER_NAME_MAX_CHARS, STUFF_ID_MAX
from intarsia.core.ontology_question_check import ID_PATTERN, check_questions

if TYPE_CHECKING:
    from intarsia.core.ontology import ClassDef, Ontology

KINDS: Final = ("thing", "stuff", "ignore")
GEOMETRY_KINDS: Final = ("mask", "box", "rotated_box", "polygon", "polyline", "point")
QUESTIONS_WHEN: Final = ("first", "last")
TITLE_MAX_CHARS: Final = 200
DESCRIPTION_MAX_CHARS: Final = 2_000
PRIORITY_MAX: Final = 1_000
RELATIONS_MAX: Final = 1_000
_LAYERS_MAX = 64
_LAYER_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_NOT_IN_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def check_ontology(ontology: Ontology) -> None:
    """Raises OntologyError."""
    names = _check_layers(ontology)
    classes = {entry.number: entry for entry in ontology.classes}
    _check_unique((entry.number for entry in ontology.classes), "duplicate_class_number", "Two classes have one number")
    living = [entry for entry in ontology.classes if not entry.retired]
    _check_unique((entry.name for entry in living), "duplicate_class_name", "Two classes have one name")
    keys = (entry.key for entry in living if entry.key is not None)
    _check_unique(keys, "duplicate_key", "Two classes have one key")
    for entry in ontology.classes:
        _check_class(entry, names)
    _check_parents(classes)
    check_questions(ontology)
    if ontology.questions_when not in QUESTIONS_WHEN:
        refuse("bad_ontology", "The questions on the image come first or last.", "questions_when")
    _check_relations(ontology, classes)
    _check_protection(ontology, classes)


def refuse(code: str, what: str, where: str) -> NoReturn:
    raise OntologyError(code, f"{what} Nothing was changed.", where=where)


def check_title(text: str, code: str) -> None:
    if not text.strip() or len(text) > TITLE_MAX_CHARS or _CONTROL.search(text):
        refuse(code, f"A name has 1 to {TITLE_MAX_CHARS} characters, none of them a control character.", text[:80])


def _check_layers(ontology: Ontology) -> list[str]:
    if not 1 <= len(ontology.layers) <= _LAYERS_MAX:
        refuse("bad_layer", f"An ontology has 1 to {_LAYERS_MAX} layers.", "layers")
    names = [layer.name for layer in ontology.layers]
    for layer in ontology.layers:
        if not _LAYER_NAME.fullmatch(layer.name) or len(layer.name) > LAYER_NAME_MAX_CHARS:
            refuse(
                "bad_layer", "A layer's name is made of a-z, 0-9, - and _, and has at most 64 characters.", layer.name
            )
        check_title(layer.title, "bad_layer")
    if len(set(names)) != len(names):
        refuse("duplicate_layer", "Two layers have one name.", "layers")
    return names


def _check_class(entry: ClassDef, layers: Collection[str]) -> None:
    number = str(entry.number)
    if not 1 <= entry.number <= STUFF_ID_MAX:
        refuse("bad_class_number", f"A class number lies between 1 and {STUFF_ID_MAX}.", number)
    check_title(entry.name, "bad_class_name")
    if entry.kind not in KINDS:
        refuse("bad_class_kind", "A class is thing, stuff or ignore.", number)
    if entry.layer not in layers:
        refuse("unknown_layer", f"Class {number} names layer {entry.layer!r}, which is not there.", entry.layer)
    if not _COLOUR.fullmatch(entry.colour):
        refuse("bad_colour", f"The colour of class {number} is written #RRGGBB.", entry.colour)
    if entry.key is not None and (len(entry.key) != 1 or _CONTROL.search(entry.key) or entry.key.isspace()):
        refuse("bad_key", f"The key of class {number} is one character.", number)
    places = [GEOMETRY_KINDS.index(kind) if kind in GEOMETRY_KINDS else -1 for kind in entry.geometry]
    if -1 in places or places != sorted(set(places)):
        known = ", ".join(GEOMETRY_KINDS)
        refuse("bad_geometry", f"Class {number} may list each of {known} once, in this order.", number)
    if entry.kind != "thing" and entry.geometry not in ((), ("mask",)):
        refuse("bad_geometry", f"Class {number} is {entry.kind}: it has a mask or nothing.", number)
    if not -PRIORITY_MAX <= entry.priority <= PRIORITY_MAX:
        refuse("bad_priority", f"The priority of class {number} lies between -1,000 and 1,000.", number)
    if len(entry.description) > DESCRIPTION_MAX_CHARS or _NOT_IN_TEXT.search(entry.description):
        refuse("bad_description", f"The description of class {number} has at most 2,000 characters.", number)


def _check_parents(classes: Mapping[int, ClassDef]) -> None:
    fine: set[int] = set()
    for start in classes:
        path: dict[int, None] = {}
        number: int | None = start
        while number is not None and number not in fine:
            if number in path:
                refuse("parent_cycle", f"Class {number} is its own parent, over {len(path)} steps.", str(number))
            path[number] = None
            parent = classes[number].parent
            if parent is not None and parent not in classes:
                refuse("unknown_parent", f"The parent of class {number}, {parent}, is not there.", str(number))
            number = parent
        fine.update(path)


def _check_relations(ontology: Ontology, classes: Collection[int]) -> None:
    if len(ontology.relations) > RELATIONS_MAX:
        refuse("bad_relation", f"An ontology has at most {RELATIONS_MAX} relations.", "relations")
    _check_unique((relation.id for relation in ontology.relations), "duplicate_relation", "Two relations have one id")
    for relation in ontology.relations:
        if not ID_PATTERN.fullmatch(relation.id):
            refuse("bad_relation", "The id of a relation is made of a-z, 0-9, - and _.", relation.id[:80])
        check_title(relation.title, "bad_relation")
        for ends in (relation.from_classes, relation.to_classes):
            _check_known(ends, classes, relation.id)
            if len(set(ends)) < len(ends):
                refuse("bad_relation", f"Relation {relation.id} names a class twice.", relation.id)


def _check_protection(ontology: Ontology, classes: Collection[int]) -> None:
    for rule in ontology.protection:
        _check_known([number for number in (rule.taker, rule.owner) if number != 0], classes, "protection")
        if rule.owner in (0, rule.taker):
            what = "Unlabelled pixels are always free, and a class may always take its own."
            refuse("bad_protection", what, f"{rule.taker}, {rule.owner}")
    pairs = (f"{rule.taker}, {rule.owner}" for rule in ontology.protection)
    _check_unique(pairs, "duplicate_protection", "Two rules of protection are for one taker and owner")


def _check_known(numbers: Iterable[int], classes: Collection[int], where: str) -> None:
    for number in numbers:
        if number not in classes:
            refuse("unknown_class", f"At {where} class {number} is named, which is not there.", where)


def _check_unique(values: Iterable[int | str], code: str, what: str) -> None:
    seen: set[int | str] = set()
    for value in values:
        if value in seen:
            refuse(code, f"{what}: {value}.", str(value))
        seen.add(value)
