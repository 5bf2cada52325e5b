# SPDX-License-Identifier: Apache-2.0
"""Questions that must be answered and are not: on segments, on objects, and on the image itself."""

from __future__ import annotations

from collections.abc import Iterator

from intarsia.core.item import IMAGE_ID, ImageItem, ObjectItem, item_of
from intarsia.core.ontology_answers import missing_answers
from intarsia.core.ontology_question import Question
from intarsia.core.segment import JsonValue
from intarsia.review.base import Finding, Parameters, RuleInfo
from intarsia.review.object_bounds import bounds_xyxy, pixel_box
from intarsia.review.places import pixel_in
from intarsia.review.subject import Subject


class MissingAnswer:
    info = RuleInfo(
        code="missing_answer",
        title="Missing answers",
        why="The ontology says that these questions must be answered.",
        blocks=True,
    )

    def check(self, subject: Subject, parameters: Parameters) -> Iterator[Finding]:
        image = item_of(subject.annotation.items, IMAGE_ID)
        answers = image.answers if isinstance(image, ImageItem) else {}
        for question in missing_answers(subject.ontology.questions, answers):
            yield Finding(self.info.code, item_ids=(IMAGE_ID,), values=_values(question))
        yield from self._of_segments(subject)
        yield from self._of_objects(subject)

    def _of_segments(self, subject: Subject) -> Iterator[Finding]:
        for layer in subject.layers:
            for segment_id, part in sorted(layer.largest_parts.items()):
                segment, entry = subject.segment(segment_id), subject.class_of(segment_id)
                if segment is None or entry is None:
                    continue
                for question in missing_answers(entry.questions, segment.answers):
                    yield Finding(
                        self.info.code,
                        layer=layer.name,
                        segment_ids=(segment_id,),
                        box_xyxy=part.box_xyxy,
                        at=pixel_in(part),
                        area_px=part.area_px,
                        values=_values(question),
                    )

    def _of_objects(self, subject: Subject) -> Iterator[Finding]:
        for item_id, item in sorted(subject.annotation.items.items()):
            if not isinstance(item, ObjectItem) or item.state != "live":
                continue
            entry = subject.class_by_number(item.class_number)
            for question in missing_answers(entry.questions if entry else (), item.answers):
                box = pixel_box(bounds_xyxy(item.geometry), subject.size_hw)
                yield Finding(
                    self.info.code,
                    layer=entry.layer if entry else None,
                    item_ids=(item_id,),
                    box_xyxy=box,
                    at=None if box is None else ((box[0] + box[2]) // 2, (box[1] + box[3]) // 2),
                    values=_values(question),
                )


def _values(question: Question) -> dict[str, JsonValue]:
    return {"question": question.id, "title": question.title}
