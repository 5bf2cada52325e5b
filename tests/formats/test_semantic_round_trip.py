# SPDX-License-Identifier: Apache-2.0
"""What goes out as index PNG comes back with the class of every pixel unchanged."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from PIL import Image

from intarsia.core.label_map import LabelMap
from intarsia.core.ontology import ClassDef, Layer, Ontology
from intarsia.core.segment import Segment
from intarsia.formats.base import FormatError, ReadOptions, WriteOptions
from intarsia.formats.class_table import ClassEntry, ClassTable
from intarsia.formats.semantic_png import SemanticPng

from .dataset import (
    CAR,
    ONTOLOGY,
    PERSON,
    ROAD,
    SKY,
    VOID,
    View,
    archive_of,
    class_grid,
    labelled,
    members_of,
    png_of,
    png_photo,
    read_back,
    written,
)
from .strategies import views

SEMANTIC = SemanticPng()
A, B = 65_536, 65_540
SCENE = np.array([[SKY, SKY, A, A], [0, VOID, B, A], [ROAD, ROAD, ROAD, 0]])
SEGMENTS = (
    Segment(SKY, SKY),
    Segment(ROAD, ROAD),
    Segment(VOID, VOID),
    Segment(A, CAR, crowd=True),
    Segment(B, CAR, answers={"occluded": True}),
    Segment(99_999, PERSON),
)
TABLE = ClassTable(
    (
        ClassEntry(0, "Sky", "stuff"),
        ClassEntry(7, "Road", "stuff"),
        ClassEntry(8, "Car", "thing"),
        ClassEntry(9, "Person", "thing"),
        ClassEntry(255, "Void", "ignore"),
    ),
    unlabelled=100,
)


def mask(archive: bytes, name: str = "labels/a.png") -> list[list[int]]:
    image = Image.open(io.BytesIO(members_of(archive)[name]))
    assert image.mode in ("L", "I;16")
    rows: list[list[int]] = np.asarray(image).tolist()
    return rows


def test_the_values_are_class_numbers_and_0_is_unlabelled() -> None:
    archive, report = written(SEMANTIC, View(ONTOLOGY, (labelled(SCENE, SEGMENTS),)))
    assert mask(archive) == [[SKY, SKY, CAR, CAR], [0, VOID, CAR, CAR], [ROAD, ROAD, ROAD, 0]]
    table = json.loads(members_of(archive)["classes.json"])
    assert table["unlabelled"] == 0 and table["bits"] == 8
    assert [(c["index"], c["name"], c["kind"]) for c in table["classes"]] == [
        (ROAD, "Road", "stuff"), (SKY, "Sky", "stuff"), (VOID, "Void", "ignore"), (CAR, "Car", "thing"),
        (PERSON, "Person", "thing"),
    ]  # fmt: skip
    assert {loss.code: loss.count for loss in report.losses} == {
        "instances_merged": 2, "crowd_dropped": 1, "answers_dropped": 1, "empty_segments": 1, "no_photograph": 1
    }  # fmt: skip


def test_things_come_back_as_one_segment_that_says_its_instances_are_unknown() -> None:
    archive, _ = written(SEMANTIC, View(ONTOLOGY, (labelled(SCENE, SEGMENTS, photo=True),)))
    result, (image,) = read_back(SEMANTIC, archive)
    assert result.problems.items == [] and result.ontology == ONTOLOGY
    things = [segment for segment in image.segments.values() if segment.class_number == CAR]
    assert [(thing.id, thing.instances_unknown) for thing in things] == [(65_536, True)]
    assert {s.id for s in image.segments.values()} == {SKY, ROAD, VOID, 65_536}
    assert image.open_image is not None and image.open_image().read() == png_photo((3, 4))


def test_an_explicit_table_fixes_every_value_both_ways() -> None:
    view = View(ONTOLOGY, (labelled(SCENE, SEGMENTS),))
    archive, _ = written(SEMANTIC, view, options=WriteOptions(class_table=TABLE))
    assert mask(archive) == [[0, 0, 8, 8], [100, 255, 8, 8], [7, 7, 7, 100]]
    _, (image,) = read_back(SEMANTIC, archive)
    named = {c.number: c.name for c in read_back(SEMANTIC, archive)[0].ontology.classes}
    names = [[named.get(v, "") for v in row] for row in class_grid(image).tolist()]
    assert names == [["Sky", "Sky", "Car", "Car"], ["", "Void", "Car", "Car"], ["Road", "Road", "Road", ""]]
    bare = {n: d for n, d in members_of(archive).items() if n.startswith("labels/")}
    _, (again,) = read_back(SEMANTIC, archive_of(bare), options=ReadOptions(class_table=TABLE))
    assert np.array_equal(class_grid(again), class_grid(image))


def test_a_table_without_a_value_for_unlabelled_refuses_unfinished_images() -> None:
    view = View(ONTOLOGY, (labelled(SCENE, SEGMENTS, name="half.png"),))
    with pytest.raises(FormatError, match="2 px are unlabelled") as caught:
        written(SEMANTIC, view, options=WriteOptions(class_table=replace(TABLE, unlabelled=None)))
    assert (caught.value.code, caught.value.where) == ("no_value_for_unlabelled", "half.png")


def test_a_class_that_the_table_lacks_is_an_error_not_a_guess() -> None:
    view = View(ONTOLOGY, (labelled(SCENE, SEGMENTS),))
    short = replace(TABLE, entries=TABLE.entries[:2])
    with pytest.raises(FormatError) as caught:
        written(SEMANTIC, view, options=WriteOptions(class_table=short))
    assert caught.value.code == "not_in_class_table"


def test_more_than_255_classes_need_16_bits() -> None:
    classes = tuple(ClassDef(n, f"c{n}", "stuff", "main", "#112233") for n in (1, 256, 65_535))
    ontology = Ontology(1, (Layer("main", "Main"),), classes)
    grid = [[0, 1], [256, 65_535]]
    archive, _ = written(SEMANTIC, View(ontology, (labelled(grid, [Segment(n, n) for n in (1, 256, 65_535)]),)))
    assert mask(archive) == grid
    assert Image.open(io.BytesIO(members_of(archive)["labels/a.png"])).mode == "I;16"
    _, (image,) = read_back(SEMANTIC, archive)
    assert class_grid(image).tolist() == grid


@given(views())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_data_set_comes_back_pixel_for_pixel(view: View) -> None:
    archive, report = written(SEMANTIC, view)
    assert written(SEMANTIC, view)[0] == archive
    result, images = read_back(SEMANTIC, archive)
    assert result.problems.items == [] and report.images == len(images) == len(view.listed)
    for before, after in zip(view.listed, images, strict=True):
        assert after.name == before.name
        assert np.array_equal(class_grid(after), class_grid(before))
        for segment in after.segments.values():
            assert segment.instances_unknown == (segment.id > 65_535)


def test_layers_have_masks_of_their_own() -> None:
    cyst = ClassDef(9, "Cyst", "stuff", "lesions", "#00FF00")
    ontology = Ontology(1, (Layer("main", "Main"), Layer("lesions", "Läsionen (2)")), (*ONTOLOGY.classes, cyst))
    image = labelled(SCENE, (*SEGMENTS[:-1], Segment(9, 9)))
    lesions = LabelMap.from_array(np.array([[9, 9, 0, 0]] * 3, np.uint32))
    image = replace(image, layers={**image.layers, "lesions": lesions})
    archive, _ = written(SEMANTIC, View(ontology, (image,)))
    assert mask(archive, "labels_lesions/a.png") == [[9, 9, 0, 0]] * 3
    result, (after,) = read_back(SEMANTIC, archive)
    assert result.problems.items == [] and result.ontology == ontology
    for layer in ("main", "lesions"):
        assert np.array_equal(class_grid(after, layer), class_grid(image, layer))


def test_folders_of_others_with_a_csv_table_are_read() -> None:
    csv = "index,name,kind,colour\n0,background,unlabelled,\n1,cat,thing,#FF0000\n2,sofa,,\n255,border,ignore,\n"
    members = {
        "set/classes.csv": csv.encode(),
        "set/train/one.jpg.png": png_photo((2, 2), seed=1),
        "set/trainannot/one.jpg.png": png_of([[0, 1], [2, 255]], "P"),
        "set/train/two.png": png_photo((1, 2), seed=2),
        "set/train/unlabelled.png": png_photo((3, 2), seed=3),
        "set/trainannot/two.png": png_of([[1, 2]], "L"),
        "set/notes.txt": b"hello",
    }
    result, images = read_back(SEMANTIC, archive_of(members))
    assert result.problems.items == []
    assert [(c.number, c.name, c.kind) for c in result.ontology.classes] == [
        (1, "cat", "thing"),
        (2, "sofa", "stuff"),
        (255, "border", "ignore"),
    ]
    assert {image.name: class_grid(image).tolist() if image.layers else None for image in images} == {
        "one.jpg.png": [[0, 1], [2, 255]],
        "two.png": [[1, 2]],
        "unlabelled.png": None,
    }
