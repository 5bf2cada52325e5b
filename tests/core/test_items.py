# SPDX-License-Identifier: Apache-2.0
"""Items in edits: JSON both ways, and the laws of invert, compose, exact application and replay."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intarsia.core.annotation import Annotation, apply_exactly
from intarsia.core.edit import Edit, compose, invert
from intarsia.core.edit_json import edit_from_json, edit_to_json
from intarsia.core.errors import EditError, GeometryError
from intarsia.core.item import IMAGE_ID, ImageItem, Item, ItemChange, ObjectItem, item_of
from intarsia.core.item_geometry import Box, Point, Polyline
from intarsia.core.item_json import item_from_json, item_to_json
from intarsia.core.item_merge import with_field
from intarsia.core.limits import OBJECT_POINTS_MAX
from intarsia.core.merge import replay

from .item_strategies import ITEM_IDS, OBJECT_IDS, changes_of, edit_of_items, geometries, heads, items

SIZE_HW = (4, 4)
OBJECT = OBJECT_IDS[0]


def head_of(held: dict[str, Item]) -> Annotation:
    return Annotation(Annotation.empty(SIZE_HW, ["main"]).layers, {}, held)


@given(st.sampled_from(ITEM_IDS).flatmap(lambda key: items(key, geometries)))
@settings(max_examples=200)
def test_items_come_back_from_json(item: Item) -> None:
    text = json.dumps(item_to_json(item))
    assert item_from_json(json.loads(text), item_id=item.id, where="item") == item
    # Whole numbers have no point, as JavaScript writes them.
    assert ".0," not in text and ".0]" not in text and ".0}" not in text


@given(st.data())
def test_edits_with_items_come_back_from_json(data: st.DataObject) -> None:
    edit = edit_of_items(data.draw(changes_of(data.draw(heads()))))
    body = json.loads(json.dumps(edit_to_json(edit)))
    assert ("items" in body) == bool(edit.items)
    assert edit_from_json(body, size_hw=SIZE_HW) == edit


@given(st.data())
def test_undo_gives_the_items_back(data: st.DataObject) -> None:
    head = data.draw(heads())
    edit = edit_of_items(data.draw(changes_of(head, exact=True)))
    assert invert(invert(edit)) == edit
    after = apply_exactly(head_of(head), edit)
    assert apply_exactly(after, invert(edit)) == head_of(head)


@given(st.data())
def test_compose_does_both(data: st.DataObject) -> None:
    start = head_of(data.draw(heads()))
    edits: list[Edit] = []
    state = start
    for _ in range(3):
        edits.append(edit_of_items(data.draw(changes_of(dict(state.items), exact=True))))
        state = apply_exactly(state, edits[-1])
    first, second, third = edits
    assert apply_exactly(start, compose(compose(first, second), third)) == state
    assert compose(compose(first, second), third) == compose(first, compose(second, third))


@given(st.data())
@settings(max_examples=200)
def test_replay_is_exact_against_the_head_and_idempotent(data: st.DataObject) -> None:
    head = head_of(data.draw(heads()))
    edit = edit_of_items(data.draw(changes_of(dict(head.items))))
    once = replay(head, edit)
    assert apply_exactly(head, once.applied) == once.annotation
    assert apply_exactly(once.annotation, invert(once.applied)) == head
    twice = replay(once.annotation, edit)
    assert twice.annotation == once.annotation
    assert twice.applied.is_empty


@given(st.data())
def test_replay_where_nothing_moved_does_what_was_meant(data: st.DataObject) -> None:
    held = data.draw(heads())
    edit = edit_of_items(data.draw(changes_of(held, exact=True)))
    result = replay(head_of(held), edit)
    assert result.item_conflicts == ()
    for change in edit.items:
        found = item_of(result.annotation.items, change.id)
        assert found is not None
        if change.after is not None:
            assert found == change.after
        else:
            assert not isinstance(found, ImageItem) and found.state == "deleted"


@given(st.data())
@settings(max_examples=200)
def test_replays_without_conflict_commute(data: st.DataObject) -> None:
    held = data.draw(heads())
    one, other = (edit_of_items(data.draw(changes_of(held, exact=True))) for _ in range(2))
    both = [replay(replay(head_of(held), a).annotation, b) for a, b in ((one, other), (other, one))]
    if not any(result.item_conflicts for result in both):
        assert both[0].annotation.items == both[1].annotation.items
    else:
        left, right = ({(entry.item_id, entry.field) for entry in result.item_conflicts} for result in both)
        assert left == right


@given(st.data())
def test_a_conflict_says_what_the_head_holds_and_writing_it_settles_it(data: st.DataObject) -> None:
    held = data.draw(heads())
    edit = edit_of_items(data.draw(changes_of(held)))
    result = replay(head_of(held), edit)
    for conflict in result.item_conflicts:
        mine = item_of(result.annotation.items, conflict.item_id)
        assert mine is not None
        assert with_field(mine, conflict.field, conflict.head) == mine
        assert with_field(mine, conflict.field, conflict.wanted) != mine


def test_an_edit_without_items_is_written_as_before() -> None:
    assert "items" not in edit_to_json(edit_of_items(()))
    assert edit_of_items(()).is_empty
    assert not edit_of_items((ItemChange(OBJECT, None, ObjectItem(OBJECT, 3, Point((0, 0)))),)).is_empty


def test_a_stale_item_is_refused() -> None:
    was, now = (ObjectItem(OBJECT, 3, Box((0, 0, width, 1))) for width in (1, 2))
    with pytest.raises(EditError) as refused:
        apply_exactly(head_of({OBJECT: now}), edit_of_items((ItemChange(OBJECT, was, None),)))
    assert (refused.value.code, refused.value.details["item"]) == ("stale_item", OBJECT)


def read(after: Any, item_id: str = OBJECT) -> None:
    body = {**edit_to_json(edit_of_items(())), "items": [{"id": item_id, "before": None, "after": after}]}
    edit_from_json(body, size_hw=SIZE_HW)


def test_errors_name_the_place() -> None:
    geometry = {"kind": "box", "box_xyxy": [0, 0, 1, "a"]}
    state = {"class": 3, "geometry": geometry, "answers": {}, "state": "live"}
    with pytest.raises(EditError) as refused:
        read(state)
    assert (refused.value.code, refused.value.details["field"]) == (
        "bad_json", "items[0].after.geometry.box_xyxy"
    )  # fmt: skip
    with pytest.raises(GeometryError) as wrong:
        read({**state, "geometry": {"kind": "box", "box_xyxy": [0, 0, 1, 0]}})
    assert (wrong.value.code, wrong.value.details["field"]) == ("bad_geometry", "items[0].after.geometry")


def test_an_object_has_so_many_points_and_no_more() -> None:
    points = tuple((float(x), 0.0) for x in range(OBJECT_POINTS_MAX))
    assert len(Polyline(points).points) == OBJECT_POINTS_MAX
    with pytest.raises(GeometryError) as refused:
        Polyline((*points, (0.0, 1.0)))
    assert refused.value.code == "bad_geometry"


def test_the_image_is_there_from_the_start() -> None:
    answered = edit_of_items((ItemChange(IMAGE_ID, ImageItem(), ImageItem({"weather": "rain"})),))
    after = replay(head_of({}), answered).annotation
    assert after.items == {IMAGE_ID: ImageItem({"weather": "rain"})}
    assert apply_exactly(after, invert(answered)).items == {}
