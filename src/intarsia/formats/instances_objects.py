# SPDX-License-Identifier: Apache-2.0
"""Objects as COCO annotations, both ways: boxes without an outline, and polygons that are no segments.

``intarsia.json`` tells by annotation id which annotations are objects, and keeps the geometry of those that COCO's
fields cannot say: rotated boxes and polygons with holes.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Collection, Iterator
from itertools import count
from typing import Any

import numpy as np

from intarsia.core.coco_rle import encode_all
from intarsia.core.errors import GeometryError, IntarsiaError
from intarsia.core.item import ObjectItem, is_live
from intarsia.core.item_geometry import Box, Geometry, Point, Polygon, Polyline, RotatedBox
from intarsia.core.item_json import geometry_from_json, geometry_to_json
from intarsia.core.object_shape import area_px, bounds_xyxy, outline_of, region_of
from intarsia.formats.base import FormatError, LabelledImage
from intarsia.formats.instances_index import NUMBER_MAX, InstanceAnnotation
from intarsia.formats.item_losses import RELATION_LOSSES
from intarsia.formats.json_files import JsonObject
from intarsia.formats.writers import LossCounts

OBJECT_LOSSES = {
    "rotated_as_polygons": "{count} rotated boxes are written as polygons; intarsia.json keeps their angle.",
    "object_holes_as_rle": "{count} polygon objects have holes and are written as run lengths of the pixels they hold.",
    "lines_and_points_left_out": "{count} polylines and points are left out, since COCO instances has none.",
    "object_answers_in_extension": "{count} objects have answers, which stand in intarsia.json alone.",
    **RELATION_LOSSES,
}
# Names a place in a file, so that reading it twice gives the same ids.
_NAMESPACE = uuid.UUID("6f1c4f0e-52b8-5c3f-9d0a-1c1f0c9f7a55")
_COORDINATE_PX_MAX = float(1 << 20)


def object_annotations(
    image: LabelledImage, *, taken: Collection[int], losses: LossCounts
) -> Iterator[tuple[int, ObjectItem, dict[str, object], dict[str, object]]]:
    """(number in the image, object, fields of its annotation, what ``intarsia.json`` says of it), by id.

    ``taken`` are the numbers of segments; objects get those above, or free ones when there is no room.
    """
    wanted = [item for _, item in sorted(image.items.items()) if isinstance(item, ObjectItem) and is_live(item)]
    shown = [item for item in wanted if not isinstance(item.geometry, Polyline | Point)]
    losses.add("lines_and_points_left_out", len(wanted) - len(shown))
    highest = max(taken, default=0)
    used = set(taken)
    numbers = count(highest + 1 if highest + len(shown) <= NUMBER_MAX else 1)
    for item in shown:
        number = next(number for number in numbers if number not in used)
        x0, y0, x1, y1 = bounds_xyxy(item.geometry)
        fields: dict[str, object] = {
            "category_id": item.class_number,
            "iscrowd": 0,
            "area": _plain(area_px(item.geometry)),
            "bbox": [_plain(value) for value in (x0, y0, x1 - x0, y1 - y0)],
            "segmentation": _segmentation(item.geometry, image.size_hw, losses),
        }
        told: dict[str, object] = {"kind": item.geometry.kind}
        if isinstance(item.geometry, RotatedBox) or (isinstance(item.geometry, Polygon) and item.geometry.rings[1:]):
            told["geometry"] = geometry_to_json(item.geometry)
        if item.answers:
            losses.add("object_answers_in_extension")
            told["answers"] = dict(item.answers)
        yield number, item, fields, told


def _segmentation(geometry: Geometry, size_hw: tuple[int, int], losses: LossCounts) -> object:
    if isinstance(geometry, Box):
        return []
    if isinstance(geometry, Polygon) and len(geometry.rings) > 1:
        losses.add("object_holes_as_rle")
        grid = np.zeros(size_hw, np.uint32)
        for y, x0, x1 in region_of(geometry, size_hw=size_hw).runs():
            grid[y, x0:x1] = 1
        return {"size": list(size_hw), "counts": encode_all(grid).strings().get(1, "")}
    losses.add("rotated_as_polygons", int(isinstance(geometry, RotatedBox)))
    return [[_plain(value) for point in outline_of(geometry)[0] for value in point]]


def read_object(annotation: InstanceAnnotation, class_number: int, told: JsonObject) -> ObjectItem | None:
    """The object that an annotation is: one without an outline, or one that the extension calls so; else None.

    Raises FormatError ``bad_box`` or ``bad_geometry``.
    """
    kind = told.get("kind")
    if kind is None and annotation.segmentation not in (None, []):
        return None
    if kind is None and annotation.box is None:
        return None
    answers = told.get("answers")
    return ObjectItem(
        f"obj_{uuid.uuid5(_NAMESPACE, annotation.where)}",
        class_number,
        _geometry(annotation, told),
        {key: value for key, value in answers.items() if value is not None} if isinstance(answers, dict) else {},
    )


def _geometry(annotation: InstanceAnnotation, told: JsonObject) -> Geometry:
    try:
        if "geometry" in told:
            return geometry_from_json(told["geometry"], where="geometry")
        if told.get("kind") == "polygon":
            return Polygon(tuple(_ring(part) for part in annotation.segmentation))
        x, y, width, height = _numbers(annotation.box, 4)
        return Box((_grid(x), _grid(y), _grid(x + width), _grid(y + height)))
    except GeometryError as error:
        raise FormatError(error.code, error.message, where=annotation.where) from error
    except (IntarsiaError, TypeError, ValueError) as error:
        message = "four numbers (x, y, width, height) are expected in bbox, or an outline"
        raise FormatError("bad_box", message, where=annotation.where) from error


def _ring(part: Any) -> tuple[tuple[float, float], ...]:
    values = [_grid(value) for value in _numbers(part, len(part))]
    return tuple(zip(values[::2], values[1::2], strict=True))


def _numbers(values: Any, length: int) -> list[float]:
    """Raises ValueError unless it is a list of so many finite numbers that an object may have as coordinates."""
    if not isinstance(values, list) or len(values) != length or any(type(v) not in (int, float) for v in values):
        raise ValueError("no list of numbers")
    if any(not math.isfinite(value) or abs(value) > _COORDINATE_PX_MAX for value in values):
        raise ValueError("a number is out of range")
    return [float(value) for value in values]


def _grid(value_px: float) -> float:
    """On the grid of 1/256 px, as raster.md quantises."""
    return math.floor(value_px * 256 + 0.5) / 256


def _plain(value: float) -> int | float:
    return int(value) if float(value).is_integer() else value
