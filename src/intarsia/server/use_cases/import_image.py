# SPDX-License-Identifier: Apache-2.0
"""Bring one image that was read from an archive into a project: asset, task and labels in one transaction."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from intarsia.core.errors import IntarsiaError
from intarsia.core.ontology import Ontology
from intarsia.core.permissions import Actor
from intarsia.formats.base import LabelledImage, ProblemLog
from intarsia.server.ports import Ports, UnitOfWork
from intarsia.server.reading import ReadImage, ReadPhoto
from intarsia.server.records import JobRow, ProjectRow, TaskRow
from intarsia.server.use_cases.add_asset import name_image, store_image, take_back
from intarsia.server.use_cases.create_tasks import add_task
from intarsia.server.use_cases.import_labels import write_labels
from intarsia.server.use_cases.submit_task import submit_task


@dataclass(frozen=True, slots=True)
class ImportTarget:
    """Where images go, and where is told what was wrong with them."""

    ports: Ports
    actor: Actor
    job: JobRow
    project: ProjectRow
    ontology: Ontology
    problems: ProblemLog


def import_image(target: ImportTarget, record: ReadImage) -> bool:
    """Whether it came in. What is wrong with it becomes a problem, and the others come in all the same."""
    for problem in record.problems:
        target.problems.add(problem.where, problem.code, problem.message, severity=problem.severity)
    target.problems.total += record.problem_count - len(record.problems)
    image = record.image
    if image is None:
        return False
    try:
        with _stored(target, image.name, record.photo), target.ports.database.write() as unit:
            task = _task_of(target, unit, image, record.photo)
            if task is None:
                return False
            outcome = _labelled(target, unit, task, image) if image.layers or image.items else "none"
        if outcome == "written" and image.task_state == "submitted":
            return _submitted(target, task, image)
        return outcome != "refused"
    finally:
        if record.photo is not None:
            record.photo.path.unlink(missing_ok=True)


def _labelled(
    target: ImportTarget, unit: UnitOfWork, task: TaskRow, image: LabelledImage
) -> Literal["written", "kept", "refused"]:
    """When the labels are refused the image stays, to be labelled."""
    try:
        written = write_labels(
            target.ports, unit, target.actor, target.job, target.problems, task, target.ontology, image
        )
    except IntarsiaError as error:
        target.problems.add(image.name, error.code, error.message)
        return "refused"
    return "written" if written else "kept"


def _submitted(target: ImportTarget, task: TaskRow, image: LabelledImage) -> bool:
    """Whether the state of the source could be kept, too."""
    try:
        submit_task(target.ports, target.actor, task.id)
    except IntarsiaError as error:
        target.problems.add(image.name, error.code, error.message)
        return False
    return True


@contextmanager
def _stored(target: ImportTarget, name: str, photo: ReadPhoto | None) -> Iterator[None]:
    """The photograph's bytes are durable before the transaction, and taken back should it fail."""
    if photo is None:
        yield
        return
    ports, actor = target.ports, target.actor
    with ports.database.read() as unit:
        known = unit.datasets.find_asset(target.project.dataset_id, sha256=photo.sha256, name=name) is not None
    if known:
        yield
        return
    stored = store_image(ports, actor, photo.path, photo.sha256, photo.prepared)
    try:
        yield
    except BaseException:
        take_back(ports, actor, photo.sha256, stored)
        raise


def _task_of(target: ImportTarget, unit: UnitOfWork, image: LabelledImage, photo: ReadPhoto | None) -> TaskRow | None:
    """The task of the image's photograph, or of the asset of that name when the source has no photograph."""
    if photo is None:
        return _known_task(target, unit, image)
    ports, actor, project = target.ports, target.actor, target.project
    asset = unit.datasets.find_asset(project.dataset_id, sha256=photo.sha256, name=image.name)
    if asset is None:
        asset = name_image(ports, unit, actor, project.dataset_id, photo.path, image.name, photo.sha256, photo.prepared)
    return add_task(ports, unit, actor, project.id, asset)


def _known_task(target: ImportTarget, unit: UnitOfWork, image: LabelledImage) -> TaskRow | None:
    dataset_id = target.project.dataset_id
    assets = unit.datasets.find_by_name(dataset_id, image.name)
    if not assets:
        # a mask is often called like its photograph but for the extension
        assets = unit.datasets.find_by_stem(dataset_id, posixpath.splitext(image.name)[0])
    fitting = [asset for asset in assets if (asset.height, asset.width) == image.size_hw]
    if len(fitting) == 1:
        task = unit.tasks.for_asset(target.project.id, fitting[0].id)
        if task is not None:
            return task
    message = "the archive has no photograph for these labels, and the project has no image of that name and size"
    target.problems.add(image.name, "no_photo", message)
    return None
