# SPDX-License-Identifier: Apache-2.0
"""Golden cases of contract/edit.md: replay against a moved head, aliases, and the server's rejections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vector_cases_edit import edit_json
from vector_shapes import Case, case, segments_to_json

from intarsia.core.ontology import ClassDef, Layer, Ontology
from intarsia.core.ontology_json import ontology_to_json
from intarsia.core.segment import Segment, SegmentChange

CAR, BUS, SKY, WHEEL, NEW = 65_536, 65_537, 5, 70_000, 80_000
Runs = list[tuple[int, int, int, int, int]]


def merged(segment_id: int, into: int, class_number: int = 3) -> Segment:
    return Segment(segment_id, class_number, state="merged", merged_into=into)


def head(ids: list[int], *segments: Segment) -> dict[str, Any]:
    """A head of one row; equal neighbours become one run."""
    runs: list[list[int]] = []
    for held in ids:
        if runs and runs[-1][0] == held:
            runs[-1][1] += 1
        else:
            runs.append([held, 1])
    return {
        "do": "replay",
        "size_hw": [1, len(ids)],
        "layers": {"main": runs},
        "segments": segments_to_json(list(segments)),
    }


def pixel_cases() -> Iterator[Case]:
    car, bus = Segment(CAR, 3), Segment(BUS, 3)
    paint = edit_json([(0, 0, 4, 0, CAR)])
    yield case("replay_clean", "the head holds every before", **head([0] * 4, car), edit=paint)
    yield case("replay_done", "the head holds every after", **head([CAR] * 4, car), edit=paint)
    yield case("replay_conflict", "other pixels are kept and recorded", **head([0, SKY, SKY, CAR], car), edit=paint)
    mixed = edit_json([(0, 0, 2, 0, CAR), (0, 2, 2, BUS, CAR), (0, 5, 1, SKY, 0)])
    yield case("replay_mixed", "some of each", **head([0, BUS, BUS, 0, 0, SKY], car, bus), edit=mixed)
    yield case("replay_nothing", "an empty edit", **head([0, SKY]), edit=edit_json([]))
    yield case("replay_unknown_layer", "unknown_layer", **head([0]), edit=edit_json([], layer="parts"))
    two = {**head([0, 0], car), "layers": {"main": [[0, 2]], "parts": [[9, 2]]}}
    yield case("replay_one_layer", "the other layer stays", **two, edit=edit_json([(0, 0, 2, 9, 0)], layer="parts"))


def alias_cases() -> Iterator[Case]:
    bus, sky = Segment(BUS, 3), Segment(SKY, SKY)
    chain = (merged(CAR, WHEEL), merged(WHEEL, BUS), bus)
    paint = edit_json([(0, 0, 2, 0, CAR), (0, 2, 1, WHEEL, SKY), (0, 3, 1, CAR, BUS)])
    yield case("alias_chain", "before and after follow merges", **head([0, SKY, BUS, 0], *chain, sky), edit=paint)
    joined = edit_json([(0, 0, 1, CAR, 0), (0, 1, 1, BUS, 0)])
    yield case(
        "alias_joins_runs", "runs that become alike are one", **head([BUS, BUS], merged(CAR, BUS), bus), edit=joined
    )
    ring = (merged(CAR, BUS), merged(BUS, CAR))
    yield case("alias_cycle", "alias_cycle", **head([0], *ring), edit=edit_json([(0, 0, 1, 0, CAR)]))
    yield case(
        "alias_cycle_unused", "a cycle that no pixel names", **head([0], *ring), edit=edit_json([(0, 0, 1, 0, SKY)])
    )
    car = Segment(CAR, 3)
    undo = edit_json([(0, 0, 2, BUS, CAR)], SegmentChange(CAR, merged(CAR, BUS), car))
    yield case(
        "undo_merge", "taking a merge back gives the pixels back", **head([BUS] * 3, merged(CAR, BUS), bus), edit=undo
    )
    yield case("undo_merge_twice", "the second time nothing happens", **head([CAR, CAR, BUS], car, bus), edit=undo)
    replaced = head([BUS, SKY], merged(CAR, SKY), bus, sky)
    yield case("undo_merge_replaced", "another merge came first: its alias counts", **replaced, edit=undo)
    redo = edit_json([(0, 0, 2, CAR, BUS)], SegmentChange(CAR, car, merged(CAR, BUS)))
    yield case("merge", "pixels and state together", **head([CAR, CAR, BUS], car, bus), edit=redo)
    yield case("merge_twice", "the second time nothing happens", **head([BUS] * 3, merged(CAR, BUS), bus), edit=redo)
    segments = segments_to_json([*chain, *(merged(key, 10 - key) for key in (1, 9))])
    for segment in (0, CAR, WHEEL, BUS, 77, 1):
        why = "alias_cycle" if segment == 1 else "follows merges to their end"
        yield case(f"resolve_{segment}", why, do="resolve_alias", segments=segments, segment=segment)


def remains_cases() -> Iterator[Case]:
    """Pixels that another author gave to a segment while this edit merged or deleted it."""
    car, bus, sky = Segment(CAR, 3), Segment(BUS, 3), Segment(SKY, SKY)
    stone = Segment(CAR, 3, state="deleted")
    merge = edit_json([(0, 0, 2, CAR, BUS)], SegmentChange(CAR, car, merged(CAR, BUS)))
    late = head([CAR, CAR, 0, CAR, BUS, CAR], car, bus)
    yield case("merge_remains", "pixels that the merge did not name go along", **late, edit=merge)
    none = head([SKY, SKY, CAR], car, bus, sky)
    yield case("merge_remains_conflict", "also where what it named is in conflict", **none, edit=merge)
    onward = head([CAR, CAR, 0, CAR], car, merged(BUS, WHEEL), Segment(WHEEL, 3))
    yield case("merge_remains_chain", "they go to where the target was merged into", **onward, edit=merge)
    gone = head([BUS, BUS, 0, CAR], car, Segment(BUS, 3, state="deleted"))
    yield case("merge_remains_revive", "a deleted target that gets them lives again", **gone, edit=merge)
    gives = edit_json([(0, 0, 1, SKY, CAR), (0, 1, 1, CAR, BUS)], SegmentChange(CAR, car, merged(CAR, BUS)))
    given = head([SKY, CAR, CAR], car, bus, sky)
    yield case("merge_remains_own", "so do those that the edit itself gives it", **given, edit=gives)
    redo = head([BUS, BUS, CAR], merged(CAR, BUS), bus)
    yield case("merge_remains_known", "a merge that was made already moves nothing", **redo, edit=merge)
    delete = edit_json([(0, 0, 2, CAR, 0)], SegmentChange(CAR, car, stone))
    kept = head([CAR, CAR, 0, CAR], car)
    yield case("delete_remains", "a segment that still owns a pixel stays live", **kept, edit=delete)
    renamed = SegmentChange(CAR, car, Segment(CAR, 4, state="deleted"))
    yield case("delete_remains_fields", "the rest of the change counts", **kept, edit=edit_json([], renamed))
    undo = edit_json([(0, 0, 2, CAR, 0)], SegmentChange(CAR, car, None))
    yield case("undo_create_remains", "so does one whose creation is taken back", **kept, edit=undo)
    both = edit_json([], SegmentChange(CAR, car, merged(CAR, BUS)), SegmentChange(BUS, bus, bus.with_state("deleted")))
    yield case("merge_into_deleted_remains", "the target gets them, so it stays live", **late, edit=both)


def segment_cases() -> Iterator[Case]:
    car, stone = Segment(CAR, 3), Segment(CAR, 3, state="deleted")
    made = SegmentChange(CAR, None, car)
    create = edit_json([(0, 0, 2, 0, CAR)], made)
    yield case("create", "a new segment", **head([0, 0]), edit=create)
    yield case("create_again", "present and equal: nothing", **head([CAR, CAR], car), edit=create)
    other = Segment(CAR, 4, answers={"q": 1})
    yield case("create_differs", "every field that differs conflicts", **head([0, 0], other), edit=create)
    undo = edit_json([(0, 0, 2, CAR, 0)], SegmentChange(CAR, car, None))
    yield case("undo_create", "the segment becomes a stone", **head([CAR, CAR], car), edit=undo)
    yield case("undo_create_twice", "nothing more happens", **head([0, 0], stone), edit=undo)
    yield case("redo_create", "its pixels revive it first", **head([0, 0], stone), edit=create)
    yield case("undo_create_unknown", "unknown_segment", **head([0, 0]), edit=undo)
    paint = edit_json([(0, 0, 1, 0, CAR)])
    yield case("revive", "a written pixel revives a deleted segment", **head([0, 0], stone), edit=paint)
    yield case("not_revived", "a conflict pixel does not", **head([SKY, 0], stone), edit=paint)
    yield case("not_revived_held", "a pixel held already does not", **head([CAR, 0], stone), edit=paint)
    delete = edit_json([(0, 0, 2, CAR, 0)], SegmentChange(CAR, car, stone))
    yield case("delete", "pixels and state together", **head([CAR, CAR], car), edit=delete)
    keeps = edit_json([(0, 0, 1, 0, CAR)], SegmentChange(CAR, car, stone))
    yield case("delete_with_pixels", "a segment that is given a pixel stays live", **head([0], car), edit=keeps)


def field_cases() -> Iterator[Case]:
    was = Segment(CAR, 3, answers={"colour": "red", "doors": 4, "b": 1})
    now = Segment(CAR, 4, crowd=True, answers={"colour": "blue", "seats": 2, "b": 1})
    change = edit_json([], SegmentChange(CAR, was, now))
    yield case("fields_clean", "each field that differs is written", **head([0], was), edit=change)
    yield case("fields_done", "each field holds its after", **head([0], now), edit=change)
    moved = Segment(CAR, 3, instances_unknown=True, answers={"colour": "green", "doors": 4})
    yield case("fields_one_conflict", "the others are written", **head([0], moved), edit=change)
    all_moved = Segment(CAR, 5, crowd=False, answers={"colour": True, "doors": 5, "seats": 3}, state="deleted")
    yield case("fields_many_conflicts", "class first, answers by question", **head([0], all_moved), edit=change)
    gone = edit_json([], SegmentChange(CAR, was, was.with_state("deleted")))
    yield case("state_conflict", "state and merged_into are one field", **head([0], merged(CAR, BUS)), edit=gone)
    true = edit_json([], SegmentChange(CAR, Segment(CAR, 3, answers={"q": 1}), Segment(CAR, 3, answers={"q": 0})))
    yield case("true_is_not_1", "JSON equality", **head([0], Segment(CAR, 3, answers={"q": True})), edit=true)
    text = edit_json([], SegmentChange(CAR, Segment(CAR, 3), Segment(CAR, 3, answers={"ｚ": 1, "𝒂": 2, "z": 3})))
    held = Segment(CAR, 3, answers={"ｚ": 9, "𝒂": 9, "z": 9})
    yield case("question_order", "questions are sorted by code point", **head([0], held), edit=text)
    yield case("fields_unknown", "unknown_segment", **head([0]), edit=change)


ONTOLOGY = ontology_to_json(
    Ontology(
        1,
        (Layer("main", "Main"), Layer("parts", "Parts")),
        (
            ClassDef(3, "Car", "thing", "main", "#2C9EF3"),
            ClassDef(SKY, "Sky", "stuff", "main", "#CF5200"),
            ClassDef(6, "Void", "ignore", "main", "#E1F812"),
            ClassDef(9, "Wheel", "thing", "parts", "#A21E44"),
        ),
    )
)


def check_cases() -> Iterator[Case]:
    car, sky, wheel = Segment(CAR, 3), Segment(SKY, SKY), Segment(WHEEL, 9)
    given = {
        **head([0, 0, 0], car, sky, wheel, merged(BUS, CAR)),
        "layers": {"main": [[0, 3]], "parts": [[0, 3]]},
        "do": "check_edit",
        "ontology": ONTOLOGY,
        "leased": [NEW],
    }

    def create(key: int, number: int) -> SegmentChange:
        return SegmentChange(key, None, Segment(key, number))

    cycle = SegmentChange(CAR, car, car.with_state("merged", BUS))
    wanted: list[tuple[str, dict[str, Any]]] = [
        ("accepted", edit_json([(0, 0, 1, 0, NEW)], create(NEW, 3))),
        ("accepted_stuff", edit_json([(0, 0, 1, 0, 6)], create(6, 6))),
        ("unknown_layer", edit_json([], layer="depth")),
        ("unknown_segment", edit_json([(0, 0, 1, 0, NEW)])),
        ("unknown_segment_change", edit_json([], SegmentChange(NEW, Segment(NEW, 3), Segment(NEW, 3, True)))),
        ("wrong_layer", edit_json([(0, 0, 1, 0, WHEEL)])),
        ("stuff_id_mismatch", edit_json([], create(3, 3))),
        ("stuff_id_mismatch_thing", edit_json([], create(NEW, SKY))),
        ("unknown_class", edit_json([], create(NEW, 77))),
        ("id_not_leased", edit_json([], create(NEW + 1, 3))),
        ("alias_cycle", edit_json([], cycle)),
    ]
    for name, edit in wanted:
        yield case(f"check_{name}", name, **given, edit=edit)


def cases() -> Iterator[Case]:
    yield from pixel_cases()
    yield from alias_cases()
    yield from remains_cases()
    yield from segment_cases()
    yield from field_cases()
    yield from check_cases()
