# SPDX-License-Identifier: Apache-2.0
"""Segments of a class that was retired: kept as they are, and flagged."""

from __future__ import annotations

from collections.abc import Iterator

from intarsia.review.base import Finding, Parameters, RuleInfo
from intarsia.review.places import pixel_in
from intarsia.review.subject import Subject


class RetiredClass:
    info = RuleInfo(
        code="retired_class",
        title="Retired class",
        why="The class is no longer used in this project; these segments may want another one.",
    )

    def check(self, subject: Subject, parameters: Parameters) -> Iterator[Finding]:
        for layer in subject.layers:
            for segment_id, part in sorted(layer.largest_parts.items()):
                entry = subject.class_of(segment_id)
                if entry is not None and entry.retired:
                    yield Finding(
                        self.info.code,
                        layer=layer.name,
                        segment_ids=(segment_id,),
                        box_xyxy=part.box_xyxy,
                        at=pixel_in(part),
                        area_px=part.area_px,
                    )
