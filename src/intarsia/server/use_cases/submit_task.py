# SPDX-License-Identifier: Apache-2.0
"""Mark a task as done. Its state then is a revision of its own, which thinning never removes."""

from __future__ import annotations

from intarsia.core.errors import ConflictError
from intarsia.core.permissions import Action, Actor
from intarsia.review.registry import find_rule
from intarsia.review.reviewing import RuleResult, review
from intarsia.server.clock import rfc3339
from intarsia.server.ports import Ports, UnitOfWork
from intarsia.server.records import AnnotationRow, RevisionRow, TaskRow
from intarsia.server.use_cases.get_task import task_view
from intarsia.server.use_cases.loading import load_task
from intarsia.server.use_cases.review_annotation import review_case
from intarsia.server.use_cases.views import TaskView


def submit_task(ports: Ports, actor: Actor, task_id: str) -> TaskView:
    """Submit; a task that is submitted already stays so. Raises ConflictError `open_conflicts` or `findings_block`."""
    while True:
        # Rules may take a second on a large image, in which nobody's saving waits; should the image change
        # meanwhile, they are asked again.
        reviewed = _pass_review(ports, actor, task_id)
        with ports.database.write() as unit:
            task, annotation = _load(unit, actor, task_id)
            if task.state != "submitted":
                if annotation.revision != reviewed:
                    continue
                _refuse_open_conflicts(unit, annotation)
                _submit(ports, unit, actor, task, annotation)
            changed = unit.tasks.get(task_id)
            assert changed is not None
            return task_view(unit, changed)


def _pass_review(ports: Ports, actor: Actor, task_id: str) -> int:
    """The revision in which no rule that may stop a submission finds anything. Raises ConflictError."""
    with ports.database.read() as unit:
        task, annotation = _load(unit, actor, task_id)
        if task.state == "submitted":
            return annotation.revision
        _refuse_open_conflicts(unit, annotation)
        case = review_case(unit, annotation)
    if not any(entry.on and entry.blocks for entry in case.settings.values()):
        return case.revision
    found = [result for result in review(case.subject, case.settings, only_blocking=True) if result.total]
    if found:
        raise ConflictError(
            "findings_block",
            f"{sum(result.total for result in found)} findings stop this image from being submitted: {_named(found)}. "
            "All work is kept. Mend them, then submit again.",
            findings={result.code: result.total for result in found},
        )
    return case.revision


def _named(results: list[RuleResult]) -> str:
    return ", ".join(f"{find_rule(result.code).info.title.lower()} ({result.total})" for result in results)


def _load(unit: UnitOfWork, actor: Actor, task_id: str) -> tuple[TaskRow, AnnotationRow]:
    task = load_task(unit, actor, Action.TASK_SUBMIT, task_id)
    annotation = unit.annotations.get(task.annotation_id)
    assert annotation is not None
    return task, annotation


def _refuse_open_conflicts(unit: UnitOfWork, annotation: AnnotationRow) -> None:
    open_count = unit.conflicts.count_open(annotation.id)
    if open_count:
        raise ConflictError(
            "open_conflicts",
            f"{open_count} conflicts are open. All work is kept. Choose a side for each, then submit.",
            open_conflicts=open_count,
        )


def _submit(ports: Ports, unit: UnitOfWork, actor: Actor, task: TaskRow, annotation: AnnotationRow) -> None:
    now = rfc3339(ports.clock.now_ms())
    number = annotation.revision + 1
    unit.history.add_revision(
        annotation,
        RevisionRow(ports.ids.new("rev"), number, now, actor.user_id, actor.name, "submit", "", 0, 0),
    )
    unit.annotations.set_head(
        annotation.id,
        revision=number,
        next_number=annotation.next_number,
        labelled_px=annotation.labelled_px,
        updated_at=now,
    )
    unit.tasks.set_state(task.id, state="submitted", updated_at=now)
