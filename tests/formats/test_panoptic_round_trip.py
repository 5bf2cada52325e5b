# SPDX-License-Identifier: Apache-2.0
"""What goes out as COCO panoptic comes back pixel for pixel, and passes the published evaluator's checks."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, given, settings

from intarsia.core.label_map import LabelMap
from intarsia.core.ontology import ClassDef, Layer, Ontology
from intarsia.core.segment import Segment
from intarsia.formats.coco_panoptic import CocoPanoptic

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
    read_back,
    renamed,
    written,
)
from .panoptic_checks import faults, load_panoptic, panoptic_quality
from .strategies import views

COCO = CocoPanoptic()
A, B, C = 65_536, 70_000, 4_000_000_000
SCENE = [
    [SKY, SKY, SKY, SKY, SKY, SKY],
    [SKY, A, A, A, VOID, VOID],
    [SKY, A, 0, A, B, 0],
    [ROAD, A, A, A, C, C],
    [ROAD, ROAD, ROAD, ROAD, ROAD, C],
]
SEGMENTS = (
    Segment(SKY, SKY),
    Segment(ROAD, ROAD),
    Segment(VOID, VOID),
    Segment(A, CAR),
    Segment(B, PERSON, instances_unknown=True, answers={"occluded": True}),
    Segment(C, PERSON, crowd=True),
)


def scene(*, photo: bool = False) -> View:
    return View(ONTOLOGY, (labelled(SCENE, SEGMENTS, name="street.jpg", photo=photo),))


def test_a_scene_with_hole_crowd_ignore_and_gaps_comes_back_exactly() -> None:
    archive, report = written(COCO, scene())
    result, images = read_back(COCO, archive)
    assert result.problems.items == []
    assert result.ontology == ONTOLOGY
    (image,) = images
    assert np.array_equal(class_grid(image), class_grid(scene().listed[0]))
    before, after = scene().listed[0].layers["main"].to_array(), image.layers["main"].to_array()
    pairs = set(zip(before.ravel().tolist(), after.ravel().tolist(), strict=True))
    assert len(pairs) == len({old for old, _ in pairs}) == len({new for _, new in pairs}) == 7
    flags = {(s.class_number, s.crowd, s.instances_unknown, tuple(s.answers.items())) for s in image.segments.values()}
    assert flags == {(s.class_number, s.crowd, s.instances_unknown, tuple(s.answers.items())) for s in SEGMENTS}
    losses = {loss.code: loss.count for loss in report.losses}
    assert losses == {
        "unlabelled_is_void": 2,
        "ignore_is_void": 2,
        "instances_unknown_in_extension": 1,
        "answers_in_extension": 1,
        "no_photograph": 1,
    }


def test_the_written_files_pass_the_evaluators_checks() -> None:
    archive, _ = written(COCO, scene())
    result = load_panoptic(members_of(archive))
    assert faults(result) == []
    (annotation,) = result.document["annotations"]
    by_id = {info["id"]: info for info in annotation["segments_info"]}
    assert by_id[4] == {"id": 4, "category_id": CAR, "area": 8, "bbox": [1, 1, 3, 3], "iscrowd": 0}
    assert by_id[6]["iscrowd"] == 1
    assert 3 not in by_id, "the ignore segment is void to COCO"
    assert {c["name"]: c["isthing"] for c in result.document["categories"]} == {
        "Road": 0,
        "Sky": 0,
        "Car": 1,
        "Person": 1,
    }


def test_the_checks_notice_what_they_are_for() -> None:
    archive, _ = written(COCO, scene())
    good = load_panoptic(members_of(archive))
    broken = json.loads(json.dumps(good.document))
    broken["annotations"][0]["segments_info"][0]["area"] += 1
    broken["annotations"][0]["segments_info"][1]["category_id"] = 999
    broken["annotations"][0]["segments_info"].pop()
    told = " ".join(faults(replace(good, document=broken)))
    assert "area" in told and "unknown category 999" in told and "in the PNG but not in the JSON" in told


def test_quality_of_an_export_against_itself_is_one_and_falls_with_a_change() -> None:
    archive, _ = written(COCO, scene())
    truth = load_panoptic(members_of(archive))
    itself = panoptic_quality(truth, truth)
    assert itself.pq == 1.0
    assert (itself.true_positives, itself.false_positives, itself.false_negatives) == (4, 0, 0)
    worse_grid = np.array(SCENE)
    worse_grid[1, 1:4] = SKY
    worse_archive, _ = written(COCO, View(ONTOLOGY, (labelled(worse_grid, SEGMENTS, name="street.jpg"),)))
    worse = panoptic_quality(truth, load_panoptic(members_of(worse_archive)))
    car_iou, sky_iou = 5 / 8, 8 / 11
    assert abs(worse.pq - (car_iou + sky_iou + 1 + 1) / 4) < 1e-12
    missing = View(ONTOLOGY, (labelled(np.where(np.array(SCENE) == A, 0, SCENE), SEGMENTS, name="street.jpg"),))
    without = panoptic_quality(truth, load_panoptic(members_of(written(COCO, missing)[0])))
    assert without.false_negatives == 1 and without.pq == 0.75


@given(views())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_data_set_comes_back_pixel_for_pixel(view: View) -> None:
    archive, report = written(COCO, view)
    assert faults(load_panoptic(members_of(archive))) == []
    result, images = read_back(COCO, archive)
    # without photographs an image with no labels has nothing to come back from but its mask, which is always written
    assert len(images) == len(view.listed) == report.images
    assert result.problems.items == []
    assert {(c.number, c.name, c.kind) for c in result.ontology.classes} == {
        (c.number, c.name, c.kind) for c in view.ontology.classes
    }
    for before, after in zip(view.listed, images, strict=True):
        assert after.name == before.name
        assert np.array_equal(class_grid(after), class_grid(before))
        old, new = before.layers["main"].to_array(), after.layers["main"].to_array()
        pairs = set(zip(old.ravel().tolist(), new.ravel().tolist(), strict=True))
        assert len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs})
        for a, b in pairs - {(0, 0)}:
            one, other = before.segments[a], after.segments[b]
            assert (one.crowd and a > 65_535, one.instances_unknown) == (other.crowd, other.instances_unknown)
            if b in after.numbers:
                assert after.numbers[b] == before.numbers[a]


@given(views())
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_writing_twice_gives_the_same_bytes_and_so_does_writing_what_was_read(view: View) -> None:
    first, _ = written(COCO, view)
    assert written(COCO, view)[0] == first
    result, images = read_back(COCO, first)
    again = View(result.ontology, tuple(images))
    second, _ = written(COCO, again)
    assert members_of(second)["panoptic.json"] == members_of(first)["panoptic.json"]
    assert {n: d for n, d in members_of(second).items() if n.endswith(".png")} == {
        n: d for n, d in members_of(first).items() if n.endswith(".png")
    }


def test_numbers_beyond_24_bits_are_renumbered_with_a_table() -> None:
    image = labelled(SCENE, SEGMENTS, numbers={SKY: 2**24, ROAD: 7, VOID: 9, A: 5, B: 2**31, C: 6})
    archive, report = written(COCO, View(ONTOLOGY, (image,)))
    members = members_of(archive)
    assert faults(load_panoptic(members)) == []
    assert {loss.code: loss.count for loss in report.losses}["renumbered"] == 1
    rows = [line.split(",") for line in members["numbers.csv"].decode().splitlines()]
    assert rows[0] == ["file_name", "panoptic_id", "number", "segment_id"]
    assert [(int(r[1]), int(r[2]), int(r[3])) for r in rows[1:]] == [
        (1, 5, A), (2, 6, C), (3, 7, ROAD), (4, 2**24, SKY), (5, 2**31, B)
    ]  # fmt: skip


def test_many_segments_survive() -> None:
    grid = np.arange(60 * 60, dtype=np.uint32).reshape(60, 60) + 65_536
    segments = [Segment(int(i), CAR) for i in grid.ravel()]
    archive, report = written(COCO, View(ONTOLOGY, (labelled(grid, segments),)))
    assert report.segments == 3600
    _, (image,) = read_back(COCO, archive)
    assert len(np.unique(image.layers["main"].to_array())) == 3600


def test_layers_are_written_apart_and_joined_again() -> None:
    ontology = Ontology(
        1,
        (Layer("main", "Main"), Layer("lesions", "Lesions")),
        (
            *ONTOLOGY.classes,
            ClassDef(9, "Cyst", "thing", "lesions", "#00FF00"),
            ClassDef(10, "Blur", "ignore", "lesions", "#111111"),
        ),
    )
    image = labelled(SCENE, (*SEGMENTS, Segment(5_000_000, 9), Segment(10, 10)))
    lesions = np.zeros((5, 6), np.uint32)
    lesions[1:3, 1:3], lesions[4, 5] = 5_000_000, 10
    image = replace(image, layers={**image.layers, "lesions": LabelMap.from_array(lesions)})
    archive, _ = written(COCO, View(ontology, (image,)))
    members = members_of(archive)
    assert faults(load_panoptic(members, json_name="panoptic_lesions.json", folder="panoptic_lesions")) == []
    result, (after,) = read_back(COCO, archive)
    assert result.problems.items == [] and result.ontology == ontology
    for layer in ("main", "lesions"):
        assert np.array_equal(class_grid(after, layer), class_grid(image, layer))


def test_photographs_travel_along_and_names_that_clash_are_kept_apart() -> None:
    first = labelled(SCENE, SEGMENTS, name="dir/Ä b.png", photo=True)
    clash = renamed(first, "dir/ä b.PNG", 2)
    hostile = renamed(first, "../..\\evil:\x00name.png", 3)
    archive, report = written(COCO, View(ONTOLOGY, (first, clash, hostile)))
    members = members_of(archive)
    assert [n for n in members if n.startswith("images/")] == [
        "images/_._evil__name.png",
        "images/dir/Ä b.png",
        "images/dir/ä b~2.PNG",
    ]
    _, images = read_back(COCO, archive)
    assert sorted(i.name for i in images) == sorted(["dir/Ä b.png", "dir/ä b.PNG", "../..\\evil:\x00name.png"])
    assert all(
        image.open_image is not None and image.open_image().read() == first.open_image().read() for image in images
    )  # type: ignore[misc]
    assert {loss.code for loss in report.losses} >= {"renamed"}


def test_without_the_extension_the_standard_files_mean_the_same() -> None:
    archive, _ = written(COCO, scene(photo=True))
    members = {n: d for n, d in members_of(archive).items() if n != "intarsia.json" and "ignored" not in n}
    result, (image,) = read_back(COCO, archive_of(members))
    assert result.problems.items == []
    expected = class_grid(scene().listed[0])
    expected[expected == VOID] = 0
    assert np.array_equal(class_grid(image), expected)
