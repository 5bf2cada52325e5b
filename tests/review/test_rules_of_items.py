# SPDX-License-Identifier: Apache-2.0
"""Rules on answers and on objects."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intarsia.core.annotation import Annotation
from intarsia.core.item import ImageItem, Item, ObjectItem
from intarsia.core.item_geometry import Box, Geometry, Point, Polygon, RotatedBox
from intarsia.core.label_map import LabelMap
from intarsia.core.ontology_question import Option, Question
from intarsia.core.segment import JsonValue, Segment
from intarsia.review.object_bounds import bounds_xyxy, overlap, pixel_box
from intarsia.review.reviewing import mend, review
from intarsia.review.settings import settings_from_json
from intarsia.review.subject import Subject
from tests.review.scenes import ONTOLOGY, grid

INSIDE = Question("inside", "Where?", "text", required=True)
OPTIONS = (Option("no", "No"), Option("yes", "Yes", False, (INSIDE,)))
OCCLUDED = Question("occluded", "Occluded?", "single", required=True, options=OPTIONS)
WEATHER = Question("weather", "Weather?", "text", required=True)
ASKING = replace(
    ONTOLOGY,
    classes=tuple(replace(c, questions=(OCCLUDED,)) if c.number == 3 else c for c in ONTOLOGY.classes),
    questions=(WEATHER,),
)


def asked(answers: dict[str, JsonValue], *items: Item) -> Subject:
    ids = grid("saa saa sss")
    segments = {1: Segment(1, 1), 65_536: Segment(65_536, 3, answers=answers)}
    layers = {"main": LabelMap.from_array(ids), "parts": LabelMap.empty((3, 3))}
    return Subject(Annotation(layers, segments, {item.id: item for item in items}), ASKING)


def missing(subject: Subject) -> list[tuple[tuple[int, ...], tuple[str, ...], JsonValue]]:
    results = {result.code: result for result in review(subject, settings_from_json({}))}
    assert results["missing_answer"].blocks
    return [(f.segment_ids, f.item_ids, f.values["question"]) for f in results["missing_answer"].findings]


def test_required_questions_without_an_answer_are_found_where_they_are_open() -> None:
    box = ObjectItem("obj_1", 3, Box((0.0, 0.0, 2.0, 2.0)))
    assert missing(asked({}, box)) == [
        ((), ("image",), "weather"),
        ((65_536,), (), "occluded"),
        ((), ("obj_1",), "occluded"),
    ]
    rain = ImageItem({"weather": "rain"})
    assert missing(asked({"occluded": "yes"}, rain)) == [((65_536,), (), "inside")]
    assert missing(asked({"occluded": "no"}, rain)) == []
    gone = replace(box, state="deleted")
    assert missing(asked({"occluded": "yes", "inside": "left"}, rain, gone)) == []


def test_the_image_s_own_question_has_no_place() -> None:
    finding = next(r for r in review(asked({}), settings_from_json({})) if r.code == "missing_answer").findings[0]
    assert (finding.at, finding.box_xyxy, finding.layer) == (None, None, None)
    assert finding.key == "missing_answer::image::weather"


def test_a_box_drawn_twice_is_found_and_its_second_deleted() -> None:
    first = ObjectItem("obj_1", 3, Box((0.0, 0.0, 2.0, 2.0)), {"occluded": "no"})
    again = replace(first, id="obj_2", geometry=Box((0.0, 0.0, 2.0, 2.125)))
    other_class = replace(first, id="obj_3", class_number=1)
    deleted = replace(first, id="obj_4", state="deleted")
    subject = asked({"occluded": "no"}, first, again, other_class, deleted)
    settings = settings_from_json({})
    found = next(r for r in review(subject, settings) if r.code == "duplicate_box").findings
    assert [finding.item_ids for finding in found] == [("obj_1", "obj_2")]
    fix = mend(subject, settings, rule="duplicate_box", key=found[0].key)
    assert (fix.layer, fix.pixels.run_count, fix.deleted_items) == ("main", 0, ("obj_2",))
    strict = settings_from_json({"duplicate_box": {"parameters": {"overlap": 1.0}}})
    assert next(r for r in review(subject, strict) if r.code == "duplicate_box").total == 0


@pytest.mark.parametrize(
    ("geometry", "bounds"),
    [
        (Box((1.0, 2.0, 3.0, 4.0)), (1, 2, 3, 4)),
        (RotatedBox((10.0, 10.0), (4.0, 2.0), 90.0), (9, 8, 11, 12)),
        (Polygon((((0.0, 5.0), (4.0, 0.0), (2.0, 9.0)),)), (0, 0, 4, 9)),
        (Point((3.5, 7.0)), (3.5, 7, 3.5, 7)),
    ],
)
def test_bounds(geometry: Geometry, bounds: tuple[float, ...]) -> None:
    assert bounds_xyxy(geometry) == pytest.approx(bounds)


def test_overlap_and_pixels_of_bounds() -> None:
    assert overlap((0, 0, 2, 2), (1, 0, 3, 2)) == pytest.approx(1 / 3)
    assert overlap((0, 0, 1, 1), (2, 2, 3, 3)) == 0
    assert pixel_box((3.5, 7.0, 3.5, 7.0), (10, 10)) == (3, 7, 4, 8)
    assert pixel_box((-5.0, -5.0, 2.5, 2.5), (10, 10)) == (0, 0, 3, 3)
    assert pixel_box((20.0, 0.0, 30.0, 5.0), (10, 10)) is None
