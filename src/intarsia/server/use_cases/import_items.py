# SPDX-License-Identifier: Apache-2.0
"""Items of an imported image as its annotation can hold them: live ones, leading to segments under their ids here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from intarsia.core.answer_check import AnswerCheck
from intarsia.core.errors import EditError
from intarsia.core.item import End, Item, RelationItem, is_live
from intarsia.core.item_check import acceptable_items
from intarsia.core.merge import resolve_alias
from intarsia.core.ontology import Ontology
from intarsia.core.segment import Segment
from intarsia.formats.base import LabelledImage, ProblemLog


def importable_items(
    image: LabelledImage,
    ids: Mapping[int, int],
    *,
    segments: Mapping[int, Segment],
    ontology: Ontology,
    problems: ProblemLog,
) -> dict[str, Item]:
    """`image` as it was read, `ids` from its segment ids to those here, `segments` those that come in.

    What the ontology does not admit is left out and told, each reason once with how often.
    """
    check = AnswerCheck(ontology)
    wanted: dict[str, Item] = {}
    answers_left_out = ends_left_out = 0
    for key, item in image.items.items():
        if not is_live(item):
            continue
        if isinstance(item, RelationItem):
            ends = [_end_here(end, image.segments, ids) for end in (item.from_end, item.to_end)]
            if ends[0] is None or ends[1] is None:
                ends_left_out += 1
            else:
                wanted[key] = replace(item, from_end=ends[0], to_end=ends[1])
            continue
        answers = check.fitting(item.answers)
        answers_left_out += len(item.answers) - len(answers)
        wanted[key] = replace(item, answers=answers)
    accepted, refused = acceptable_items(wanted, segments=segments, ontology=ontology)
    told = Counter((error.code, str(error.details.get("reason", error.message))) for error in refused)
    for (code, reason), count in told.items():
        problems.add(image.name, code, f"{reason}; {_items(count)} left out")
    if ends_left_out:
        message = f"{ends_left_out} relations lead to segments that are not there; they are left out"
        problems.add(image.name, "unknown_end", message)
    if answers_left_out:
        message = f"{answers_left_out} answers are to questions that this project does not ask, or not so"
        problems.add(image.name, "answers_left_out", f"{message}; they are left out", severity="warning")
    return accepted


def _end_here(end: End, segments: Mapping[int, Segment], ids: Mapping[int, int]) -> End | None:
    """None for a segment that does not come in; one that was merged leads on to what it became."""
    if isinstance(end, str):
        return end
    try:
        return ids.get(resolve_alias(segments, end))
    except EditError:
        return None


def _items(count: int) -> str:
    return "1 item is" if count == 1 else f"{count} items are"
