# SPDX-License-Identifier: Apache-2.0
"""Broken index data sets: nothing is guessed, each fault is told with its file, and the rest comes in."""

from __future__ import annotations

import json

import numpy as np
import pytest

from intarsia.formats.base import FormatError, LabelledImage, ProblemLog, ReadOptions
from intarsia.formats.semantic_png import SemanticPng

from .dataset import class_grid, png_of, png_photo, source_of

SEMANTIC = SemanticPng()
TABLE = {"unlabelled": 0, "classes": [{"index": 1, "name": "Road"}, {"index": 2, "name": "Car", "kind": "thing"}]}


def good() -> dict[str, bytes]:
    return {
        "classes.json": json.dumps(TABLE).encode(),
        "images/a.png": png_photo((2, 3), seed=1),
        "images/b.png": png_photo((2, 3), seed=2),
        "labels/a.png": png_of([[0, 1, 1], [2, 2, 1]], "L"),
        "labels/b.png": png_of([[1, 1, 1], [1, 1, 1]], "L"),
    }


def read(members: dict[str, bytes]) -> tuple[dict[str, LabelledImage], ProblemLog]:
    result = SEMANTIC.read(source_of(members), ReadOptions())
    images = {image.name: image for image in result.images}
    return images, result.problems


def test_the_good_one_is_good() -> None:
    images, problems = read(good())
    assert problems.items == []
    assert class_grid(images["a.png"]).tolist() == [[0, 1, 1], [2, 2, 1]]


def test_a_value_that_the_table_lacks_stays_unlabelled_and_is_counted() -> None:
    images, problems = read(good() | {"labels/a.png": png_of([[0, 1, 77], [77, 2, 1]], "L")})
    assert [(p.code, p.where) for p in problems.items] == [("unknown_value", "labels/a.png")]
    assert "value 77 (2 px)" in problems.items[0].message
    assert class_grid(images["a.png"]).tolist() == [[0, 1, 0], [0, 2, 1]]


def test_0_is_not_taken_for_unlabelled_unless_the_table_says_so() -> None:
    members = good() | {"classes.json": json.dumps({"classes": TABLE["classes"]}).encode()}
    _, problems = read(members)
    assert [(p.code, p.where) for p in problems.items] == [("unknown_value", "labels/a.png")]
    assert "value 0 (1 px)" in problems.items[0].message


def test_a_mask_of_another_size_keeps_the_labels_out() -> None:
    images, problems = read(good() | {"labels/a.png": png_of([[1, 1]], "L")})
    assert [(p.code, p.where) for p in problems.items] == [("size_differs", "labels/a.png")]
    assert "2 x 1" in problems.items[0].message and "3 x 2" in problems.items[0].message
    assert not images["a.png"].layers and images["b.png"].layers


@pytest.mark.parametrize(
    ("png", "code"),
    [
        (b"", "not_png"),
        (b"\xff\xd8\xff\xe0 a photograph", "not_png"),
        (png_of([[0, 1, 1], [2, 2, 1]], "L")[:50], "bad_png"),
        (png_photo((2, 3)), "not_index_png"),
    ],
)
def test_a_mask_that_is_none_is_told_by_name_and_the_photograph_still_comes_in(png: bytes, code: str) -> None:
    images, problems = read(good() | {"labels/a.png": png})
    assert [(p.code, p.where) for p in problems.items] == [(code, "labels/a.png")]
    assert not images["a.png"].layers and images["b.png"].layers


def test_a_photograph_that_cannot_be_read_leaves_its_labels() -> None:
    images, problems = read(good() | {"images/a.png": b"\x89PNG\r\n\x1a\n broken"})
    assert [(p.code, p.where) for p in problems.items] == [("bad_image", "images/a.png")]
    assert images["a.png"].open_image is None and images["a.png"].layers


def test_two_photographs_for_one_mask_are_not_chosen_between() -> None:
    members = good() | {"images/a.jpg": png_photo((2, 3)), "other/a.webp": png_photo((2, 3))}
    images, problems = read(members)
    assert [(p.code, p.where) for p in problems.items] == [("ambiguous_file", "labels/a.png")]
    assert "images/a.jpg" in problems.items[0].message and not images["a.png"].layers


def test_a_list_that_names_missing_files_is_told() -> None:
    listed = {"images": [
        {"name": "a.jpg", "file": "images/none.png", "labels": {"main": "labels/a.png"}},
        {"name": "b.jpg", "file": "images/b.png", "labels": {"main": "labels/none.png"}},
        {"name": 5, "labels": {}},
        {"name": "c", "labels": {"main": "../../etc/passwd"}},
    ]}  # fmt: skip
    images, problems = read(good() | {"images.json": json.dumps(listed).encode()})
    assert [(p.code, p.where) for p in problems.items] == [
        ("missing_file", "images/none.png"),
        ("missing_file", "labels/none.png"),
        ("bad_field", "images.json: images[2]: name"),
        ("missing_file", "../../etc/passwd"),
    ]
    assert {name: bool(image.layers) for name, image in images.items()} == {"a.jpg": True, "b.jpg": False}


def test_an_unknown_layer_is_told() -> None:
    listed = {"images": [{"name": "a", "file": "images/a.png", "labels": {"bones": "labels/a.png"}}]}
    _, problems = read(good() | {"images.json": json.dumps(listed).encode()})
    assert [(p.code, p.where) for p in problems.items] == [("unknown_layer", "labels/a.png")]


def test_without_a_table_nothing_is_read() -> None:
    members = {name: data for name, data in good().items() if name != "classes.json"}
    assert not SEMANTIC.detect(source_of(members))
    with pytest.raises(FormatError, match=r"classes\.json or classes\.csv") as caught:
        read(members)
    assert caught.value.code == "no_class_table"


def test_without_masks_nothing_is_read() -> None:
    with pytest.raises(FormatError) as caught:
        read({name: data for name, data in good().items() if not name.startswith("labels")})
    assert caught.value.code == "no_masks"


COLOURED = {
    "unlabelled": 0,
    "unlabelled_colour": "#000000",
    "classes": [
        {"index": 1, "name": "Road", "colour": "#0A0B0C"},
        {"index": 2, "name": "Car", "kind": "thing", "colour": "#FF0000"},
    ],
}


def coloured(*pixels: tuple[int, int, int], table: object = COLOURED) -> dict[str, bytes]:
    return {
        "classes.json": json.dumps(table).encode(),
        "labels/a.png": png_of(np.array([pixels], np.uint8), "RGB"),
    }


def test_colours_are_read_by_the_table_and_unknown_ones_are_told_once() -> None:
    images, problems = read(coloured((10, 11, 12), (255, 0, 0), (0, 0, 0), (1, 2, 3), (1, 2, 3)))
    assert class_grid(images["a.png"]).tolist() == [[1, 2, 0, 0, 0]]
    assert [(p.code, p.where) for p in problems.items] == [("unknown_colour", "labels/a.png")]
    assert "(1, 2, 3) (2 px)" in problems.items[0].message


def test_a_colour_of_two_classes_stands_for_neither() -> None:
    table = {"unlabelled": 0, "classes": [{"index": i, "name": str(i), "colour": "#0A0B0C"} for i in (1, 2)]}
    table["classes"].append({"index": 3, "name": "3", "colour": "#010101"})  # type: ignore[attr-defined]
    images, problems = read(coloured((10, 11, 12), (1, 1, 1), table=table))
    assert class_grid(images["a.png"]).tolist() == [[0, 3]]
    assert [p.code for p in problems.items] == ["unknown_colour"]


def test_a_photograph_in_the_place_of_a_mask_is_one_problem() -> None:
    members = {"classes.json": json.dumps(COLOURED).encode(), "labels/a.png": png_photo((64, 64))}
    images, problems = read(members)
    assert [(p.code, p.where) for p in problems.items] == [("not_index_png", "labels/a.png")] and not images


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ({**COLOURED, "unlabelled_colour": "black"}, "bad_field"),
        ({**COLOURED, "unlabelled": None}, "no_unlabelled"),
    ],
)
def test_a_colour_of_unlabelled_that_cannot_be_used_ends_the_import(table: object, code: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(coloured((0, 0, 0), table=table))
    assert caught.value.code == code
