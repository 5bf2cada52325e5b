# SPDX-License-Identifier: Apache-2.0
"""``intarsia.json`` beside a panoptic export: what COCO has no field for, so that the way back is exact.

The standard files mean the same without it. It holds the ontology (layers, kinds, keys, ignore classes), the folder in
which ignored pixels are kept apart from unlabelled ones (COCO knows one void for both), and flags per segment.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from intarsia.core.errors import OntologyError
from intarsia.core.ontology import Ontology
from intarsia.core.ontology_json import ontology_from_json
from intarsia.formats.base import FormatError, ProblemLog, Source
from intarsia.formats.json_files import list_field, object_item, read_json_object, text_field

EXTENSION_NAME = "intarsia.json"
EXTENSION_FORMAT = "intarsia-coco-panoptic"


@dataclass(frozen=True, slots=True)
class LayerFiles:
    """Where one layer lies: its JSON, the folder of its masks, the folder of its ignored pixels."""

    layer: str
    json_name: str
    masks: str
    ignored: str


@dataclass(frozen=True, slots=True)
class ImageExtras:
    """Of one image: its own name if the file's differs, and by panoptic id what segments carry beyond COCO."""

    name: str | None = None
    instances_unknown: frozenset[int] = frozenset()
    answers: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Extension:
    ontology: Ontology
    layers: tuple[LayerFiles, ...]
    images: Mapping[str, ImageExtras]


def read_extension(source: Source, problems: ProblemLog) -> Extension | None:
    """The extension nearest to the root, if there is a usable one; an unusable one is a problem, not the end."""
    found = [name for name in source.names() if posixpath.basename(name) == EXTENSION_NAME]
    if not found:
        return None
    name = min(found, key=lambda n: (n.count("/"), n))
    try:
        return _extension(source, name)
    except (FormatError, OntologyError) as error:
        reason = error.reason if isinstance(error, FormatError) else error.message
        where = error.where if isinstance(error, FormatError) else name
        problems.add(where, error.code, f"{reason}; the file is not used", severity="warning")
        return None


def _extension(source: Source, name: str) -> Extension | None:
    root = read_json_object(source, name)
    if root.get("format") != EXTENSION_FORMAT:
        return None
    if root.get("version") != 1:
        raise FormatError("bad_version", "only version 1 is read", where=f"{name}: version")
    folder = posixpath.dirname(name)
    layers = []
    for i, item in enumerate(list_field(root, "layers", where=name)):
        where = f"{name}: layers[{i}]"
        obj = object_item(item, where=where)
        paths = [
            posixpath.join(folder, text_field(obj, key, where=where)) for key in ("annotations", "masks", "ignored")
        ]
        layers.append(LayerFiles(text_field(obj, "layer", where=where), *paths))
    images = {}
    for i, item in enumerate(list_field(root, "images", where=name)):
        where = f"{name}: images[{i}]"
        obj = object_item(item, where=where)
        images[text_field(obj, "file_name", where=where)] = _extras(obj)
    return Extension(ontology_from_json(root.get("ontology")), tuple(layers), images)


def _extras(obj: Mapping[str, Any]) -> ImageExtras:
    unknown = obj.get("instances_unknown")
    answers = obj.get("answers")
    return ImageExtras(
        name=obj["name"] if isinstance(obj.get("name"), str) and obj["name"] else None,
        instances_unknown=frozenset(v for v in unknown if type(v) is int) if isinstance(unknown, list) else frozenset(),
        answers={int(k): v for k, v in answers.items() if k.isdecimal() and len(k) < 10 and isinstance(v, dict)}
        if isinstance(answers, dict)
        else {},
    )
