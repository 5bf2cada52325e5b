# SPDX-License-Identifier: Apache-2.0
"""Short names for what tests do with items: make, change and read them over HTTP."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from intarsia.core.edit import Edit
from intarsia.core.edit_json import edit_to_json
from intarsia.core.item import EMPTY_IMAGE, IMAGE_ID, ImageItem, Item, ItemChange, ObjectItem
from intarsia.core.item_geometry import GEOMETRY_KINDS, Box, Geometry
from intarsia.core.pixel_runs import PixelRuns

from .drive import CAR, ONTOLOGY, PERSON, Api, Task


def object_ontology() -> dict[str, Any]:
    """Cars of every kind, boxes of persons; wheels are masks alone. A car may tow a car or pull a person."""
    allowed = {CAR: ["mask", *GEOMETRY_KINDS], PERSON: ["mask", "box"]}
    side = {"id": "side", "title": "Side", "kind": "single", "options": [{"id": "left", "title": "Left"}]}
    classes: list[dict[str, Any]] = [
        {**entry, "geometry": allowed.get(entry["number"], ["mask"])} for entry in ONTOLOGY["classes"]
    ]
    classes[0]["questions"] = [side]
    return {
        **ONTOLOGY,
        "classes": classes,
        "questions": [
            {"id": "weather", "title": "Weather", "kind": "text"},
            {"id": "lanes", "title": "Lanes", "kind": "number", "min": 0, "max": 8, "step": 1},
        ],
        "relations": [
            {"id": "tows", "title": "tows", "from": [CAR], "to": [CAR]},
            {"id": "near", "title": "near"},
        ],
    }


def object_task(api: Api) -> Task:
    return api.task(project=api.project(ontology=object_ontology()))


def new_object(geometry: Geometry | None = None, *, class_number: int = CAR) -> ObjectItem:
    return ObjectItem(f"obj_{uuid.uuid4()}", class_number, geometry or Box((1, 2.5, 40, 30)))


def moved(item: ObjectItem, x0: float) -> ObjectItem:
    return replace(item, geometry=Box((x0, 2.5, x0 + 40, 30)))


def make(item: Item) -> ItemChange:
    return ItemChange(item.id, None, item)


def answer(**answers: Any) -> ItemChange:
    return ItemChange(IMAGE_ID, EMPTY_IMAGE, ImageItem(answers))


def item_edit(api: Api, *changes: ItemChange, tool: str = "box") -> dict[str, Any]:
    """An edit of items alone, as JSON."""
    api.seq += 1
    ordered = tuple(sorted(changes, key=lambda change: change.id))
    body: dict[str, Any] = edit_to_json(
        Edit(str(uuid.uuid4()), api.seq, "main", tool, PixelRuns.empty(), items=ordered)
    )
    return body


def items_at(api: Api, task: Task, revision: int | None = None) -> dict[str, Any]:
    """Items by id as they are answered, of the head or of a revision."""
    path = f"/annotations/{task.annotation}"
    found = api.get(path if revision is None else f"{path}/revisions/{revision}")["items"]
    return {item.pop("id"): item for item in found}
