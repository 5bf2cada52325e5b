# SPDX-License-Identifier: Apache-2.0
"""Pascal VOC out and in: strangers read palette PNGs with 255 = void, and nothing changes on the way back."""

from __future__ import annotations

import io
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from PIL import Image

from intarsia.core.label_map import LabelMap
from intarsia.core.ontology import ClassDef, Layer, Ontology
from intarsia.core.segment import Segment
from intarsia.formats.base import FormatError, LabelledImage
from intarsia.formats.pascal_voc import PascalVoc
from intarsia.formats.voc_labels import voc_colour

from .dataset import CAR, ONTOLOGY, PERSON, ROAD, SKY, VOID, View, archive_of, labelled, members_of, read_back, written
from .partitions import changed_px, said
from .strategies import views
from .test_instances_round_trip import rough_scene

FORMAT = PascalVoc()
INDEX = {ROAD: 1, SKY: 2, CAR: 3, PERSON: 4, VOID: 255}


def test_pillow_reads_the_masks_in_mode_p_with_255_as_void() -> None:
    image = rough_scene()
    members = members_of(written(FORMAT, View(ONTOLOGY, (image,)))[0])
    grid = image.layers["main"].to_array()
    for folder in ("SegmentationClass", "SegmentationObject"):
        png = Image.open(io.BytesIO(members[f"{folder}/rough.png"]))
        assert png.mode == "P"
        palette = png.getpalette()
        assert palette is not None and palette[:12] == [0, 0, 0, 128, 0, 0, 0, 128, 0, 128, 128, 0]
        assert palette[-3:] == [224, 224, 192]
        values = np.asarray(png)
        assert np.array_equal(values == 255, grid == VOID)
        assert not values[grid == 0].any()
        for segment in image.segments.values():
            found = set(np.unique(values[grid == segment.id]).tolist())
            if folder == "SegmentationClass":
                assert found == {INDEX[segment.class_number]}
            elif segment.class_number in (ROAD, SKY):
                assert found == {0}
    objects = np.asarray(Image.open(io.BytesIO(members["SegmentationObject/rough.png"])))
    things = [i for i, s in image.segments.items() if s.class_number in (CAR, PERSON)]
    assert sorted({int(objects[grid == i][0]) for i in things}) == [1, 2, 3, 4, 5]
    lines = members["labelmap.txt"].decode().splitlines()
    assert lines[1:3] == ["background:0,0,0::", "Road:128,0,0::"] and len(lines) == 6
    assert members["ImageSets/Segmentation/trainval.txt"] == b"rough\n"


def test_the_palette_is_that_of_the_development_kit() -> None:
    kit = {1: (128, 0, 0), 2: (0, 128, 0), 8: (64, 0, 0), 15: (192, 128, 128), 20: (0, 64, 128), 255: (224, 224, 192)}
    assert {index: voc_colour(index) for index in kit} == kit


def test_boxes_count_from_1_and_include_both_ends() -> None:
    grid = np.zeros((6, 8), np.int64)
    grid[2:5, 3:7] = 65_536
    grid[0, 0] = 65_537
    segments = [Segment(65_536, CAR), Segment(65_537, PERSON, crowd=True)]
    ontology = Ontology(1, ONTOLOGY.layers, tuple(replace(c, name=f"{c.name} <&>") for c in ONTOLOGY.classes))
    members = members_of(written(FORMAT, View(ontology, (labelled(grid, segments, name="ü & <b>.jpg"),)))[0])
    (name,) = (n for n in members if n.startswith("Annotations/"))
    root = ElementTree.fromstring(members[name])
    assert [root.findtext(f"size/{side}") for side in ("width", "height")] == ["8", "6"]
    found = [
        (
            o.findtext("name"),
            o.findtext("difficult"),
            *(o.findtext(f"bndbox/{s}") for s in ("xmin", "ymin", "xmax", "ymax")),
        )
        for o in root.findall("object")
    ]
    assert found == [("Car <&>", "0", "4", "3", "7", "5"), ("Person <&>", "1", "1", "1", "1", "1")]


def test_everything_that_a_segment_says_comes_back() -> None:
    view = View(ONTOLOGY, (rough_scene(), labelled(np.zeros((4, 3)), (), name="b/ü.png", export_no=9)))
    archive, report = written(FORMAT, view)
    result, images = read_back(FORMAT, archive)
    assert result.problems.items == [] and result.ontology == ONTOLOGY and report.segments == 8
    for before, after in zip(view.listed, images, strict=True):
        assert changed_px(before, after, names=(ONTOLOGY, ONTOLOGY)) == 0
        assert said(before, ONTOLOGY) == said(after, ONTOLOGY)


def highest_numbers() -> View:
    """Two ignore classes, of which one has the last number that there is."""
    classes = (
        ClassDef(65_535, "Border", "ignore", "main", "#000001"),
        ClassDef(65_534, "Ego", "ignore", "main", "#000002"),
        ClassDef(1, "Car", "thing", "main", "#000003"),
    )
    segments = [Segment(65_535, 65_535), Segment(65_534, 65_534), Segment(65_536, 1)]
    return View(Ontology(1, (Layer("main", "Main"),), classes), (labelled([[65_535, 65_534], [65_536, 0]], segments),))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(views())
@example(highest_numbers())
def test_any_dataset_comes_back(view: View) -> None:
    archive, _ = written(FORMAT, view)
    assert archive == written(FORMAT, view)[0]
    result, images = read_back(FORMAT, archive)
    assert result.problems.items == [] and result.ontology == view.ontology
    assert [image.name for image in images] == [image.name for image in view.listed]
    for before, after in zip(view.listed, images, strict=True):
        assert changed_px(before, after, names=(view.ontology, view.ontology)) == 0
        assert said(before, view.ontology) == said(after, view.ontology)


def test_without_the_extension_a_stranger_sees_the_same_classes_and_things() -> None:
    image = rough_scene()
    members = members_of(written(FORMAT, View(ONTOLOGY, (image,)))[0])
    del members["intarsia.json"]
    result, (after,) = read_back(FORMAT, archive_of(members))
    assert result.problems.items == [] and after.open_image is not None
    grid, back = image.layers["main"].to_array(), after.layers["main"].to_array()
    names = {entry.number: entry.name for entry in result.ontology.classes}
    for segment in image.segments.values():
        (found,) = np.unique(back[grid == segment.id]).tolist()
        kind = "void" if segment.id == VOID else {ROAD: "Road", SKY: "Sky", CAR: "Car", PERSON: "Person"}
        wanted = kind if isinstance(kind, str) else kind[segment.class_number]
        assert names[after.segments[found].class_number] == wanted


def test_more_than_254_objects_keep_their_own_pixels_in_a_wider_mask() -> None:
    ids = 65_536 + np.arange(300).reshape(15, 20)
    image = labelled(ids, [Segment(int(i), CAR) for i in ids.reshape(-1)])
    archive, report = written(FORMAT, View(ONTOLOGY, (image,)))
    members = members_of(archive)
    objects = np.asarray(Image.open(io.BytesIO(members["SegmentationObject/a.png"])))
    assert np.array_equal(objects.reshape(-1), [*range(1, 255), *[0] * 46]), "none wraps around to another's number"
    assert {loss.code: loss.count for loss in report.losses}["objects_beyond_254"] == 46
    result, (after,) = read_back(FORMAT, archive)
    assert result.problems.items == []
    assert changed_px(image, after, names=(ONTOLOGY, ONTOLOGY)) == 0


def test_several_ignore_classes_and_layers_come_back() -> None:
    layers = (Layer("main", "Main"), Layer("parts", "Parts"))
    classes = (
        ClassDef(7, "Sky", "stuff", "main", "#000001"),
        ClassDef(8, "Border", "ignore", "main", "#000002"),
        ClassDef(9, "Ego", "ignore", "main", "#000003"),
        ClassDef(3, "Wheel", "thing", "parts", "#000004"),
        ClassDef(4, "Blur", "ignore", "parts", "#000005"),
    )
    ontology = Ontology(1, layers, classes)
    maps = {
        "main": LabelMap.from_array(np.array([[7, 8, 9], [0, 9, 9]], np.uint32)),
        "parts": LabelMap.from_array(np.array([[4, 65_536, 0], [65_537, 0, 0]], np.uint32)),
    }
    segments = {i: Segment(i, i) for i in (7, 8, 9, 4)} | {i: Segment(i, 3) for i in (65_536, 65_537)}
    image = LabelledImage("x.png", (2, 3), maps, segments, {key: n for n, key in enumerate(segments, start=1)}, 1)
    result, (after,) = read_back(FORMAT, written(FORMAT, View(ontology, (image,)))[0])
    assert result.problems.items == []
    assert changed_px(image, after, names=(ontology, ontology)) == 0
    assert said(image, ontology) == said(after, ontology)


def test_more_than_254_classes_cannot_be_written() -> None:
    classes = tuple(ClassDef(n, f"c{n}", "stuff", "main", "#010203") for n in range(1, 256))
    with pytest.raises(FormatError) as caught:
        written(FORMAT, View(Ontology(1, ONTOLOGY.layers, classes), ()))
    assert caught.value.code == "cannot_write" and "254" in caught.value.message
    assert written(FORMAT, View(Ontology(1, ONTOLOGY.layers, classes[:254]), ()))[1].images == 0
