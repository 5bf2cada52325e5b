# SPDX-License-Identifier: Apache-2.0
"""Small parts that lie wholly inside one other segment."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np

from intarsia.core.components import Component
from intarsia.review.base import Finding, Fix, Parameter, Parameters, RuleInfo, class_numbers, integer
from intarsia.review.places import given_to, part_at, pixel_in
from intarsia.review.subject import LayerView, Subject


class Hole:
    info = RuleInfo(
        code="hole",
        title="Holes",
        why="A small hole in a segment is mostly a spot that the outline went round by mistake.",
        parameters=(
            Parameter("below_px", "Smaller than", "integer", 64, 2, 1_000_000, "px"),
            Parameter("except_classes", "Not in these classes", "classes", []),
        ),
        fixable=True,
    )

    def check(self, subject: Subject, parameters: Parameters) -> Iterator[Finding]:
        below = integer(parameters, "below_px")
        spared = class_numbers(parameters, "except_classes")
        for layer in subject.layers:
            for part in layer.parts:
                host_id = host_of(layer, part) if part.area_px < below else None
                host = None if host_id is None else subject.segment(host_id)
                if host_id is None or (host is not None and host.class_number in spared):
                    continue
                yield Finding(
                    self.info.code,
                    layer=layer.name,
                    segment_ids=(host_id,),
                    box_xyxy=part.box_xyxy,
                    at=pixel_in(part),
                    area_px=part.area_px,
                    values={"inside": part.segment_id},
                )

    def fix(self, subject: Subject, finding: Finding, parameters: Parameters, closed: Collection[int]) -> Fix | None:
        layer = subject.layer(finding.layer or "")
        inside = finding.values.get("inside")
        if layer is None or finding.at is None or not isinstance(inside, int):
            return None
        part = part_at(layer, finding.at, inside)
        host = None if part is None else host_of(layer, part)
        if part is None or host is None or host in closed or inside in closed:
            return None
        return given_to(subject, layer, part.region, host)


def host_of(layer: LayerView, part: Component) -> int | None:
    """The one segment all round the part; None at the image's edge, beside several, or inside unlabelled pixels."""
    height, width = layer.ids.shape
    x0, y0, x1, y1 = part.box_xyxy
    if x0 == 0 or y0 == 0 or x1 == width or y1 == height:
        return None
    cut = layer.ids[y0 - 1 : y1 + 1, x0 - 1 : x1 + 1]
    mine = np.zeros(cut.shape, np.bool_)
    for y, start, end in part.region.runs():
        mine[y - y0 + 1, start - x0 + 1 : end - x0 + 1] = True
    beside = np.zeros(cut.shape, np.bool_)
    beside[1:] |= mine[:-1]
    beside[:-1] |= mine[1:]
    beside[:, 1:] |= mine[:, :-1]
    beside[:, :-1] |= mine[:, 1:]
    owners = np.unique(cut[beside & ~mine])
    return int(owners[0]) if owners.size == 1 and owners[0] != 0 else None
