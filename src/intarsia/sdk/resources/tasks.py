# SPDX-License-Identifier: Apache-2.0
"""Tasks: an image in a project, with its state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from intarsia.sdk.models import Task, TaskSummary
from intarsia.sdk.transport import Transport

_PAGE = 500


@dataclass(frozen=True, slots=True)
class Tasks:
    _transport: Transport

    def list(self, project_id: str, *, state: Literal["open", "submitted"] | None = None) -> Iterator[TaskSummary]:
        path = f"/projects/{project_id}/tasks"
        for item in self._transport.pages(path, "tasks", params={"limit": _PAGE, "state": state}):
            yield TaskSummary.model_validate(item)

    def create(self, project_id: str, asset_ids: Sequence[str]) -> tuple[TaskSummary, ...]:
        body = {"asset_ids": list(asset_ids)}
        answer = self._transport.json("POST", f"/projects/{project_id}/tasks", json=body)
        return tuple(TaskSummary.model_validate(item) for item in answer["tasks"])

    def get(self, task_id: str) -> Task:
        return Task.model_validate(self._transport.json("GET", f"/tasks/{task_id}"))

    def submit(self, task_id: str) -> Task:
        """Raises ConflictError ``open_conflicts`` while a conflict waits for its choice."""
        return Task.model_validate(self._transport.json("POST", f"/tasks/{task_id}/submit"))

    def reopen(self, task_id: str) -> Task:
        return Task.model_validate(self._transport.json("POST", f"/tasks/{task_id}/reopen"))
