# SPDX-License-Identifier: Apache-2.0
"""Instance PNGs: all that a segment says comes back, and each fault is told with file and id."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from PIL import Image

from intarsia.core.segment import Segment
from intarsia.formats.base import FormatError, ReadOptions, WriteOptions
from intarsia.formats.class_table import ClassEntry, ClassTable
from intarsia.formats.instance_png import InstancePng

from .dataset import CAR, ONTOLOGY, ROAD, View, archive_of, labelled, members_of, png_of, png_photo, read_back, written
from .partitions import changed_px, said
from .strategies import views
from .test_instances_round_trip import rough_scene

FORMAT = InstancePng()
Members = dict[str, bytes]


def test_everything_that_a_segment_says_comes_back() -> None:
    view = View(ONTOLOGY, (rough_scene(), labelled(np.zeros((4, 3)), (), name="b/ü.png", export_no=9)))
    archive, report = written(FORMAT, view)
    result, images = read_back(FORMAT, archive)
    assert result.problems.items == [] and result.ontology == ONTOLOGY and report.segments == 8
    for before, after in zip(view.listed, images, strict=True):
        assert changed_px(before, after, names=(ONTOLOGY, ONTOLOGY)) == 0
        assert said(before, ONTOLOGY) == said(after, ONTOLOGY)


def test_a_stranger_reads_numbers_of_16_bits() -> None:
    image = rough_scene()
    members = members_of(written(FORMAT, View(ONTOLOGY, (image,)))[0])
    png = Image.open(io.BytesIO(members["instances/rough.png"]))
    assert png.mode == "I;16"
    values = np.asarray(png)
    grid = image.layers["main"].to_array()
    for segment_id, number in image.numbers.items():
        assert np.array_equal(values == number, grid == segment_id)
    assert np.array_equal(values == 0, grid == 0)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(views())
def test_any_dataset_comes_back(view: View) -> None:
    archive, _ = written(FORMAT, view)
    assert archive == written(FORMAT, view)[0]
    result, images = read_back(FORMAT, archive)
    assert result.problems.items == [] and result.ontology == view.ontology
    for before, after in zip(view.listed, images, strict=True):
        assert before.name == after.name
        assert changed_px(before, after, names=(view.ontology, view.ontology)) == 0
        assert said(before, view.ontology) == said(after, view.ontology)


def test_numbers_above_16_bits_are_renumbered_and_the_table_keeps_them() -> None:
    segments = [Segment(65_536, CAR), Segment(65_537, CAR), Segment(ROAD, ROAD)]
    numbers = {65_536: 65_536, 65_537: 3, ROAD: 900_000}
    image = labelled([[65_536, 65_537, ROAD]], segments, numbers=numbers)
    archive, report = written(FORMAT, View(ONTOLOGY, (image,)))
    (row,) = json.loads(members_of(archive)["instances.json"])["images"]
    assert [(entry["id"], entry["number"]) for entry in row["segments"]] == [(1, 3), (2, 65_536), (3, 900_000)]
    assert [(loss.code, loss.count) for loss in report.losses][:1] == [("renumbered", 1)]
    _, (after,) = read_back(FORMAT, archive)
    assert said(after, ONTOLOGY) == said(image, ONTOLOGY)


def scene_members() -> Members:
    segments = [Segment(ROAD, ROAD), Segment(65_536, CAR)]
    image = labelled([[ROAD, 65_536], [0, 65_536]], segments, photo=True)
    return members_of(written(FORMAT, View(ONTOLOGY, (image,)))[0])


def with_table(change: Callable[[dict[str, Any]], None]) -> Members:
    members = scene_members()
    table = json.loads(members["instances.json"])
    change(table)
    return {**members, "instances.json": json.dumps(table).encode()}


def segment(index: int, **changed: Any) -> Callable[[dict[str, Any]], None]:
    return lambda table: table["images"][0]["segments"][index].update(changed)


PROBLEMS: dict[str, tuple[Callable[[], Members], str, str]] = {
    "class that is not there": (lambda: with_table(segment(1, **{"class": 77})), "dangling_class", "id 2"),
    "id out of range": (lambda: with_table(segment(1, id=65_536)), "bad_field", "segments[1]"),
    "id twice": (lambda: with_table(segment(1, id=1)), "duplicate_segment", "id 1"),
    "id of no pixel": (
        lambda: with_table(lambda t: t["images"][0]["segments"].append({"id": 9, "class": 1})),
        "id_not_in_png",
        "id 9",
    ),
    "pixels of no id": (lambda: with_table(lambda t: t["images"][0]["segments"].pop()), "id_not_in_table", "value 2"),
    "stuff twice": (lambda: with_table(segment(1, **{"class": ROAD})), "stuff_merged", "value 2"),
    "unknown layer": (
        lambda: with_table(lambda t: t["images"][0]["labels"].update(more="x.png")),
        "unknown_layer",
        "more",
    ),
    "no segments": (
        lambda: with_table(lambda t: t["images"][0].pop("segments")),
        "missing_field",
        "images[0]: segments",
    ),
    "mask missing": (
        lambda: {k: v for k, v in scene_members().items() if k != "instances/a.png"},
        "missing_file",
        "instances/a.png",
    ),
    "photograph missing": (
        lambda: {k: v for k, v in scene_members().items() if k != "images/a.png"},
        "missing_file",
        "images/a.png",
    ),
    "mask of colours": (
        lambda: {**scene_members(), "instances/a.png": png_photo((2, 2))},
        "not_index_png",
        "instances/a.png",
    ),
    "mask cut off": (
        lambda: {**scene_members(), "instances/a.png": scene_members()["instances/a.png"][:40]},
        "bad_png",
        "instances/a.png",
    ),
    "mask of another size": (
        lambda: {**scene_members(), "instances/a.png": png_of(np.ones((3, 3)), "I;16")},
        "size_differs",
        "3 x 3",
    ),
}


@pytest.mark.parametrize("fault", PROBLEMS)
def test_a_fault_is_named_with_file_and_id(fault: str) -> None:
    make, code, named = PROBLEMS[fault]
    result, images = read_back(FORMAT, archive_of(make()))
    assert code in {problem.code for problem in result.problems.items}
    assert any(named in f"{problem.where} {problem.message}" for problem in result.problems.items)
    assert all(set(m.areas()) - {0} <= image.segments.keys() for image in images for m in image.layers.values())


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: {"images/a.png": png_photo((2, 2))}, "no_table"),
        (lambda: with_table(lambda t: t.update(version=2)), "bad_version"),
        (lambda: with_table(lambda t: t.update(unlabelled=255)), "bad_field"),
        (lambda: with_table(lambda t: t["ontology"].pop("classes")), None),
        (lambda: with_table(lambda t: t.update(images={})), "bad_field"),
        (lambda: {**scene_members(), "instances.json": scene_members()["instances.json"][:-9]}, "bad_json"),
    ],
)
def test_a_table_that_cannot_be_used_ends_the_import(make: Callable[[], Members], code: str | None) -> None:
    with pytest.raises(FormatError) as caught:
        read_back(FORMAT, archive_of(make()))
    assert code is None or caught.value.code == code
    assert code == "no_table" or "instances.json" in caught.value.where


def test_a_class_table_is_refused_since_values_are_segments() -> None:
    table = ClassTable((ClassEntry(1, "Road", "stuff"),))
    with pytest.raises(FormatError, match="no class table") as caught:
        written(FORMAT, View(ONTOLOGY, ()), options=WriteOptions(class_table=table))
    assert caught.value.code == "not_supported"
    with pytest.raises(FormatError) as caught:
        read_back(FORMAT, archive_of(scene_members()), options=ReadOptions(class_table=table))
    assert caught.value.code == "not_supported"
