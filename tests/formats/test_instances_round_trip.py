# SPDX-License-Identifier: Apache-2.0
"""COCO instances out and in: pycocotools sees our masks bit for bit, and nothing changes on the way back."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from pycocotools.coco import COCO

from intarsia.core.label_map import LabelMap
from intarsia.core.ontology import ClassDef, Layer, Ontology
from intarsia.core.segment import Segment
from intarsia.formats.base import LabelledImage, WriteOptions
from intarsia.formats.coco_instances import CocoInstances

from .dataset import CAR, ONTOLOGY, PERSON, ROAD, SKY, VOID, View, archive_of, labelled, members_of, read_back, written
from .partitions import changed_px, said
from .strategies import views

FORMAT = CocoInstances()
POLYGONS = WriteOptions(chosen={"segmentation": "polygons"})


def rough_scene(*, seed: int = 5, size_hw: tuple[int, int] = (61, 83)) -> LabelledImage:
    """Blobs with holes, one-pixel parts and diagonal contacts."""
    rng = np.random.default_rng(seed)
    grid = np.kron(rng.integers(0, 9, (8, 11)), np.ones((8, 8), np.int64))[: size_hw[0], : size_hw[1]]
    noise = rng.random(grid.shape) < 0.1
    grid[noise] = rng.integers(0, 9, int(noise.sum()))
    owner = np.array([0, ROAD, SKY, VOID, 65_536, 65_537, 65_600, 70_000, 4_000_000_000])
    things = ((65_536, CAR), (65_537, CAR), (65_600, PERSON), (70_000, PERSON), (4_000_000_000, CAR))
    segments = [Segment(i, i) for i in (ROAD, SKY, VOID)]
    segments += [Segment(i, c, crowd=i == 70_000, instances_unknown=i == 65_600) for i, c in things]
    segments[3] = Segment(65_536, CAR, answers={"colour": "red", "doors": [4, None]})
    return labelled(owner[grid], segments, name="rough.png", export_no=7, photo=True)


def opened(document: bytes, folder: Path) -> COCO:
    path = folder / "instances.json"
    path.write_bytes(document)
    return COCO(str(path))


@pytest.mark.parametrize("seed", range(3))
def test_pycocotools_loads_the_file_and_its_masks_are_ours(seed: int, tmp_path: Path) -> None:
    image = rough_scene(seed=seed)
    archive, report = written(FORMAT, View(ONTOLOGY, (image,)))
    coco = opened(members_of(archive)["annotations/instances.json"], tmp_path)
    grid = image.layers["main"].to_array()
    by_number = {number: segment_id for segment_id, number in image.numbers.items()}
    assert report.segments == len(coco.anns) == 7
    for annotation in coco.loadAnns(coco.getAnnIds(imgIds=[7])):
        segment_id = by_number[annotation["id"] - (7 << 20)]
        mask = coco.annToMask(annotation).astype(bool)
        assert np.array_equal(mask, grid == segment_id)
        assert annotation["area"] == int(mask.sum())
        ys, xs = np.nonzero(mask)
        box = [xs.min(), ys.min(), xs.max() - xs.min() + 1, ys.max() - ys.min() + 1]
        assert annotation["bbox"] == [int(v) for v in box]
        assert annotation["category_id"] == image.segments[segment_id].class_number
        assert annotation["iscrowd"] == int(segment_id == 70_000)
    assert coco.loadCats([ROAD])[0]["isthing"] == 0 and coco.loadCats([CAR])[0]["isthing"] == 1
    assert VOID not in coco.getCatIds()


@pytest.mark.parametrize("options", [WriteOptions(), POLYGONS], ids=["rle", "polygons"])
def test_everything_comes_back(options: WriteOptions) -> None:
    view = View(ONTOLOGY, (rough_scene(), labelled(np.zeros((4, 3)), (), name="b/ü.png", export_no=9)))
    archive, _ = written(FORMAT, view, options=options)
    result, images = read_back(FORMAT, archive)
    assert result.problems.items == [] and result.ontology == ONTOLOGY
    for before, after in zip(view.listed, images, strict=True):
        assert changed_px(before, after, names=(ONTOLOGY, result.ontology)) == 0
        assert said(before, ONTOLOGY) == said(after, result.ontology)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(views())
def test_any_dataset_comes_back_both_ways(view: View) -> None:
    for options in (WriteOptions(), POLYGONS):
        archive, _ = written(FORMAT, view, options=options)
        assert archive == written(FORMAT, view, options=options)[0]
        result, images = read_back(FORMAT, archive)
        assert [p for p in result.problems.items if p.code != "renamed_class"] == []
        assert len(images) == len(view.listed)
        for before, after in zip(view.listed, images, strict=True):
            assert changed_px(before, after, names=(view.ontology, result.ontology)) == 0


def test_polygons_are_outlines_without_holes_and_the_rest_stays_exact() -> None:
    grid = np.zeros((12, 12), np.int64)
    grid[1:9, 1:9] = 65_536
    grid[3:5, 3:5] = ROAD
    grid[10:12, 0:5] = 65_537
    grid[0, 11] = grid[11, 11] = 65_538
    segments = [Segment(ROAD, ROAD), Segment(65_536, CAR), Segment(65_537, CAR), Segment(65_538, CAR, crowd=True)]
    archive, report = written(FORMAT, View(ONTOLOGY, (labelled(grid, segments),)), options=POLYGONS)
    document = json.loads(members_of(archive)["annotations/instances.json"])
    by_number = {a["id"] & 0xFFFFF: a["segmentation"] for a in document["annotations"]}
    assert isinstance(by_number[2], dict), "a hole cannot be said with polygons"
    assert isinstance(by_number[4], dict), "a crowd is run lengths"
    for number, (x0, y0, x1, y1) in {1: (3, 3, 5, 5), 3: (0, 10, 5, 12)}.items():
        (outline,) = by_number[number]
        assert (min(outline[::2]), min(outline[1::2]), max(outline[::2]), max(outline[1::2])) == (x0, y0, x1, y1)
    counts = {loss.code: loss.count for loss in report.losses}
    assert (counts["holes_as_rle"], counts["crowd_as_rle"], counts["polygons_by_centres"]) == (1, 1, 2)


def test_things_only_leaves_stuff_out_and_counts_it() -> None:
    archive, report = written(
        FORMAT, View(ONTOLOGY, (rough_scene(),)), options=WriteOptions(chosen={"classes": "things"})
    )
    document = json.loads(members_of(archive)["annotations/instances.json"])
    assert {a["category_id"] for a in document["annotations"]} == {CAR, PERSON}
    assert {c["id"] for c in document["categories"]} == {CAR, PERSON}
    assert {loss.code: loss.count for loss in report.losses}["stuff_dropped"] == 2


def test_numbers_beyond_20_bits_are_renumbered_with_a_table() -> None:
    segments = [Segment(65_536, CAR), Segment(65_537, CAR)]
    image = labelled([[65_536, 65_537]], segments, numbers={65_536: 2**20, 65_537: 3}, export_no=2)
    archive, report = written(FORMAT, View(ONTOLOGY, (image,)))
    members = members_of(archive)
    assert [a["id"] - (2 << 20) for a in json.loads(members["annotations/instances.json"])["annotations"]] == [1, 2]
    table = "file_name,number_in_file,number,segment_id\na.png,1,3,65537\na.png,2,1048576,65536\n"
    assert members["numbers.csv"].decode() == table
    assert "renumbered" in {loss.code for loss in report.losses}


def test_two_layers_overlap_in_the_file_and_part_again() -> None:
    layers = (Layer("main", "Main"), Layer("lesions", "Lesions"))
    classes = (
        ClassDef(1, "Organ", "stuff", "main", "#112233", key="1"),
        ClassDef(2, "Lesion", "thing", "lesions", "#445566"),
    )
    ontology = Ontology(1, layers, classes)
    lesions = np.zeros((3, 4), np.uint32)
    lesions[1, 1:3] = 65_536
    maps = {"main": LabelMap.from_array(np.ones((3, 4), np.uint32)), "lesions": LabelMap.from_array(lesions)}
    image = LabelledImage("x.png", (3, 4), maps, {1: Segment(1, 1), 65_536: Segment(65_536, 2)}, {1: 1, 65_536: 2}, 1)
    archive, _ = written(FORMAT, View(ontology, (image,)))
    result, (after,) = read_back(FORMAT, archive)
    assert result.problems.items == [] and result.ontology == ontology
    assert changed_px(image, after, names=(ontology, ontology)) == 0


def test_the_standard_file_alone_gives_the_same_pixels_but_ignored_ones() -> None:
    image = rough_scene()
    members = members_of(written(FORMAT, View(ONTOLOGY, (image,)))[0])
    del members["intarsia.json"]
    result, (after,) = read_back(FORMAT, archive_of(members))
    assert result.problems.items == []
    ignored = int((image.layers["main"].to_array() == VOID).sum())
    assert changed_px(image, after, names=(ONTOLOGY, result.ontology)) == ignored
