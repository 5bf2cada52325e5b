# SPDX-License-Identifier: Apache-2.0
"""The explicit table between values in an index image and classes; unlabelled is never guessed to be void.

As JSON: ``{"unlabelled": 0, "classes": [{"index": 1, "name": "Road", "kind": "stuff", "colour": "#804080"}]}``.
As CSV: a header ``index,name,kind,colour`` and a line per class; a line of kind ``unlabelled`` states that value.
Masks that hold colours are read by the colours of the table; ``unlabelled_colour`` is that of unlabelled pixels.
``unlabelled`` may be null or left out: then every pixel must have a value in the table.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from intarsia.core.ontology import ClassKind, Layer
from intarsia.core.ontology_check import KINDS
from intarsia.formats.base import FormatError
from intarsia.formats.json_files import JsonObject, int_field, list_field, object_item, parse_json_object, text_field

INDEX_MAX = 65_535
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class ClassEntry:
    """One value of an index image: a class by name, kind ``thing``, ``stuff`` or ``ignore``, colour ``#RRGGBB``."""

    index: int
    name: str
    kind: ClassKind
    colour: str | None = None
    layer: str | None = None
    key: str | None = None
    retired: bool = False


@dataclass(frozen=True, slots=True)
class ClassTable:
    """All values that an index image may hold; ``unlabelled`` is that of pixels which nobody labelled, if any is."""

    entries: tuple[ClassEntry, ...]
    unlabelled: int | None = None
    layers: tuple[Layer, ...] = ()
    unlabelled_colour: str | None = None

    def for_layer(self, layer: str) -> tuple[ClassEntry, ...]:
        return tuple(entry for entry in self.entries if entry.layer in (None, layer))


def parse_class_table(data: bytes, *, where: str) -> ClassTable:
    """Read a table from the bytes of a ``.json`` or ``.csv`` file. Raises FormatError naming line or field."""
    if where.lower().endswith(".csv"):
        return _from_csv(data, where=where)
    return table_from_json(parse_json_object(data, where=where), where=where)


def table_from_json(obj: JsonObject, *, where: str) -> ClassTable:
    entries = []
    for i, item in enumerate(list_field(obj, "classes", where=where)):
        at = f"{where}: classes[{i}]"
        fields = object_item(item, where=at)
        entries.append(_entry(fields, index=int_field(fields, "index", where=at, high=INDEX_MAX), where=at))
    unlabelled = None
    if obj.get("unlabelled") is not None:
        unlabelled = int_field(obj, "unlabelled", where=where, high=INDEX_MAX)
    layers = []
    for i, item in enumerate(list_field(obj, "layers", where=where) if "layers" in obj else ()):
        at = f"{where}: layers[{i}]"
        fields = object_item(item, where=at)
        layers.append(Layer(text_field(fields, "name", where=at), text_field(fields, "title", where=at)))
    colour = _colour(obj.get("unlabelled_colour"), where=f"{where}: unlabelled_colour")
    return replace(checked_table(entries, unlabelled, where=where), layers=tuple(layers), unlabelled_colour=colour)


def _from_csv(data: bytes, *, where: str) -> ClassTable:
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise FormatError("bad_csv", f"not a readable CSV file: {error}", where=where) from error
    entries: list[ClassEntry] = []
    unlabelled: int | None = None
    unlabelled_colour: str | None = None
    for i, row in enumerate(rows):
        at = f"{where}: line {i + 2}"
        text = (row.get("index") or "").strip()
        if not re.fullmatch(r"[0-9]{1,9}", text):
            raise FormatError("bad_field", f"a whole number is expected, not {text[:40]!r}", where=f"{at}: index")
        if (row.get("kind") or "").strip() == "unlabelled":
            if unlabelled is not None:
                raise FormatError("bad_field", "unlabelled is stated twice", where=f"{at}: kind")
            unlabelled = int(text)
            unlabelled_colour = _colour(row.get("colour"), where=f"{at}: colour")
            continue
        entries.append(_entry(dict(row), index=int(text), where=at))
    return replace(checked_table(entries, unlabelled, where=where), unlabelled_colour=unlabelled_colour)


def _colour(value: object, *, where: str) -> str | None:
    """``#RRGGBB`` in capitals, or None for nothing. Raises ``bad_field``."""
    if value is None or value == "":
        return None
    if not (isinstance(value, str) and _COLOUR.fullmatch(value.strip())):
        raise FormatError("bad_field", "a colour like #804080 is expected", where=where)
    return value.strip().upper()


def _entry(fields: dict[str, Any], *, index: int, where: str) -> ClassEntry:
    name = text_field(fields, "name", where=where).strip()
    stated = fields.get("kind") or "stuff"
    kind = next((known for known in KINDS if isinstance(stated, str) and stated.strip() == known), None)
    if kind is None:
        raise FormatError("bad_field", f"one of {', '.join(KINDS)} is expected", where=f"{where}: kind")
    colour = _colour(fields.get("colour") or fields.get("color"), where=f"{where}: colour")
    layer, key = fields.get("layer"), fields.get("key")
    return ClassEntry(
        index=index,
        name=name,
        kind=kind,
        colour=colour,
        layer=layer if isinstance(layer, str) and layer else None,
        key=key if isinstance(key, str) and key else None,
        retired=fields.get("retired") is True,
    )


def checked_table(entries: Sequence[ClassEntry], unlabelled: int | None, *, where: str) -> ClassTable:
    """A table in which each value and each name stands once. Raises FormatError ``duplicate_index`` and the like."""
    if not entries and unlabelled is None:
        raise FormatError("empty_class_table", "the table names no class", where=where)
    seen: dict[tuple[str | None, object], str] = {}
    for entry in entries:
        if not 0 <= entry.index <= INDEX_MAX:
            raise FormatError("bad_field", f"index {entry.index} is not between 0 and {INDEX_MAX}", where=where)
        for key, code in ((entry.index, "duplicate_index"), (entry.name, "duplicate_name")):
            if (entry.layer, key) in seen:
                other = seen[entry.layer, key]
                raise FormatError(code, f"{entry.name!r} and {other!r} share index or name ({key!r})", where=where)
            seen[entry.layer, key] = entry.name
        if entry.index == unlabelled:
            message = f"{unlabelled} stands both for unlabelled and for {entry.name!r}"
            raise FormatError("duplicate_index", message, where=where)
    return ClassTable(tuple(entries), unlabelled)
