# SPDX-License-Identifier: Apache-2.0
"""Answers against the questions they answer: which are open, which are missing, which can be stored.

`answers` is the flat map from question id to value; null counts as no answer. Stored answers may be of an older version
and need not fit: then they open nothing, and nothing here fails.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping

from intarsia.core.errors import EditError
from intarsia.core.ontology_question import Option, Question
from intarsia.core.segment import JsonValue

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NOT_IN_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def shown_answer(question: Question, answers: Mapping[str, JsonValue]) -> JsonValue:
    """The stored answer, else the default; None when there is neither."""
    stored = answers.get(question.id)
    return question.default if stored is None else stored


def open_questions(questions: Iterable[Question], answers: Mapping[str, JsonValue]) -> Iterator[Question]:
    """Those that are asked now: not retired, depth first in order, into the options that are chosen (or default)."""
    for question in questions:
        if question.retired:
            continue
        yield question
        for option in _chosen(question, shown_answer(question, answers)):
            yield from open_questions(option.questions, answers)


def missing_answers(questions: Iterable[Question], answers: Mapping[str, JsonValue]) -> list[Question]:
    """Open questions that must be answered and have neither an answer nor a default."""
    return [
        question
        for question in open_questions(questions, answers)
        if question.required and shown_answer(question, answers) is None
    ]


def shown_answers(questions: Iterable[Question], answers: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """What an export writes: the answers to open questions, defaults in the place of those that were not given."""
    shown = {question.id: shown_answer(question, answers) for question in open_questions(questions, answers)}
    return {key: value for key, value in shown.items() if value is not None}


def check_answer(question: Question, value: JsonValue) -> None:
    """Return when `value` may be stored as the answer; raises EditError `bad_answer` (details: `question`).

    Retired questions and options are accepted, and so is any order of the options of `multiple`.
    """
    what = _fault(question, value)
    if what is not None:
        raise EditError(
            "bad_answer",
            f"The answer to {question.title!r} ({question.id}) was not stored: {what}.",
            question=question.id,
        )


def _chosen(question: Question, value: JsonValue) -> list[Option]:
    if question.kind == "single":
        return [option for option in question.options if option.id == value]
    if question.kind == "multiple" and isinstance(value, list):
        return [option for option in question.options if option.id in value]
    return []


def _fault(question: Question, value: JsonValue) -> str | None:
    """What is wrong with an answer, None when nothing is."""
    match question.kind:
        case "single":
            known = isinstance(value, str) and question.option(value) is not None
            return None if known else "it is not the id of an option"
        case "multiple":
            return _choice_fault(question, value)
        case "text":
            return _text_fault(question, value)
        case "number":
            return _number_fault(question, value)
        case "boolean":
            return None if isinstance(value, bool) else "it is neither true nor false"
        case "date":
            return None if _is_date(value) else "it is not a day that exists, written YYYY-MM-DD"


def _choice_fault(question: Question, value: JsonValue) -> str | None:
    if not isinstance(value, list) or not value:
        return "it is not a list of at least one id of an option"
    ids = [item for item in value if isinstance(item, str)]
    if len(ids) < len(value) or any(question.option(item) is None for item in ids):
        return "it names an option that is not there"
    return "it names an option twice" if len(set(ids)) < len(ids) else None


def _text_fault(question: Question, value: JsonValue) -> str | None:
    if not isinstance(value, str) or not value:
        return "it is not a text of at least one character"
    if len(value) > question.max_chars:
        return f"it has more than {question.max_chars} characters"
    return "it has control characters" if _NOT_IN_TEXT.search(value) else None


def _number_fault(question: Question, value: JsonValue) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "it is not a number"
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        return "it is not a finite number"
    if question.min is not None and number < question.min:
        return f"it is less than {question.min:g}"
    if question.max is not None and number > question.max:
        return f"it is more than {question.max:g}"
    return None


def _is_date(value: JsonValue) -> bool:
    """Whether it is a day of the Gregorian calendar, years 1 to 9999."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return False
    year, month, day = (int(part) for part in value.split("-"))
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = (31, 29 if is_leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return year > 0 and 1 <= month <= 12 and 1 <= day <= days[month - 1]
