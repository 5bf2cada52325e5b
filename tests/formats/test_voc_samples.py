# SPDX-License-Identifier: Apache-2.0
"""Other people's Pascal VOC folders: what a reader must find, and 0 pixels changed by writing them back."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from intarsia.formats.base import LabelledImage, ReadOptions, ReadResult
from intarsia.formats.pascal_voc import PascalVoc
from intarsia.formats.registry import detect_format
from intarsia.formats.sources import FolderSource

from .dataset import View, class_grid, members_of, read_back, shared, written
from .partitions import changed_px

FORMAT = PascalVoc()
CLASS_PX = {
    "voc2012_real": {
        "2007_000032": {1: 4734, 15: 866, 255: 5355},
        "2008_000009": {10: 2774, 255: 2293},
        "2011_000003": {5: 601, 15: 29270, 255: 16224},
    },
    "labelme_voc_export": {
        "2011_000006": {9: 44403, 15: 34816, 18: 14002, 255: 909},
        "2011_000025": {6: 118231, 7: 7256},
    },
    "datumaro_voc_dataset1": {"2007_000001": {2: 200}},
}
OBJECTS = {"2007_000032": 4, "2008_000009": 2, "2011_000003": 3}


def read(sample: str) -> tuple[ReadResult, dict[str, LabelledImage]]:
    result = FORMAT.read(FolderSource(shared("formats", "pascal_voc", sample)), ReadOptions())
    return result, {image.name.rsplit(".", 1)[0]: image for image in result.images}


@pytest.mark.parametrize("sample", CLASS_PX)
def test_pixels_per_class_are_those_of_the_manifest(sample: str) -> None:
    source = FolderSource(shared("formats", "pascal_voc", sample))
    found = detect_format(source)
    assert found is not None and found.info.slug == "pascal-voc"
    result, images = read(sample)
    assert len(images) == result.count == (2 if sample.startswith("datumaro") else 3)
    assert all(image.open_image is not None for image in images.values())
    for stem, pixels in CLASS_PX[sample].items():
        values, counts = np.unique(class_grid(images[stem]), return_counts=True)
        known = dict(zip(values.tolist(), counts.tolist(), strict=True))
        # the numbers of classes are their indices
        assert {k: v for k, v in known.items() if k != 0} == {
            **pixels,
            **({2: known[2]} if sample.startswith("datumaro") else {}),
        }
    names = [entry.name for entry in result.ontology.classes]
    assert len(names) == 21 and names[0] == "aeroplane" and names[-1] == "void"
    assert result.ontology.classes[-1].kind == "ignore"


def test_objects_are_counted_as_the_manifest_says() -> None:
    result, images = read("voc2012_real")
    for stem, count in OBJECTS.items():
        assert sum(1 for segment in images[stem].segments.values() if segment.id >= 65_536) == count
    assert {(problem.code, problem.severity) for problem in result.problems.items} == {("missing_file", "warning")}


def test_the_masks_of_colours_are_read_by_the_palette() -> None:
    result, images = read("datumaro_voc_dataset1")
    assert result.problems.items == []
    folder = shared("formats", "pascal_voc", "datumaro_voc_dataset1")
    rgb = np.asarray(Image.open(folder / "SegmentationClass" / "2007_000001.png"))
    assert np.array_equal(class_grid(images["2007_000001"]) == 2, (rgb == (0, 128, 0)).all(axis=2))
    (segment,) = images["2007_000001"].segments.values()
    assert images["2007_000001"].numbers == {segment.id: 1} and not segment.instances_unknown
    assert images["2007_000002"].layers == {}


def test_labelmes_array_beside_the_mask_says_the_same() -> None:
    folder = shared("formats", "pascal_voc", "labelme_voc_export")
    _, images = read("labelme_voc_export")
    array = np.load(folder / "SegmentationClassNpy" / "2011_000003.npy").astype(np.int64)
    assert np.array_equal(class_grid(images["2011_000003"]), np.where(array == -1, 255, array))


@pytest.mark.parametrize("sample", CLASS_PX)
def test_written_back_no_pixel_changes(sample: str) -> None:
    result, images = read(sample)
    archive, _ = written(FORMAT, View(result.ontology, list(images.values())))
    again, back = read_back(FORMAT, archive)
    assert again.problems.items == []
    for before, after in zip(images.values(), back, strict=True):
        assert changed_px(before, after, names=(result.ontology, again.ontology)) == 0
    members = members_of(archive)
    folder = shared("formats", "pascal_voc", sample)
    for stem in CLASS_PX[sample]:
        (original,) = folder.rglob(f"SegmentationClass/{stem}.png")
        picture = Image.open(original)
        if picture.mode == "P":
            ours = np.asarray(Image.open(io.BytesIO(members[f"SegmentationClass/{stem}.png"])))
            assert np.array_equal(ours, np.asarray(picture)), "the class mask is the one that came in"
