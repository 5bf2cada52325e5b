# SPDX-License-Identifier: Apache-2.0
"""Read an archive into a project: classes by name, images by content, labels as revisions of the kind `import`.

Each image is one transaction that also says which job wrote it, so that a job that was killed goes on where it was.
"""

from __future__ import annotations

import posixpath
import shutil
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass

from intarsia.core.errors import IntarsiaError
from intarsia.core.ontology import Ontology
from intarsia.core.permissions import Action, Actor
from intarsia.formats.base import Format, FormatError, LabelledImage, ProblemLog, ReadOptions
from intarsia.formats.class_mapping import map_classes, with_class_numbers
from intarsia.formats.registry import detect_format, find_format
from intarsia.formats.sources import ZipSource
from intarsia.server.ports import Ports
from intarsia.server.records import JobRow, ProjectRow, TaskRow
from intarsia.server.use_cases.add_asset import add_asset
from intarsia.server.use_cases.import_labels import write_labels
from intarsia.server.use_cases.job_progress import JobProgress, author_of, end_job, problem_json
from intarsia.server.use_cases.loading import load_project
from intarsia.server.use_cases.ontology_json import load_ontology
from intarsia.server.use_cases.put_ontology import write_ontology
from intarsia.server.use_cases.start_import import archive_key
from intarsia.server.use_cases.submit_task import submit_task


@dataclass(frozen=True, slots=True)
class _Target:
    """Where images go, and which class of the project each class of the source is."""

    ports: Ports
    actor: Actor
    job: JobRow
    project: ProjectRow
    class_numbers: Mapping[int, int]
    problems: ProblemLog


def run_import(ports: Ports, job: JobRow, progress: JobProgress) -> None:
    """Raises FormatError when nothing can be read, JobCancelled, JobInterrupted."""
    actor = author_of(ports, job)
    path = ports.blobs.scratch_dir() / f"{job.id}.zip"
    try:
        ports.blobs.copy_to(archive_key(job), path)
        with path.open("rb") as file, closing(ZipSource(file)) as source:
            chosen = _format_of(job, source)
            found = chosen.read(source, ReadOptions())
            project, numbers = _merge_classes(ports, actor, job.project_id, found.ontology)
            target = _Target(ports, actor, job, project, numbers, found.problems)
            taken = 0
            progress.tell(0, found.count)
            for done, image in enumerate(found.images, start=1):
                taken += _take_image(target, image)
                progress.tell(min(done, found.count), found.count)
    finally:
        path.unlink(missing_ok=True)
    problems = [problem_json(problem) for problem in found.problems.items]
    message = _message(taken, found.problems.total, len(problems))
    with ports.database.write() as unit:
        unit.jobs.update(job.id, {"done": found.count, "total": found.count, "format": chosen.info.slug})
    end_job(ports, job, "done", message=message, problems=problems)
    ports.blobs.delete(archive_key(job))


def _message(taken: int, total: int, listed: int) -> str:
    message = "1 image came in." if taken == 1 else f"{taken} images came in."
    if total:
        message += " 1 problem" if total == 1 else f" {total} problems"
        message += "." if listed == total else f"; the first {listed} are listed."
    return message


def _format_of(job: JobRow, source: ZipSource) -> Format:
    if job.format:
        return find_format(job.format)
    found = detect_format(source)
    if found is None:
        raise FormatError("unknown_format", "no known format was recognised in this archive · choose one")
    return found


def _merge_classes(
    ports: Ports, actor: Actor, project_id: str, incoming: Ontology
) -> tuple[ProjectRow, Mapping[int, int]]:
    with ports.database.write() as unit:
        project = load_project(unit, actor, Action.IMPORT_START, project_id)
        mapping = map_classes(load_ontology(unit, project), incoming)
        write_ontology(ports, unit, actor, project, mapping.ontology)
        return project, mapping.numbers


def _take_image(target: _Target, image: LabelledImage) -> int:
    """Bring one image in; what is wrong with it becomes a problem, and the others come in all the same."""
    try:
        task = _task_of(target, image)
        if task is None:
            return 0
        if image.layers:
            labels = with_class_numbers(image, target.class_numbers)
            written = write_labels(target.ports, target.actor, target.job, target.problems, task, labels)
            if written and image.task_state == "submitted":
                submit_task(target.ports, target.actor, task.id)
    except IntarsiaError as error:
        target.problems.add(image.name, error.code, error.message)
        return 0
    except FormatError as error:
        target.problems.add(error.where or image.name, error.code, error.message)
        return 0
    return 1


def _task_of(target: _Target, image: LabelledImage) -> TaskRow | None:
    """The task of the image's photograph, or of the asset of that name when the source has no photograph."""
    ports, project = target.ports, target.project
    if image.open_image is None:
        return _known_task(target, image)
    path = ports.blobs.scratch_dir() / f"{target.job.id}.image"
    try:
        with image.open_image() as stream, path.open("wb") as file:
            shutil.copyfileobj(stream, file)
        added = add_asset(ports, target.actor, project.dataset_id, path=path, name=image.name, project_id=project.id)
    finally:
        path.unlink(missing_ok=True)
    return added.task


def _known_task(target: _Target, image: LabelledImage) -> TaskRow | None:
    with target.ports.database.write() as unit:
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
