# SPDX-License-Identifier: Apache-2.0
"""What goes over the wire of annotations: segments, saves, revisions, conflicts."""

from __future__ import annotations

import base64
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, SkipValidation, model_validator

from intarsia.core.limits import EDITS_PER_SAVE_MAX, ID_LEASE_MAX, SEGMENT_ID_MAX
from intarsia.server.api.item_shapes import ItemChangeIn, ItemOut, item_out
from intarsia.server.records import RevisionRow, SegmentRow, UserRow
from intarsia.server.use_cases.list_conflicts import ConflictView
from intarsia.server.use_cases.save_edits import SaveResult
from intarsia.server.use_cases.views import AnnotationView

SegmentState = Literal["live", "deleted", "merged"]


class SegmentOut(BaseModel):
    model_config = ConfigDict(title="Segment", validate_by_name=True, serialize_by_alias=True)
    id: int
    number: int
    class_number: Annotated[int, Field(alias="class")]
    crowd: bool
    instances_unknown: bool
    answers: dict[str, JsonValue]
    state: SegmentState
    merged_into: int | None


class AnnotationDetail(BaseModel):
    id: str
    task_id: str
    revision: int
    updated_at: str
    segments: list[SegmentOut]
    items: list[ItemOut]
    checksums: dict[str, str]
    open_conflicts: int


class SegmentFields(BaseModel):
    """Fields of a segment in an edit (contract/edit.md)."""

    model_config = ConfigDict(extra="forbid")
    class_number: Annotated[int, Field(alias="class")]
    crowd: bool
    instances_unknown: bool
    answers: dict[str, JsonValue]
    state: SegmentState
    merged_into: int | None


class SegmentChangeIn(BaseModel):
    model_config = ConfigDict(extra="forbid", title="SegmentChange")
    id: int
    before: SegmentFields | None
    after: SegmentFields | None


class EditIn(BaseModel):
    """One edit of contract/edit.md. The core checks each by itself, so that a bad one never stops the others."""

    model_config = ConfigDict(extra="forbid", title="Edit")
    v: Literal[1]
    id: str
    seq: int
    layer: str
    tool: str
    assist: str | None
    pixels: str
    segments: list[SegmentChangeIn]
    items: list[ItemChangeIn] = []


class SaveRequest(BaseModel):
    """`known_revision` may say which revision the client holds; it only sharpens `foreign_edits` of the first save."""

    client: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
    edits: Annotated[list[SkipValidation[EditIn]], Field(min_length=1, max_length=EDITS_PER_SAVE_MAX)]
    known_revision: Annotated[int, Field(ge=0, le=2**53)] | None = None


class EditOutcome(BaseModel):
    id: str | None
    status: Literal["applied", "conflict", "rejected", "duplicate"]
    code: str | None
    message: str | None
    conflict_pixels: int
    conflict_fields: int


class SaveReply(BaseModel):
    revision: int
    saved_at: str
    results: list[EditOutcome]
    numbers: dict[str, int]
    checksums: dict[str, str]
    foreign_edits: bool


class LeaseIn(BaseModel):
    count: Annotated[int, Field(ge=1, le=ID_LEASE_MAX)]


class LeaseOut(BaseModel):
    """Half-open range of thing ids."""

    model_config = ConfigDict(title="Lease")
    start: int
    end: int


class AuthorOut(BaseModel):
    model_config = ConfigDict(title="Author")
    id: str
    name: str


class RevisionOut(BaseModel):
    model_config = ConfigDict(title="Revision")
    number: int
    id: str
    created_at: str
    author: AuthorOut
    kind: Literal["save", "restore", "import", "submit"]
    edit_count: int
    changed_px: int


class RevisionPage(BaseModel):
    revisions: list[RevisionOut]
    next_cursor: str | None


class RestoreIn(BaseModel):
    """With `segment_id` only that segment gets back the pixels that it held then; with `item_id` only that item becomes
    as it was then."""

    revision: Annotated[int, Field(ge=0, le=2**53)]
    segment_id: Annotated[int, Field(ge=1, le=SEGMENT_ID_MAX)] | None = None
    item_id: Annotated[str, Field(min_length=1, max_length=64)] | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> RestoreIn:
        if self.segment_id is not None and self.item_id is not None:
            raise ValueError("name a segment or an item, not both")
        return self


class RestoreReply(BaseModel):
    revision: int
    saved_at: str
    checksums: dict[str, str]


class ConflictField(BaseModel):
    """Of a segment or of an item; the other id is null."""

    segment_id: int | None
    item_id: str | None
    field: str
    head: JsonValue
    wanted: JsonValue


class ConflictOut(BaseModel):
    """`pixels` are run bytes of contract/edit.md as base64: before = what the head kept, after = what was wanted.

    `author` wanted; `head_author` made what the head holds (null: not known, or settled). `yours`: the caller's sides.
    """

    model_config = ConfigDict(title="Conflict")
    id: str
    edit_id: str
    layer: str
    pixels: str
    pixel_count: int
    box_xyxy: tuple[int, int, int, int] | None
    created_at: str
    fields: list[ConflictField]
    state: Literal["open", "resolved"]
    author: AuthorOut
    head_author: AuthorOut | None
    yours: list[Literal["head", "wanted"]]


class ConflictList(BaseModel):
    conflicts: list[ConflictOut]


class ResolveIn(BaseModel):
    choice: Literal["head", "wanted"]


def segment_out(row: SegmentRow) -> SegmentOut:
    values: dict[str, Any] = {name: getattr(row, name) for name in SegmentOut.model_fields}
    return SegmentOut(**values)


def annotation_detail(view: AnnotationView) -> AnnotationDetail:
    return AnnotationDetail(
        id=view.annotation.id,
        task_id=view.annotation.task_id,
        revision=view.revision,
        updated_at=view.updated_at,
        segments=[segment_out(view.segments[key]) for key in sorted(view.segments)],
        items=[item_out(row) for row in view.items.values()],
        checksums=dict(view.checksums),
        open_conflicts=view.open_conflicts,
    )


def save_reply(result: SaveResult) -> SaveReply:
    return SaveReply(
        revision=result.revision,
        saved_at=result.saved_at,
        results=[
            EditOutcome(**{name: getattr(item, name) for name in EditOutcome.model_fields}) for item in result.results
        ],
        numbers={str(key): number for key, number in result.numbers.items()},
        checksums=result.checksums,
        foreign_edits=result.foreign_edits,
    )


def revision_out(row: RevisionRow) -> RevisionOut:
    return RevisionOut(
        number=row.number,
        id=row.id,
        created_at=row.created_at,
        author=AuthorOut(id=row.author_id, name=row.author_name),
        kind=row.kind,
        edit_count=row.edit_count,
        changed_px=row.changed_px,
    )


def author_out(row: UserRow) -> AuthorOut:
    return AuthorOut(id=row.id, name=row.name)


def conflict_out(view: ConflictView) -> ConflictOut:
    row = view.conflict
    return ConflictOut(
        id=row.id,
        edit_id=row.edit_id,
        layer=row.layer,
        pixels=base64.b64encode(row.pixels).decode("ascii"),
        pixel_count=row.pixel_count,
        box_xyxy=row.box_xyxy,
        created_at=row.created_at,
        fields=[ConflictField(**{"segment_id": None, "item_id": None, **entry}) for entry in row.fields],
        state=row.state,
        author=author_out(view.author),
        head_author=author_out(view.head_author) if view.head_author else None,
        yours=list(view.yours),
    )
