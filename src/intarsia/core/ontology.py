# SPDX-License-Identifier: Apache-2.0
"""The ontology of a project as values (contract/ontology.md): layers, classes, questions, relations, protection."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from intarsia.core.ontology_check import check_ontology
from intarsia.core.ontology_question import Question, walk_questions
from intarsia.core.palette import CLASS_COLOURS

ClassKind = Literal["thing", "stuff", "ignore"]
GeometryKind = Literal["mask", "box", "rotated_box", "polygon", "polyline", "point"]
QuestionsWhen = Literal["first", "last"]


@dataclass(frozen=True, slots=True)
class Layer:
    """A named partition; `name` is permanent and part of checksums, `title` is for people."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class ClassDef:
    """A class; `number` is permanent, and the id of its segment when the kind is "stuff" or "ignore".

    `parent` is the number of the class it belongs under. `geometry` is what may be drawn; nothing for a mere group.
    """

    number: int
    name: str
    kind: ClassKind
    layer: str
    colour: str
    key: str | None = None
    retired: bool = False
    parent: int | None = None
    geometry: tuple[GeometryKind, ...] = ("mask",)
    priority: int = 0
    description: str = ""
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationDef:
    """A named link from one segment or object to another; empty ends admit every class. `id` is permanent."""

    id: str
    title: str
    directed: bool = True
    from_classes: tuple[int, ...] = ()
    to_classes: tuple[int, ...] = ()
    retired: bool = False


@dataclass(frozen=True, slots=True)
class ProtectionRule:
    """Whether class `taker` (0: the eraser) may take pixels of class `owner`, whatever their priorities."""

    taker: int
    owner: int
    allow: bool


@dataclass(frozen=True, slots=True)
class Ontology:
    """One version, in display order; checked when made (`OntologyError`). `questions` are those about the image."""

    version: int
    layers: tuple[Layer, ...]
    classes: tuple[ClassDef, ...]
    questions: tuple[Question, ...] = ()
    questions_when: QuestionsWhen = "last"
    relations: tuple[RelationDef, ...] = ()
    protection: tuple[ProtectionRule, ...] = ()

    def __post_init__(self) -> None:
        check_ontology(self)

    def by_number(self, number: int) -> ClassDef | None:
        return next((entry for entry in self.classes if entry.number == number), None)

    def next_number(self) -> int:
        """The number for the next new class: above all that were ever used."""
        return max((entry.number for entry in self.classes), default=0) + 1

    def every_question(self) -> Iterator[Question]:
        """Those of the image, then those of each class, depth first; retired ones too."""
        yield from walk_questions(self.questions)
        for entry in self.classes:
            yield from walk_questions(entry.questions)


def next_colour(used: Collection[str]) -> str:
    """The first colour of the palette that is not used; when all are, the one used least, first of those."""
    counts = dict.fromkeys(CLASS_COLOURS, 0)
    for colour in used:
        if colour.upper() in counts:
            counts[colour.upper()] += 1
    return min(CLASS_COLOURS, key=lambda colour: counts[colour])
