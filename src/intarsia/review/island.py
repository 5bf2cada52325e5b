# SPDX-License-Identifier: Apache-2.0
"""Small parts apart from the rest of their segment, as a slip of the hand leaves them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from intarsia.review.base import Finding, Fix, Parameter, Parameters, RuleInfo, class_numbers, integer
from intarsia.review.places import given_away, part_at, pixel_in
from intarsia.review.subject import Subject


class Island:
    info = RuleInfo(
        code="island",
        title="Islands",
        why="A few pixels apart from their segment are mostly left over from a stroke.",
        parameters=(
            Parameter("below_px", "Smaller than", "integer", 16, 2, 1_000_000, "px"),
            Parameter("except_classes", "Not for these classes", "classes", []),
        ),
        fixable=True,
    )

    def check(self, subject: Subject, parameters: Parameters) -> Iterator[Finding]:
        below = integer(parameters, "below_px")
        spared = class_numbers(parameters, "except_classes")
        for layer in subject.layers:
            for part in layer.parts:
                if part.segment_id == 0 or part.area_px >= below or layer.largest_parts[part.segment_id] is part:
                    continue
                segment = subject.segment(part.segment_id)
                if segment is not None and segment.class_number in spared:
                    continue
                yield Finding(
                    self.info.code,
                    layer=layer.name,
                    segment_ids=(part.segment_id,),
                    box_xyxy=part.box_xyxy,
                    at=pixel_in(part),
                    area_px=part.area_px,
                )

    def fix(self, subject: Subject, finding: Finding, parameters: Parameters, closed: Collection[int]) -> Fix | None:
        layer = subject.layer(finding.layer or "")
        if layer is None or finding.at is None or finding.segment_ids[0] in closed:
            return None
        part = part_at(layer, finding.at, finding.segment_ids[0])
        return None if part is None else given_away(subject, layer, part.region, closed)
