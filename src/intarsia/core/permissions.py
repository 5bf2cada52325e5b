# SPDX-License-Identifier: Apache-2.0
"""Who may do what: one table of roles and the one function that asks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from intarsia.core.errors import IntarsiaError


class Role(StrEnum):
    """What a member of a workspace is allowed to do. Roles are ordered: each holds all that the one before holds."""

    VIEWER = "viewer"
    LABELER = "labeler"
    REVIEWER = "reviewer"
    LEAD = "lead"
    OWNER = "owner"


class Action(StrEnum):
    """One verb on one kind of resource; every use case names the one that it performs."""

    SESSION_READ = "session.read"
    PROJECT_LIST = "project.list"
    PROJECT_READ = "project.read"
    PROJECT_CREATE = "project.create"
    ONTOLOGY_WRITE = "ontology.write"
    REVIEW_RULES_WRITE = "review-rules.write"
    DATASET_LIST = "dataset.list"
    DATASET_READ = "dataset.read"
    DATASET_CREATE = "dataset.create"
    ASSET_READ = "asset.read"
    ASSET_CREATE = "asset.create"
    TASK_READ = "task.read"
    TASK_CREATE = "task.create"
    TASK_SUBMIT = "task.submit"
    TASK_REOPEN = "task.reopen"
    ANNOTATION_READ = "annotation.read"
    ANNOTATION_EDIT = "annotation.edit"
    ANNOTATION_RESTORE = "annotation.restore"
    CONFLICT_RESOLVE = "conflict.resolve"
    FORMAT_LIST = "format.list"
    EXPORT_START = "export.start"
    IMPORT_START = "import.start"
    JOB_READ = "job.read"
    JOB_CANCEL = "job.cancel"
    EXPORT_DOWNLOAD = "export.download"


_VIEWER = frozenset(
    {
        Action.SESSION_READ,
        Action.PROJECT_LIST,
        Action.PROJECT_READ,
        Action.DATASET_LIST,
        Action.DATASET_READ,
        Action.ASSET_READ,
        Action.TASK_READ,
        Action.ANNOTATION_READ,
        Action.FORMAT_LIST,
        Action.JOB_READ,
    }
)
_LABELER = _VIEWER | {
    Action.ANNOTATION_EDIT,
    Action.ANNOTATION_RESTORE,
    Action.CONFLICT_RESOLVE,
    Action.TASK_SUBMIT,
}
_REVIEWER = _LABELER | {Action.TASK_REOPEN}
_LEAD = _REVIEWER | {
    Action.ONTOLOGY_WRITE,
    Action.REVIEW_RULES_WRITE,
    Action.ASSET_CREATE,
    Action.TASK_CREATE,
    Action.DATASET_CREATE,
    Action.PROJECT_CREATE,
    Action.EXPORT_START,
    Action.IMPORT_START,
    Action.JOB_CANCEL,
    Action.EXPORT_DOWNLOAD,
}

ALLOWED: Mapping[Role, frozenset[Action]] = {
    Role.VIEWER: _VIEWER,
    Role.LABELER: _LABELER,
    Role.REVIEWER: _REVIEWER,
    Role.LEAD: _LEAD,
    Role.OWNER: frozenset(Action),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """The person (or job on behalf of a person) that asks."""

    user_id: str
    name: str
    workspace_id: str
    role: Role


@dataclass(frozen=True, slots=True)
class Resource:
    """What is asked for. `kind` is a word of the glossary, `id` is None for a collection."""

    kind: str
    workspace_id: str
    id: str | None = None


def authorize(actor: Actor, action: Action, resource: Resource) -> None:
    """Return when `actor` may do `action` on `resource`.

    Raises IntarsiaError `not_found` for a resource of another workspace (the same answer as for one that does not
    exist, so that ids leak nothing), or `forbidden` when the role does not hold the action.
    """
    if actor.workspace_id != resource.workspace_id:
        raise not_found(resource.kind)
    if action not in ALLOWED[actor.role]:
        raise IntarsiaError(
            "forbidden",
            f"Your role ({actor.role}) does not include this action. Nothing was changed. Ask an owner to do it.",
            action=str(action),
        )


def not_found(kind: str) -> IntarsiaError:
    """The one answer for what does not exist and for what is not yours to know of."""
    return IntarsiaError("not_found", f"There is no such {kind}. Nothing was changed.", kind=kind)
