# SPDX-License-Identifier: Apache-2.0
"""What the server refuses of an edit for the sake of the ontology: protected pixels, answers, groups."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intarsia.core.annotation import Annotation
from intarsia.core.edit import Edit, PixelRuns, Segment, SegmentChange
from intarsia.core.edit_check import check_edit
from intarsia.core.errors import EditError
from intarsia.core.item import ImageItem, ItemChange
from intarsia.core.ontology import ClassDef, Layer, Ontology, ProtectionRule
from intarsia.core.ontology_protection import may_take
from intarsia.core.ontology_question import Option, Question

from .strategies import edit_of

COLOURS = Question("colour", "Colour", "single", options=(Option("red", "Red"), Option("old", "Old", retired=True)))
SEATS = Question("seats", "Seats", "number", min=1, max=9, retired=True)
ONTOLOGY = Ontology(
    1,
    (Layer("main", "Main"),),
    (
        ClassDef(3, "Car", "thing", "main", "#2C9EF3", priority=5, questions=(COLOURS, SEATS), retired=True),
        ClassDef(5, "Sky", "stuff", "main", "#CF5200", priority=1),
        ClassDef(6, "Road", "stuff", "main", "#CF5201", priority=5),
        ClassDef(8, "Vehicle", "thing", "main", "#CF5202", geometry=()),
    ),
    protection=(ProtectionRule(6, 3, allow=False), ProtectionRule(0, 6, allow=False)),
)
CAR, VAN, STONE, NEW = 65_536, 65_537, 65_538, 80_000
HEAD = Annotation(
    Annotation.empty((1, 9), ["main"]).layers,
    {
        segment.id: segment
        for segment in (
            Segment(CAR, 3, answers={"colour": "gone", "seats": 40}),
            Segment(VAN, 3),
            Segment(5, 5),
            Segment(6, 6),
            Segment(STONE, 3, state="merged", merged_into=CAR),
        )
    },
)


def code_of(edit: Edit) -> str | None:
    try:
        check_edit(edit, annotation=HEAD, ontology=ONTOLOGY, leased=lambda segment_id: segment_id == NEW)
    except EditError as refused:
        return refused.code
    return None


def pixels(*pairs: tuple[int, int]) -> PixelRuns:
    return PixelRuns.from_runs([(0, x, 1, before, after) for x, (before, after) in enumerate(pairs)])


def answered(before: dict[str, object], after: dict[str, object]) -> Edit:
    was = replace(HEAD.segments[CAR], answers=before)
    return edit_of(PixelRuns.empty(), SegmentChange(CAR, was, replace(was, answers=after)))


@pytest.mark.parametrize(
    ("pair", "code"),
    [
        ((0, CAR), None),
        ((CAR, VAN), None),
        ((5, CAR), None),
        ((CAR, 5), "protected"),  # lower priority
        ((STONE, 5), "protected"),  # stands for the car
        ((CAR, 6), "protected"),  # equal priority, but a rule
        ((6, CAR), None),
        ((CAR, 0), None),  # the eraser may
        ((6, 0), "protected"),  # unless a rule says no
        ((5, 6), None),
    ],
)
def test_protected_pixels_stay(pair: tuple[int, int], code: str | None) -> None:
    assert code_of(edit_of(pixels(pair))) == code
    for tool in ("undo", "redo", "restore", "resolve"):
        assert code_of(replace(edit_of(pixels(pair)), tool=tool)) is None


def test_deleting_a_segment_gives_its_pixels_back_to_nobody() -> None:
    gone = SegmentChange(6, Segment(6, 6), Segment(6, 6).with_state("deleted"))
    assert code_of(edit_of(pixels((6, 0)), gone)) is None
    assert code_of(edit_of(pixels((6, 0)), SegmentChange(6, Segment(6, 6), Segment(6, 6, crowd=True)))) == "protected"


def test_the_class_after_the_edit_takes_and_the_class_before_it_owns() -> None:
    new = SegmentChange(NEW, None, Segment(NEW, 3))
    assert code_of(edit_of(pixels((5, NEW)), new)) is None
    assert code_of(edit_of(pixels((NEW, 5)), new)) == "protected"


@given(st.sampled_from([0, CAR, VAN, STONE, 5, 6]), st.sampled_from([0, CAR, VAN, 5, 6]))
def test_the_check_of_pixels_is_the_rule_for_classes(before: int, after: int) -> None:
    if before == after:
        return
    classes = {0: 0, CAR: 3, VAN: 3, STONE: 3, 5: 5, 6: 6}
    allowed = may_take(ONTOLOGY, classes[after], classes[before])
    assert (code_of(edit_of(pixels((before, after)))) is None) == allowed


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ({}, {"colour": "red"}, None),
        ({}, {"colour": "old", "seats": 9}, None),  # retired option, retired question
        ({}, {"colour": "blue"}, "bad_answer"),
        ({}, {"seats": 10}, "bad_answer"),
        ({}, {"wheels": 4}, "unknown_question"),
        ({"colour": "gone", "seats": 40}, {"colour": "gone", "seats": 40}, None),  # kept, whatever it says
        ({"colour": "gone", "seats": 40}, {"colour": "red", "seats": 40}, None),
        ({"colour": "gone", "seats": 40}, {"seats": 40}, None),
        ({"colour": "gone", "seats": 40}, {"colour": "gone", "seats": 41}, "bad_answer"),
    ],
)
def test_answers_that_an_edit_changes_are_checked(
    before: dict[str, object], after: dict[str, object], code: str | None
) -> None:
    assert code_of(answered(before, after)) == code
    assert code_of(replace(answered(before, after), tool="undo")) is None


def test_answers_on_the_image_are_checked_alike() -> None:
    def edit(**answers: object) -> Edit:
        change = ItemChange("image", ImageItem({}), ImageItem(answers))  # type: ignore[arg-type]
        return replace(edit_of(PixelRuns.empty()), items=(change,))

    assert code_of(edit(colour="red")) is None
    assert code_of(edit(colour="blue")) == "bad_answer"
    assert code_of(edit(weather="rain")) == "unknown_question"


def test_a_group_gets_no_pixels_but_a_retired_class_does() -> None:
    assert code_of(edit_of(PixelRuns.empty(), SegmentChange(NEW, None, Segment(NEW, 8)))) == "geometry_not_allowed"
    van = HEAD.segments[VAN]
    to_group = SegmentChange(VAN, van, replace(van, class_number=8))
    assert code_of(edit_of(PixelRuns.empty(), to_group)) == "geometry_not_allowed"
    assert code_of(edit_of(pixels((0, NEW)), SegmentChange(NEW, None, Segment(NEW, 3)))) is None
