# SPDX-License-Identifier: Apache-2.0
"""What differs between two versions of an ontology, as a list without words: what changed, of what, from and to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from intarsia.core.ontology import ClassDef, Ontology, RelationDef
from intarsia.core.ontology_evolve import PlacedQuestion, placed_questions
from intarsia.core.ontology_question import Option, Question
from intarsia.core.ontology_question_json import question_to_json
from intarsia.core.segment import JsonValue

Subject = Literal["layer", "class", "question", "option", "relation", "protection", "questions_when"]
Verb = Literal["added", "removed", "renamed", "retired", "revived", "moved", "reordered", "changed"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `id` is a layer's name, a class number, the id of a question or relation, or "question/option".

    `name` is what the newer version calls it (the older, when it is gone). `field` says what was "changed", under its
    key in JSON; `before` and `after` are its values. For "renamed" they are names, else null.
    """

    subject: Subject
    verb: Verb
    id: str
    name: str
    field: str | None = None
    before: JsonValue = None
    after: JsonValue = None


def list_changes(old: Ontology, new: Ontology) -> list[Change]:
    """All differences: layers, classes, questions with their options, relations, protection. Colours and keys too."""
    return [
        *_layers(old, new),
        *_classes(old, new),
        *_questions(old, new),
        *_relations(old, new),
        *_protection(old, new),
    ]


def _layers(old: Ontology, new: Ontology) -> Iterator[Change]:
    then, now = ({layer.name: layer.title for layer in version.layers} for version in (old, new))
    for name, title in {**then, **now}.items():
        yield from _coming_and_going("layer", name, then.get(name), now.get(name), title)
    yield from _order("layer", list(then), list(now))


def _classes(old: Ontology, new: Ontology) -> Iterator[Change]:
    then, now = ({entry.number: entry for entry in version.classes} for version in (old, new))
    for number, entry in {**then, **now}.items():
        before, after = then.get(number), now.get(number)
        names = (before.name if before else None, after.name if after else None)
        yield from _coming_and_going("class", str(number), *names, entry.name)
        if before is not None and after is not None:
            yield from _retiring("class", str(number), after.name, before.retired, after.retired)
            for field, read in _CLASS_FIELDS.items():
                if read(before) != read(after):
                    yield Change("class", "changed", str(number), after.name, field, read(before), read(after))
    yield from _order("class", [str(key) for key in then], [str(key) for key in now])


_CLASS_FIELDS: Mapping[str, Callable[[ClassDef], JsonValue]] = {
    "kind": lambda entry: entry.kind,
    "layer": lambda entry: entry.layer,
    "colour": lambda entry: entry.colour,
    "key": lambda entry: entry.key,
    "parent": lambda entry: entry.parent,
    "geometry": lambda entry: list(entry.geometry),
    "priority": lambda entry: entry.priority,
    "description": lambda entry: entry.description,
}


def _questions(old: Ontology, new: Ontology) -> Iterator[Change]:
    then, now = placed_questions(old), placed_questions(new)
    for key, placed in {**then, **now}.items():
        before, after = then.get(key), now.get(key)
        titles = (before.question.title if before else None, after.question.title if after else None)
        yield from _coming_and_going("question", key, *titles, placed.question.title)
        if before is not None and after is not None:
            yield from _question(key, before, after)
    yield from _order("question", list(then), list(now))
    if old.questions_when != new.questions_when:
        whens = (old.questions_when, new.questions_when)
        yield Change("questions_when", "changed", "questions_when", "", "questions_when", *whens)


def _question(key: str, before: PlacedQuestion, after: PlacedQuestion) -> Iterator[Change]:
    title = after.question.title
    if before.owner != after.owner:
        yield Change("question", "moved", key, title, None, before.owner, after.owner)
    yield from _retiring("question", key, title, before.question.retired, after.question.retired)
    first, second = _plain(before.question), _plain(after.question)
    for field in {**first, **second}:
        if first.get(field) != second.get(field):
            yield Change("question", "changed", key, title, field, first.get(field), second.get(field))
    yield from _options(key, before.question, after.question)


def _plain(question: Question) -> dict[str, JsonValue]:
    """Fields of a question but those that are told otherwise."""
    told = ("id", "title", "retired", "options")
    return {field: value for field, value in question_to_json(question).items() if field not in told}


def _options(key: str, before: Question, after: Question) -> Iterator[Change]:
    then, now = ({option.id: option for option in question.options} for question in (before, after))
    for option_id, option in {**then, **now}.items():
        was, is_now = then.get(option_id), now.get(option_id)
        place = f"{key}/{option_id}"
        yield from _coming_and_going("option", place, _title(was), _title(is_now), option.title)
        if was is not None and is_now is not None:
            yield from _retiring("option", place, is_now.title, was.retired, is_now.retired)
    yield from _order("option", [f"{key}/{item}" for item in then], [f"{key}/{item}" for item in now])


def _title(entry: Option | RelationDef | None) -> str | None:
    return None if entry is None else entry.title


def _relations(old: Ontology, new: Ontology) -> Iterator[Change]:
    then, now = ({relation.id: relation for relation in version.relations} for version in (old, new))
    for key, relation in {**then, **now}.items():
        before, after = then.get(key), now.get(key)
        yield from _coming_and_going("relation", key, _title(before), _title(after), relation.title)
        if before is None or after is None:
            continue
        yield from _retiring("relation", key, after.title, before.retired, after.retired)
        fields: tuple[tuple[str, JsonValue, JsonValue], ...] = (
            ("directed", before.directed, after.directed),
            ("from", list(before.from_classes), list(after.from_classes)),
            ("to", list(before.to_classes), list(after.to_classes)),
        )
        for field, was, is_now in fields:
            if was != is_now:
                yield Change("relation", "changed", key, after.title, field, was, is_now)
    yield from _order("relation", list(then), list(now))


def _protection(old: Ontology, new: Ontology) -> Iterator[Change]:
    then, now = ({(rule.taker, rule.owner): rule.allow for rule in version.protection} for version in (old, new))
    for pair in {**then, **now}:
        before, after = then.get(pair), now.get(pair)
        if before != after:
            yield Change("protection", "changed", f"{pair[0]}/{pair[1]}", "", "allow", before, after)


def _coming_and_going(subject: Subject, key: str, before: str | None, after: str | None, name: str) -> Iterator[Change]:
    if before is None:
        yield Change(subject, "added", key, name)
    elif after is None:
        yield Change(subject, "removed", key, name)
    elif before != after:
        yield Change(subject, "renamed", key, name, None, before, after)


def _retiring(subject: Subject, key: str, name: str, before: bool, after: bool) -> Iterator[Change]:
    if before != after:
        yield Change(subject, "retired" if after else "revived", key, name)


def _order(subject: Subject, before: list[str], after: list[str]) -> Iterator[Change]:
    """One change when those that both have stand in another order."""
    kept = set(before) & set(after)
    then, now = ([key for key in order if key in kept] for order in (before, after))
    if then != now:
        yield Change(subject, "reordered", then[0].rpartition("/")[0], "", None, list[JsonValue](then), list(now))
