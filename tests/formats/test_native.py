# SPDX-License-Identifier: Apache-2.0
"""The native format: everything comes back to the bit, and whatever was changed on the way is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from intarsia.core.label_map import LabelMap
from intarsia.core.ontology import Layer, Ontology
from intarsia.core.segment import Segment
from intarsia.formats.base import FormatError, LabelledImage
from intarsia.formats.native import Native

from .dataset import CAR, ONTOLOGY, ROAD, View, archive_of, labelled, members_of, png_photo, read_back, written
from .strategies import views
from .test_instances_round_trip import rough_scene

FORMAT = Native()
Members = dict[str, bytes]
DOCUMENT = "annotations/rough.json"
PACK = "labels/rough/main.pack"


def checksums(image: LabelledImage) -> dict[str, str]:
    return {layer: label_map.checksum(layer) for layer, label_map in image.layers.items()}


def same(before: LabelledImage, after: LabelledImage) -> bool:
    return (
        (before.name, before.size_hw, before.task_state) == (after.name, after.size_hw, after.task_state)
        and checksums(before) == checksums(after)
        and dict(before.segments) == dict(after.segments)
        and dict(before.numbers) == dict(after.numbers)
    )


def whole_scene() -> LabelledImage:
    """Every state that a segment can be in, ids that are sparse, and a map of several tiles."""
    image = rough_scene()
    dead = (
        Segment(65_538, CAR, state="deleted"),
        Segment(65_539, CAR, state="merged", merged_into=65_536, answers={"a": [1.5, None, {"b": "ü"}]}),
    )
    segments = {**image.segments, **{segment.id: segment for segment in dead}}
    return replace(image, segments=segments, numbers={**image.numbers, 65_538: 20, 65_539: 21}, task_state="submitted")


def test_everything_comes_back_to_the_bit() -> None:
    wide = labelled(np.full((300, 520), ROAD), [Segment(ROAD, ROAD)], name="b/ü.png", export_no=9)
    view = View(ONTOLOGY, (whole_scene(), wide, labelled(np.zeros((1, 1)), (), name="empty", export_no=12)))
    archive, report = written(FORMAT, view)
    assert archive == written(FORMAT, view)[0] and report.segments == 9
    result, images = read_back(FORMAT, archive)
    assert result.problems.items == [] and result.ontology == ONTOLOGY
    assert [same(before, after) for before, after in zip(view.listed, images, strict=True)] == [True] * 3
    assert all(image.exact_ids for image in images)
    again = [replace(after, export_no=before.export_no) for before, after in zip(view.listed, images, strict=True)]
    assert written(FORMAT, View(result.ontology, again))[0] == archive


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(views())
def test_any_dataset_comes_back_to_the_bit(view: View) -> None:
    result, images = read_back(FORMAT, written(FORMAT, view)[0])
    assert result.problems.items == [] and result.ontology == view.ontology
    assert all(same(before, after) for before, after in zip(view.listed, images, strict=True))


def test_layers_come_back_and_one_that_was_never_drawn_in_stays_so() -> None:
    ontology = Ontology(3, (*ONTOLOGY.layers, Layer("parts", "Parts"), Layer("more", "More")), ONTOLOGY.classes)
    image = rough_scene()
    layers = {**image.layers, "parts": LabelMap.empty(image.size_hw)}
    result, (after,) = read_back(FORMAT, written(FORMAT, View(ontology, (replace(image, layers=layers),)))[0])
    assert result.problems.items == [] and result.ontology == ontology
    assert checksums(after) == checksums(replace(image, layers=layers))


def scene_members() -> Members:
    return members_of(written(FORMAT, View(ONTOLOGY, (whole_scene(),)))[0])


def changed(change: Callable[[dict[str, Any]], object], *, member: str = DOCUMENT) -> Members:
    members = scene_members()
    document = json.loads(members[member])
    change(document)
    return {**members, member: json.dumps(document).encode()}


def segment(index: int, **fields: Any) -> Members:
    return changed(lambda document: document["segments"][index].update(fields))


PROBLEMS: dict[str, tuple[Callable[[], Members], str, str]] = {
    "pack cut off": (lambda: {**scene_members(), PACK: scene_members()[PACK][:50]}, "truncated", PACK),
    "pack of something else": (lambda: {**scene_members(), PACK: b"\0" * 64}, "bad_magic", PACK),
    "no pack": (lambda: {k: v for k, v in scene_members().items() if k != PACK}, "missing_file", PACK),
    "another map": (
        lambda: {**scene_members(), PACK: LabelMap.from_array(np.full((61, 83), ROAD, np.uint32)).to_pack()},
        "checksum_differs",
        PACK,
    ),
    "checksum of another": (
        lambda: changed(lambda d: d["layers"][0].update(checksum="0" * 64)),
        "checksum_differs",
        PACK,
    ),
    "another size": (lambda: changed(lambda d: d.update(width=300)), "size_differs", "300 x 61"),
    "size beyond all": (lambda: changed(lambda d: d.update(width=10**7)), "size_out_of_range", DOCUMENT),
    "unknown layer": (lambda: changed(lambda d: d["layers"][0].update(layer="x")), "unknown_layer", "'x'"),
    "segment left out": (lambda: changed(lambda d: d["segments"].pop(0)), "unknown_segment", "segment 1"),
    "segment twice": (lambda: changed(lambda d: d["segments"].append(d["segments"][0])), "duplicate_segment", "id 1"),
    "class that is not there": (lambda: segment(0, **{"class": 99}), "dangling_class", "class 99"),
    "stuff with the id of a thing": (lambda: segment(0, id=65_999), "bad_segment_id", "65999"),
    "state that is none": (lambda: segment(0, state="gone"), "bad_field", "'gone'"),
    "merged into nothing": (lambda: segment(0, state="merged"), "bad_field", "segment 1"),
    "number twice": (lambda: segment(1, number=1), "bad_number", "segment 2"),
    "state of no task": (lambda: changed(lambda d: d.update(task_state="lost")), "bad_field", "'lost'"),
    "document that is no JSON": (lambda: {**scene_members(), DOCUMENT: b"{"}, "bad_json", DOCUMENT),
    "document that is not there": (
        lambda: {k: v for k, v in scene_members().items() if k != DOCUMENT},
        "missing_file",
        DOCUMENT,
    ),
    "photograph of another size": (
        lambda: {**scene_members(), "images/rough.png": png_photo((9, 9))},
        "size_differs",
        "9 x 9",
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
        (lambda: {"a.json": b"{}"}, "no_manifest"),
        (lambda: changed(lambda m: m.update(version=2), member="intarsia.json"), "bad_version"),
        (lambda: changed(lambda m: m.update(format="x"), member="intarsia.json"), "no_manifest"),
        (lambda: changed(lambda m: m.pop("images"), member="intarsia.json"), "missing_field"),
        (lambda: {**scene_members(), "intarsia.json": b"[]"}, "bad_json"),
    ],
)
def test_an_archive_that_cannot_be_used_is_an_error(make: Callable[[], Members], code: str) -> None:
    with pytest.raises(FormatError) as caught:
        read_back(FORMAT, archive_of(make()))
    assert caught.value.code == code
