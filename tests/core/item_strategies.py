# SPDX-License-Identifier: Apache-2.0
"""Random items and changes of them."""

from __future__ import annotations

from hypothesis import strategies as st

from intarsia.core.edit import Edit, PixelRuns
from intarsia.core.item import (
    EMPTY_IMAGE,
    IMAGE_ID,
    ImageItem,
    Item,
    ItemChange,
    ObjectItem,
    RelationItem,
    with_item_state,
)
from intarsia.core.item_geometry import Box, Geometry, Point, Polygon, Polyline, RotatedBox

from .strategies import EDIT_ID

OBJECT_IDS = tuple(f"obj_01890a5d-ac96-774b-bcce-b3020000000{digit}" for digit in "0123")
RELATION_IDS = tuple(f"rel_01890a5d-ac96-774b-bcce-b3020000000{digit}" for digit in "01")
ITEM_IDS = (*OBJECT_IDS, *RELATION_IDS, IMAGE_ID)

coordinates = st.integers(-(1 << 28), 1 << 28).map(lambda fixed: fixed / 256)
sizes = st.integers(1, 1 << 27).map(lambda fixed: fixed / 256)
points = st.tuples(coordinates, coordinates)
few = st.sampled_from([-1.0, 0.5, 2.0])


def _box(corner: tuple[float, float], size: tuple[float, float]) -> Box:
    x0, y0 = (min(value, 2.0**19) for value in corner)
    return Box((x0, y0, x0 + size[0], y0 + size[1]))


geometries: st.SearchStrategy[Geometry] = st.one_of(
    st.builds(_box, points, st.tuples(sizes, sizes)),
    st.builds(RotatedBox, points, st.tuples(sizes, sizes), st.integers(0, 360 * 256 - 1).map(lambda step: step / 256)),
    st.builds(
        Polygon,
        st.lists(st.lists(points, min_size=3, max_size=6).map(tuple), min_size=1, max_size=3).map(tuple),
    ),
    st.builds(Polyline, st.lists(points, min_size=2, max_size=6).map(tuple)),
    st.builds(Point, points),
)
# Few values, so that two sides often mean the same and often not.
few_geometries: st.SearchStrategy[Geometry] = st.builds(Point, st.tuples(few, few))
answers = st.dictionaries(
    st.sampled_from(["colour", "doors"]), st.sampled_from([True, 1, 2.5, "red", ["a", "b"]]), max_size=2
)
states = st.sampled_from(["live", "live", "deleted"])
ends = st.one_of(st.sampled_from([65_536, 65_537]), st.sampled_from(OBJECT_IDS))


def items(item_id: str, shapes: st.SearchStrategy[Geometry] = few_geometries) -> st.SearchStrategy[Item]:
    if item_id == IMAGE_ID:
        return st.builds(ImageItem, answers)
    if item_id.startswith("rel_"):
        return st.builds(RelationItem, st.just(item_id), st.sampled_from(["rides", "part-of"]), ends, ends, states)
    return st.builds(ObjectItem, st.just(item_id), st.integers(1, 3), shapes, answers, states)


@st.composite
def heads(draw: st.DrawFn) -> dict[str, Item]:
    """Items of a head; an image without answers takes no place."""
    chosen = draw(st.sets(st.sampled_from(ITEM_IDS)))
    found = {item_id: draw(items(item_id)) for item_id in sorted(chosen)}
    return {key: item for key, item in found.items() if item != EMPTY_IMAGE}


@st.composite
def changes_of(draw: st.DrawFn, head: dict[str, Item], *, exact: bool = False) -> tuple[ItemChange, ...]:
    """Changes of items of a head, and new ones; unless `exact`, `before` need not be what the head holds."""
    changes: list[ItemChange] = []
    for item_id in sorted(draw(st.sets(st.sampled_from(ITEM_IDS), max_size=3))):
        held = head.get(item_id, EMPTY_IMAGE if item_id == IMAGE_ID else None)
        before: Item | None = held if exact or held is None or draw(st.booleans()) else draw(items(item_id))
        drawn = draw(items(item_id))
        # Nobody makes an item in order to have it deleted.
        after: Item | None = with_item_state(drawn, "live") if before is None else drawn
        if item_id != IMAGE_ID and before is not None and draw(st.integers(0, 4)) == 0:
            after = None
        if before != after:
            changes.append(ItemChange(item_id, before, after))
    return tuple(changes)


def edit_of_items(changes: tuple[ItemChange, ...]) -> Edit:
    return Edit(EDIT_ID, 1, "main", "box", PixelRuns.empty(), items=changes)
