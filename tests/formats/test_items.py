# SPDX-License-Identifier: Apache-2.0
"""Objects, relations and answers of the image in formats: whole in the native one, told where they are left out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pycocotools.coco import COCO

from intarsia.core.item import IMAGE_ID, ImageItem, Item, ObjectItem, RelationItem
from intarsia.core.item_geometry import GEOMETRY_KINDS, Box, Point, Polygon, Polyline, RotatedBox
from intarsia.core.segment import Segment
from intarsia.formats.base import Format, LabelledImage, ReadOptions
from intarsia.formats.inspection import inspect_source
from intarsia.formats.registry import BUILT_IN, find_format

from .dataset import CAR, ONTOLOGY, PERSON, SKY, View, archive_of, labelled, members_of, read_back, source_of, written

IDS = [f"0190aaaa-0000-7000-8000-00000000000{digit}" for digit in range(9)]
SQUARE = ((1.0, 1.0), (5.5, 1.0), (5.5, 6.0), (1.0, 6.0))
HOLE = ((2.0, 2.0), (3.0, 2.0), (3.0, 4.0), (2.0, 4.0))
GEOMETRIES = (
    Box((-1.5, 2, 9.25, 4)),
    RotatedBox((5, 4), (4, 2), 30),
    Polygon((SQUARE,)),
    Polygon((SQUARE, HOLE)),
    Polyline(((0, 0), (9, 7.5))),
    Point((3, 3)),
)
OBJECTS = tuple(ObjectItem(f"obj_{key}", CAR, shape) for key, shape in zip(IDS, GEOMETRIES, strict=False))
CLASSES = tuple(
    replace(entry, geometry=("mask", *GEOMETRY_KINDS)) if entry.kind == "thing" else entry for entry in ONTOLOGY.classes
)
WITH_OBJECTS = replace(ONTOLOGY, classes=CLASSES)
WRITERS = [pytest.param(f, id=f.info.slug) for f in BUILT_IN if f.info.can_export]


def scene(*more: Item) -> LabelledImage:
    """Two segments, an object of each kind, a deleted one, a relation and answers."""
    dead = ObjectItem(f"obj_{IDS[7]}", PERSON, Box((0, 0, 1, 1)), state="deleted")
    told = replace(OBJECTS[0], answers={"side": "left"})
    link = RelationItem(f"rel_{IDS[0]}", "near", 65_536, OBJECTS[0].id)
    items: tuple[Item, ...] = (told, *OBJECTS[1:], dead, link, ImageItem({"weather": "rain"}), *more)
    image = labelled(np.array([[65_536] * 5 + [SKY] * 5] * 8), [Segment(65_536, CAR), Segment(SKY, SKY)], photo=True)
    return replace(image, items={item.id: item for item in items})


def boxes_json(**annotation: Any) -> bytes:
    image = {"id": 1, "file_name": "a.png", "width": 10, "height": 8}
    category = {"id": CAR, "name": "Car"}
    entry = {"id": 3, "image_id": 1, "category_id": CAR, "iscrowd": 0, "area": 6, **annotation}
    return json.dumps({"images": [image], "categories": [category], "annotations": [entry]}).encode()


def test_the_native_format_keeps_every_item() -> None:
    entry = find_format("native")
    archive, report = written(entry, View(WITH_OBJECTS, (scene(),)))
    result, (image,) = read_back(entry, archive)
    assert result.problems.items == [] and report.losses == ()
    assert dict(image.items) == dict(scene().items)


def test_a_damaged_item_is_left_out_of_the_native_format_and_told() -> None:
    entry = find_format("native")
    members = members_of(written(entry, View(WITH_OBJECTS, (scene(),)))[0])
    document = json.loads(members["annotations/a.json"])
    by_id = {item["id"]: item for item in document["items"]}
    by_id[OBJECTS[0].id]["geometry"]["box_xyxy"] = [5, 0, 1, 1]
    by_id[OBJECTS[1].id]["class"] = 77
    by_id[OBJECTS[2].id]["geometry"]["rings"] = "none"
    document["items"].append({**by_id[OBJECTS[4].id], "id": "obj_7"})
    members["annotations/a.json"] = json.dumps(document).encode()
    result, (image,) = read_back(entry, archive_of(members))
    codes = {problem.code for problem in result.problems.items}
    assert codes == {"bad_geometry", "dangling_class", "bad_json", "bad_item_id"}
    assert image.items.keys() == scene().items.keys() - {item.id for item in OBJECTS[:3]}


@pytest.mark.parametrize("entry", WRITERS)
def test_what_a_format_leaves_out_is_counted(entry: Format) -> None:
    _, report = written(entry, View(WITH_OBJECTS, (scene(),)))
    counts = {loss.code: loss.count for loss in report.losses}
    if entry.info.slug == "native":
        return
    assert (counts["relations_left_out"], counts["image_answers_left_out"]) == (1, 1)
    if entry.info.slug == "coco-instances":
        told = (
            "rotated_as_polygons",
            "object_holes_as_rle",
            "lines_and_points_left_out",
            "object_answers_in_extension",
        )
        assert [counts[code] for code in told] == [1, 1, 2, 1]
    else:
        assert counts["objects_left_out"] == 6


def test_coco_instances_says_boxes_and_polygons_as_others_read_them(tmp_path: Path) -> None:
    archive, report = written(find_format("coco-instances"), View(WITH_OBJECTS, (scene(),)))
    path = tmp_path / "instances.json"
    path.write_bytes(members_of(archive)["annotations/instances.json"])
    coco = COCO(str(path))
    assert report.segments == 2 and len(coco.anns) == 6
    box, rotated, polygon, holed = (coco.anns[key] for key in sorted(coco.anns)[2:])
    assert (box["bbox"], box["area"], box["segmentation"]) == ([-1.5, 2, 10.75, 2], 21.5, [])
    assert rotated["area"] == 8 and len(rotated["segmentation"][0]) == 8
    assert polygon["segmentation"] == [[1, 1, 5.5, 1, 5.5, 6, 1, 6]] and polygon["area"] == 22.5
    assert int(coco.annToMask(holed).sum()) == 4 * 5 - 2
    assert {entry["category_id"] for entry in coco.anns.values()} == {CAR, SKY}


def test_coco_instances_brings_its_own_objects_back() -> None:
    entry = find_format("coco-instances")
    result, (image,) = read_back(entry, written(entry, View(WITH_OBJECTS, (scene(),)))[0])
    assert result.problems.items == []
    found = sorted(image.items.values(), key=lambda item: GEOMETRIES.index(item.geometry))  # type: ignore[union-attr]
    assert [item.geometry for item in found] == list(GEOMETRIES[:4])  # type: ignore[union-attr]
    assert found[0].answers == {"side": "left"}  # type: ignore[union-attr]
    assert len(image.segments) == 2
    assert next(c for c in result.ontology.classes if c.name == "Car").geometry == ("mask", *GEOMETRY_KINDS)


@pytest.mark.parametrize("outline", [{}, {"segmentation": []}, {"segmentation": None}])
def test_annotations_with_a_box_alone_come_in_as_box_objects(outline: dict[str, Any]) -> None:
    entry = find_format("coco-instances")
    members = {"boxes.json": boxes_json(bbox=[1.001, 2, 3, 2], **outline)}
    assert entry.detect(source_of(members))
    result, (image,) = read_back(entry, archive_of(members))
    assert result.problems.items == []
    (item,) = image.items.values()
    assert isinstance(item, ObjectItem)
    assert (item.class_number, item.geometry) == (CAR, Box((1, 2, 4, 4)))
    assert result.ontology.classes[0].geometry == ("mask", "box")
    _, (again,) = read_back(entry, archive_of(members))
    assert again.items == image.items, "ids are those of the place in the file"
    assert inspect_source(entry, source_of(members), ReadOptions()).objects == 1


@pytest.mark.parametrize("box", [[1, 2, 0, 5], [1, 2, 3], "1 2 3 4", [1, 2, 3, True], [1, 2, 1e12, 3], [1, 2, -3, 4]])
def test_a_box_that_is_none_is_told(box: Any) -> None:
    result, (image,) = read_back(find_format("coco-instances"), archive_of({"boxes.json": boxes_json(bbox=box)}))
    assert [problem.code for problem in result.problems.items] in (["bad_box"], ["bad_geometry"])
    assert image.items == {}


def test_a_box_of_stuff_is_no_object() -> None:
    document = json.loads(boxes_json(bbox=[1, 2, 3, 4]))
    document["categories"][0]["isthing"] = 0
    result, (image,) = read_back(find_format("coco-instances"), archive_of({"b.json": json.dumps(document).encode()}))
    assert [problem.code for problem in result.problems.items] == ["no_segmentation"]
    assert image.items == {}


def test_inspection_counts_live_objects() -> None:
    entry = find_format("native")
    found = inspect_source(
        entry, source_of(members_of(written(entry, View(WITH_OBJECTS, (scene(),)))[0])), ReadOptions()
    )
    assert (found.objects, found.segments) == (6, 2)
    assert IMAGE_ID in scene().items
