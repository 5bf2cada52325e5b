# SPDX-License-Identifier: Apache-2.0
"""Questions of an ontology as JSON; each kind has keys of its own, and those of other kinds are an error."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from intarsia.core.ontology_check import refuse
from intarsia.core.ontology_question import (
    QUESTION_DEPTH_MAX,
    QUESTION_KINDS,
    TEXT_MAX_CHARS_DEFAULT,
    Option,
    Question,
    QuestionKind,
)
from intarsia.core.ontology_reading import (
    optional_number,
    read_flag,
    read_list,
    read_object,
    read_text,
    read_whole,
)
from intarsia.core.segment import JsonValue

_NEEDED = frozenset({"id", "title", "kind"})
_ALLOWED = frozenset({"required", "default", "retired", "help"})
_OF_KIND: dict[QuestionKind, frozenset[str]] = {
    "single": frozenset({"options"}),
    "multiple": frozenset({"options"}),
    "text": frozenset({"max_chars"}),
    "number": frozenset({"min", "max", "step", "unit"}),
    "boolean": frozenset(),
    "date": frozenset(),
}


def questions_to_json(questions: Sequence[Question]) -> list[JsonValue]:
    return [question_to_json(question) for question in questions]


def question_to_json(question: Question) -> dict[str, JsonValue]:
    further: dict[str, JsonValue] = {
        "options": [
            {
                "id": option.id,
                "title": option.title,
                "retired": option.retired,
                "questions": questions_to_json(option.questions),
            }
            for option in question.options
        ],
        "max_chars": question.max_chars,
        "min": question.min,
        "max": question.max,
        "step": question.step,
        "unit": question.unit,
    }
    return {
        "id": question.id,
        "title": question.title,
        "kind": question.kind,
        "required": question.required,
        "default": question.default,
        "retired": question.retired,
        "help": question.help,
        **{key: value for key, value in further.items() if key in _OF_KIND[question.kind]},
    }


def questions_from_json(value: object, where: str, *, depth: int = 1) -> tuple[Question, ...]:
    items = read_list(value, where)
    if items and depth > QUESTION_DEPTH_MAX:
        refuse("too_deep", f"Questions nest at most {QUESTION_DEPTH_MAX} deep.", where)
    return tuple(_question(item, f"{where}[{at}]", depth) for at, item in enumerate(items))


def _question(value: object, where: str, depth: int) -> Question:
    given = value.get("kind") if isinstance(value, dict) else None
    kind = next((known for known in QUESTION_KINDS if known == given), None)
    if isinstance(value, dict) and "kind" in value and kind is None:
        refuse("bad_question", f"At {where} a question is one of {', '.join(QUESTION_KINDS)}.", where)
    further = frozenset[str]() if kind is None else _OF_KIND[kind]
    needed = _NEEDED | (further & {"options"})
    data = read_object(value, where, needed=needed, allowed=_ALLOWED | further)
    assert kind is not None
    return Question(
        id=read_text(data["id"], f"{where}.id"),
        title=read_text(data["title"], f"{where}.title"),
        kind=kind,
        required=read_flag(data.get("required", False), f"{where}.required"),
        default=cast(JsonValue, data.get("default")),
        retired=read_flag(data.get("retired", False), f"{where}.retired"),
        help=read_text(data.get("help", ""), f"{where}.help"),
        options=tuple(
            _option(item, f"{where}.options[{at}]", depth)
            for at, item in enumerate(read_list(data.get("options", []), f"{where}.options"))
        ),
        max_chars=read_whole(data.get("max_chars", TEXT_MAX_CHARS_DEFAULT), f"{where}.max_chars"),
        min=optional_number(data.get("min"), f"{where}.min"),
        max=optional_number(data.get("max"), f"{where}.max"),
        step=optional_number(data.get("step"), f"{where}.step"),
        unit=read_text(data.get("unit", ""), f"{where}.unit"),
    )


def _option(value: object, where: str, depth: int) -> Option:
    data = read_object(value, where, needed={"id", "title"}, allowed={"retired", "questions"})
    return Option(
        id=read_text(data["id"], f"{where}.id"),
        title=read_text(data["title"], f"{where}.title"),
        retired=read_flag(data.get("retired", False), f"{where}.retired"),
        questions=questions_from_json(data.get("questions", []), f"{where}.questions", depth=depth + 1),
    )
