# SPDX-License-Identifier: Apache-2.0
"""The JSON half of COCO panoptic: categories, images and what each image's annotation declares, checked one by one."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from intarsia.formats.base import FormatError, ProblemLog, Source
from intarsia.formats.extension import EXTENSION_NAME
from intarsia.formats.json_files import JsonObject, int_field, list_field, object_item, read_json_object, text_field

PANOPTIC_ID_MAX = 2**24 - 1
COCO_ID_MAX = 2**63 - 1
_MARK = b'"segments_info"'
_SCAN_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Category:
    id: int
    name: str
    is_thing: bool
    colour: str | None
    supercategory: str = ""


@dataclass(frozen=True, slots=True)
class SegmentInfo:
    """What the JSON says of one segment; ``area_px`` and ``box_xywh`` are None when it does not."""

    id: int
    category_id: int
    crowd: bool
    area_px: int | None
    box_xywh: tuple[int, int, int, int] | None


@dataclass(frozen=True, slots=True)
class PanopticImage:
    """An image of the JSON. ``mask_name`` is None when it has no annotation; ``segments`` are still unchecked."""

    id: int
    file_name: str
    size_hw: tuple[int, int] | None
    mask_name: str | None
    segments: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class PanopticIndex:
    json_name: str
    categories: tuple[Category, ...]
    images: tuple[PanopticImage, ...]


def panoptic_json_names(source: Source) -> tuple[str, ...]:
    """JSON members that hold panoptic annotations, told by a ``segments_info`` in them.

    The extension is never one, though a class in it may be called so.
    """
    names = (name for name in source.names() if posixpath.basename(name) != EXTENSION_NAME)
    return tuple(n for n in names if n.lower().endswith(".json") and _mentions_segments(source, n))


def _mentions_segments(source: Source, name: str) -> bool:
    tail = b""
    with source.open(name) as stream:
        while block := stream.read(_SCAN_BYTES):
            if _MARK in tail + block:
                return True
            tail = block[-len(_MARK) :]
    return False


def read_panoptic_index(source: Source, name: str, problems: ProblemLog) -> PanopticIndex:
    """Parse one panoptic JSON. Raises FormatError for a file that cannot be used; single faults become problems."""
    root = read_json_object(source, name)
    stated = list_field(root, "categories", where=name)
    categories = tuple(read_categories(stated, name, problems, kind_needed=True))
    annotations = _annotations(list_field(root, "annotations", where=name), name, problems)
    if not categories and (stated or any(obj["segments_info"] for obj in annotations.values())):
        raise FormatError("no_categories", "no category can be used", where=f"{name}: categories")
    listed = root.get("images")
    if listed is None:
        images = tuple(_images_from_annotations(annotations))
    else:
        images = tuple(_images(list_field(root, "images", where=name), annotations, name, problems))
    known = {image.id for image in images}
    for image_id in sorted(set(annotations) - known):
        message = f"the annotation names image {image_id}, which is not listed; it is left out"
        problems.add(f"{name}: annotation of image {image_id}", "dangling_image", message)
    return PanopticIndex(name, categories, images)


def read_categories(items: Iterable[Any], name: str, problems: ProblemLog, *, kind_needed: bool) -> Iterator[Category]:
    """The usable categories of a COCO file. ``kind_needed``: one that does not say ``isthing`` is a problem told."""
    ids: set[int] = set()
    titles: set[str] = set()
    for i, item in enumerate(items):
        where = f"{name}: categories[{i}]"
        try:
            obj = object_item(item, where=where)
            category_id = int_field(obj, "id", where=where, low=-(2**53))
            title = text_field(obj, "name", where=where).strip()
        except FormatError as error:
            problems.add(error.where, error.code, f"{error.reason}; the category is left out")
            continue
        if category_id in ids:
            problems.add(where, "duplicate_category", f"id {category_id} stands twice; the first is kept")
            continue
        ids.add(category_id)
        if title in titles:
            problems.add(where, "renamed_class", f"two categories are called {title!r}", severity="warning")
            title = f"{title} ({category_id})"
        titles.add(title)
        is_thing = obj.get("isthing")
        if is_thing is None and not kind_needed:
            is_thing = 1
        elif is_thing not in (0, 1):
            problems.add(f"{where}: isthing", "missing_isthing", "not 0 or 1; taken as a thing", severity="warning")
            is_thing = 1
        above = obj.get("supercategory")
        group = above.strip() if isinstance(above, str) else ""
        yield Category(category_id, title, bool(is_thing), _colour(obj.get("color")), group)


def _colour(value: object) -> str | None:
    if isinstance(value, list) and len(value) == 3 and all(type(v) is int and 0 <= v <= 255 for v in value):
        return "#" + "".join(f"{v:02X}" for v in value)
    return None


def _annotations(items: Iterable[Any], name: str, problems: ProblemLog) -> dict[int, JsonObject]:
    found: dict[int, JsonObject] = {}
    for i, item in enumerate(items):
        where = f"{name}: annotations[{i}]"
        try:
            obj = object_item(item, where=where)
            image_id = int_field(obj, "image_id", where=where, high=COCO_ID_MAX)
            text_field(obj, "file_name", where=where)
            list_field(obj, "segments_info", where=where)
        except FormatError as error:
            problems.add(error.where, error.code, f"{error.reason}; the annotation is left out")
            continue
        if image_id in found:
            message = f"image {image_id} has two annotations; the first is kept"
            problems.add(where, "duplicate_annotation", message)
            continue
        found[image_id] = obj
    return found


def _images(
    items: Iterable[Any], annotations: dict[int, JsonObject], name: str, problems: ProblemLog
) -> Iterator[PanopticImage]:
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
        yield _image(image_id, file_name, size_hw, annotations.get(image_id))


def _images_from_annotations(annotations: dict[int, JsonObject]) -> Iterator[PanopticImage]:
    for image_id, obj in annotations.items():
        yield _image(image_id, obj["file_name"], None, obj)


def _image(
    image_id: int, file_name: str, size_hw: tuple[int, int] | None, annotation: JsonObject | None
) -> PanopticImage:
    mask_name = None if annotation is None else annotation["file_name"]
    segments = () if annotation is None else tuple(annotation["segments_info"])
    return PanopticImage(image_id, file_name, size_hw, mask_name, segments)


def checked_segments(
    image: PanopticImage, index: PanopticIndex, categories: dict[int, Category], problems: ProblemLog
) -> dict[int, SegmentInfo]:
    """The usable segments of one image by id; every other one becomes a problem that names file and id."""
    found: dict[int, SegmentInfo] = {}
    for i, item in enumerate(image.segments):
        where = f"{index.json_name}: image {image.id}: segments_info[{i}]"
        try:
            obj = object_item(item, where=where)
            info = SegmentInfo(
                id=int_field(obj, "id", where=where, low=1, high=PANOPTIC_ID_MAX),
                category_id=int_field(obj, "category_id", where=where, low=-(2**53)),
                crowd=bool(int_field(obj, "iscrowd", where=where, high=1)) if "iscrowd" in obj else False,
                area_px=int_field(obj, "area", where=where) if "area" in obj else None,
                box_xywh=_box(obj, where, problems),
            )
        except FormatError as error:
            problems.add(error.where, error.code, f"{error.reason}; the segment is left out")
            continue
        if info.category_id not in categories:
            message = f"segment {info.id} names category {info.category_id}, which is not listed; it is left out"
            problems.add(where, "dangling_category", message)
        elif info.id in found:
            problems.add(where, "duplicate_segment", f"id {info.id} stands twice in this image; the first is kept")
        else:
            found[info.id] = info
    return found


def _box(obj: JsonObject, where: str, problems: ProblemLog) -> tuple[int, int, int, int] | None:
    value = obj.get("bbox")
    if value is None:
        return None
    if isinstance(value, list) and len(value) == 4 and all(type(v) in (int, float) and abs(v) < 1e9 for v in value):
        x, y, w, h = (int(v) for v in value)
        return (x, y, w, h)
    problems.add(f"{where}: bbox", "bad_field", "four numbers are expected; the box is not used", severity="warning")
    return None
