# SPDX-License-Identifier: Apache-2.0
"""What the server refuses of an edit before it is replayed (contract/edit.md, the list of rejections)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import NoReturn

from intarsia.core.annotation import Annotation
from intarsia.core.answer_check import AnswerCheck
from intarsia.core.edit import Edit
from intarsia.core.errors import EditError
from intarsia.core.item_check import check_items
from intarsia.core.limits import SEGMENTS_PER_ANNOTATION_MAX, STUFF_ID_MAX
from intarsia.core.merge import resolve_alias
from intarsia.core.ontology import ClassDef, Ontology
from intarsia.core.protection_check import GIVING_BACK_TOOLS, check_protection
from intarsia.core.segment import Segment, SegmentChange

Classes = Mapping[int, ClassDef]


def check_edit(edit: Edit, *, annotation: Annotation, ontology: Ontology, leased: Callable[[int], bool]) -> None:
    """Raise the `EditError` for which the whole edit is rejected, if there is one.

    `leased(id)` tells whether a thing id was leased for this annotation. Codes: `unknown_layer`, `unknown_segment`,
    `wrong_layer`, `stuff_id_mismatch`, `unknown_class`, `id_not_leased`, `out_of_image`, `alias_cycle`,
    `too_many_segments`, `geometry_not_allowed`, `unknown_question`, `bad_answer`, `protected`, and those of
    `check_items`. Edits that only give back what was there may bring back what would not be accepted anew.
    """
    gives_back = edit.tool in GIVING_BACK_TOOLS
    check_content(
        edit.layer,
        edit.segments,
        edit.pixels.ids() - {0},
        annotation=annotation,
        ontology=ontology,
        leased=leased,
        gives_back=gives_back,
    )
    check_protection(edit, segments=annotation.segments, ontology=ontology)
    if not edit.pixels.fits(annotation.layers[edit.layer].size_hw):
        _reject("out_of_image", "it reaches outside the image")
    check_items(edit, annotation=annotation, ontology=ontology)


def check_content(
    layer: str,
    segments: Sequence[SegmentChange],
    owners: Set[int],
    *,
    annotation: Annotation,
    ontology: Ontology,
    leased: Callable[[int], bool],
    gives_back: bool = False,
) -> None:
    """As `check_edit`, of segment changes and of the ids (without 0) that pixels of the layer name."""
    if layer not in annotation.layers or all(entry.name != layer for entry in ontology.layers):
        _reject("unknown_layer", f"there is no layer {layer!r}", layer=layer)
    created = {change.id: change.after for change in segments if change.id not in annotation.segments}
    for change in segments:
        if change.before is not None and change.id in created:
            _reject("unknown_segment", f"segment {change.id} does not exist", segment=change.id)
    classes = {entry.number: entry for entry in ontology.classes}
    _check_segments(layer, segments, annotation, classes)
    _check_owners(layer, owners, annotation, created, classes)
    if not gives_back:
        _check_new(segments, classes, AnswerCheck(ontology))
    for segment_id in created:
        if segment_id > STUFF_ID_MAX and not leased(segment_id):
            _reject("id_not_leased", f"id {segment_id} was not leased for this image", segment=segment_id)
    if len(annotation.segments) + len(created) > SEGMENTS_PER_ANNOTATION_MAX:
        _reject("too_many_segments", f"an image holds at most {SEGMENTS_PER_ANNOTATION_MAX} segments")


def _check_segments(layer: str, segments: Sequence[SegmentChange], annotation: Annotation, classes: Classes) -> None:
    """Every segment that the edit changes has a class that is there, in this layer, and that fits its id."""
    for change in segments:
        for segment in (annotation.segments.get(change.id), change.before, change.after):
            if segment is not None:
                _check_class(segment, layer, classes)
    merges = [change.after for change in segments if change.after is not None and change.after.state == "merged"]
    if not merges:
        return
    after: dict[int, Segment] = dict(annotation.segments)
    after.update({change.id: change.after for change in segments if change.after is not None})
    for segment in merges:
        assert segment.merged_into is not None
        target = after.get(segment.merged_into)
        if target is None:
            _reject("unknown_segment", f"segment {segment.merged_into} does not exist", segment=segment.merged_into)
        _check_class(target, layer, classes)
        resolve_alias(after, segment.id)


def _check_new(segments: Sequence[SegmentChange], classes: Classes, answers: AnswerCheck) -> None:
    """What the edit newly says of a segment: its class is drawn with pixels, its answers answer questions."""
    for change in segments:
        before, after = change.before, change.after
        if after is None:
            continue
        is_new = before is None or before.class_number != after.class_number
        if is_new and "mask" not in classes[after.class_number].geometry:
            name = classes[after.class_number].name
            what = f"class {after.class_number} ({name}) has no pixels"
            _reject("geometry_not_allowed", what, segment=change.id)
        answers.check({} if before is None else before.answers, after.answers)


def _check_class(segment: Segment, layer: str, classes: Classes) -> None:
    entry = classes.get(segment.class_number)
    if entry is None:
        _reject("unknown_class", f"there is no class {segment.class_number}", segment=segment.id)
    if entry.layer != layer:
        _reject("wrong_layer", f"segment {segment.id} belongs to layer {entry.layer!r}", segment=segment.id)
    is_thing_id = segment.id > STUFF_ID_MAX
    if is_thing_id != (entry.kind == "thing") or not (is_thing_id or segment.id == entry.number):
        _reject(
            "stuff_id_mismatch",
            f"segment {segment.id} cannot be of class {entry.number} ({entry.kind})",
            segment=segment.id,
        )


def _check_owners(
    layer: str,
    owners: Set[int],
    annotation: Annotation,
    created: Mapping[int, Segment | None],
    classes: Classes,
) -> None:
    """Every id that the pixels name is 0 or a segment of this layer, known or created here."""
    for segment_id in sorted(owners):
        segment = annotation.segments.get(segment_id) or created.get(segment_id)
        if segment is None:
            _reject(
                "unknown_segment", f"its pixels name segment {segment_id}, which does not exist", segment=segment_id
            )
        _check_class(segment, layer, classes)


def _reject(code: str, what: str, **details: object) -> NoReturn:
    raise EditError(
        code, f"The edit was refused because {what}. The image is as before; your other edits are kept.", **details
    )
