# SPDX-License-Identifier: Apache-2.0
"""The JSON of COCO instances: categories, images, and annotations grouped by image; each fault told by file and id."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from intarsia.formats.base import FormatError, ProblemLog, Source
from intarsia.formats.json_files import JsonObject, int_field, list_field, object_item, read_json_object, text_field
from intarsia.formats.panoptic_index import COCO_ID_MAX, Category, read_categories

SLUG = "coco-instances"
ANNOTATIONS_NAME = "annotations/instances.json"
NUMBER_BITS = 20
NUMBER_MAX = 2**NUMBER_BITS - 1
_MARKS = ((b'"category_id"',), (b'"segmentation"', b'"bbox"'))
_NOT_IN_IT = b'"segments_info"'
_SCAN_BYTES = 1 << 20


def annotation_id(image_id: int, number: int) -> int:
    return (image_id << NUMBER_BITS) + number


def number_of(written_id: int, image_id: int) -> int | None:
    """The number behind an annotation id: the lower bits of one of ours, else the id itself; 0 is none."""
    number = written_id & NUMBER_MAX if written_id >> NUMBER_BITS == image_id else written_id
    return number or None


@dataclass(frozen=True, slots=True)
class InstancesImage:
    id: int
    file_name: str
    size_hw: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class InstanceAnnotation:
    """One annotation whose ids are known to be good; ``segmentation`` and ``box`` (x, y, w, h) are still unchecked."""

    where: str
    id: int
    category_id: int
    crowd: bool
    area: float | None
    segmentation: Any
    box: Any = None


@dataclass(frozen=True, slots=True)
class InstancesIndex:
    json_name: str
    categories: tuple[Category, ...]
    images: tuple[InstancesImage, ...]
    annotations: Mapping[int, tuple[InstanceAnnotation, ...]]


def instances_json_names(source: Source) -> tuple[str, ...]:
    """JSON members with annotations that have outlines or boxes.

    Where some are called ``instances…``, others (keypoints) are left out.
    """
    found = tuple(n for n in source.names() if n.lower().endswith(".json") and _looks_like_instances(source, n))
    named = tuple(n for n in found if posixpath.basename(n).lower().startswith("instances"))
    return named or found


def _looks_like_instances(source: Source, name: str) -> bool:
    seen = [False] * len(_MARKS)
    tail = b""
    with source.open(name) as stream:
        while block := stream.read(_SCAN_BYTES):
            text = tail + block
            if _NOT_IN_IT in text:
                return False
            seen = [known or any(mark in text for mark in marks) for known, marks in zip(seen, _MARKS, strict=True)]
            tail = block[-32:]
    return all(seen)


def read_instances_index(source: Source, name: str, problems: ProblemLog) -> InstancesIndex:
    """Parse one file. Raises FormatError for one that cannot be used; single faults become problems."""
    root = read_json_object(source, name)
    stated = list_field(root, "categories", where=name)
    categories = tuple(read_categories(stated, name, problems, kind_needed=False))
    listed = list_field(root, "annotations", where=name)
    if not categories and (stated or listed):
        raise FormatError("no_categories", "no category can be used", where=f"{name}: categories")
    images = tuple(_images(list_field(root, "images", where=name), name, problems))
    known_categories = {category.id for category in categories}
    known_images = {image.id for image in images}
    grouped: dict[int, list[InstanceAnnotation]] = {}
    ids: set[int] = set()
    for i, item in enumerate(listed):
        where = f"{name}: annotations[{i}]"
        try:
            image_id, annotation = _annotation(item, where, known_images, known_categories)
        except FormatError as error:
            problems.add(error.where, error.code, f"{error.reason}; the annotation is left out")
            continue
        if annotation.id in ids:
            message = f"id {annotation.id} stands twice; both come in"
            problems.add(where, "duplicate_annotation", message, severity="warning")
        ids.add(annotation.id)
        grouped.setdefault(image_id, []).append(annotation)
    return InstancesIndex(name, categories, images, {key: tuple(value) for key, value in grouped.items()})


def _images(items: Iterable[Any], name: str, problems: ProblemLog) -> Iterator[InstancesImage]:
    ids: set[int] = set()
    for i, item in enumerate(items):
        where = f"{name}: images[{i}]"
        try:
            obj = object_item(item, where=where)
            image_id = int_field(obj, "id", where=where, high=COCO_ID_MAX)
            file_name = text_field(obj, "file_name", where=where)
            size_hw = None
            if "height" in obj or "width" in obj:
                size_hw = (int_field(obj, "height", where=where, low=1), int_field(obj, "width", where=where, low=1))
        except FormatError as error:
            problems.add(error.where, error.code, f"{error.reason}; the image is left out")
            continue
        if image_id in ids:
            problems.add(where, "duplicate_image", f"id {image_id} stands twice; the first is kept")
            continue
        ids.add(image_id)
        yield InstancesImage(image_id, file_name, size_hw)


def _annotation(item: Any, where: str, images: set[int], categories: set[int]) -> tuple[int, InstanceAnnotation]:
    obj = object_item(item, where=where)
    annotation_id = int_field(obj, "id", where=where, high=COCO_ID_MAX)
    where = f"{where} (id {annotation_id})"
    image_id = int_field(obj, "image_id", where=where, high=COCO_ID_MAX)
    category_id = int_field(obj, "category_id", where=where, low=-(2**53))
    if image_id not in images:
        raise FormatError("dangling_image", f"it names image {image_id}, which is not listed", where=where)
    if category_id not in categories:
        raise FormatError("dangling_category", f"it names category {category_id}, which is not listed", where=where)
    crowd = bool(int_field(obj, "iscrowd", where=where, high=1)) if "iscrowd" in obj else False
    outline, box = obj.get("segmentation"), obj.get("bbox")
    return image_id, InstanceAnnotation(where, annotation_id, category_id, crowd, _area(obj), outline, box)


def _area(obj: JsonObject) -> float | None:
    value = obj.get("area")
    return float(value) if isinstance(value, int | float) and 0 <= value < 2**53 else None
