# SPDX-License-Identifier: Apache-2.0
"""What the HTTP interface answers, as frozen models. Unknown fields are ignored, so that older clients keep working."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from intarsia.sdk.frozen_model import FrozenModel
from intarsia.sdk.ontology_models import Ontology


class Project(FrozenModel):
    id: str
    name: str
    description: str = ""
    dataset_id: str
    created_at: str
    task_count: int = 0
    submitted_count: int = 0
    cover_asset_id: str | None = None
    next_task_id: str | None = None
    ontology_version: int = 1


class Dataset(FrozenModel):
    id: str
    name: str
    created_at: str | None = None


class Asset(FrozenModel):
    id: str
    dataset_id: str
    name: str
    width: int
    height: int
    media_type: str
    sha256: str
    byte_size: int
    created_at: str
    export_no: int


class TaskSummary(FrozenModel):
    id: str
    asset_id: str
    asset_name: str
    width: int
    height: int
    state: Literal["open", "submitted"]
    position: int
    labelled_fraction: float = 0.0
    object_count: int = 0
    updated_at: str | None = None


class Segment(FrozenModel):
    id: int
    number: int
    class_number: int = Field(alias="class")
    crowd: bool = False
    instances_unknown: bool = False
    answers: dict[str, Any] = Field(default_factory=dict)
    state: Literal["live", "deleted", "merged"] = "live"
    merged_into: int | None = None


class Annotation(FrozenModel):
    id: str
    task_id: str
    revision: int
    updated_at: str | None = None
    segments: tuple[Segment, ...] = ()
    items: tuple[dict[str, Any], ...] = ()
    checksums: dict[str, str] = Field(default_factory=dict)
    open_conflicts: int = 0


class ProjectName(FrozenModel):
    id: str
    name: str


class Task(FrozenModel):
    id: str
    project: ProjectName
    state: Literal["open", "submitted"]
    position: int
    total: int
    previous_task_id: str | None = None
    next_task_id: str | None = None
    asset: Asset
    ontology: Ontology
    annotation: Annotation


class Author(FrozenModel):
    id: str
    name: str


class Revision(FrozenModel):
    number: int
    id: str
    created_at: str
    author: Author
    kind: str
    edit_count: int = 0
    changed_px: int = 0


class EditResult(FrozenModel):
    id: str
    status: Literal["applied", "conflict", "rejected", "duplicate"]
    code: str | None = None
    message: str | None = None
    conflict_pixels: int = 0
    conflict_fields: int = 0


class SaveReply(FrozenModel):
    revision: int
    saved_at: str | None = None
    results: tuple[EditResult, ...] = ()
    numbers: dict[int, int] = Field(default_factory=dict)
    checksums: dict[str, str] = Field(default_factory=dict)
    foreign_edits: bool = False


class JobProblem(FrozenModel):
    where: str = ""
    code: str = ""
    message: str = ""
    severity: Literal["error", "warning"] = "error"


class JobResult(FrozenModel):
    byte_size: int | None = None
    sha256: str | None = None
    images: int | None = None
    name: str | None = None


class Job(FrozenModel):
    id: str
    kind: Literal["import", "export"]
    format: str | None = None
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    done: int = 0
    total: int | None = None
    message: str | None = None
    problems: tuple[JobProblem, ...] = ()
    created_at: str | None = None
    finished_at: str | None = None
    result: JobResult | None = None

    @property
    def ended(self) -> bool:
        return self.state in ("done", "failed", "cancelled")


class FormatDescription(FrozenModel):
    slug: str
    title: str
    description: str = ""
    can_import: bool
    can_export: bool
    losses: tuple[str, ...] = ()
