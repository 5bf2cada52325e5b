# SPDX-License-Identifier: Apache-2.0
"""Whatever is done to an ontology, version after version: stored work means what it meant, and ids are never reused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from vector_cases_ontology import GOOD

from intarsia.core.errors import OntologyError
from intarsia.core.ontology import ClassDef, Ontology
from intarsia.core.ontology_evolve import evolve, placed_questions, refusals
from intarsia.core.ontology_json import ontology_from_json, ontology_to_json
from intarsia.core.ontology_question import Question

FIRST = ontology_from_json(GOOD)
STEPS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 10_000)), max_size=12)


def changed_class(ontology: Ontology, place: int, **values: Any) -> Ontology:
    classes = list(ontology.classes)
    classes[place] = replace(classes[place], **values)
    return replace(ontology, classes=tuple(classes))


def rotated(entries: tuple[Any, ...], by: int) -> tuple[Any, ...]:
    return entries[by:] + entries[:by]


def step(ontology: Ontology, kind: int, pick: int) -> Ontology:
    """One change, allowed or not; raises OntologyError when it is not even a document."""
    place = pick % len(ontology.classes)
    entry = ontology.classes[place]
    questions = ontology.questions
    match kind:
        case 0:
            return changed_class(ontology, place, name=f"Renamed {pick} {place}")
        case 1:
            return changed_class(ontology, place, retired=not entry.retired)
        case 2:
            return replace(ontology, classes=rotated(ontology.classes, place))
        case 3:
            new = ClassDef(ontology.next_number(), f"New {ontology.next_number()}", "thing", "main", "#ABCDEF")
            return replace(ontology, classes=(*ontology.classes, new))
        case 4:  # leaves a class out and gives its number to another kind in the same breath
            other = "stuff" if entry.kind == "thing" else "thing"
            return changed_class(ontology, place, kind=other, name="Impostor", geometry=("mask",))
        case 5:
            return replace(ontology, classes=ontology.classes[:place] + ontology.classes[place + 1 :])
        case 6:
            return changed_class(ontology, place, colour=f"#{pick:06X}", key=None, priority=pick % 7)
        case 7:
            return replace(ontology, questions=tuple(replace(item, retired=pick % 2 == 0) for item in questions))
        case 8:
            return replace(ontology, questions=questions[pick % 2 :])
        case _:
            added = Question(f"q{pick}", "New question", "boolean")
            return replace(ontology, questions=(added, *rotated(questions, pick % max(1, len(questions)))))


@settings(max_examples=300, deadline=None)
@given(STEPS)
def test_stored_work_means_what_it_meant_after_any_sequence_of_changes(steps: list[tuple[int, int]]) -> None:
    versions, stored = [FIRST], {FIRST.version: json.dumps(ontology_to_json(FIRST))}
    for kind, pick in steps:
        try:
            following = evolve(versions[-1], step(versions[-1], kind, pick))
        except OntologyError:
            continue
        versions.append(following)
        stored[following.version] = json.dumps(ontology_to_json(following))
    newest = versions[-1]
    assert [version.version for version in versions] == list(range(3, 3 + len(versions)))
    for version in versions:
        assert ontology_from_json(json.loads(stored[version.version])) == version
        for entry in version.classes:
            now = newest.by_number(entry.number)
            assert now is not None and (now.kind, now.layer) == (entry.kind, entry.layer)
        questions, after = placed_questions(version), placed_questions(newest)
        for key, placed in questions.items():
            assert (after[key].owner, after[key].question.kind) == (placed.owner, placed.question.kind)
            assert {option.id for option in placed.question.options} <= {o.id for o in after[key].question.options}


@settings(max_examples=200, deadline=None)
@given(st.tuples(st.integers(0, 9), st.integers(0, 10_000)))
def test_refusals_and_evolve_agree(change: tuple[int, int]) -> None:
    try:
        proposed = step(FIRST, *change)
    except OntologyError:
        return
    reasons = list(refusals(FIRST, proposed))
    try:
        evolve(FIRST, proposed)
    except OntologyError as refused:
        assert refused.code == reasons[0].code
    else:
        assert reasons == []


def test_documents_of_before_there_were_questions_are_read() -> None:
    old: Mapping[str, Any] = {
        "version": 2,
        "layers": [{"name": "main", "title": "Main"}],
        "classes": [
            {
                "number": 1,
                "name": "A",
                "kind": "thing",
                "layer": "main",
                "colour": "#112233",
                "key": None,
                "retired": True,
            }
        ],
    }
    read = ontology_from_json(old)
    assert (read.classes[0].geometry, read.classes[0].parent, read.questions_when) == (("mask",), None, "last")
    assert ontology_from_json(ontology_to_json(read)) == read
