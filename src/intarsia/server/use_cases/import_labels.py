# SPDX-License-Identifier: Apache-2.0
"""Write the labels of one imported image as the first content of its annotation.

What takes time was done by the readers, so that people's saves do not wait for an import.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace

from intarsia.core.annotation import Annotation
from intarsia.core.answer_check import AnswerCheck
from intarsia.core.edit_check import check_content
from intarsia.core.item import EMPTY_IMAGE, ItemChange
from intarsia.core.label_map import LabelMap
from intarsia.core.limits import STUFF_ID_MAX, THING_ID_MIN
from intarsia.core.ontology import Ontology
from intarsia.core.permissions import Actor
from intarsia.core.segment import Segment, SegmentChange
from intarsia.formats.base import LabelledImage, ProblemLog
from intarsia.formats.runs import relabel, row_runs
from intarsia.server.clock import rfc3339
from intarsia.server.ports import Ports, UnitOfWork
from intarsia.server.records import WHOLE_REVISION, AnnotationRow, EditRow, JobRow, TaskRow
from intarsia.server.use_cases.head import Head, write_revision
from intarsia.server.use_cases.import_items import importable_items

# Exact ids leave at least half of all ids for what is drawn later.
_EXACT_ID_MAX = 2**31 - 1
# Ids of other tools' files can be colours, up to 2^24; nobody would say "Car 5,432,123".
_NUMBER_KEPT_MAX = 65_535


def write_labels(
    ports: Ports,
    unit: UnitOfWork,
    actor: Actor,
    job: JobRow,
    problems: ProblemLog,
    task: TaskRow,
    ontology: Ontology,
    image: LabelledImage,
) -> bool:
    """Write them, unless this job has done so before; an annotation that has content keeps it, which is a problem told.

    Returns whether they are there, written by this job now or before. Raises EditError, with nothing written, when the
    labels break a rule that every edit must keep.
    """
    read = image
    image = replace(image, segments={key: value for key, value in image.segments.items() if value.state == "live"})
    row = _open_row(unit, job, problems, task, image)
    if row is None:
        return unit.history.last_of_client(task.annotation_id, job.id) is not None
    first, now = row.next_thing_id, rfc3339(ports.clock.now_ms())
    ids = _leased_ids(image, first)
    layers, segments = _under_ids(image, ids)
    segments = _with_fitting_answers(segments, ontology, image.name, problems)
    numbers = {ids[key]: number for key, number in _small_numbers(image).items()}
    head, after, entries = _checked(ports, actor, job, ontology, row, layers, segments, now)
    items = importable_items(read, ids, segments=after.segments, ontology=ontology, problems=problems)
    if any(item != EMPTY_IMAGE for item in items.values()):
        after = after.with_items(tuple(ItemChange(key, None, items[key]) for key in sorted(items)))
        # Items are of no layer: any entry speaks for them, too.
        entries = entries or [_entry(ports, actor, job, row, ontology.layers[0].name, now)]
    end = max(ids.values(), default=0) + 1
    if end > first:
        unit.annotations.add_lease(row, start=first, end=end, user_id=actor.user_id, created_at=now)
    if entries:
        write_revision(
            ports,
            unit,
            head,
            after,
            kind="import",
            author_id=actor.user_id,
            author_name=actor.name,
            client=job.id,
            edit_count=len(entries),
            changed_px=sum(entry.changed_px for entry in entries),
            saved_at=now,
            numbers=numbers,
        )
        unit.history.add_edits(row, entries)
    return True


def _checked(
    ports: Ports,
    actor: Actor,
    job: JobRow,
    ontology: Ontology,
    row: AnnotationRow,
    layers: Mapping[str, LabelMap],
    segments: Mapping[int, Segment],
    now: str,
) -> tuple[Head, Annotation, list[EditRow]]:
    """The empty head, the annotation with the labels, and an entry of the edit log for each layer that has any.

    The entries name neither pixels nor segments: those of the revision itself say the same.
    """
    known = [layer.name for layer in ontology.layers]
    empty = Annotation({layer: LabelMap.empty(row.size_hw) for layer in known}, {})
    after, entries = empty, list[EditRow]()
    for layer in known:
        label_map = layers.get(layer, empty.layers[layer])
        owners = {key for index in range(label_map.tile_count) for key in label_map.tile_ids(index)} - {0}
        changes = tuple(
            SegmentChange(key, before=None, after=segments[key])
            for key in sorted(segments)
            if _layer_of(ontology, segments[key]) == layer
        )
        changed_px = sum(label_map.tile_labelled_px(index) for index in range(label_map.tile_count))
        if not changes and not changed_px:
            continue
        check_content(
            layer,
            changes,
            owners,
            annotation=after,
            ontology=ontology,
            leased=lambda key: key >= THING_ID_MIN,
        )
        after = after.with_layer(layer, label_map).with_changes(changes)
        entry = _entry(ports, actor, job, row, layer, now)
        entries.append(replace(entry, ordinal=len(entries), changed_px=changed_px))
    return Head(row, empty, {}, {}), after, entries


def _with_fitting_answers(
    segments: Mapping[int, Segment], ontology: Ontology, image_name: str, problems: ProblemLog
) -> Mapping[int, Segment]:
    """Answers to questions that this project does not ask, or not so, are left out and told."""
    check, left_out, kept = AnswerCheck(ontology), 0, dict(segments)
    for key, segment in segments.items():
        answers = check.fitting(segment.answers) if segment.answers else segment.answers
        left_out += len(segment.answers) - len(answers)
        kept[key] = replace(segment, answers=answers)
    if left_out:
        message = f"{left_out} answers are to questions that this project does not ask, or not so; they are left out"
        problems.add(image_name, "answers_left_out", message, severity="warning")
    return kept


def _entry(ports: Ports, actor: Actor, job: JobRow, row: AnnotationRow, layer: str, now: str) -> EditRow:
    return EditRow(
        edit_id=str(uuid.UUID(hex=ports.ids.new("edt").partition("_")[2])),
        ordinal=0,
        revision=row.revision + 1,
        author_id=actor.user_id,
        client=job.id,
        seq=1,
        layer=layer,
        tool=WHOLE_REVISION,
        assist=None,
        pixels=b"",
        segments=[],
        items=[],
        changed_px=0,
        created_at=now,
    )


def _layer_of(ontology: Ontology, segment: Segment) -> str:
    """The layer whose rules a segment is checked by; one of an unknown class fails in the first."""
    entry = ontology.by_number(segment.class_number)
    return entry.layer if entry else ontology.layers[0].name


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


def _under_ids(image: LabelledImage, leased: Mapping[int, int]) -> tuple[Mapping[str, LabelMap], Mapping[int, Segment]]:
    """Labels and segments under the leased ids, which nearly always are those of the source."""
    ids = {0: 0, **leased}
    if all(old == new for old, new in ids.items()):
        return image.layers, image.segments
    segments = {ids[key]: replace(segment, id=ids[key]) for key, segment in image.segments.items()}
    layers = {name: LabelMap.from_array(relabel(row_runs(m.to_array()), ids)) for name, m in image.layers.items()}
    return layers, segments


def _small_numbers(image: LabelledImage) -> Mapping[int, int]:
    """Numbers as in the source when they are numbers that a person would say, else 1, 2, … in the source's order."""
    given = {key: number for key, number in image.numbers.items() if key in image.segments}
    numbers = sorted(given.values())
    if len(set(numbers)) == len(numbers) and (not numbers or (numbers[0] >= 1 and numbers[-1] <= _NUMBER_KEPT_MAX)):
        return given
    ordered = sorted(given, key=lambda key: (given[key], key))
    return {key: number for number, key in enumerate(ordered, start=1)}
