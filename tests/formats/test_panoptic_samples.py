# SPDX-License-Identifier: Apache-2.0
"""Panoptic files that others wrote: what a correct reader finds in them is written down beside them."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
from PIL import Image

from intarsia.formats.base import ReadOptions
from intarsia.formats.coco_panoptic import CocoPanoptic
from intarsia.formats.registry import detect_format
from intarsia.formats.sources import FolderSource

from .dataset import View, members_of, read_back, shared, written
from .panoptic_checks import faults, load_panoptic, panoptic_quality

COCO = CocoPanoptic()


def test_the_evaluators_own_sample_holds_what_is_known_of_it() -> None:
    source = FolderSource(shared("formats", "coco_panoptic", "panopticapi_sample"))
    assert detect_format(source) is not None
    result = COCO.read(source, ReadOptions())
    images = list(result.images)
    assert result.problems.items == []
    assert len(images) == result.count == 2 and len(result.ontology.classes) == 133
    segments = [segment for image in images for segment in image.segments.values()]
    assert len(segments) == 50 and sum(segment.crowd for segment in segments) == 3
    assert sum(image.layers["main"].labelled_px() for image in images) == 493_779
    assert {c.number for c in result.ontology.classes} == {
        c["id"] for c in json.loads(source.open("panoptic_examples.json").read())["categories"]
    }


def test_the_sample_goes_out_and_comes_back_with_0_pixels_changed() -> None:
    folder = shared("formats", "coco_panoptic", "panopticapi_sample")
    result = COCO.read(FolderSource(folder), ReadOptions())
    archive, _ = written(COCO, View(result.ontology, tuple(result.images)))
    members = members_of(archive)
    exported = load_panoptic(members)
    assert faults(exported) == []
    assert panoptic_quality(exported, exported).pq == 1.0
    original = json.loads((folder / "panoptic_examples.json").read_text())
    by_name = {annotation["file_name"]: annotation for annotation in original["annotations"]}
    for annotation in exported.document["annotations"]:
        png = (folder / "panoptic_examples" / annotation["file_name"]).read_bytes()
        ours = np.asarray(Image.open(io.BytesIO(members[f"panoptic/{annotation['file_name']}"])))
        assert np.count_nonzero(ours != np.asarray(Image.open(io.BytesIO(png)))) == 0
        keep = ("id", "category_id", "area", "bbox", "iscrowd")
        before = sorted(({k: s[k] for k in keep} for s in by_name[annotation["file_name"]]["segments_info"]), key=str)
        assert sorted(annotation["segments_info"], key=str) == before
    _, again = read_back(COCO, archive)
    for image in again:
        assert image.open_image is not None
        assert image.open_image().read() == (folder / "input_images" / image.name).read_bytes()


def test_datumaros_sample_with_a_wrong_area_and_a_wrong_size() -> None:
    result = COCO.read(FolderSource(shared("formats", "coco_panoptic", "datumaro_coco_panoptic")), ReadOptions())
    train, val = list(result.images)
    (area,) = (p for p in result.problems.items if p.code == "area_differs")
    assert "segment 460551: area 20 in the JSON, 25 px in the PNG" in area.message
    # its 5 x 5 mask cannot lie on its 10 x 5 photograph: the image comes in, the labels stay out, and that is said
    assert (train.name, train.size_hw, dict(train.layers)) == ("a.jpg", (5, 10), {})
    assert [p.where for p in result.problems.items if p.code == "size_differs" and p.severity == "error"] == [
        "annotations/panoptic_train/a.png"
    ]
    assert (val.name, val.layers["main"].labelled_px(), len(val.segments)) == ("b.jpg", 40, 2)
    assert sorted(segment.crowd for segment in val.segments.values()) == [False, True]


@pytest.mark.parametrize("folder", ["datumaro_coco_panoptic", "panopticapi_sample"])
def test_samples_are_recognised(folder: str) -> None:
    found = detect_format(FolderSource(shared("formats", "coco_panoptic", folder)))
    assert found is not None and found.info.slug == "coco-panoptic"
