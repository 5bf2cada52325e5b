# SPDX-License-Identifier: Apache-2.0
"""Faulty COCO files: each fault is told with file and id, and costs no more than what it spoils."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from intarsia.formats.base import FormatError, LabelledImage, ProblemLog, ReadOptions
from intarsia.formats.coco_instances import CocoInstances

from .dataset import png_photo, source_of

FORMAT = CocoInstances()
NAME = "annotations/instances_val.json"
SQUARE = [[1, 1, 3, 1, 3, 3, 1, 3]]


def document(**changed: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "images": [{"id": 7, "file_name": "a.png", "width": 6, "height": 5}],
        "categories": [{"id": 3, "name": "cat"}],
        "annotations": [annotation()],
    }
    return {**base, **changed}


def annotation(**changed: Any) -> dict[str, Any]:
    base: dict[str, Any] = {"id": 11, "image_id": 7, "category_id": 3, "iscrowd": 0, "area": 4, "segmentation": SQUARE}
    return {**base, **changed}


def read(content: dict[str, Any], **members: bytes) -> tuple[list[LabelledImage], ProblemLog]:
    files = {NAME: json.dumps(content).encode(), **members}
    result = FORMAT.read(source_of(files), ReadOptions())
    return list(result.images), result.problems


def test_the_whole_file_is_read() -> None:
    (image,), problems = read(document())
    assert problems.items == []
    grid = np.zeros((5, 6), np.int64)
    grid[1:3, 1:3] = 65_536
    assert np.array_equal(image.layers["main"].to_array(), grid)
    assert image.numbers == {65_536: 11}


FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "unknown image": ({"image_id": 8}, "dangling_image"),
    "unknown category": ({"category_id": 4}, "dangling_category"),
    "no id": ({"id": None}, "bad_field"),
    "crowd that is no flag": ({"iscrowd": 2}, "bad_field"),
    "no segmentation": ({"segmentation": []}, "no_segmentation"),
    "a box as segmentation": ({"segmentation": [[1, 1, 3, 3]]}, "bad_segmentation"),
    "odd count": ({"segmentation": [[1, 1, 3, 1, 3, 3, 1]]}, "bad_segmentation"),
    "text in a polygon": ({"segmentation": [[1, 1, 3, "x", 3, 3]]}, "bad_segmentation"),
    "huge coordinate": ({"segmentation": [[1, 1, 3, 1e300, 3, 3]]}, "bad_segmentation"),
    "text": ({"segmentation": "none"}, "bad_segmentation"),
    "outside the image": ({"segmentation": [[11, 11, 13, 11, 13, 13]]}, "empty_annotation"),
    "run lengths of another size": ({"segmentation": {"size": [6, 5], "counts": [30]}}, "size_differs"),
    "run lengths too short": ({"segmentation": {"size": [5, 6], "counts": [3, 4]}}, "bad_counts"),
    "run lengths too long": ({"segmentation": {"size": [5, 6], "counts": [3, 40]}}, "bad_counts"),
    "negative run length": ({"segmentation": {"size": [5, 6], "counts": [31, -1]}}, "bad_counts"),
    "run lengths of 2^70": ({"segmentation": {"size": [5, 6], "counts": [2**70]}}, "bad_counts"),
    "compressed, cut off": ({"segmentation": {"size": [5, 6], "counts": "P"}}, "bad_rle_string"),
    "compressed, no such character": ({"segmentation": {"size": [5, 6], "counts": "é"}}, "bad_rle_string"),
    "no size": ({"segmentation": {"counts": [30]}}, "bad_segmentation"),
    "no counts": ({"segmentation": {"size": [5, 6]}}, "bad_segmentation"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_annotation_is_named_and_the_others_come_in(fault: str) -> None:
    changed, code = FAULTS[fault]
    faulty = {key: value for key, value in annotation(**changed).items() if value is not None}
    images, problems = read(document(annotations=[faulty, annotation(id=12)]))
    (problem,) = problems.items
    assert problem.code == code if fault != "no id" else problem.code in ("missing_field", "bad_field")
    assert problem.severity == "error" and "annotations[0]" in problem.where
    assert fault == "no id" or "11" in problem.where
    assert images[0].layers["main"].areas()[65_536] == 4


def test_where_annotations_overlap_the_later_one_owns_the_pixel_and_crowds_lie_below() -> None:
    later = annotation(id=12, segmentation=[[2, 1, 4, 1, 4, 3, 2, 3]])
    crowd = annotation(id=13, iscrowd=1, area=30, segmentation={"size": [5, 6], "counts": [0, 30]})
    (image,), problems = read(document(annotations=[annotation(), later, crowd]))
    assert image.layers["main"].to_array()[1].tolist() == [65_538, 65_536, 65_537, 65_537, 65_538, 65_538]
    (problem,) = problems.items
    assert (problem.code, problem.severity) == ("overlap", "warning")
    assert "image 7" in problem.where and "8 px" in problem.message


def test_an_annotation_that_is_covered_wholly_is_told() -> None:
    covering = annotation(id=12, area=30, segmentation={"size": [5, 6], "counts": [0, 30]})
    (image,), problems = read(document(annotations=[annotation(), covering]))
    assert sorted(image.segments) == [65_537]
    assert {problem.code for problem in problems.items} == {"overlap", "covered"}


def test_ids_that_stand_twice() -> None:
    images = [{"id": 7, "file_name": "a.png", "width": 6, "height": 5}] * 2
    categories = [{"id": 3, "name": "cat"}, {"id": 3, "name": "dog"}, {"id": 4, "name": "cat"}]
    apart = annotation(segmentation=[[3, 3, 5, 3, 5, 5, 3, 5]])
    found, problems = read(document(images=images, categories=categories, annotations=[annotation(), apart]))
    codes = {problem.code for problem in problems.items}
    assert codes == {"duplicate_image", "duplicate_category", "renamed_class", "duplicate_annotation"}
    assert len(found) == 1 and len(found[0].segments) == 2


def test_a_photograph_of_another_size_comes_in_without_labels() -> None:
    images, problems = read(document(), **{"images/val/a.png": png_photo((4, 6))})
    assert images[0].layers == {} and images[0].open_image is not None
    (problem,) = problems.items
    assert problem.code == "size_differs" and "6 x 5" in problem.message and "6 x 4" in problem.message


def test_an_image_whose_size_nobody_says_is_left_out() -> None:
    images, problems = read(document(images=[{"id": 7, "file_name": "a.png"}]))
    assert images == [] and [problem.code for problem in problems.items] == ["no_size"]


def test_an_area_that_is_wrong_is_told_and_the_mask_counts() -> None:
    images, problems = read(document(annotations=[annotation(area=20.5)]))
    assert [(p.code, p.severity) for p in problems.items] == [("area_differs", "warning")]
    assert images[0].layers["main"].areas()[65_536] == 4


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", "bad_json"),
        (b"[]", "bad_json"),
        (json.dumps({"images": [], "annotations": []}).encode(), "missing_field"),
        (json.dumps(document(categories=[{"id": "x"}])).encode(), "no_categories"),
        (json.dumps(document(annotations={})).encode(), "bad_field"),
        (json.dumps({**document(), "images": None}).encode(), "bad_field"),
    ],
)
def test_a_file_that_cannot_be_used_ends_the_import(content: bytes, code: str) -> None:
    extension = {"format": "intarsia-coco-instances", "version": 1, "annotations": NAME, "images": []}
    ontology = {"layers": [{"name": "main", "title": "Main"}], "classes": []}
    members = {NAME: content, "intarsia.json": json.dumps({**extension, "ontology": ontology}).encode()}
    with pytest.raises(FormatError) as caught:
        FORMAT.read(source_of(members), ReadOptions())
    assert caught.value.code == code and NAME in caught.value.where


def test_nothing_that_looks_like_instances_is_an_error() -> None:
    with pytest.raises(FormatError) as caught:
        FORMAT.read(source_of({"captions.json": b'{"annotations": []}'}), ReadOptions())
    assert caught.value.code == "no_annotations"
