# SPDX-License-Identifier: Apache-2.0
"""Read an archive into a project: classes by name, images by content, labels as revisions of the kind `import`.

Each image is one transaction that also says which job wrote it, so that a job that was killed goes on where it was.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import closing

from intarsia.core.ontology import Ontology
from intarsia.core.permissions import Action, Actor
from intarsia.formats.base import Format, FormatError, ReadOptions
from intarsia.formats.class_mapping import map_classes
from intarsia.formats.registry import detect_format, find_format
from intarsia.formats.sources import ZipSource
from intarsia.server.ports import Ports
from intarsia.server.reading import Reading
from intarsia.server.records import JobRow, ProjectRow
from intarsia.server.use_cases.import_image import ImportTarget, import_image
from intarsia.server.use_cases.job_progress import JobProgress, author_of, end_job, problem_json
from intarsia.server.use_cases.loading import load_project
from intarsia.server.use_cases.ontology_json import load_ontology
from intarsia.server.use_cases.put_ontology import write_ontology
from intarsia.server.use_cases.start_import import archive_key

# A list takes some ten times its bytes in memory, and each reader holds it.
_LARGE_LIST_BYTES = 64 * 2**20


def run_import(ports: Ports, job: JobRow, progress: JobProgress) -> None:
    """Raises FormatError when nothing can be read, JobCancelled, JobInterrupted."""
    actor = author_of(ports, job)
    scratch = ports.blobs.scratch_dir() / job.id
    scratch.mkdir(exist_ok=True)
    try:
        archive = scratch / "archive.zip"
        ports.blobs.copy_to(archive_key(job), archive)
        with archive.open("rb") as file, closing(ZipSource(file)) as source:
            chosen = _format_of(job, source)
            found = chosen.read(source, ReadOptions())
            ontology, count, problems = found.ontology, found.count, found.problems
            del found  # each reader has a list of its own
            alone = any(
                source.size_bytes(name) > _LARGE_LIST_BYTES for name in source.names() if name.endswith(".json")
            )
        project, merged, numbers = _merge_classes(ports, actor, job.project_id, ontology)
        reading = Reading(archive, chosen.info.slug, numbers, ports.limits.image_max_px, scratch)
        taken = 0
        progress.tell(0, count)
        with closing(ports.readers.read(reading, count=count, alone=alone)) as records:
            target = ImportTarget(ports, actor, job, project, merged, problems)
            for record in records:
                taken += import_image(target, record)
                progress.tell(min(record.place, count), count)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    listed = [problem_json(problem) for problem in problems.items]
    message = _message(taken, problems.total, len(listed))
    with ports.database.write() as unit:
        unit.jobs.update(job.id, {"done": count, "total": count, "format": chosen.info.slug})
    end_job(ports, job, "done", message=message, problems=listed)
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
) -> tuple[ProjectRow, Ontology, Mapping[int, int]]:
    with ports.database.write() as unit:
        project = load_project(unit, actor, Action.IMPORT_START, project_id)
        mapping = map_classes(load_ontology(unit, project), incoming)
        merged = write_ontology(ports, unit, actor, project, mapping.ontology)
        return project, merged, mapping.numbers
