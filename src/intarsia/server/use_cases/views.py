# SPDX-License-Identifier: Apache-2.0
"""What several use cases answer with: rows joined with what belongs to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from intarsia.core.ontology import Ontology
from intarsia.server.ports import UnitOfWork
from intarsia.server.records import AnnotationRow, AssetRow, ItemRow, ProjectCounts, ProjectRow, SegmentRow, TaskRow


@dataclass(frozen=True, slots=True)
class ProjectView:
    project: ProjectRow
    counts: ProjectCounts


@dataclass(frozen=True, slots=True)
class AnnotationView:
    """An annotation at its head, or as of a revision: `revision`, `segments`, `items` and `checksums` are of it."""

    annotation: AnnotationRow
    revision: int
    updated_at: str
    segments: Mapping[int, SegmentRow]
    items: Mapping[str, ItemRow]
    checksums: Mapping[str, str]
    open_conflicts: int


@dataclass(frozen=True, slots=True)
class TaskView:
    task: TaskRow
    project: ProjectRow
    total: int
    previous_task_id: str | None
    next_task_id: str | None
    asset: AssetRow
    ontology: Ontology
    ontology_version: int
    annotation: AnnotationView


def project_view(unit: UnitOfWork, project: ProjectRow) -> ProjectView:
    return ProjectView(project, unit.projects.counts(project.id))
