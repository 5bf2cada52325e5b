# SPDX-License-Identifier: Apache-2.0
"""Write a pinned set of revisions as an archive. Run again after a kill, it gives the same bytes."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from intarsia.core.label_map import LabelMap
from intarsia.core.ontology import Ontology
from intarsia.core.ontology_json import ontology_from_json
from intarsia.core.permissions import Action, Actor
from intarsia.formats.base import LabelledImage, LossReport, WriteOptions
from intarsia.formats.exporting import write_dataset
from intarsia.formats.registry import find_format
from intarsia.formats.sinks import ZipSink
from intarsia.server.ports import Ports, UnitOfWork
from intarsia.server.records import AssetRow, JobRow, TaskRow
from intarsia.server.use_cases.head import segment_of
from intarsia.server.use_cases.item_rows import items_of
from intarsia.server.use_cases.job_progress import JobProgress, author_of, end_job
from intarsia.server.use_cases.loading import load_project, load_task

_CHUNK_BYTES = 1024 * 1024
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+")


class PinnedView:
    """What a format may see of a project: images with their labels as of the pinned revisions, one at a time."""

    def __init__(self, ports: Ports, actor: Actor, ontology: Ontology, items: Sequence[tuple[str, int]]) -> None:
        self._ports = ports
        self._actor = actor
        self._ontology = ontology
        self._items = items

    @property
    def ontology(self) -> Ontology:
        return self._ontology

    @property
    def count(self) -> int:
        return len(self._items)

    def images(self) -> Iterator[LabelledImage]:
        for task_id, revision in self._items:
            with self._ports.database.read() as unit:
                task = load_task(unit, self._actor, Action.TASK_READ, task_id)
                image = self._image(unit, task, revision)
            yield image

    def _image(self, unit: UnitOfWork, task: TaskRow, revision: int) -> LabelledImage:
        asset = unit.datasets.asset(task.asset_id)
        row = unit.annotations.get(task.annotation_id)
        assert asset is not None and row is not None
        at = None if revision == row.revision else revision
        segments = unit.segments.head(row.id) if at is None else unit.segments.at(row.id, at)
        return LabelledImage(
            name=asset.name,
            size_hw=row.size_hw,
            layers={
                layer.name: LabelMap.from_payloads(row.size_hw, unit.tiles.payloads(row, layer.name, revision=at))
                for layer in self._ontology.layers
            },
            segments={key: segment_of(value) for key, value in segments.items()},
            numbers={key: value.number for key, value in segments.items()},
            export_no=asset.export_no,
            open_image=lambda: self._open(asset),
            media_type=asset.display_media_type,
            task_state=task.state,
            items=items_of(unit.items.head(row.id) if at is None else unit.items.at(row.id, at)),
        )

    def _open(self, asset: AssetRow) -> BinaryIO:
        return io.BytesIO(self._ports.blobs.get(asset.display_key or asset.original_key))


def run_export(ports: Ports, job: JobRow, progress: JobProgress) -> None:
    """Raises FormatError when the format cannot write this, JobCancelled, JobInterrupted."""
    actor = author_of(ports, job)
    with ports.database.read() as unit:
        project = load_project(unit, actor, Action.EXPORT_START, job.project_id)
        ontology = ontology_from_json(unit.projects.ontology(project.id, job.params["ontology_version"]))
        items = unit.jobs.pinned(job.id)
    path = ports.blobs.scratch_dir() / f"{job.id}.zip"
    try:
        with path.open("w+b") as file:
            with closing(ZipSink(file)) as sink:
                view = PinnedView(ports, actor, ontology, items)
                report = write_dataset(find_format(job.format), view, sink, progress.tell, WriteOptions())
            file.flush()
        ports.blobs.put_file(export_key(job), path)
        name = f"{_NOT_IN_NAMES.sub('-', project.name).strip('-') or 'export'}-{job.format}.zip"
        result = {
            "byte_size": path.stat().st_size,
            "sha256": _hash_file(path),
            "images": report.images,
            "name": name,
        }
    finally:
        path.unlink(missing_ok=True)
    end_job(ports, job, "done", message=_message(report), problems=_losses(report), result=result)


def export_key(job: JobRow) -> str:
    return f"{job.workspace_id}/exports/{job.id}.zip"


def _message(report: LossReport) -> str:
    what = f"{report.images} images with {report.segments} segments written."
    return what if not report.losses else f"{what} {len(report.losses)} notes on what this format cannot say."


def _losses(report: LossReport) -> list[dict[str, str]]:
    return [
        {"where": loss.where, "code": loss.code, "message": loss.message, "severity": "warning"}
        for loss in report.losses
    ]


def _hash_file(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
