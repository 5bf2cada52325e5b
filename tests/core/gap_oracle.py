# SPDX-License-Identifier: Apache-2.0
"""Gaps and islands pixel by pixel, as the page words them: what the quick ones are compared with."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from . import region_oracle
from .region_oracle import Pixel

Ids = NDArray[np.unsignedinteger]


def beside(pixel: Pixel, size_hw: tuple[int, int]) -> list[Pixel]:
    y, x = pixel
    near = ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1))
    return [(qy, qx) for qy, qx in near if 0 <= qy < size_hw[0] and 0 <= qx < size_hw[1]]


def gifts(ids: Ids, region: set[Pixel], closed: Collection[int]) -> dict[int, set[Pixel]]:
    """Id -> pixels it gets. Each pixel looks for its nearest taker by itself, one step further at a time."""
    given: dict[int, set[Pixel]] = {}
    for pixel in region:
        seen, ring = {pixel}, {pixel}
        while ring:
            around = {q for p in ring for q in beside(p, ids.shape)} - seen  # type: ignore[arg-type]
            takers = {int(ids[q]) for q in around if q not in region} - {0, *closed}
            if takers:
                given.setdefault(min(takers), set()).add(pixel)
                break
            seen |= around
            ring = around & region
    return given


def islands(
    ids: Ids, below_px: int, segment_ids: Collection[int] | None, closed: Collection[int]
) -> list[tuple[int, int, set[Pixel]]]:
    """(id, taker, pixels) by first pixel, round after round."""
    shut = set(closed) - {0}
    parts = region_oracle.parts(ids, segment_ids)
    areas: dict[int, int] = {}
    for segment_id, pixels in parts:
        areas[segment_id] = max(areas.get(segment_id, 0), len(pixels))
    waiting = {}
    for number, (segment_id, pixels) in enumerate(parts):
        if segment_id != 0 and areas.get(segment_id) == len(pixels):
            areas[segment_id] = -1  # the first of the largest
        elif len(pixels) < below_px and segment_id not in shut:
            waiting[number] = pixels
    owner, takers = {(y, x): int(ids[y, x]) for y, x in np.ndindex(*ids.shape)}, {}
    while True:
        wet = set().union(*waiting.values()) if waiting else set()
        decided = {}
        for number, pixels in waiting.items():
            shore = [owner[q] for p in pixels for q in beside(p, ids.shape) if q not in wet]  # type: ignore[arg-type]
            counts = {taker: shore.count(taker) for taker in shore if taker not in shut}
            if counts:
                decided[number] = min(counts, key=lambda taker: (-counts[taker], taker))
        if not decided:
            break
        for number, taker in decided.items():
            owner.update(dict.fromkeys(waiting.pop(number), taker))
        takers.update(decided)
    return [(*parts[k][:1], takers[k], parts[k][1]) for k in sorted(takers) if takers[k] != parts[k][0]]
