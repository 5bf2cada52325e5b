# SPDX-License-Identifier: Apache-2.0
"""The ontology of a project: layers and classes, and what of them may change from version to version."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal, NoReturn

from intarsia.core.errors import OntologyError
from intarsia.core.limits import LAYER_NAME_MAX_CHARS, STUFF_ID_MAX
from intarsia.core.palette import CLASS_COLOURS
from intarsia.core.segment import JsonValue

ClassKind = Literal["thing", "stuff", "ignore"]

KINDS: tuple[ClassKind, ...] = ("thing", "stuff", "ignore")
_LAYER_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_TITLE_MAX_CHARS = 200
_LAYERS_MAX = 64
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Layer:
    """A named partition; `name` is permanent and part of checksums, `title` is for people."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class ClassDef:
    """A class; `number` is permanent, and the id of its segment when the kind is "stuff" or "ignore"."""

    number: int
    name: str
    kind: ClassKind
    layer: str
    colour: str
    key: str | None = None
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Ontology:
    """Layers and classes in display order; checked when made (`OntologyError`)."""

    version: int
    layers: tuple[Layer, ...]
    classes: tuple[ClassDef, ...]

    def __post_init__(self) -> None:
        _check(self)

    def by_number(self, number: int) -> ClassDef | None:
        return next((entry for entry in self.classes if entry.number == number), None)

    def next_number(self) -> int:
        """The number for the next new class: above all that were ever used."""
        return max((entry.number for entry in self.classes), default=0) + 1


def next_colour(used: Collection[str]) -> str:
    """The first colour of the palette that is not used; when all are, the one used least, first of those."""
    counts = dict.fromkeys(CLASS_COLOURS, 0)
    for colour in used:
        if colour.upper() in counts:
            counts[colour.upper()] += 1
    return min(CLASS_COLOURS, key=lambda colour: counts[colour])


def ontology_to_json(ontology: Ontology) -> dict[str, JsonValue]:
    return {
        "version": ontology.version,
        "layers": [{"name": layer.name, "title": layer.title} for layer in ontology.layers],
        "classes": [
            {
                "number": entry.number,
                "name": entry.name,
                "kind": entry.kind,
                "layer": entry.layer,
                "colour": entry.colour,
                "key": entry.key,
                "retired": entry.retired,
            }
            for entry in ontology.classes
        ],
    }


def ontology_from_json(value: object) -> Ontology:
    """Ontology of a decoded JSON value; `colour`, `key` and `retired` of a class and `title` of a layer may be missing.

    Raises `OntologyError` with a code that names what is wrong.
    """
    data = _object(value, "ontology", needed={"layers", "classes"}, allowed={"version"})
    layers = tuple(_layer(item, f"layers[{place}]") for place, item in enumerate(_list(data["layers"], "layers")))
    items = _list(data["classes"], "classes")
    if len(items) > STUFF_ID_MAX:
        _refuse("too_many_classes", f"An ontology has at most {STUFF_ID_MAX} classes.", "classes")
    given = [item.get("colour") for item in items if isinstance(item, dict)]
    used = [colour for colour in given if isinstance(colour, str)]
    classes: list[ClassDef] = []
    for place, item in enumerate(items):
        entry = _class(item, f"classes[{place}]", default_colour=next_colour(used))
        if isinstance(item, dict) and item.get("colour") is None:
            used.append(entry.colour)
        classes.append(entry)
    return Ontology(_integer(data.get("version", 1), "version"), layers, tuple(classes))


def evolve(old: Ontology, new: Ontology) -> Ontology:
    """`new` with the version after `old`'s, when it keeps what annotations rely on.

    Classes and layers may be added, renamed (a layer's title only), recoloured and retired. They are never left out, so
    that no number is used again, and the kind and the layer of a number never change. Raises `OntologyError`.
    """
    names = {layer.name for layer in new.layers}
    for layer in old.layers:
        if layer.name not in names:
            _refuse("layer_removed", f"Layer {layer.name!r} holds label maps and cannot be left out.", layer.name)
    entries = {entry.number: entry for entry in new.classes}
    for entry in old.classes:
        now = entries.get(entry.number)
        if now is None:
            _refuse(
                "class_removed",
                f"Class {entry.number} ({entry.name}) cannot be left out, since its number is never used again. "
                "Retire it instead.",
                str(entry.number),
            )
        if now.kind != entry.kind:
            _refuse("class_kind_changed", f"Class {entry.number} is {entry.kind} for good.", str(entry.number))
        if now.layer != entry.layer:
            _refuse(
                "class_layer_changed", f"Class {entry.number} is in layer {entry.layer!r} for good.", str(entry.number)
            )
    return Ontology(old.version + 1, new.layers, new.classes)


def _check(ontology: Ontology) -> None:
    if not 1 <= len(ontology.layers) <= _LAYERS_MAX:
        _refuse("bad_layer", f"An ontology has 1 to {_LAYERS_MAX} layers.", "layers")
    names = [layer.name for layer in ontology.layers]
    for layer in ontology.layers:
        if not _LAYER_NAME.fullmatch(layer.name) or len(layer.name) > LAYER_NAME_MAX_CHARS:
            _refuse(
                "bad_layer", "A layer's name is made of a-z, 0-9, - and _, and has at most 64 characters.", layer.name
            )
        _check_title(layer.title, "bad_layer")
    if len(set(names)) != len(names):
        _refuse("duplicate_layer", "Two layers have one name.", "layers")
    _check_unique([entry.number for entry in ontology.classes], "duplicate_class_number", "Two classes have one number")
    _check_unique(
        [entry.name for entry in ontology.classes if not entry.retired],
        "duplicate_class_name",
        "Two classes have one name",
    )
    keys = [entry.key for entry in ontology.classes if entry.key is not None and not entry.retired]
    _check_unique(keys, "duplicate_key", "Two classes have one key")
    for entry in ontology.classes:
        _check_class(entry, names)


def _check_class(entry: ClassDef, layers: Collection[str]) -> None:
    if not 1 <= entry.number <= STUFF_ID_MAX:
        _refuse("bad_class_number", f"A class number lies between 1 and {STUFF_ID_MAX}.", str(entry.number))
    _check_title(entry.name, "bad_class_name")
    if entry.kind not in KINDS:
        _refuse("bad_class_kind", "A class is thing, stuff or ignore.", str(entry.number))
    if entry.layer not in layers:
        _refuse("unknown_layer", f"Class {entry.number} names layer {entry.layer!r}, which is not there.", entry.layer)
    if not _COLOUR.fullmatch(entry.colour):
        _refuse("bad_colour", f"The colour of class {entry.number} is written #RRGGBB.", entry.colour)
    if entry.key is not None and (len(entry.key) != 1 or _CONTROL.search(entry.key) or entry.key.isspace()):
        _refuse("bad_key", f"The key of class {entry.number} is one character.", str(entry.number))


def _check_title(text: str, code: str) -> None:
    if not text.strip() or len(text) > _TITLE_MAX_CHARS or _CONTROL.search(text):
        _refuse(code, f"A name has 1 to {_TITLE_MAX_CHARS} characters, none of them a control character.", text[:80])


def _check_unique(values: list[int] | list[str], code: str, what: str) -> None:
    seen: set[int | str] = set()
    for value in values:
        if value in seen:
            _refuse(code, f"{what}: {value}.", str(value))
        seen.add(value)


def _layer(value: object, where: str) -> Layer:
    data = _object(value, where, needed={"name"}, allowed={"title"})
    name = _string(data["name"], f"{where}.name")
    return Layer(name, _string(data.get("title", name), f"{where}.title"))


def _class(value: object, where: str, *, default_colour: str) -> ClassDef:
    data = _object(value, where, needed={"number", "name", "kind", "layer"}, allowed={"colour", "key", "retired"})
    kind = next((known for known in KINDS if known == data["kind"]), None)
    if kind is None:
        _refuse("bad_class_kind", "A class is thing, stuff or ignore.", where)
    colour, key, retired = data.get("colour"), data.get("key"), data.get("retired", False)
    if not isinstance(retired, bool):
        _refuse("bad_ontology", "`retired` is true or false.", where)
    return ClassDef(
        number=_integer(data["number"], f"{where}.number"),
        name=_string(data["name"], f"{where}.name"),
        kind=kind,
        layer=_string(data["layer"], f"{where}.layer"),
        colour=default_colour if colour is None else _string(colour, f"{where}.colour").upper(),
        key=None if key is None else _string(key, f"{where}.key"),
        retired=retired,
    )


def _object(value: object, where: str, *, needed: set[str], allowed: set[str]) -> Mapping[str, object]:
    if not isinstance(value, dict) or needed - value.keys() or value.keys() - needed - allowed:
        wanted = ", ".join(sorted(needed | allowed))
        _refuse("bad_ontology", f"At {where} an object with the keys {wanted} belongs, and no others.", where)
    return value


def _list(value: object, where: str) -> list[object]:
    if not isinstance(value, list):
        _refuse("bad_ontology", f"At {where} a list belongs.", where)
    return value


def _string(value: object, where: str) -> str:
    if not isinstance(value, str):
        _refuse("bad_ontology", f"At {where} a text belongs.", where)
    return value


def _integer(value: object, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        _refuse("bad_ontology", f"At {where} a whole number belongs.", where)
    return value


def _refuse(code: str, what: str, where: str) -> NoReturn:
    raise OntologyError(code, f"{what} Nothing was changed.", where=where)
