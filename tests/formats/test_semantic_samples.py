# SPDX-License-Identifier: Apache-2.0
"""CamVid's ground truth through import and export: 0 pixels differ."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from intarsia.formats.base import ReadOptions, WriteOptions
from intarsia.formats.class_table import ClassEntry, ClassTable
from intarsia.formats.semantic_png import SemanticPng
from intarsia.formats.sources import FolderSource

from .dataset import View, members_of, read_back, shared, written

SEMANTIC = SemanticPng()
NAMES = (
    "Sky", "Building", "Pole", "Road", "Pavement", "Tree", "SignSymbol", "Fence", "Car", "Pedestrian", "Bicyclist",
    "Unlabelled",
)  # fmt: skip
THINGS = frozenset({"Pole", "SignSymbol", "Car", "Pedestrian", "Bicyclist"})
PIXELS = [554229, 718341, 23938, 922448, 143736, 348755, 27824, 38401, 168301, 22447, 22650, 119330]
# value 11 is deliberately void, not "not yet labelled": it is a class of the kind ignore, and nothing is unlabelled
TABLE = ClassTable(
    tuple(
        ClassEntry(i, name, "ignore" if i == 11 else "thing" if name in THINGS else "stuff")
        for i, name in enumerate(NAMES)
    )
)


def test_camvid_holds_what_is_known_of_it_and_comes_out_unchanged() -> None:
    folder = shared("groundtruth", "driving", "camvid")
    result = SEMANTIC.read(FolderSource(folder), ReadOptions(class_table=TABLE))
    images = tuple(result.images)
    assert result.problems.items == [] and len(images) == 18
    number = {entry.name: entry.number for entry in result.ontology.classes}
    # Sky is 0 in the source, which means unlabelled to a label map; all others keep their value as class number
    assert [number[name] for name in NAMES] == [12, *range(1, 12)]
    counted = [0] * 12
    for image in images:
        areas = image.layers["main"].areas()
        for segment in image.segments.values():
            counted[NAMES.index(result.ontology.by_number(segment.class_number).name)] += areas[segment.id]  # type: ignore[union-attr]
    assert counted == PIXELS and sum(counted) == 3_110_400

    plain, report = written(SEMANTIC, View(result.ontology, images))
    assert report.losses == ()
    same_values, _ = written(SEMANTIC, View(result.ontology, images), options=WriteOptions(class_table=TABLE))
    plain_members, same_members = members_of(plain), members_of(same_values)
    lookup = np.array([number[name] for name in NAMES])
    for label in sorted((folder / "labels").glob("*.png")):
        truth = np.asarray(Image.open(label))
        out = np.asarray(Image.open(io.BytesIO(plain_members[f"labels/{label.name}"])))
        assert np.count_nonzero(out != lookup[truth]) == 0
        again = np.asarray(Image.open(io.BytesIO(same_members[f"labels/{label.name}"])))
        assert np.count_nonzero(again != truth) == 0

    _, back = read_back(SEMANTIC, plain)
    assert [image.layers["main"].checksum("main") for image in back] == [
        image.layers["main"].checksum("main") for image in images
    ]


def test_a_fundus_mask_in_three_equal_channels_is_an_index() -> None:
    folder = shared("groundtruth", "medical", "refuge_fundus")
    masks = [path for path in sorted(folder.rglob("*.png")) if np.asarray(Image.open(path)).max() <= 2]
    assert masks, "the sample holds a mask of values 0, 1 and 2"
    from intarsia.formats.png import decode_index_png

    values, counts = np.unique(decode_index_png(masks[0].read_bytes(), where=masks[0].name), return_counts=True)
    assert dict(zip(values.tolist(), counts.tolist(), strict=True)).items() >= {1: 2339, 2: 3219}.items()
