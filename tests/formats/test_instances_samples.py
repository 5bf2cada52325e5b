# SPDX-License-Identifier: Apache-2.0
"""Other people's COCO files: what a reader must find in them, and 0 pixels changed by writing them back."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from pycocotools.coco import COCO

from intarsia.core.ontology import Ontology
from intarsia.formats.base import LabelledImage, ProblemLog, ReadOptions, WriteOptions
from intarsia.formats.coco_instances import CocoInstances
from intarsia.formats.instances_index import InstancesIndex, instances_json_names, read_instances_index
from intarsia.formats.instances_masks import read_mask
from intarsia.formats.registry import detect_format
from intarsia.formats.sources import FolderSource

from .dataset import View, read_back, shared, written
from .partitions import changed_px

FORMAT = CocoInstances()
SAMPLES = {
    # images, annotations, categories, used, sum of the area fields, problems
    "coco_instances/labelbox_coco": (10, 62, 80, 26, 1464504.78, {"overlap": 8, "covered": 2}),
    "coco_instances/superannotate_coco": (4, 46, 80, 12, 498597.905, {"overlap": 3, "area_differs": 1}),
    "coco_instances/labelme_coco_export": (3, 12, 21, 6, 253618, {"overlap": 3}),
    "coco_instances/datumaro_coco_instances": (2, 3, 3, 2, 25, {"overlap": 1}),
    "coco_rle/panopticapi_detection_format": (2, 50, 133, None, 493779, {}),
    "coco_stuff/datumaro_coco_stuff": (2, 2, 2, 2, 40, {}),
}


def indices_of(folder: Path) -> list[InstancesIndex]:
    source = FolderSource(folder)
    return [read_instances_index(source, name, ProblemLog()) for name in instances_json_names(source)]


@pytest.mark.parametrize("sample", SAMPLES)
def test_counts_classes_and_areas_are_those_of_the_manifest(sample: str) -> None:
    images, annotations, categories, used, area, problems = SAMPLES[sample]
    folder = shared("formats", *sample.split("/"))
    source = FolderSource(folder)
    found = detect_format(source)
    assert found is not None and found.info.slug == "coco-instances"
    indices = indices_of(folder)
    listed = [a for index in indices for group in index.annotations.values() for a in group]
    assert len(listed) == annotations
    assert len({c.id for index in indices for c in index.categories}) == categories
    if used is not None:
        assert len({a.category_id for a in listed}) == used
    assert sum(a.area or 0 for a in listed) == pytest.approx(area, abs=0.01)
    result = FORMAT.read(source, ReadOptions())
    read = list(result.images)
    assert len(read) == result.count == images
    assert Counter(problem.code for problem in result.problems.items) == problems
    assert sum(len(image.segments) + len(image.items) for image in read) == annotations - problems.get("covered", 0)


@pytest.mark.parametrize("options", [{}, {"segmentation": "polygons"}], ids=["rle", "polygons"])
@pytest.mark.parametrize("sample", SAMPLES)
def test_written_back_no_pixel_changes(sample: str, options: dict[str, str]) -> None:
    result = FORMAT.read(FolderSource(shared("formats", *sample.split("/"))), ReadOptions())
    images = list(result.images)
    archive, _ = written(FORMAT, View(result.ontology, images), options=WriteOptions(chosen=options))
    again, back = read_back(FORMAT, archive)
    assert again.problems.items == [] and len(back) == len(images)
    names: tuple[Ontology, Ontology] = (result.ontology, again.ontology)
    pairs: list[tuple[LabelledImage, LabelledImage]] = list(zip(images, back, strict=True))
    assert [changed_px(before, after, names=names) for before, after in pairs] == [0] * len(images)


@pytest.mark.parametrize("sample", SAMPLES)
def test_run_lengths_mean_to_us_what_they_mean_to_pycocotools(sample: str) -> None:
    folder = shared("formats", *sample.split("/"))
    compared = 0
    for index in indices_of(folder):
        coco = COCO(str(folder / index.json_name))
        sizes = {image.id: image.size_hw for image in index.images}
        for image_id, group in index.annotations.items():
            for annotation in group:
                if not isinstance(annotation.segmentation, dict):
                    continue
                size_hw = sizes[image_id]
                assert size_hw is not None
                mask = read_mask(annotation.segmentation, size_hw=size_hw, where="")
                ours = np.zeros(size_hw[0] * size_hw[1], np.uint8)
                for start, length in zip(mask.starts, mask.lengths, strict=True):
                    ours[start : start + length] = 1
                theirs = coco.annToMask(coco.anns[annotation.id])
                assert np.array_equal(ours.reshape(size_hw[1], size_hw[0]).T, theirs)
                compared += 1
    expected = {"coco_rle/panopticapi_detection_format": 50, "coco_stuff/datumaro_coco_stuff": 2}
    assert compared == expected.get(sample, compared)


def test_the_crowd_whose_area_is_wrong_is_named() -> None:
    result = FORMAT.read(FolderSource(shared("formats", "coco_instances", "superannotate_coco")), ReadOptions())
    list(result.images)
    (problem,) = (p for p in result.problems.items if p.code == "area_differs")
    assert "900100411530" in problem.where and "1364" in problem.message and "1273" in problem.message


def test_polygon_parts_are_as_the_manifest_says() -> None:
    document = json.loads((shared("formats", "coco_instances", "labelbox_coco") / "instances.json").read_bytes())
    assert Counter(len(a["segmentation"]) for a in document["annotations"]) == {1: 56, 2: 5, 3: 1}
