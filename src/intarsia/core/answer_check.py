# SPDX-License-Identifier: Apache-2.0
"""What the server refuses of the answers in an edit: only those that the edit changes are asked about."""

from __future__ import annotations

from collections.abc import Mapping

from intarsia.core.errors import EditError
from intarsia.core.ontology import Ontology
from intarsia.core.ontology_answers import check_answer
from intarsia.core.ontology_question import Question
from intarsia.core.segment import JsonValue, json_equal


class AnswerCheck:
    """Checks answers against the questions of an ontology, which are looked up when the first answer asks for it."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._questions: dict[str, Question] | None = None

    def check(self, before: Mapping[str, JsonValue], after: Mapping[str, JsonValue]) -> None:
        """Raises EditError `unknown_question` or `bad_answer`, with the question in `details`.

        Questions of other classes are accepted: a segment keeps its answers when its class changes.
        """
        for key, value in after.items():
            if key in before and json_equal(before[key], value):
                continue
            question = self._question(key)
            if question is None:
                raise EditError(
                    "unknown_question",
                    f"The edit was refused because there is no question {key!r}. Load the project afresh.",
                    question=key,
                )
            check_answer(question, value)

    def fitting(self, answers: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
        """Those answers that may be stored."""
        kept: dict[str, JsonValue] = {}
        for key, value in answers.items():
            try:
                self.check({}, {key: value})
            except EditError:
                continue
            kept[key] = value
        return kept

    def _question(self, key: str) -> Question | None:
        if self._questions is None:
            self._questions = {question.id: question for question in self._ontology.every_question()}
        return self._questions.get(key)
