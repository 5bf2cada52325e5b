# SPDX-License-Identifier: Apache-2.0
"""Pixels that nobody owns. Ignore counts as covered."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from intarsia.review.base import Finding, Fix, Parameter, Parameters, RuleInfo, flag, integer
from intarsia.review.places import given_away, part_at, pixel_in
from intarsia.review.subject import Subject


class Unlabelled:
    info = RuleInfo(
        code="unlabelled",
        title="Unlabelled pixels",
        why="A gap teaches a model that nothing is there.",
        parameters=(
            Parameter("min_px", "Smallest gap", "integer", 1, 1, 1_000_000, "px"),
            Parameter("all_layers", "In every layer, not only the first", "boolean", False),
        ),
        fixable=True,
    )

    def check(self, subject: Subject, parameters: Parameters) -> Iterator[Finding]:
        least = integer(parameters, "min_px")
        for place, layer in enumerate(subject.layers):
            if place and not flag(parameters, "all_layers"):
                return
            for part in layer.parts:
                if part.segment_id == 0 and part.area_px >= least:
                    yield Finding(
                        self.info.code,
                        layer=layer.name,
                        box_xyxy=part.box_xyxy,
                        at=pixel_in(part),
                        area_px=part.area_px,
                    )

    def fix(self, subject: Subject, finding: Finding, parameters: Parameters, closed: Collection[int]) -> Fix | None:
        layer = subject.layer(finding.layer or "")
        part = None if layer is None or finding.at is None else part_at(layer, finding.at, 0)
        return None if layer is None or part is None else given_away(subject, layer, part.region, closed)
