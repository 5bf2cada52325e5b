# SPDX-License-Identifier: Apache-2.0
"""What the server refuses before replay: each rule of the page, with its code."""

from __future__ import annotations

import pytest

from intarsia.core.annotation import Annotation
from intarsia.core.edit import Edit, PixelRuns, Segment, SegmentChange
from intarsia.core.edit_check import check_edit
from intarsia.core.errors import EditError
from intarsia.core.limits import SEGMENTS_PER_ANNOTATION_MAX
from intarsia.core.ontology import ClassDef, Layer, Ontology

from .strategies import edit_of

ONTOLOGY = Ontology(
    1,
    (Layer("main", "Main"), Layer("parts", "Parts")),
    (
        ClassDef(3, "Car", "thing", "main", "#2C9EF3"),
        ClassDef(5, "Sky", "stuff", "main", "#CF5200"),
        ClassDef(6, "Void", "ignore", "main", "#E1F812"),
        ClassDef(9, "Wheel", "thing", "parts", "#A21E44"),
    ),
)
CAR, WHEEL, NEW = 65_536, 70_000, 80_000
STONE = Segment(65_537, 3, state="merged", merged_into=CAR)
HEAD = Annotation(
    Annotation.empty((4, 6), ["main", "parts"]).layers,
    {segment.id: segment for segment in (Segment(CAR, 3), Segment(5, 5), Segment(WHEEL, 9), STONE)},
)


def check(edit: Edit, head: Annotation = HEAD) -> None:
    check_edit(edit, annotation=head, ontology=ONTOLOGY, leased=lambda segment_id: 80_000 <= segment_id < 80_010)


def pixels(*runs: tuple[int, int]) -> PixelRuns:
    """One pixel a run: (before, after)."""
    return PixelRuns.from_runs([(0, x, 1, before, after) for x, (before, after) in enumerate(runs)])


def create(segment_id: int, class_number: int) -> SegmentChange:
    return SegmentChange(segment_id, None, Segment(segment_id, class_number))


@pytest.mark.parametrize(
    "edit",
    [
        edit_of(PixelRuns.empty()),
        edit_of(pixels((0, CAR), (CAR, 5), (5, 0), (STONE.id, CAR))),
        edit_of(pixels((0, NEW)), create(NEW, 3)),
        edit_of(pixels((0, 6)), create(6, 6)),
        edit_of(pixels((0, WHEEL)), layer="parts"),
        edit_of(PixelRuns.empty(), create(5, 5)),
        edit_of(
            pixels((CAR, NEW)),
            SegmentChange(CAR, Segment(CAR, 3), Segment(CAR, 3).with_state("merged", NEW)),
            create(NEW, 3),
        ),
    ],
)
def test_edits_that_keep_the_rules_are_accepted(edit: Edit) -> None:
    check(edit)


@pytest.mark.parametrize(
    ("code", "edit"),
    [
        ("unknown_layer", edit_of(PixelRuns.empty(), layer="depth")),
        ("unknown_segment", edit_of(pixels((0, NEW)))),
        ("unknown_segment", edit_of(pixels((NEW, 0)))),
        ("unknown_segment", edit_of(pixels((0, 6)))),
        ("unknown_segment", edit_of(PixelRuns.empty(), SegmentChange(NEW, Segment(NEW, 3), Segment(NEW, 3, True)))),
        ("unknown_segment", edit_of(PixelRuns.empty(), SegmentChange(NEW, Segment(NEW, 3), None))),
        (
            "unknown_segment",
            edit_of(
                PixelRuns.empty(), SegmentChange(CAR, Segment(CAR, 3), Segment(CAR, 3).with_state("merged", 90_000))
            ),
        ),
        ("wrong_layer", edit_of(pixels((0, WHEEL)))),
        ("wrong_layer", edit_of(pixels((CAR, 0)), layer="parts")),
        ("wrong_layer", edit_of(PixelRuns.empty(), create(NEW, 9))),
        (
            "wrong_layer",
            edit_of(
                PixelRuns.empty(), SegmentChange(CAR, Segment(CAR, 3), Segment(CAR, 3).with_state("merged", WHEEL))
            ),
        ),
        ("wrong_layer", edit_of(PixelRuns.empty(), SegmentChange(CAR, Segment(CAR, 3), Segment(CAR, 9)))),
        ("stuff_id_mismatch", edit_of(PixelRuns.empty(), create(NEW, 5))),
        ("stuff_id_mismatch", edit_of(PixelRuns.empty(), create(3, 3))),
        ("stuff_id_mismatch", edit_of(PixelRuns.empty(), create(7, 5))),
        ("stuff_id_mismatch", edit_of(PixelRuns.empty(), create(6, 5))),
        ("stuff_id_mismatch", edit_of(PixelRuns.empty(), SegmentChange(5, Segment(5, 5), Segment(5, 6)))),
        ("unknown_class", edit_of(PixelRuns.empty(), create(NEW, 77))),
        ("id_not_leased", edit_of(pixels((0, 80_010)), create(80_010, 3))),
        ("id_not_leased", edit_of(PixelRuns.empty(), create((1 << 32) - 1, 3))),
        ("out_of_image", edit_of(PixelRuns.from_runs([(4, 0, 1, 0, CAR)]))),
        ("out_of_image", edit_of(PixelRuns.from_runs([(0, 5, 2, 0, CAR)]))),
        (
            "alias_cycle",
            edit_of(
                PixelRuns.empty(), SegmentChange(CAR, Segment(CAR, 3), Segment(CAR, 3).with_state("merged", STONE.id))
            ),
        ),
        (
            "alias_cycle",
            edit_of(PixelRuns.empty(), SegmentChange(CAR, Segment(CAR, 3), Segment(CAR, 3).with_state("merged", CAR))),
        ),
    ],
)
def test_each_rule_has_its_code(code: str, edit: Edit) -> None:
    with pytest.raises(EditError) as refused:
        check(edit)
    assert refused.value.code == code


def test_an_image_holds_a_bounded_number_of_segments() -> None:
    many = {key: Segment(key, 3) for key in range(100_000, 100_000 + SEGMENTS_PER_ANNOTATION_MAX)}
    with pytest.raises(EditError) as refused:
        check(edit_of(PixelRuns.empty(), create(NEW, 3)), Annotation(HEAD.layers, many))
    assert refused.value.code == "too_many_segments"
