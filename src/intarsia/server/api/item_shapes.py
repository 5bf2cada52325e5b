# SPDX-License-Identifier: Apache-2.0
"""What goes over the wire of items: objects, relations and answers of the image (contract/items.md)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from intarsia.server.records import ItemRow
from intarsia.server.use_cases.item_rows import state_json

ItemState = Literal["live", "deleted"]


class ObjectOut(BaseModel):
    """`geometry` is one of contract/items.md, by its `kind`."""

    model_config = ConfigDict(title="ObjectItem", validate_by_name=True, serialize_by_alias=True)
    id: str
    class_number: Annotated[int, Field(alias="class")]
    geometry: dict[str, Any]
    answers: dict[str, JsonValue]
    state: ItemState


class RelationOut(BaseModel):
    """An end is `{"segment": id}` or `{"object": id}`."""

    model_config = ConfigDict(title="RelationItem", validate_by_name=True, serialize_by_alias=True)
    id: str
    relation: str
    from_end: Annotated[dict[str, int | str], Field(alias="from")]
    to_end: Annotated[dict[str, int | str], Field(alias="to")]
    state: ItemState


class ImageOut(BaseModel):
    model_config = ConfigDict(title="ImageItem")
    id: Literal["image"]
    answers: dict[str, JsonValue]


ItemOut = ObjectOut | RelationOut | ImageOut


class ItemChangeIn(BaseModel):
    """States of contract/items.md without their id."""

    model_config = ConfigDict(extra="forbid", title="ItemChange")
    id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class ItemComparison(BaseModel):
    id: str
    before: ItemOut | None
    after: ItemOut | None


def item_out(row: ItemRow) -> ItemOut:
    state = state_json(row)
    if row.kind == "object":
        return ObjectOut(id=row.id, class_number=state.pop("class"), **state)
    if row.kind == "relation":
        return RelationOut(id=row.id, from_end=state.pop("from"), to_end=state.pop("to"), **state)
    return ImageOut(id="image", answers=state["answers"])
