# SPDX-License-Identifier: Apache-2.0
"""An ontology as frozen models (contract/ontology.md)."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from intarsia.sdk.frozen_model import FrozenModel

GeometryKind = Literal["mask", "box", "rotated_box", "polygon", "polyline", "point"]
_KEYS_OF_KIND = {
    "single": frozenset({"options"}),
    "multiple": frozenset({"options"}),
    "text": frozenset({"max_chars"}),
    "number": frozenset({"min", "max", "step", "unit"}),
}
_KEYS_OF_SOME_KIND = frozenset[str]().union(*_KEYS_OF_KIND.values())


class Layer(FrozenModel):
    name: str
    title: str


class Option(FrozenModel):
    id: str
    title: str
    retired: bool = False
    questions: tuple[Question, ...] = ()


class Question(FrozenModel):
    """`options` is of the kinds single and multiple, `max_chars` of text, `min` to `unit` of number."""

    id: str
    title: str
    kind: Literal["single", "multiple", "text", "number", "boolean", "date"]
    required: bool = False
    default: Any = None
    retired: bool = False
    help: str = ""
    options: tuple[Option, ...] = ()
    max_chars: int = 500
    min: float | None = None
    max: float | None = None
    step: float | None = None
    unit: str = ""

    @model_serializer(mode="wrap")
    def _with_keys_of_its_kind(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        left_out = _KEYS_OF_SOME_KIND - _KEYS_OF_KIND.get(self.kind, frozenset())
        return {key: value for key, value in write(self).items() if key not in left_out}


class OntologyClass(FrozenModel):
    number: int
    name: str
    kind: Literal["thing", "stuff", "ignore"]
    layer: str = "main"
    colour: str
    key: str | None = None
    retired: bool = False
    parent: int | None = None
    geometry: tuple[GeometryKind, ...] = ("mask",)
    priority: int = 0
    description: str = ""
    questions: tuple[Question, ...] = ()


class Relation(FrozenModel):
    """A kind of link between segments or objects; `from_classes` and `to_classes` are `from` and `to` in JSON."""

    id: str
    title: str
    directed: bool = True
    from_classes: tuple[int, ...] = Field(default=(), alias="from")
    to_classes: tuple[int, ...] = Field(default=(), alias="to")
    retired: bool = False


class ProtectionRule(FrozenModel):
    """Whether class `taker` (0: the eraser) may take pixels of class `owner`."""

    taker: int
    owner: int
    allow: bool


class Ontology(FrozenModel):
    version: int = 1
    layers: tuple[Layer, ...] = (Layer(name="main", title="Main"),)
    classes: tuple[OntologyClass, ...] = ()
    questions: tuple[Question, ...] = ()
    questions_when: Literal["first", "last"] = "last"
    relations: tuple[Relation, ...] = ()
    protection: tuple[ProtectionRule, ...] = ()

    def class_named(self, name: str) -> OntologyClass:
        """The class of that name. Raises KeyError."""
        for entry in self.classes:
            if entry.name == name:
                return entry
        raise KeyError(name)

    def to_json(self) -> dict[str, Any]:
        """As the HTTP interface and files have it."""
        return self.model_dump(mode="json", by_alias=True)


class OntologyVersion(FrozenModel):
    version: int
    author_id: str
    author_name: str = ""
    created_at: str


class OntologyTemplate(FrozenModel):
    slug: str
    title: str
    description: str = ""
    ontology: Ontology


class OntologyChange(FrozenModel):
    """One difference between two versions and what the project holds of its subject; see the guide of ontologies."""

    subject: str
    verb: str
    id: str
    name: str = ""
    field: str | None = None
    before: Any = None
    after: Any = None
    segments: int = 0
    objects: int = 0
    relations: int = 0
    answers: int = 0
    images: int = 0
    pixels: int | None = None


class OntologyRefusal(FrozenModel):
    code: str
    message: str
    where: str


class OntologyImpact(FrozenModel):
    """What publishing would change; with anything in `refused` it would not be published."""

    version: int
    changes: tuple[OntologyChange, ...] = ()
    refused: tuple[OntologyRefusal, ...] = ()
