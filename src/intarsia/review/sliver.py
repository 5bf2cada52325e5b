# SPDX-License-Identifier: Apache-2.0
"""Parts so thin and small that they are rather a seam between two outlines than something seen."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np

from intarsia.core.components import Component
from intarsia.review.base import (
    Finding,
    Fix,
    Parameter,
    Parameters,
    RuleInfo,
    class_numbers,
    integer,
    number,
)
from intarsia.review.places import given_away, part_at, pixel_in
from intarsia.review.subject import Subject


class Sliver:
    info = RuleInfo(
        code="sliver",
        title="Slivers",
        why="A long strip a pixel or two wide is mostly a seam that two outlines left between them.",
        parameters=(
            Parameter("below_px", "Smaller than", "integer", 200, 2, 1_000_000, "px"),
            Parameter("width_px", "Mean width up to", "number", 1.5, 0.5, 50.0, "px"),
            Parameter("except_classes", "Not for these classes", "classes", []),
        ),
        fixable=True,
    )

    def check(self, subject: Subject, parameters: Parameters) -> Iterator[Finding]:
        below, width = integer(parameters, "below_px"), number(parameters, "width_px")
        spared = class_numbers(parameters, "except_classes")
        for layer in subject.layers:
            for part in layer.parts:
                if part.segment_id == 0 or part.area_px >= below or not is_sliver(part, width):
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
                    values={"width_px": round(mean_width_px(part), 2)},
                )

    def fix(self, subject: Subject, finding: Finding, parameters: Parameters, closed: Collection[int]) -> Fix | None:
        layer = subject.layer(finding.layer or "")
        if layer is None or finding.at is None or finding.segment_ids[0] in closed:
            return None
        part = part_at(layer, finding.at, finding.segment_ids[0])
        return None if part is None else given_away(subject, layer, part.region, closed)


def is_sliver(part: Component, width_px: float) -> bool:
    """Thin, and at least four times as long as wide: a single pixel is an island, not a strip."""
    mean = mean_width_px(part)
    return mean <= width_px and part.area_px >= 4 * mean * mean


def mean_width_px(part: Component) -> float:
    """Twice the area over the length of the outline without the two ends: exact for straight strips."""
    region = part.region
    lengths = (region.x1s - region.x0s).astype(np.int64)
    cracks = 2 * int(lengths.sum()) - 2 * _shared_px(part) + 2 * region.run_count
    # A strip w wide and l long has 2l + 2w cracks and l·w pixels: w solves w² − (cracks/2)·w + area = 0.
    half = cracks / 2
    return float((half - np.sqrt(max(half * half - 4 * part.area_px, 0.0))) / 2)


def _shared_px(part: Component) -> int:
    """Pixels that have another one of the part right below them."""
    x0, y0, x1, y1 = part.box_xyxy
    grid = np.zeros((y1 - y0, x1 - x0), np.bool_)
    for y, start, end in part.region.runs():
        grid[y - y0, start - x0 : end - x0] = True
    return int((grid[1:] & grid[:-1]).sum())
