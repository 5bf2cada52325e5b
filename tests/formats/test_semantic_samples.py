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

from .dataset import View, class_grid, members_of, read_back, shared, written

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


# the colours of CamVid's own 32 classes that the sample uses, as its label list has them
CAMVID_COLOURS = ClassTable(
    (
        ClassEntry(1, "Bicyclist", "thing", "#0080C0"),
        ClassEntry(2, "Road", "stuff", "#804080"),
        ClassEntry(3, "Animal", "thing", "#408040"),
        ClassEntry(4, "Child", "thing", "#C08040"),
        ClassEntry(255, "Void", "ignore", "#000000"),
    ),
    unlabelled=0,
)


def test_camvid_masks_that_hold_colours_are_read_by_the_tables_colours_and_come_out_unchanged() -> None:
    folder = shared("formats", "camvid", "datumaro_camvid")
    result = SEMANTIC.read(FolderSource(folder), ReadOptions(class_table=CAMVID_COLOURS))
    images = tuple(result.images)
    assert result.problems.items == [] and result.count == len(images) == 2
    assert [class_grid(image).tolist() for image in images] == [[[1, 1, 2, 1, 1]], [[3, 3, 3, 4, 4]]]
    assert all(image.open_image is not None for image in images)
    archive, _ = written(SEMANTIC, View(result.ontology, images), options=WriteOptions(class_table=CAMVID_COLOURS))
    colour = {entry.index: entry.colour or "" for entry in CAMVID_COLOURS.entries}
    for image in images:
        member = f"labels/{image.name}"
        values = np.asarray(Image.open(io.BytesIO(members_of(archive)[member])))
        (original,) = folder.rglob(f"*annot/{image.name}")
        painted = [[[int(colour[int(v)][i : i + 2], 16) for i in (1, 3, 5)] for v in row] for row in values]
        assert np.count_nonzero(np.asarray(Image.open(original)) != painted) == 0


def test_a_fundus_mask_in_three_equal_channels_is_an_index() -> None:
    folder = shared("groundtruth", "medical", "refuge_fundus")
    masks = [path for path in sorted(folder.rglob("*.png")) if np.asarray(Image.open(path)).max() <= 2]
    assert masks, "the sample holds a mask of values 0, 1 and 2"
    from intarsia.formats.png import decode_index_png

    values, counts = np.unique(decode_index_png(masks[0].read_bytes(), where=masks[0].name), return_counts=True)
    assert dict(zip(values.tolist(), counts.tolist(), strict=True)).items() >= {1: 2339, 2: 3219}.items()
