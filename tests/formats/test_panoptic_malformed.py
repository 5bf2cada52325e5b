# SPDX-License-Identifier: Apache-2.0
"""Broken panoptic files: each fault is told with its file and id, and the rest comes in."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from intarsia.formats.base import FormatError, LabelledImage, ProblemLog, ReadOptions
from intarsia.formats.coco_panoptic import CocoPanoptic

from .dataset import class_grid, png_of, png_photo, source_of

COCO = CocoPanoptic()


def good() -> tuple[dict[str, Any], dict[str, bytes]]:
    """A correct data set of two images of 2 x 3 px: segment 5 of class 1 on the left, 9 of class 2 on the right."""
    ids = np.array([[5, 5, 9], [5, 0, 9]])
    rgb = np.stack([ids % 256, ids // 256 % 256, ids // 65536], axis=-1).astype(np.uint8)
    infos = [
        {"id": 5, "category_id": 1, "area": 3, "bbox": [0, 0, 2, 2], "iscrowd": 0},
        {"id": 9, "category_id": 2, "area": 2, "bbox": [2, 0, 1, 2], "iscrowd": 0},
    ]
    document = {
        "images": [{"id": i, "file_name": f"{n}.png", "width": 3, "height": 2} for i, n in ((1, "a"), (2, "b"))],
        "annotations": [
            {"image_id": i, "file_name": f"{n}.png", "segments_info": json.loads(json.dumps(infos))}
            for i, n in ((1, "a"), (2, "b"))
        ],
        "categories": [{"id": 1, "name": "Road", "isthing": 0}, {"id": 2, "name": "Car", "isthing": 1}],
    }
    members = {f"panoptic/{n}.png": png_of(rgb, "RGB") for n in "ab"}
    members |= {f"images/{n}.png": png_photo((2, 3), seed=i) for i, n in enumerate("ab")}
    return document, members


def read(document: dict[str, Any] | bytes, members: dict[str, bytes]) -> tuple[list[LabelledImage], ProblemLog]:
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    result = COCO.read(source_of({**members, "panoptic.json": content}), ReadOptions())
    images = list(result.images)
    return images, result.problems


def only(problems: ProblemLog, code: str) -> str:
    """Where and what of the one problem there is, which must have this code."""
    assert [problem.code for problem in problems.items] == [code]
    return f"{problems.items[0].where} | {problems.items[0].message}"


def test_the_good_one_is_good() -> None:
    images, problems = read(*good())
    assert problems.items == []
    assert [class_grid(image).tolist() for image in images] == [[[1, 1, 2], [1, 0, 2]]] * 2


def test_a_declared_area_and_box_that_differ_are_told_with_both_numbers_and_the_png_wins() -> None:
    document, members = good()
    document["annotations"][0]["segments_info"][0] |= {"area": 20.0, "bbox": [0, 0, 9, 9]}
    images, problems = read(document, members)
    assert [(p.code, p.severity) for p in problems.items] == [("area_differs", "warning"), ("box_differs", "warning")]
    assert problems.items[0].where == "panoptic/a.png"
    assert all(text in problems.items[0].message for text in ("segment 5", "20", "3 px"))
    assert class_grid(images[0]).tolist() == [[1, 1, 2], [1, 0, 2]]


def test_a_category_that_is_not_listed_leaves_its_segment_out() -> None:
    document, members = good()
    document["annotations"][0]["segments_info"][1]["category_id"] = 77
    images, problems = read(document, members)
    assert [p.code for p in problems.items] == ["dangling_category", "id_not_in_json"]
    assert "image 1: segments_info[1]" in problems.items[0].where and "77" in problems.items[0].message
    assert class_grid(images[0]).tolist() == [[1, 1, 0], [1, 0, 0]]


def test_an_annotation_of_an_unknown_image_is_told() -> None:
    document, members = good()
    document["annotations"][1]["image_id"] = 42
    images, problems = read(document, members)
    assert "42" in only(problems, "dangling_image")
    assert [bool(image.layers) for image in images] == [True, False], "the photograph comes in all the same"


def test_ids_of_the_png_that_the_json_lacks_and_the_reverse() -> None:
    document, members = good()
    document["annotations"][0]["segments_info"][0]["id"] = 6
    images, problems = read(document, members)
    assert [(p.code, p.where) for p in problems.items] == [
        ("id_not_in_json", "panoptic/a.png"),
        ("id_not_in_png", "panoptic/a.png"),
    ]
    assert "id 5 (3 px)" in problems.items[0].message and "segment 6" in problems.items[1].message
    assert class_grid(images[0]).tolist() == [[0, 0, 2], [0, 0, 2]]


def test_a_missing_mask_leaves_a_bare_image() -> None:
    document, members = good()
    del members["panoptic/a.png"]
    images, problems = read(document, members)
    told = only(problems, "missing_file")
    assert "image 1" in told and "a.png" in told
    assert [bool(image.layers) for image in images] == [False, True]


def test_a_photograph_of_another_size_keeps_the_labels_out() -> None:
    document, members = good()
    members["images/a.png"] = png_photo((4, 6))
    images, problems = read(document, members)
    told = only(problems, "size_differs")
    assert "panoptic/a.png" in told and "3 x 2" in told and "6 x 4" in told
    assert images[0].size_hw == (4, 6) and not images[0].layers


def test_a_json_size_that_differs_is_told_and_the_png_wins() -> None:
    document, members = good()
    document["images"][0] |= {"width": 30, "height": 20}
    images, problems = read(document, members)
    assert "30 x 20" in only(problems, "size_differs")
    assert class_grid(images[0]).tolist() == [[1, 1, 2], [1, 0, 2]]


@pytest.mark.parametrize(
    ("png", "code"),
    [
        (b"not a png at all", "not_png"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", "bad_png"),
        (png_of(np.zeros((2, 3)), "L"), "not_rgb_png"),
        (png_of(np.zeros((2, 3, 3), np.uint8), "RGB")[:60], "bad_png"),
    ],
)
def test_a_mask_that_is_no_id_png_is_told_by_name(png: bytes, code: str) -> None:
    document, members = good()
    members["panoptic/a.png"] = png
    images, problems = read(document, members)
    assert only(problems, code).startswith("panoptic/a.png")
    assert [bool(image.layers) for image in images] == [False, True]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"id": 0}, "bad_field"),
        ({"id": 2**24}, "bad_field"),
        ({"id": "5"}, "bad_field"),
        ({"id": 5.5}, "bad_field"),
        ({"id": True}, "bad_field"),
        ({"id": None}, "bad_field"),
        ({"category_id": [1]}, "bad_field"),
        ({"area": -3}, "bad_field"),
        ({"iscrowd": 2}, "bad_field"),
    ],
)
def test_a_segment_with_a_bad_field_is_left_out_by_name(change: dict[str, Any], code: str) -> None:
    document, members = good()
    document["annotations"][0]["segments_info"][0] |= change
    images, problems = read(document, members)
    assert [p.code for p in problems.items] == [code, "id_not_in_json"]
    field = next(iter(change))
    assert problems.items[0].where == f"panoptic.json: image 1: segments_info[0]: {field}"
    assert class_grid(images[1]).tolist() == [[1, 1, 2], [1, 0, 2]], "the other image is untouched"


def test_duplicates_of_every_kind_are_told() -> None:
    document, members = good()
    document["categories"].append({"id": 1, "name": "Again", "isthing": 0})
    document["categories"].append({"id": 8, "name": "Car", "isthing": 1})
    document["images"].append(document["images"][0])
    document["annotations"].append(document["annotations"][0])
    document["annotations"][0]["segments_info"].append(document["annotations"][0]["segments_info"][0])
    images, problems = read(document, members)
    assert [p.code for p in problems.items] == [
        "duplicate_category",
        "renamed_class",
        "duplicate_annotation",
        "duplicate_image",
        "duplicate_segment",
    ]
    assert len(images) == 2


def test_two_segments_of_one_stuff_class_become_one_and_say_so() -> None:
    document, members = good()
    document["categories"][1]["isthing"] = 0
    document["annotations"][0]["segments_info"][1]["category_id"] = 1
    images, problems = read(document, members)
    assert "segment 9" in only(problems, "stuff_merged")
    assert class_grid(images[0]).tolist() == [[1, 1, 1], [1, 0, 1]]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b'{"segments_info": ', "not valid JSON"),
        (b'{"segments_info": NaN}', "NaN is not a JSON number"),
        (b'{"segments_info": 1, "segments_info": 2}', "stands twice"),
        (b'{"segments_info": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply"),
        (b'{"segments_info": ' + b"9" * 5000 + b"}", "not valid JSON"),
        ('{"segments_info": "ä"}'.encode("latin-1"), "not UTF-8"),
        (b'["segments_info"]', "an object is expected"),
        (b'{"segments_info": 0, "annotations": {}, "categories": []}', "annotations: a list is expected"),
        (b'{"segments_info": 0, "categories": []}', "annotations: this list is missing"),
        (b'{"segments_info": 0, "annotations": [], "categories": [{"id": "x", "name": 3}]}', "no category can be used"),
    ],
)
def test_a_json_that_cannot_be_used_is_an_error_that_names_it(content: bytes, text: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(content, good()[1])
    assert "panoptic.json" in str(caught.value) and text in str(caught.value)


def test_a_file_without_annotations_is_no_panoptic_data_set() -> None:
    with pytest.raises(FormatError, match="no JSON with segments_info") as caught:
        read({"images": []}, good()[1])
    assert caught.value.code == "no_annotations"


def test_huge_counts_and_infinite_numbers_are_refused_not_stored() -> None:
    document, members = good()
    document["annotations"][0]["segments_info"][0]["area"] = 2**70
    content = json.dumps(document).replace('"width": 3', '"width": 1e999').encode()
    images, problems = read(content, members)
    assert {p.code for p in problems.items} >= {"bad_field"}
    assert [image.name for image in images] == []


def test_lone_surrogates_and_empty_names_are_refused() -> None:
    document, members = good()
    document["images"][0]["file_name"] = "\ud800.png"
    document["categories"].append({"id": 3, "name": "  ", "isthing": 1})
    images, problems = read(document, members)
    assert [p.code for p in problems.items] == ["bad_field", "bad_field", "dangling_image"]
    assert [image.name for image in images] == ["b.png"]
