# SPDX-License-Identifier: Apache-2.0
"""Questions of an ontology as values: what is asked, the options of a choice, and what an option opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from intarsia.core.segment import JsonValue

QuestionKind = Literal["single", "multiple", "text", "number", "boolean", "date"]

QUESTION_KINDS: tuple[QuestionKind, ...] = ("single", "multiple", "text", "number", "boolean", "date")
CHOICE_KINDS: tuple[QuestionKind, ...] = ("single", "multiple")
QUESTION_DEPTH_MAX = 16
TEXT_MAX_CHARS_DEFAULT = 500


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to a choice; its questions are open when it is chosen. `id` is permanent."""

    id: str
    title: str
    retired: bool = False
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question; `id` and `kind` are permanent. The fields after `help` count for the kinds named beside them."""

    id: str
    title: str
    kind: QuestionKind
    required: bool = False
    default: JsonValue = None
    retired: bool = False
    help: str = ""
    options: tuple[Option, ...] = ()  # single, multiple
    max_chars: int = TEXT_MAX_CHARS_DEFAULT  # text
    min: float | None = None  # number
    max: float | None = None  # number
    step: float | None = None  # number
    unit: str = ""  # number

    def option(self, option_id: str) -> Option | None:
        return next((option for option in self.options if option.id == option_id), None)


def walk_questions(questions: Iterable[Question]) -> Iterator[Question]:
    """All questions, depth first in order, whatever is chosen; retired ones too."""
    for question in questions:
        yield question
        for option in question.options:
            yield from walk_questions(option.questions)
