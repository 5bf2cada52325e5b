# SPDX-License-Identifier: Apache-2.0
"""``intarsia.json`` beside an export in a foreign format: what that format has no field for.

The standard files mean the same without it. Its ``format`` is ``intarsia-`` and the slug of the format it extends.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intarsia.core.errors import OntologyError
from intarsia.core.ontology import Ontology
from intarsia.core.ontology_json import ontology_from_json, ontology_to_json
from intarsia.core.segment import Segment
from intarsia.formats.base import FormatError, ProblemLog, Source
from intarsia.formats.json_files import JsonObject, list_field, object_item, read_json_object, text_field

EXTENSION_NAME = "intarsia.json"
_DETECT_BYTES = 4096


@dataclass(frozen=True, slots=True)
class ExtensionFile:
    """A usable extension: its member, the folder it lies in, the whole object, ontology, and records by file name."""

    member: str
    folder: str
    root: JsonObject
    ontology: Ontology
    images: Mapping[str, JsonObject]

    def path(self, name: str) -> str:
        return posixpath.join(self.folder, name)


def extension_member(source: Source) -> str | None:
    """The ``intarsia.json`` nearest to the root."""
    found = [name for name in source.names() if posixpath.basename(name) == EXTENSION_NAME]
    return min(found, key=lambda n: (n.count("/"), n)) if found else None


def states_format(source: Source, slug: str) -> bool:
    """Whether the extension says, within its first bytes, that it belongs to this format."""
    name = extension_member(source)
    if name is None:
        return False
    try:
        with source.open(name) as stream:
            head = stream.read(_DETECT_BYTES)
    except (FormatError, OSError):
        return False
    return f'"intarsia-{slug}"'.encode() in head


def read_extension_file(source: Source, slug: str, problems: ProblemLog) -> ExtensionFile | None:
    """The extension for this format if there is a usable one; an unusable one is a problem, not the end."""
    name = extension_member(source)
    if name is None:
        return None
    try:
        return _read(source, name, slug)
    except FormatError as error:
        problems.add(error.where, error.code, f"{error.reason}; the file is not used", severity="warning")
    except OntologyError as error:
        problems.add(name, error.code, f"{error.message}; the file is not used", severity="warning")
    return None


def _read(source: Source, name: str, slug: str) -> ExtensionFile | None:
    root = read_json_object(source, name)
    if root.get("format") != f"intarsia-{slug}":
        return None
    if root.get("version") != 1:
        raise FormatError("bad_version", "only version 1 is read", where=f"{name}: version")
    images = {}
    for i, item in enumerate(list_field(root, "images", where=name)):
        where = f"{name}: images[{i}]"
        record = object_item(item, where=where)
        images[text_field(record, "file_name", where=where)] = record
    return ExtensionFile(name, posixpath.dirname(name), root, ontology_from_json(root.get("ontology")), images)


def extension_fields(slug: str, ontology: Ontology) -> dict[str, object]:
    """The fields that every extension begins with."""
    return {"format": f"intarsia-{slug}", "version": 1, "ontology": ontology_to_json(ontology)}


def segment_flags(segment: Segment) -> dict[str, Any]:
    """What standard formats do not say of a segment; empty when there is nothing."""
    flags: dict[str, Any] = {}
    if segment.instances_unknown:
        flags["instances_unknown"] = True
    if segment.answers:
        flags["answers"] = dict(segment.answers)
    return flags


def int_keyed(value: object) -> Mapping[int, JsonObject]:
    """An object whose keys are whole numbers and whose values are objects; whatever else is in it is left out."""
    if not isinstance(value, dict):
        return {}
    return {int(k): v for k, v in value.items() if k.isascii() and k.isdecimal() and len(k) < 19 and type(v) is dict}
