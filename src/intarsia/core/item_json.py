# SPDX-License-Identifier: Apache-2.0
"""Items and their changes as JSON values (contract/items.md), read as strictly as the rest of an edit."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from itertools import pairwise

from intarsia.core.edit_reading import SAFE_INTEGER_MAX, answers, integer, mapping, refuse, text
from intarsia.core.errors import GeometryError
from intarsia.core.item import (
    IMAGE_ID,
    ITEM_STATES,
    OBJECT_PREFIX,
    RELATION_PREFIX,
    End,
    ImageItem,
    Item,
    ItemChange,
    ItemState,
    ObjectItem,
    RelationItem,
)
from intarsia.core.item_geometry import Box, Geometry, Point, PointXY, Polygon, Polyline, RotatedBox
from intarsia.core.limits import ITEMS_PER_ANNOTATION_MAX, SEGMENT_ID_MAX, STUFF_ID_MAX
from intarsia.core.segment import JsonValue

_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_OBJECT_ID = re.compile(OBJECT_PREFIX + _UUID)
ITEM_ID = re.compile(f"{IMAGE_ID}|(?:{OBJECT_PREFIX}|{RELATION_PREFIX}){_UUID}")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_CHANGE_KEYS = frozenset({"id", "before", "after"})
_KEYS = {
    OBJECT_PREFIX: frozenset({"class", "geometry", "answers", "state"}),
    RELATION_PREFIX: frozenset({"relation", "from", "to", "state"}),
    IMAGE_ID: frozenset({"answers"}),
}
_GEOMETRY_KEYS = {
    "box": frozenset({"kind", "box_xyxy"}),
    "rotated_box": frozenset({"kind", "centre", "size_wh", "angle_deg"}),
    "polygon": frozenset({"kind", "rings"}),
    "polyline": frozenset({"kind", "points"}),
    "point": frozenset({"kind", "point"}),
}


def item_changes_to_json(changes: tuple[ItemChange, ...]) -> list[JsonValue]:
    return [
        {
            "id": change.id,
            "before": None if change.before is None else item_to_json(change.before),
            "after": None if change.after is None else item_to_json(change.after),
        }
        for change in changes
    ]


def item_changes_from_json(value: object, *, where: str) -> tuple[ItemChange, ...]:
    """Raises `EditError` `bad_json` (details: `field`), `GeometryError` `bad_geometry` (details: `field`)."""
    if not isinstance(value, list) or len(value) > ITEMS_PER_ANNOTATION_MAX:
        refuse(where, f"It is a list of at most {ITEMS_PER_ANNOTATION_MAX} item changes.")
    changes = tuple(_change(entry, f"{where}[{place}]") for place, entry in enumerate(value))
    # The ids are ASCII, so that code points and code units sort alike.
    if any(a.id >= b.id for a, b in pairwise(changes)):
        refuse(where, "Item changes are sorted by id, one per id.")
    return changes


def item_to_json(item: Item) -> dict[str, JsonValue]:
    """State of an item without its id."""
    if isinstance(item, ObjectItem):
        return {
            "class": item.class_number,
            "geometry": geometry_to_json(item.geometry),
            "answers": dict(item.answers),
            "state": item.state,
        }
    if isinstance(item, RelationItem):
        return {
            "relation": item.relation,
            "from": end_to_json(item.from_end),
            "to": end_to_json(item.to_end),
            "state": item.state,
        }
    return {"answers": dict(item.answers)}


def item_from_json(value: object, *, item_id: str, where: str) -> Item:
    """Item of its state. Raises as `item_changes_from_json`."""
    keys = _KEYS[IMAGE_ID if item_id == IMAGE_ID else item_id[: len(OBJECT_PREFIX)]]
    data = mapping(value, keys, where)
    if item_id == IMAGE_ID:
        return ImageItem(_answers(data["answers"], f"{where}.answers"))
    state = _state(data["state"], f"{where}.state")
    if item_id.startswith(OBJECT_PREFIX):
        return ObjectItem(
            item_id,
            integer(data["class"], f"{where}.class", 1, STUFF_ID_MAX),
            geometry_from_json(data["geometry"], where=f"{where}.geometry"),
            _answers(data["answers"], f"{where}.answers"),
            state,
        )
    return RelationItem(
        item_id,
        text(data["relation"], f"{where}.relation", _NAME, "the id of a relation"),
        end_from_json(data["from"], where=f"{where}.from"),
        end_from_json(data["to"], where=f"{where}.to"),
        state,
    )


def geometry_to_json(geometry: Geometry) -> dict[str, JsonValue]:
    if isinstance(geometry, Box):
        return {"kind": "box", "box_xyxy": _written(geometry.box_xyxy)}
    if isinstance(geometry, RotatedBox):
        return {
            "kind": "rotated_box",
            "centre": _written(geometry.centre),
            "size_wh": _written(geometry.size_wh),
            "angle_deg": _written((geometry.angle_deg,))[0],
        }
    if isinstance(geometry, Polygon):
        return {"kind": "polygon", "rings": [[_written(point) for point in ring] for ring in geometry.rings]}
    if isinstance(geometry, Polyline):
        return {"kind": "polyline", "points": [_written(point) for point in geometry.points]}
    return {"kind": "point", "point": _written(geometry.point)}


def geometry_from_json(value: object, *, where: str) -> Geometry:
    """Raises `EditError` `bad_json` for a wrong shape, `GeometryError` `bad_geometry` for wrong numbers."""
    kind = value.get("kind") if isinstance(value, dict) else None
    if not isinstance(kind, str) or kind not in _GEOMETRY_KEYS:
        refuse(where, "A geometry has a `kind`: box, rotated_box, polygon, polyline or point.")
    data = mapping(value, _GEOMETRY_KEYS[kind], where)
    try:
        return _geometry(kind, data, where)
    except GeometryError as error:
        raise GeometryError(error.code, f"At {where}: {error.message}", field=where) from None


def _geometry(kind: str, data: Mapping[str, object], where: str) -> Geometry:
    if kind == "box":
        x0, y0, x1, y1 = _numbers(data["box_xyxy"], 4, f"{where}.box_xyxy")
        return Box((x0, y0, x1, y1))
    if kind == "rotated_box":
        angle_deg = _numbers([data["angle_deg"]], 1, f"{where}.angle_deg")[0]
        return RotatedBox(
            _pair(data["centre"], f"{where}.centre"), _pair(data["size_wh"], f"{where}.size_wh"), angle_deg
        )
    if kind == "polygon":
        rings = enumerate(_list(data["rings"], f"{where}.rings"))
        return Polygon(tuple(_points(ring, f"{where}.rings[{place}]") for place, ring in rings))
    if kind == "polyline":
        return Polyline(_points(data["points"], f"{where}.points"))
    return Point(_pair(data["point"], f"{where}.point"))


def end_to_json(end: End) -> dict[str, JsonValue]:
    return {"segment": end} if isinstance(end, int) else {"object": end}


def end_from_json(value: object, *, where: str) -> End:
    if isinstance(value, dict) and value.keys() == {"segment"}:
        return integer(value["segment"], f"{where}.segment", 1, SEGMENT_ID_MAX)
    if isinstance(value, dict) and value.keys() == {"object"}:
        return text(value["object"], f"{where}.object", _OBJECT_ID, "the id of an object")
    refuse(where, "The end of a relation has the key `segment` or the key `object`.")


def _change(value: object, where: str) -> ItemChange:
    data = mapping(value, _CHANGE_KEYS, where)
    item_id = text(data["id"], f"{where}.id", ITEM_ID, 'obj_ or rel_ with a UUID in lower case, or "image"')
    before, after = (
        None if data[key] is None else item_from_json(data[key], item_id=item_id, where=f"{where}.{key}")
        for key in ("before", "after")
    )
    if before == after:
        refuse(where, "An item change changes something.")
    if item_id == IMAGE_ID and (before is None or after is None):
        refuse(where, "The answers of the image are there from the start; without any they are {}.")
    return ItemChange(item_id, before=before, after=after)


def _state(value: object, where: str) -> ItemState:
    known = next((name for name in ITEM_STATES if name == value), None)
    if known is None:
        refuse(where, "The state of an item is live or deleted.")
    return known


def _answers(value: object, where: str) -> dict[str, JsonValue]:
    found = answers(value, where)
    if any(answer is None for answer in found.values()):
        refuse(where, "A question without an answer is left out.")
    return found


def _written(numbers: tuple[float, ...]) -> list[JsonValue]:
    """Whole numbers without a point, as JavaScript writes them."""
    return [int(value) if value.is_integer() else value for value in map(float, numbers)]


def _list(value: object, where: str) -> list[object]:
    if not isinstance(value, list):
        refuse(where, "A list belongs here.")
    return value


def _numbers(value: object, count: int, where: str) -> list[float]:
    numbers = _list(value, where)
    if len(numbers) != count:
        refuse(where, f"{count} numbers belong here.")
    if any(isinstance(number, bool) or not isinstance(number, int | float) for number in numbers):
        refuse(where, "A number belongs here.")
    return [_float(number) for number in numbers]


def _float(number: object) -> float:
    """Infinite where a whole number is too large to be held; the geometry refuses it."""
    assert isinstance(number, int | float)
    return math.inf if abs(number) > SAFE_INTEGER_MAX else float(number)


def _pair(value: object, where: str) -> PointXY:
    x, y = _numbers(value, 2, where)
    return x, y


def _points(value: object, where: str) -> tuple[PointXY, ...]:
    return tuple(_pair(point, where) for point in _list(value, where))
