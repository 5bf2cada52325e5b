# SPDX-License-Identifier: Apache-2.0
"""From the classes of a source to an ontology that keeps the source's own ids as class numbers where it can."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from intarsia.core.errors import OntologyError
from intarsia.core.limits import STUFF_ID_MAX
from intarsia.core.ontology import ClassDef, ClassKind, Layer, Ontology, next_colour
from intarsia.formats.base import FormatError

DEFAULT_LAYER = "main"
_KEYS = "123456789"

ClassKey = tuple[str | None, int]


@dataclass(frozen=True, slots=True)
class ClassDraft:
    """A class as a source tells it; ``source_id`` is its category id or index value there."""

    source_id: int
    name: str
    kind: ClassKind
    layer: str | None = None
    colour: str | None = None
    key: str | None = None
    retired: bool = False


def imported_ontology(
    drafts: Iterable[ClassDraft], *, layers: Sequence[Layer] = (), where: str = ""
) -> tuple[Ontology, Mapping[ClassKey, int]]:
    """An ontology of all drafts, and the class number of each (layer, source id).

    A source id from 1 to 65,535 becomes the class number; others (0, or one that another layer took) get the next free
    one. Raises FormatError with the code of what the ontology forbids, such as ``duplicate_class_name``.
    """
    listed = list(drafts)
    numbers = _numbers(listed)
    free_keys = iter("" if any(draft.key for draft in listed) else _KEYS)
    used = [draft.colour for draft in listed if draft.colour]
    classes: list[ClassDef] = []
    for draft in listed:
        colour = draft.colour or next_colour(used)
        if not draft.colour:
            used.append(colour)
        usable = draft.kind != "ignore" and not draft.retired
        classes.append(
            ClassDef(
                number=numbers[draft.layer, draft.source_id],
                name=draft.name,
                kind=draft.kind,
                layer=draft.layer or DEFAULT_LAYER,
                colour=colour,
                key=draft.key or (next(free_keys, None) if usable else None),
                retired=draft.retired,
            )
        )
    known = {layer.name for layer in layers}
    names = dict.fromkeys(entry.layer for entry in classes if entry.layer not in known)
    further = tuple(Layer(name, name.replace("_", " ").capitalize()) for name in names)
    every = (*layers, *further) or (Layer(DEFAULT_LAYER, "Main"),)
    try:
        return Ontology(1, every, tuple(classes)), numbers
    except OntologyError as error:
        raise FormatError(error.code, error.message, where=where) from error


def _numbers(drafts: Sequence[ClassDraft]) -> dict[ClassKey, int]:
    numbers: dict[ClassKey, int] = {}
    taken: set[int] = set()
    for draft in drafts:
        if 1 <= draft.source_id <= STUFF_ID_MAX and draft.source_id not in taken:
            numbers[draft.layer, draft.source_id] = draft.source_id
            taken.add(draft.source_id)
    for draft in drafts:
        if (draft.layer, draft.source_id) not in numbers:
            number = max(taken, default=0) + 1
            if number > STUFF_ID_MAX:
                number = next((n for n in range(1, STUFF_ID_MAX + 1) if n not in taken), 0)
            if number == 0:
                raise FormatError("too_many_classes", f"at most {STUFF_ID_MAX} classes are read")
            numbers[draft.layer, draft.source_id] = number
            taken.add(number)
    return numbers
