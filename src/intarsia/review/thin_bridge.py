# SPDX-License-Identifier: Apache-2.0
"""Two large lobes of one segment that hang together by a neck a few pixels wide: often two things drawn as one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from intarsia.core.components import Component, components
from intarsia.core.gaps import give_to_neighbours
from intarsia.core.runs import Region
from intarsia.review.base import Finding, Parameter, Parameters, RuleInfo, integer
from intarsia.review.subject import Subject

Mask = NDArray[np.bool_]
U32 = NDArray[np.uint32]


class ThinBridge:
    info = RuleInfo(
        code="thin_bridge",
        title="Thin bridges",
        why="A narrow neck between two large lobes often joins two objects that are not one.",
        parameters=(
            Parameter("width_px", "Neck up to", "integer", 2, 1, 32, "px"),
            Parameter("lobe_px", "Lobes from", "integer", 200, 4, 10_000_000, "px"),
        ),
        on=False,
    )

    def check(self, subject: Subject, parameters: Parameters) -> Iterator[Finding]:
        width, lobe = integer(parameters, "width_px"), integer(parameters, "lobe_px")
        for layer in subject.layers:
            for part in layer.parts:
                entry = subject.class_of(part.segment_id)
                if part.area_px < 2 * lobe or entry is None or entry.kind != "thing":
                    continue
                for at in necks(part, width_px=width, lobe_px=lobe):
                    yield Finding(
                        self.info.code,
                        layer=layer.name,
                        segment_ids=(part.segment_id,),
                        box_xyxy=(at[0], at[1], at[0] + 1, at[1] + 1),
                        at=at,
                        area_px=part.area_px,
                        values={"width_px": width},
                    )


def necks(part: Component, *, width_px: int, lobe_px: int) -> list[tuple[int, int]]:
    """Pixels (x, y), one on each neck of up to `width_px` between lobes that keep `lobe_px` pixels without it.

    What a square of width_px + 1 pixels a side fits into is solid; the lobes grow back over the rest, and where two
    of them meet is the neck.
    """
    x0, y0, x1, y1 = part.box_xyxy
    mask = np.zeros((y1 - y0, x1 - x0), np.bool_)
    for y, start, end in part.region.runs():
        mask[y - y0, start - x0 : end - x0] = True
    solid = _opened(mask, side_px=width_px + 1)
    lobes = [lobe for lobe in components(solid.astype(np.uint32), segment_ids=(1,)) if lobe.area_px >= lobe_px]
    if len(lobes) < 2:
        return []
    return [(x + x0, y + y0) for x, y in _meetings(mask, lobes)]


def _opened(mask: Mask, *, side_px: int) -> Mask:
    """Pixels that some square of `side_px` wholly inside the mask covers."""
    height, width = mask.shape
    if height < side_px or width < side_px:
        return np.zeros_like(mask)
    sums = np.zeros((height + 1, width + 1), np.int64)
    np.cumsum(np.cumsum(mask, axis=0, dtype=np.int64), axis=1, out=sums[1:, 1:])
    inside = sums[side_px:, side_px:] - sums[:-side_px, side_px:] - sums[side_px:, :-side_px]
    fits = (inside + sums[:-side_px, :-side_px]) == side_px * side_px
    covered = np.zeros((height + 1, width + 1), np.int64)
    ys, xs = np.nonzero(fits)
    np.add.at(covered, (ys, xs), 1)
    np.add.at(covered, (ys + side_px, xs + side_px), 1)
    np.add.at(covered, (ys + side_px, xs), -1)
    np.add.at(covered, (ys, xs + side_px), -1)
    opened: Mask = np.cumsum(np.cumsum(covered, axis=0), axis=1)[:-1, :-1] > 0
    return opened


def _meetings(mask: Mask, lobes: list[Component]) -> list[tuple[int, int]]:
    """One pixel for each pair of lobes that meet when all grow back over the rest of the mask."""
    # 1 is the frame that no lobe may enter, 0 what is to be shared out.
    grown: U32 = np.where(mask, 0, 1).astype(np.uint32)
    for place, lobe in enumerate(lobes):
        for y, start, end in lobe.region.runs():
            grown[y, start:end] = place + 2
    free = np.flatnonzero(grown.reshape(-1) == 0)
    if free.size:
        width = mask.shape[1]
        opens = np.append(True, (free[1:] != free[:-1] + 1) | (free[1:] % width == 0))
        first = np.flatnonzero(opens)
        starts = free[first]
        ends = free[np.append(first[1:], free.size) - 1] + 1
        ys = starts // width
        region = Region(*(column.astype(np.int32) for column in (ys, starts - ys * width, ends - ys * width)))
        for gift in give_to_neighbours(grown, region, closed=(1,)):
            for y, start, end in gift.region.runs():
                grown[y, start:end] = gift.segment_id
    found: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for one, other, dx, dy in ((grown[:, :-1], grown[:, 1:], 1, 0), (grown[:-1], grown[1:], 0, 1)):
        ys, xs = np.nonzero((one != other) & (one > 1) & (other > 1))
        for y, x in zip(ys.tolist(), xs.tolist(), strict=True):
            pair = tuple(sorted((int(grown[y, x]), int(grown[y + dy, x + dx]))))
            found.setdefault((pair[0], pair[1]), []).append((x, y))
    return [cracks[len(cracks) // 2] for _, cracks in sorted(found.items())]
