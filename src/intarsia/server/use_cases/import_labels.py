# SPDX-License-Identifier: Apache-2.0
"""Write the labels of one imported image as the first content of its annotation.

What takes time is done between two short transactions, so that people's saves do not wait for an import.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from intarsia.core.label_map import LabelMap
from intarsia.core.limits import STUFF_ID_MAX, THING_ID_MIN
from intarsia.core.permissions import Actor
from intarsia.core.pixel_runs import PixelRuns
from intarsia.core.segment import Segment
from intarsia.formats.base import LabelledImage, ProblemLog
from intarsia.formats.runs import relabel, row_runs
from intarsia.server.clock import rfc3339
from intarsia.server.ports import Ports, UnitOfWork
from intarsia.server.records import AnnotationRow, JobRow, TaskRow
from intarsia.server.use_cases.map_diff import diff_maps
from intarsia.server.use_cases.replace_annotation import load_whole_head, replace_annotation
from intarsia.server.use_cases.revision_state import ontology_of

# Exact ids leave at least half of all ids for what is drawn later.
_EXACT_ID_MAX = 2**31 - 1
# Ids of other tools' files can be colours, up to 2^24; nobody would say "Car 5,432,123".
_NUMBER_KEPT_MAX = 65_535


@dataclass(frozen=True, slots=True)
class _Labels:
    """Labels under leased ids, and their pixels as differences from an empty head."""

    layers: Mapping[str, LabelMap]
    segments: Mapping[int, Segment]
    numbers: Mapping[int, int]
    differences: Mapping[str, PixelRuns]


def write_labels(
    ports: Ports, actor: Actor, job: JobRow, problems: ProblemLog, task: TaskRow, image: LabelledImage
) -> bool:
    """Write them, unless this job has done so before; an annotation that has content keeps it, which is a problem told.

    Returns whether they are written now. Raises EditError when the labels break a rule that every edit must keep.
    """
    image = replace(image, segments={key: value for key, value in image.segments.items() if value.state == "live"})
    with ports.database.write() as unit:
        row = _open_row(unit, job, problems, task, image)
        if row is None:
            return False
        first = row.next_thing_id
        ids = _leased_ids(image, first)
        end = max(ids.values(), default=0) + 1
        if end > first:
            now = rfc3339(ports.clock.now_ms())
            unit.annotations.add_lease(row, start=first, end=end, user_id=actor.user_id, created_at=now)
    labels = _prepared(image, ids)
    with ports.database.write() as unit:
        row = _open_row(unit, job, problems, task, image)
        if row is None:
            return False
        ontology = ontology_of(unit, row)
        replace_annotation(
            ports,
            unit,
            actor,
            load_whole_head(unit, row, ontology),
            ontology,
            layers=labels.layers,
            segments=labels.segments,
            kind="import",
            numbers=labels.numbers,
            client=job.id,
            differences=labels.differences,
        )
    return True


def _open_row(
    unit: UnitOfWork, job: JobRow, problems: ProblemLog, task: TaskRow, image: LabelledImage
) -> AnnotationRow | None:
    """The annotation when it is still empty; else None, and a problem unless it was this job that filled it."""
    row = unit.annotations.get(task.annotation_id)
    assert row is not None
    if unit.history.last_of_client(row.id, job.id) is not None:
        return None
    if row.revision != 0:
        message = "this image has labels already; they are kept, and those of the archive left out"
        problems.add(image.name, "already_labelled", message, severity="warning")
        return None
    if image.size_hw != row.size_hw:
        message = f"the labels are {image.size_hw[1]} × {image.size_hw[0]} px, the image is not; they are left out"
        problems.add(image.name, "size_differs", message)
        return None
    return row


def _leased_ids(image: LabelledImage, first: int) -> Mapping[int, int]:
    """Id here of every id of the source: stuff ids are class numbers already; things get `first`, `first` + 1, … in
    order, or keep theirs where they come from an annotation and this one has leased none yet."""
    things = sorted(key for key in image.segments if key > STUFF_ID_MAX)
    ids = {key: key for key in image.segments if key <= STUFF_ID_MAX}
    if image.exact_ids and first == THING_ID_MIN and all(key <= _EXACT_ID_MAX for key in things):
        return ids | {key: key for key in things}
    return ids | {key: place for place, key in enumerate(things, start=first)}


def _prepared(image: LabelledImage, leased: Mapping[int, int]) -> _Labels:
    ids = {0: 0, **leased}
    layers, segments = image.layers, image.segments
    if any(old != new for old, new in ids.items()):
        segments = {ids[key]: replace(segment, id=ids[key]) for key, segment in segments.items()}
        layers = {name: LabelMap.from_array(relabel(row_runs(m.to_array()), ids)) for name, m in layers.items()}
    for label_map in layers.values():
        for index in range(label_map.tile_count):
            label_map.tile_name(index)  # codes the tile; the map remembers
    differences = {name: diff_maps(LabelMap.empty(image.size_hw), label_map) for name, label_map in layers.items()}
    numbers = {ids[key]: number for key, number in _small_numbers(image).items()}
    return _Labels(layers, segments, numbers, differences)


def _small_numbers(image: LabelledImage) -> Mapping[int, int]:
    """Numbers as in the source when they are numbers that a person would say, else 1, 2, … in the source's order."""
    given = {key: number for key, number in image.numbers.items() if key in image.segments}
    numbers = sorted(given.values())
    if len(set(numbers)) == len(numbers) and (not numbers or (numbers[0] >= 1 and numbers[-1] <= _NUMBER_KEPT_MAX)):
        return given
    ordered = sorted(given, key=lambda key: (given[key], key))
    return {key: number for number, key in enumerate(ordered, start=1)}
