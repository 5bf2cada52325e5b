# SPDX-License-Identifier: Apache-2.0
"""An ontology over the wire (contract/ontology.md): types here, the rules in the core."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from intarsia.core.ontology import GeometryKind, Ontology
from intarsia.core.ontology_json import ontology_from_json, ontology_to_json
from intarsia.server.api.shapes import Name

Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
Key = Annotated[str, Field(min_length=1, max_length=64)]
Text = Annotated[str, Field(max_length=2_000)]
Number = Annotated[int, Field(ge=1, le=65_535)]


def _mask_alone() -> list[GeometryKind]:
    return ["mask"]


class LayerShape(BaseModel):
    model_config = ConfigDict(extra="forbid", title="Layer")
    name: Annotated[str, Field(min_length=1, max_length=64)]
    title: Annotated[str, Field(max_length=200)] = ""

    @model_validator(mode="after")
    def _title_or_name(self) -> LayerShape:
        self.title = self.title or self.name
        return self


class OptionShape(BaseModel):
    model_config = ConfigDict(extra="forbid", title="Option")
    id: Key
    title: Name
    retired: bool = Field(default_factory=bool)
    questions: list[QuestionShape] = Field(default_factory=list)


class _Question(BaseModel):
    """What every kind of question has."""

    model_config = ConfigDict(extra="forbid")
    id: Key
    title: Name
    required: bool = Field(default_factory=bool)
    default: Any = None
    retired: bool = Field(default_factory=bool)
    help: Text = Field(default_factory=str)


class SingleQuestion(_Question):
    kind: Literal["single"]
    options: Annotated[list[OptionShape], Field(min_length=1, max_length=1_000)]


class MultipleQuestion(_Question):
    kind: Literal["multiple"]
    options: Annotated[list[OptionShape], Field(min_length=1, max_length=1_000)]


class TextQuestion(_Question):
    kind: Literal["text"]
    max_chars: Annotated[int, Field(ge=1, le=10_000)] = Field(default_factory=lambda: 500)


class NumberQuestion(_Question):
    kind: Literal["number"]
    min: float | None = None
    max: float | None = None
    step: float | None = None
    unit: Annotated[str, Field(max_length=32)] = Field(default_factory=str)


class BooleanQuestion(_Question):
    kind: Literal["boolean"]


class DateQuestion(_Question):
    kind: Literal["date"]


QuestionShape = Annotated[
    SingleQuestion | MultipleQuestion | TextQuestion | NumberQuestion | BooleanQuestion | DateQuestion,
    Field(discriminator="kind"),
]


class ClassShape(BaseModel):
    model_config = ConfigDict(extra="forbid", title="ClassDef")
    number: Number
    name: Name
    kind: Literal["thing", "stuff", "ignore"]
    layer: Annotated[str, Field(min_length=1, max_length=64)] = "main"
    colour: Colour
    key: Annotated[str, Field(min_length=1, max_length=8)] | None = None
    retired: bool = False
    parent: Number | None = None
    geometry: list[GeometryKind] = Field(default_factory=_mask_alone)
    priority: int = Field(default_factory=int)
    description: Text = Field(default_factory=str)
    questions: list[QuestionShape] = Field(default_factory=list)


class RelationShape(BaseModel):
    model_config = ConfigDict(extra="forbid", title="RelationDef", populate_by_name=True)
    id: Key
    title: Name
    directed: bool = Field(default_factory=lambda: True)
    from_: list[Number] = Field(default_factory=list, alias="from")
    to: list[Number] = Field(default_factory=list)
    retired: bool = Field(default_factory=bool)


class ProtectionRuleShape(BaseModel):
    """Class numbers; taker 0 is the eraser."""

    model_config = ConfigDict(extra="forbid", title="ProtectionRule")
    taker: Annotated[int, Field(ge=0, le=65_535)]
    owner: Number
    allow: bool


class OntologyShape(BaseModel):
    """`version` is answered, and not looked at when sent."""

    model_config = ConfigDict(extra="forbid", title="Ontology")
    version: Annotated[int, Field(ge=0, le=2**53)] = 0
    layers: Annotated[list[LayerShape], Field(min_length=1, max_length=64)]
    classes: Annotated[list[ClassShape], Field(max_length=65_535)]
    questions: list[QuestionShape] = Field(default_factory=list)
    questions_when: Literal["first", "last"] = Field(default_factory=lambda: "last")
    relations: Annotated[list[RelationShape], Field(max_length=1_000)] = Field(default_factory=list)
    protection: list[ProtectionRuleShape] = Field(default_factory=list)


OptionShape.model_rebuild()


def ontology_in(shape: OntologyShape) -> Ontology:
    """Raises OntologyError."""
    return ontology_from_json(shape.model_dump(by_alias=True))


def ontology_out(ontology: Ontology) -> OntologyShape:
    return OntologyShape.model_validate(ontology_to_json(ontology))
