# SPDX-License-Identifier: Apache-2.0
"""What COCO files say of classes and answers: categories with their supercategory, and attributes."""

from __future__ import annotations

from collections.abc import Mapping

from intarsia.core.ontology import ClassDef
from intarsia.core.ontology_answers import shown_answers
from intarsia.core.segment import JsonValue


def category_of(entry: ClassDef, classes: Mapping[int, ClassDef]) -> dict[str, object]:
    """The category of a class; its supercategory is the name of its parent, empty when it has none."""
    colour = [int(entry.colour[i : i + 2], 16) for i in (1, 3, 5)]
    parent = None if entry.parent is None else classes.get(entry.parent)
    return {
        "id": entry.number,
        "name": entry.name,
        "supercategory": "" if parent is None else parent.name,
        "isthing": int(entry.kind == "thing"),
        "color": colour,
    }


def attributes_of(entry: ClassDef | None, answers: Mapping[str, JsonValue]) -> dict[str, object]:
    """`{"attributes": …}` by question id as other tools write them, open questions alone with their defaults; or {}."""
    shown = shown_answers(entry.questions, answers) if entry is not None else {}
    return {"attributes": shown} if shown else {}
