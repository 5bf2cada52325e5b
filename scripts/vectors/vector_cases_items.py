# SPDX-License-Identifier: Apache-2.0
"""Golden cases of contract/items.md: reading, invert, compose, exact application and replay of items."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vector_cases_edit import edit_json
from vector_shapes import Case, case

UUIDS = [f"01890a5d-ac96-774b-bcce-b3020000000{digit}" for digit in range(4)]
BOX_ID, LINE_ID, OTHER_ID = (f"obj_{uuid}" for uuid in UUIDS[:3])
LINK_ID = f"rel_{UUIDS[3]}"
CAR = 65_536
State = dict[str, Any]

BOX = {"kind": "box", "box_xyxy": [1, 2.5, 40.25, 30]}
WIDER = {"kind": "box", "box_xyxy": [0, 2.5, 41, 30]}
GEOMETRIES: dict[str, State] = {
    "box": BOX,
    "box_outside": {"kind": "box", "box_xyxy": [-1048576, -3.00390625, 1048576, 0]},
    "rotated_box": {"kind": "rotated_box", "centre": [10.5, -2], "size_wh": [0.00390625, 7], "angle_deg": 359.99609375},
    "polygon": {"kind": "polygon", "rings": [[[0, 0], [9, 0], [9, 9.5]], [[6, 1], [8, 1], [8, 2], [6, 2]]]},
    "polyline": {"kind": "polyline", "points": [[0, 0], [3.5, 4], [3.5, 4]]},
    "point": {"kind": "point", "point": [0.5, 0.5]},
}
BAD_GEOMETRIES: list[tuple[str, str, State]] = [
    ("no_kind", "bad_json", {"box_xyxy": [0, 0, 1, 1]}),
    ("unknown_kind", "bad_json", {"kind": "mask", "box_xyxy": [0, 0, 1, 1]}),
    ("extra_key", "bad_json", {**BOX, "angle_deg": 0}),
    ("three_numbers", "bad_json", {"kind": "box", "box_xyxy": [0, 0, 1]}),
    ("truth", "bad_json", {"kind": "point", "point": [True, 0]}),
    ("flat_points", "bad_json", {"kind": "polyline", "points": [0, 0, 1, 1]}),
    ("turned_over", "bad_geometry", {"kind": "box", "box_xyxy": [1, 0, 1, 1]}),
    ("upside_down", "bad_geometry", {"kind": "box", "box_xyxy": [0, 5, 1, 4]}),
    ("between_steps", "bad_geometry", {"kind": "point", "point": [0.001, 0]}),
    ("far_away", "bad_geometry", {"kind": "point", "point": [1048576.5, 0]}),
    ("huge", "bad_geometry", {"kind": "point", "point": [10**300, 0]}),
    ("flat_box", "bad_geometry", {"kind": "rotated_box", "centre": [0, 0], "size_wh": [0, 1], "angle_deg": 0}),
    ("full_turn", "bad_geometry", {"kind": "rotated_box", "centre": [0, 0], "size_wh": [1, 1], "angle_deg": 360}),
    ("backward", "bad_geometry", {"kind": "rotated_box", "centre": [0, 0], "size_wh": [1, 1], "angle_deg": -1}),
    ("two_corners", "bad_geometry", {"kind": "polygon", "rings": [[[0, 0], [1, 1]]]}),
    ("no_rings", "bad_geometry", {"kind": "polygon", "rings": []}),
    ("one_point", "bad_geometry", {"kind": "polyline", "points": [[0, 0]]}),
]


def thing(geometry: State = BOX, *, number: int = 3, state: str = "live", **answers: Any) -> State:
    return {"class": number, "geometry": geometry, "answers": answers, "state": state}


def link(relation: str = "rides", *, to: State | None = None, state: str = "live") -> State:
    return {"relation": relation, "from": {"segment": CAR}, "to": to or {"object": BOX_ID}, "state": state}


def image(**answers: Any) -> State:
    return {"answers": answers}


def change(item_id: str, before: State | None, after: State | None) -> State:
    return {"id": item_id, "before": before, "after": after}


def edit(*changes: State) -> State:
    return edit_json([], items=list(changes))


def read_cases() -> Iterator[Case]:
    given = {"do": "read_edit", "size_hw": [4, 4]}
    for name, geometry in GEOMETRIES.items():
        yield case(f"read_{name}", "comes back", **given, edit=edit(change(BOX_ID, None, thing(geometry))))
    everything = edit(
        change("image", image(), image(weather="sunny", lanes=2.5)),
        change(BOX_ID, None, thing(occluded=True)),
        change(LINK_ID, link(), link(state="deleted")),
    )
    yield case("read_all", "object, relation and image in order of id", **given, edit=everything)
    yield case("read_none", "an empty list is not written", **given, edit=edit())
    pixels = edit_json([(0, 0, 2, 0, CAR)], items=[change(BOX_ID, thing(), None)])
    yield case("read_pixels", "pixels and items together", **given, edit=pixels)
    for name, code, geometry in BAD_GEOMETRIES:
        yield case(f"read_{name}", code, **given, edit=edit(change(BOX_ID, None, thing(geometry))))
    nothing = {key: value for key, value in thing().items() if key != "state"}
    refused = {
        "no_list": {**edit(), "items": {}},
        "same": edit(change(BOX_ID, thing(), thing())),
        "same_number": edit(change(BOX_ID, thing(), thing({"kind": "box", "box_xyxy": [1.0, 2.5, 40.25, 30]}))),
        "both_null": edit(change(BOX_ID, None, None)),
        "order": edit(change(LINE_ID, None, thing()), change(BOX_ID, None, thing())),
        "twice": edit(change(BOX_ID, None, thing()), change(BOX_ID, thing(), None)),
        "id": edit(change("obj_7", None, thing())),
        "id_upper": edit(change(BOX_ID.upper(), None, thing())),
        "prefix": edit(change(f"seg_{UUIDS[0]}", None, thing())),
        "state_of_other": edit(change(LINK_ID, None, thing())),
        "missing_state": edit(change(BOX_ID, None, nothing)),
        "merged": edit(change(BOX_ID, None, thing(state="merged"))),
        "null_answer": edit(change(BOX_ID, None, thing(occluded=None))),
        "null_image": edit(change("image", None, image(weather="sunny"))),
        "image_state": edit(change("image", image(), {**image(weather="sunny"), "state": "live"})),
        "end": edit(change(LINK_ID, None, link(to={"object": BOX_ID, "segment": 7}))),
        "end_object": edit(change(LINK_ID, None, link(to={"object": LINK_ID}))),
        "end_zero": edit(change(LINK_ID, None, link(to={"segment": 0}))),
        "relation_name": edit(change(LINK_ID, None, link("Rides on"))),
    }
    for name, body in refused.items():
        yield case(f"refuse_{name}", "bad_json", **given, edit=body)


def algebra_cases() -> Iterator[Case]:
    size = {"size_hw": [4, 4]}
    made, moved = change(BOX_ID, None, thing()), change(BOX_ID, thing(), thing(WIDER))
    answered = change("image", image(), image(weather="sunny"))
    yield case("invert", "before and after change places", do="invert", **size, edit=edit(answered, made))
    compose = {"do": "compose", **size}
    yield case("compose", "one item, one change", **compose, first=edit(made), second=edit(moved))
    yield case("compose_beside", "by id", **compose, first=edit(moved), second=edit(answered))
    back = change(BOX_ID, thing(WIDER), thing())
    yield case("compose_nothing", "back to the start", **compose, first=edit(moved), second=edit(back))
    yield case("compose_gap", "not_composable", **compose, first=edit(moved), second=edit(moved))
    head = {BOX_ID: thing()}
    for name, items, body in [
        ("exact", head, edit(moved)),
        ("exact_new", {}, edit(answered, made)),
        ("exact_undone", head, edit(change(BOX_ID, thing(), None))),
        ("exact_unanswered", {"image": image(weather="sunny")}, edit(change("image", image(weather="sunny"), image()))),
        ("stale", {BOX_ID: thing(WIDER)}, edit(moved)),
        ("stale_absent", {}, edit(moved)),
        ("stale_present", head, edit(made)),
    ]:
        why = "stale_item" if name.startswith("stale") else "as told"
        yield case(name, why, do="apply_exactly", **size, items=items, edit=body)


def replay_cases() -> Iterator[Case]:
    given = {"do": "replay", "size_hw": [4, 4]}
    gone = thing(state="deleted")
    both = thing(WIDER, number=4, occluded=True)
    wanted: list[tuple[str, str, dict[str, State], State]] = [
        ("make", "absent: created", {}, change(BOX_ID, None, thing())),
        ("make_twice", "present and equal: nothing", {BOX_ID: thing()}, change(BOX_ID, None, thing())),
        ("make_other", "fields that differ conflict", {BOX_ID: both}, change(BOX_ID, None, thing())),
        ("unmake", "a creation taken back leaves a stone", {BOX_ID: thing()}, change(BOX_ID, thing(), None)),
        ("unmake_moved", "as it is now", {BOX_ID: thing(WIDER)}, change(BOX_ID, thing(), None)),
        ("unmake_twice", "nothing", {BOX_ID: gone}, change(BOX_ID, thing(), None)),
        ("remake", "a creation done again finds its stone", {BOX_ID: gone}, change(BOX_ID, None, thing())),
        ("remake_moved", "its other fields conflict", {BOX_ID: {**both, "state": "deleted"}},
         change(BOX_ID, None, thing())),
        ("unknown_item", "unknown_item", {}, change(BOX_ID, thing(), thing(WIDER))),
        ("unknown_unmake", "unknown_item", {}, change(BOX_ID, thing(), None)),
        ("write", "the head holds before", {BOX_ID: thing()}, change(BOX_ID, thing(), both)),
        ("done", "the head holds after", {BOX_ID: both}, change(BOX_ID, thing(), both)),
        ("beside", "other fields of the head stay", {BOX_ID: thing(WIDER)},
         change(BOX_ID, thing(), thing(number=4, occluded=True))),
        ("conflict", "every field that both changed", {BOX_ID: both},
         change(BOX_ID, thing(), thing({"kind": "point", "point": [1, 1]}, number=5, state="deleted", occluded=False))),
        ("number", "1 is not true", {BOX_ID: thing(count=1)}, change(BOX_ID, thing(count=2), thing(count=True))),
        ("delete_moved", "deleted where others moved it", {BOX_ID: thing(WIDER)}, change(BOX_ID, thing(), gone)),
        ("link", "a relation is made", {}, change(LINK_ID, None, link())),
        ("link_conflict", "relation, end and state", {LINK_ID: link("drives", to={"segment": 9})},
         change(LINK_ID, link(), link("pulls", to={"object": OTHER_ID}, state="deleted"))),
        ("image", "exists from the start", {}, change("image", image(), image(weather="sunny"))),
        ("image_conflict", "answer by answer", {"image": image(weather="rain", lanes=2)},
         change("image", image(), image(weather="sunny", night=True))),
        ("image_cleared", "without answers it takes no place", {"image": image(weather="sunny")},
         change("image", image(weather="sunny"), image())),
    ]  # fmt: skip
    for name, why, items, body in wanted:
        yield case(f"replay_{name}", why, **given, items=items, edit=edit(body))
    several = edit(
        change("image", image(), image(weather="sunny")),
        change(BOX_ID, thing(), both),
        change(LINE_ID, None, thing(GEOMETRIES["polyline"])),
    )
    kept = {"image": image(weather="fog"), BOX_ID: thing(), OTHER_ID: thing()}
    yield case("replay_several", "each for itself, by id", **given, items=kept, edit=several)


def cases() -> Iterator[Case]:
    yield from read_cases()
    yield from algebra_cases()
    yield from replay_cases()
