# SPDX-License-Identifier: Apache-2.0
"""Pixels in a layer that their class does not belong to, and owners that the ontology does not know."""

from __future__ import annotations

from collections.abc import Iterator

from intarsia.review.base import Finding, Parameters, RuleInfo
from intarsia.review.places import pixel_in
from intarsia.review.subject import Subject


class WrongLayer:
    info = RuleInfo(
        code="wrong_layer",
        title="Class of another layer",
        why="A class belongs to one layer; elsewhere exports cannot tell whose pixels these are.",
        blocks=True,
    )

    def check(self, subject: Subject, parameters: Parameters) -> Iterator[Finding]:
        for layer in subject.layers:
            for segment_id, part in sorted(layer.largest_parts.items()):
                segment, entry = subject.segment(segment_id), subject.class_of(segment_id)
                if segment is not None and segment.state == "live" and entry is not None and entry.layer == layer.name:
                    continue
                yield Finding(
                    self.info.code,
                    layer=layer.name,
                    segment_ids=(segment_id,),
                    box_xyxy=part.box_xyxy,
                    at=pixel_in(part),
                    area_px=part.area_px,
                    values={"belongs_to": None if entry is None else entry.layer},
                )
