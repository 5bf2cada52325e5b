# SPDX-License-Identifier: Apache-2.0
"""Rows as the use cases see them: frozen, without SQL. Times are RFC 3339 strings in UTC with milliseconds and Z."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

JobState = Literal["queued", "running", "done", "failed", "cancelled"]
JobKind = Literal["import", "export"]
ItemKind = Literal["object", "relation", "image"]
RevisionKind = Literal["save", "restore", "import", "submit"]
TaskState = Literal["open", "submitted"]


WHOLE_REVISION = "import"


@dataclass(frozen=True, slots=True)
class UserRow:
    id: str
    workspace_id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class DatasetRow:
    id: str
    workspace_id: str
    name: str
    created_at: str


@dataclass(frozen=True, slots=True)
class AssetRow:
    """One image. `width` and `height` are of the upright image; `display_key` is None when the original is shown."""

    id: str
    workspace_id: str
    dataset_id: str
    name: str
    width: int
    height: int
    media_type: str
    sha256: str
    byte_size: int
    original_key: str
    display_key: str | None
    display_media_type: str
    thumbnail_key: str
    export_no: int
    created_at: str


@dataclass(frozen=True, slots=True)
class ProjectRow:
    id: str
    workspace_id: str
    name: str
    description: str
    dataset_id: str
    ontology_version: int
    created_at: str
    # Settings of review rules by code; None: all as they are by default.
    review_rules: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class OntologyVersionRow:
    version: int
    author_id: str
    author_name: str
    created_at: str


@dataclass(frozen=True, slots=True)
class UsageCount:
    """How many entries of a kind there are, in how many images."""

    entries: int
    images: int


@dataclass(frozen=True, slots=True)
class ProjectCounts:
    task_count: int
    submitted_count: int
    cover_asset_id: str | None
    next_task_id: str | None


@dataclass(frozen=True, slots=True)
class TaskRow:
    id: str
    workspace_id: str
    project_id: str
    asset_id: str
    annotation_id: str
    position: int
    state: TaskState
    updated_at: str


@dataclass(frozen=True, slots=True)
class TaskListRow:
    """A task with what a list shows of its asset and its coverage. `labelled_px` adds up all layers; `object_count` is
    of live objects."""

    task: TaskRow
    asset_name: str
    width: int
    height: int
    export_no: int
    labelled_px: int
    revision: int
    object_count: int


@dataclass(frozen=True, slots=True)
class AnnotationRow:
    """The head of one annotation. `revision` is 0 before the first save; the two counters never go back."""

    id: str
    workspace_id: str
    task_id: str
    project_id: str
    height: int
    width: int
    revision: int
    next_thing_id: int
    next_number: int
    labelled_px: int
    updated_at: str

    @property
    def size_hw(self) -> tuple[int, int]:
        return (self.height, self.width)


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A segment at the head, or as of a revision. `state` is live, deleted or merged."""

    id: int
    number: int
    class_number: int
    crowd: bool
    instances_unknown: bool
    answers: Mapping[str, Any]
    state: str
    merged_into: int | None


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item at the head, or as of a revision. `state` is live or deleted; `body` the rest of its state as JSON."""

    id: str
    kind: ItemKind
    state: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TileRow:
    """One stored tile. `name` is the SHA-256 of the uncompressed payload."""

    layer: str
    index: int
    name: bytes
    labelled_px: int


@dataclass(frozen=True, slots=True)
class TileChange:
    """What a revision did to one tile; `name` None means that it became unlabelled."""

    layer: str
    index: int
    name: bytes | None
    labelled_px: int


@dataclass(frozen=True, slots=True)
class RevisionRow:
    id: str
    number: int
    created_at: str
    author_id: str
    author_name: str
    kind: RevisionKind
    client: str
    edit_count: int
    changed_px: int


@dataclass(frozen=True, slots=True)
class EditKeyRow:
    """The idempotency key of an acknowledged edit with what was answered."""

    edit_id: str
    body_hash: bytes
    status: str
    conflict_pixels: int
    conflict_fields: int


@dataclass(frozen=True, slots=True)
class EditRow:
    """An edit as it was applied: `pixels` are the run bytes that changed the head, `segments` and `items` changes.

    When the tool is WHOLE_REVISION all three are empty: all that its revision holds in this layer is the change, made
    to an annotation without content.
    """

    edit_id: str
    ordinal: int
    revision: int
    author_id: str
    client: str
    seq: int
    layer: str
    tool: str
    assist: str | None
    pixels: bytes
    segments: list[dict[str, Any]]
    items: list[dict[str, Any]]
    changed_px: int
    created_at: str


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """What an edit wanted and did not get. `pixels` are run bytes with before = head id, after = wanted id."""

    id: str
    annotation_id: str
    edit_id: str
    author_id: str
    layer: str
    pixels: bytes
    pixel_count: int
    box_xyxy: tuple[int, int, int, int] | None
    fields: list[dict[str, Any]]
    state: Literal["open", "resolved"]
    created_at: str


@dataclass(frozen=True, slots=True)
class JobRow:
    id: str
    workspace_id: str
    project_id: str
    author_id: str
    kind: JobKind
    format: str
    state: JobState
    done: int
    total: int
    message: str
    problems: list[dict[str, Any]]
    params: Mapping[str, Any]
    result: Mapping[str, Any] | None
    cancel_requested: bool
    created_at: str
    finished_at: str | None
