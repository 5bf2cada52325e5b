# SPDX-License-Identifier: Apache-2.0
"""What the Python core answers to the vectors of the page `ontology`."""

from __future__ import annotations

from typing import Any

from vector_shapes import Answer, Json

from intarsia.core.ontology_answers import check_answer, missing_answers, open_questions, shown_answers
from intarsia.core.ontology_evolve import evolve
from intarsia.core.ontology_json import ontology_from_json, ontology_to_json
from intarsia.core.ontology_protection import may_take
from intarsia.core.ontology_question_json import questions_from_json

Input = dict[str, Any]


def _read_ontology(given: Input) -> Json:
    return {"ontology": ontology_to_json(ontology_from_json(given["ontology"]))}


def _evolve(given: Input) -> Json:
    old, new = (ontology_from_json(given[key]) for key in ("old", "new"))
    return {"ontology": ontology_to_json(evolve(old, new))}


def _open_questions(given: Input) -> Json:
    questions, answers = questions_from_json(given["questions"], "questions"), given["answers"]
    return {
        "open": [question.id for question in open_questions(questions, answers)],
        "missing": [question.id for question in missing_answers(questions, answers)],
        "shown": shown_answers(questions, answers),
    }


def _check_answer(given: Input) -> Json:
    check_answer(questions_from_json([given["question"]], "question")[0], given["value"])
    return {}


def _may_take(given: Input) -> Json:
    ontology = ontology_from_json(given["ontology"])
    numbers = [0, *(entry.number for entry in ontology.classes)]
    return {"allowed": [[taker, owner] for taker in numbers for owner in numbers if may_take(ontology, taker, owner)]}


ONTOLOGY_ANSWERS: dict[str, dict[str, Answer]] = {
    "ontology": {
        "read_ontology": _read_ontology,
        "evolve": _evolve,
        "open_questions": _open_questions,
        "check_answer": _check_answer,
        "may_take": _may_take,
    }
}
