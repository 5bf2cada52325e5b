# SPDX-License-Identifier: Apache-2.0
"""Faulty Pascal VOC folders: each fault is told with file and value, and costs no more than what it spoils."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from intarsia.formats.base import FormatError, ReadOptions
from intarsia.formats.class_table import ClassEntry, ClassTable
from intarsia.formats.pascal_voc import PascalVoc
from intarsia.formats.voc_labels import voc_palette

from .dataset import archive_of, class_grid, png_of, png_photo, read_back

FORMAT = PascalVoc()
Members = dict[str, bytes]
CLASS = "SegmentationClass/a.png"
OBJECT = "SegmentationObject/a.png"
CLASSES = np.array([[0, 15, 15], [255, 15, 7]])
OBJECTS = np.array([[0, 1, 2], [255, 1, 3]])


def palette_png(values: object) -> bytes:
    image = Image.fromarray(np.asarray(values, np.uint8), "L")
    picture = Image.frombytes("P", image.size, image.tobytes())
    picture.putpalette(list(voc_palette()))
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


def members(**changed: bytes | None) -> Members:
    base = {CLASS: palette_png(CLASSES), OBJECT: palette_png(OBJECTS), "JPEGImages/a.png": png_photo((2, 3))}
    return {name: data for name, data in {**base, **changed}.items() if data is not None}


def with_values(member: str, y: int, x: int, value: int) -> Callable[[], Members]:
    values = (CLASSES if member == CLASS else OBJECTS).copy()
    values[y, x] = value
    return lambda: members(**{member: palette_png(values)})


def test_the_whole_folder_is_read() -> None:
    result, (image,) = read_back(FORMAT, archive_of(members()))
    assert result.problems.items == []
    assert class_grid(image).tolist() == CLASSES.tolist()
    assert sorted(image.numbers.values()) == [1, 2, 3]


def test_background_is_unlabelled_unless_a_table_makes_it_a_class() -> None:
    entries = (
        ClassEntry(0, "Background", "stuff"),
        ClassEntry(7, "Car", "thing"),
        ClassEntry(15, "Person", "thing"),
        ClassEntry(255, "Edge", "ignore"),
    )
    options = ReadOptions(class_table=ClassTable(entries))
    result, (image,) = read_back(FORMAT, archive_of(members()), options=options)
    names = {entry.number: entry.name for entry in result.ontology.classes}
    shown = [[names[number] for number in row] for row in class_grid(image).tolist()]
    assert shown == [["Background", "Person", "Person"], ["Edge", "Person", "Car"]]
    in_archive = {
        "classes.csv": b"index,name,kind\n0,Background,stuff\n7,Car,thing\n15,Person,thing\n255,Edge,ignore\n"
    }
    _, (same,) = read_back(FORMAT, archive_of({**members(), **in_archive}))
    assert np.array_equal(class_grid(same), class_grid(image))


def rgb(color: tuple[int, int, int]) -> bytes:
    return png_of(np.broadcast_to(np.array(color, np.uint8), (2, 3, 3)).copy(), "RGB")


PROBLEMS: dict[str, tuple[Callable[[], Members], str, str]] = {
    "value of no class": (with_values(CLASS, 0, 0, 99), "unknown_value", "value 99 (1 px)"),
    "object of two classes": (with_values(OBJECT, 1, 2, 1), "object_of_two_classes", "object 1"),
    "object on background": (with_values(OBJECT, 0, 0, 8), "object_without_class", "object 8"),
    "no object mask": (lambda: members(**{OBJECT: None}), "missing_file", OBJECT),
    "class mask cut off": (lambda: members(**{CLASS: palette_png(CLASSES)[:60]}), "bad_png", CLASS),
    "object mask cut off": (lambda: members(**{OBJECT: palette_png(OBJECTS)[:60]}), "bad_png", OBJECT),
    "no PNG at all": (lambda: members(**{CLASS: b"GIF89a"}), "not_png", CLASS),
    "class mask of another size": (lambda: members(**{CLASS: palette_png(CLASSES[:1])}), "size_differs", "3 x 1"),
    "object mask of another size": (lambda: members(**{OBJECT: palette_png(OBJECTS[:1])}), "size_differs", OBJECT),
    "colour of no class": (lambda: members(**{CLASS: rgb((1, 2, 3))}), "unknown_colour", "(1, 2, 3) (6 px)"),
    "value of no meaning": (
        lambda: members(**{CLASS: png_of(CLASSES + 65_280, "I;16")}),
        "unknown_value",
        CLASS,
    ),
    "photograph that is none": (lambda: members(**{"JPEGImages/a.png": b"nothing"}), "bad_image", "JPEGImages/a.png"),
    "list that is no text": (lambda: members(**{"ImageSets/Segmentation/train.txt": b"\xff"}), "bad_list", "train.txt"),
    "list of absent": (
        lambda: members(**{"ImageSets/Segmentation/val.txt": b"a\nb\n"}),
        "missing_file",
        "1 of 2",
    ),
    "extension of a later version": (
        lambda: members(**{"intarsia.json": json.dumps({"format": "intarsia-pascal-voc", "version": 2}).encode()}),
        "bad_version",
        "intarsia.json",
    ),
}


@pytest.mark.parametrize("fault", PROBLEMS)
def test_a_fault_is_named_with_file_and_value(fault: str) -> None:
    make, code, named = PROBLEMS[fault]
    result, images = read_back(FORMAT, archive_of(make()))
    assert code in {problem.code for problem in result.problems.items}
    assert any(named in f"{problem.where} {problem.message}" for problem in result.problems.items)
    assert len(images) == 1
    assert all(set(m.areas()) - {0} <= image.segments.keys() for image in images for m in image.layers.values())


def test_without_an_object_mask_nobody_has_counted() -> None:
    _, (image,) = read_back(FORMAT, archive_of(members(**{OBJECT: None})))
    things = [segment for segment in image.segments.values() if segment.id >= 65_536]
    assert len(things) == 2 and all(segment.instances_unknown for segment in things)


@pytest.mark.parametrize(
    ("labels", "line"),
    [
        (b"a:300,0,0::\n", "line 1"),
        (b"background:0,0,0::\n:1,2,3::\n", "line 2"),
        (b"a:red::\n", "line 1"),
        (b"a\na\n", "labelmap.txt"),
        (b"\xff\xfe", "labelmap.txt"),
        ("\n".join(f"c{i}" for i in range(256)).encode(), "labelmap.txt"),
    ],
)
def test_a_list_of_classes_that_cannot_be_used_ends_the_import(labels: bytes, line: str) -> None:
    with pytest.raises(FormatError) as caught:
        read_back(FORMAT, archive_of(members(**{"labelmap.txt": labels})))
    assert caught.value.code == "bad_label_map" and line in caught.value.where


def test_colours_of_the_list_go_before_the_palette() -> None:
    labels = b"background:0,0,0::\nroof:1,2,3::\nwater:128,0,0::\nignored:9,9,9::\n"
    picture = np.zeros((1, 3, 3), np.uint8)
    picture[0] = [(1, 2, 3), (128, 0, 0), (9, 9, 9)]
    content = {CLASS: png_of(picture, "RGB"), "labelmap.txt": labels}
    result, (image,) = read_back(FORMAT, archive_of(content))
    names = {entry.number: entry.name for entry in result.ontology.classes}
    assert [names[number] for number in class_grid(image)[0].tolist()] == ["roof", "water", "void"]


def test_a_folder_without_masks_is_an_error() -> None:
    with pytest.raises(FormatError) as caught:
        read_back(FORMAT, archive_of({"JPEGImages/a.png": png_photo((2, 2))}))
    assert caught.value.code == "no_masks"
