# SPDX-License-Identifier: Apache-2.0
"""What the questions of an ontology must keep: ids, options, ranges, defaults and depth."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NoReturn

from intarsia.core.errors import EditError, OntologyError
from intarsia.core.ontology_answers import check_answer
from intarsia.core.ontology_question import CHOICE_KINDS, QUESTION_DEPTH_MAX, QUESTION_KINDS, Question

if TYPE_CHECKING:
    from intarsia.core.ontology import Ontology

ID_PATTERN: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
QUESTIONS_MAX: Final = 5_000
OPTIONS_MAX: Final = 1_000
TEXT_MAX_CHARS: Final = 10_000
_TITLE_MAX_CHARS = 200
_HELP_MAX_CHARS = 2_000
_UNIT_MAX_CHARS = 32
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_NOT_IN_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def check_questions(ontology: Ontology) -> None:
    """Raises OntologyError; the ids of all questions are looked at together, since answers are one flat map."""
    seen: set[str] = set()
    for questions in (ontology.questions, *(entry.questions for entry in ontology.classes)):
        _check_all(questions, seen, depth=1)


def _check_all(questions: Sequence[Question], seen: set[str], *, depth: int) -> None:
    if questions and depth > QUESTION_DEPTH_MAX:
        _refuse("too_deep", f"Questions nest at most {QUESTION_DEPTH_MAX} deep.", questions[0].id)
    for question in questions:
        if question.id in seen:
            _refuse("duplicate_question", f"Two questions have the id {question.id}.", question.id)
        seen.add(question.id)
        if len(seen) > QUESTIONS_MAX:
            _refuse("too_many_questions", f"An ontology has at most {QUESTIONS_MAX} questions.", question.id)
        _check_question(question)
        for option in question.options:
            _check_all(option.questions, seen, depth=depth + 1)


def _check_question(question: Question) -> None:
    where = question.id[:80]
    if not ID_PATTERN.fullmatch(question.id):
        what = "The id of a question is made of a-z, 0-9, - and _, and has at most 64 characters."
        _refuse("bad_question", what, where)
    if question.kind not in QUESTION_KINDS:
        _refuse("bad_question", f"A question is one of {', '.join(QUESTION_KINDS)}.", where)
    _check_title(question.title, "bad_question", where)
    if len(question.help) > _HELP_MAX_CHARS or _NOT_IN_TEXT.search(question.help):
        _refuse("bad_question", f"The help of question {where} has at most 2,000 characters.", where)
    if question.kind in CHOICE_KINDS:
        _check_options(question)
    if not 1 <= question.max_chars <= TEXT_MAX_CHARS:
        _refuse("bad_question", f"Question {where} admits 1 to 10,000 characters.", where)
    _check_range(question)
    if question.default is not None:
        try:
            check_answer(question, question.default)
        except EditError:
            _refuse("bad_default", f"The default of question {where} is not an answer to it.", where)


def _check_options(question: Question) -> None:
    if not 1 <= len(question.options) <= OPTIONS_MAX:
        _refuse("bad_option", f"Question {question.id} has 1 to {OPTIONS_MAX} options.", question.id)
    seen: set[str] = set()
    for option in question.options:
        if not ID_PATTERN.fullmatch(option.id):
            what = f"The id of an option of {question.id} is made of a-z, 0-9, - and _, and has at most 64 characters."
            _refuse("bad_option", what, question.id)
        if option.id in seen:
            _refuse("duplicate_option", f"Two options of {question.id} have the id {option.id}.", question.id)
        seen.add(option.id)
        _check_title(option.title, "bad_option", question.id)


def _check_range(question: Question) -> None:
    given = [value for value in (question.min, question.max, question.step) if value is not None]
    if not all(math.isfinite(value) for value in given):
        _refuse("bad_question", f"The range of question {question.id} is not finite.", question.id)
    if question.min is not None and question.max is not None and question.min > question.max:
        _refuse("bad_question", f"The range of question {question.id} ends before it begins.", question.id)
    if question.step is not None and question.step <= 0:
        _refuse("bad_question", f"The step of question {question.id} is above 0.", question.id)
    if len(question.unit) > _UNIT_MAX_CHARS or _CONTROL.search(question.unit):
        _refuse("bad_question", f"The unit of question {question.id} has at most 32 characters.", question.id)


def _check_title(text: str, code: str, where: str) -> None:
    if not text.strip() or len(text) > _TITLE_MAX_CHARS or _CONTROL.search(text):
        _refuse(code, f"A title has 1 to {_TITLE_MAX_CHARS} characters, none of them a control character.", where)


def _refuse(code: str, what: str, where: str) -> NoReturn:
    raise OntologyError(code, f"{what} Nothing was changed.", where=where)
