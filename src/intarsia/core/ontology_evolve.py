# SPDX-License-Identifier: Apache-2.0
"""From one version of an ontology to the next, keeping what stored work relies on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from intarsia.core.errors import OntologyError
from intarsia.core.ontology import Ontology
from intarsia.core.ontology_question import Question


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason for which a version cannot follow another. `where` is the number or id of what it is about."""

    code: str
    message: str
    where: str


@dataclass(frozen=True, slots=True)
class PlacedQuestion:
    """A question with its owner: "image", "class 3", or "option occluded/mostly"."""

    question: Question
    owner: str


def evolve(old: Ontology, new: Ontology) -> Ontology:
    """`new` with the version after `old`'s, when it keeps what annotations rely on; else OntologyError.

    Layers, classes, questions, options and relations may be added, renamed, put in order and retired. They are never
    left out, so that no number or id is used again; the kind and layer of a class, and the kind and owner of a
    question, never change.
    """
    for refusal in refusals(old, new):
        raise OntologyError(refusal.code, f"{refusal.message} Nothing was changed.", where=refusal.where)
    return replace(new, version=old.version + 1)


def refusals(old: Ontology, new: Ontology) -> Iterator[Refusal]:
    """All reasons for which `new` cannot follow `old`: of layers, of classes, of questions, of relations."""
    names = {layer.name for layer in new.layers}
    for layer in old.layers:
        if layer.name not in names:
            message = f"Layer {layer.name!r} holds label maps and cannot be left out."
            yield Refusal("layer_removed", message, layer.name)
    yield from _class_refusals(old, new)
    yield from _question_refusals(old, new)
    relations = {relation.id for relation in new.relations}
    for relation in old.relations:
        if relation.id not in relations:
            yield _removed("relation", relation.id, relation.title)


def placed_questions(ontology: Ontology) -> dict[str, PlacedQuestion]:
    """Every question by id, with its owner."""
    found = dict(_placed(ontology.questions, "image"))
    for entry in ontology.classes:
        found.update(_placed(entry.questions, f"class {entry.number}"))
    return found


def _placed(questions: Sequence[Question], owner: str) -> Iterator[tuple[str, PlacedQuestion]]:
    for question in questions:
        yield question.id, PlacedQuestion(question, owner)
        for option in question.options:
            yield from _placed(option.questions, f"option {question.id}/{option.id}")


def _class_refusals(old: Ontology, new: Ontology) -> Iterator[Refusal]:
    entries = {entry.number: entry for entry in new.classes}
    for entry in old.classes:
        now, number = entries.get(entry.number), str(entry.number)
        if now is None:
            message = f"Class {number} ({entry.name}) cannot be left out, since its number is never used again."
            yield Refusal("class_removed", f"{message} Retire it instead.", number)
            continue
        if now.kind != entry.kind:
            yield Refusal("class_kind_changed", f"Class {number} is {entry.kind} for good.", number)
        if now.layer != entry.layer:
            yield Refusal("class_layer_changed", f"Class {number} is in layer {entry.layer!r} for good.", number)


def _question_refusals(old: Ontology, new: Ontology) -> Iterator[Refusal]:
    then, now = placed_questions(old), placed_questions(new)
    for key, before in then.items():
        after = now.get(key)
        if after is None:
            yield _removed("question", key, before.question.title)
            continue
        if after.owner != before.owner:
            message = f"Question {key} belongs to {before.owner} for good and cannot move to {after.owner}."
            yield Refusal("question_moved", message, key)
        if after.question.kind != before.question.kind:
            yield Refusal("question_kind_changed", f"Question {key} is {before.question.kind} for good.", key)
            continue
        kept = {option.id for option in after.question.options}
        for option in before.question.options:
            if option.id not in kept:
                yield _removed("option", f"{key}/{option.id}", option.title)


def _removed(what: str, key: str, title: str) -> Refusal:
    message = f"The {what} {key} ({title}) cannot be left out, since its id is never used again. Retire it instead."
    return Refusal(f"{what}_removed", message, key)
