# SPDX-License-Identifier: Apache-2.0
"""Small parts apart from the rest of their segment, and who gets them (contract/vector-view.md, "Regions of a map")."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intarsia.core.components import Component, components
from intarsia.core.runs import Region, pixel_offsets

I64 = NDArray[np.int64]
Ids = NDArray[np.unsignedinteger]


@dataclass(frozen=True, slots=True)
class Island:
    """A part of `segment_id` that goes to `taker_id`; one of the two may be 0."""

    segment_id: int
    taker_id: int
    region: Region


@dataclass(frozen=True, slots=True, eq=False)
class _Shores:
    """Cracks between an island and a pixel beside it that is not of the same island: flat position of that pixel."""

    island: I64
    beside: I64


def islands(
    ids: Ids, *, below_px: int, segment_ids: Collection[int] | None = None, closed: Collection[int] = ()
) -> list[Island]:
    """Islands under `below_px` of the given ids (of every id when None) of an (H, W) map with who gets them.

    An island goes to the id with which it shares most cracks, of equals the lowest; in rounds, so that islands beside
    islands go on to solid ground. Ids in `closed` neither lose nor take. Sorted by first run.
    Raises `size_out_of_range`.
    """
    shut = {i for i in closed if i != 0}
    small = _small_parts(components(ids, segment_ids=segment_ids), below_px, shut)
    if not small:
        return []
    positions = [_positions(part.region, ids.shape[1]) for part in small]
    island_at = np.full(ids.size, -1, np.int64)
    for number, pixels in enumerate(positions):
        island_at[pixels] = number
    takers = _decide(ids, positions, island_at, shut)
    return [
        Island(part.segment_id, taker, part.region)
        for part, taker in zip(small, takers, strict=True)
        if taker is not None and taker != part.segment_id
    ]


def _small_parts(parts: Sequence[Component], below_px: int, shut: Collection[int]) -> list[Component]:
    """Parts under the limit; never the largest part of a segment, and the first of equally large ones."""
    largest: dict[int, Component] = {}
    for part in parts:
        known = largest.get(part.segment_id)
        if part.segment_id != 0 and (known is None or part.area_px > known.area_px):
            largest[part.segment_id] = part
    return [
        part
        for part in parts
        if part.area_px < below_px and part.segment_id not in shut and largest.get(part.segment_id) is not part
    ]


def _positions(region: Region, width: int) -> I64:
    return pixel_offsets(region.ys.astype(np.int64) * width + region.x0s, region.x1s.astype(np.int64) - region.x0s)


def _decide(ids: Ids, positions: Sequence[I64], island_at: I64, shut: Collection[int]) -> list[int | None]:
    """Taker of each island; None when only closed ids and islands without a taker are beside it."""
    owner = ids.reshape(-1).astype(np.int64)
    takers: list[int | None] = [None] * len(positions)
    waits = np.ones(len(positions) + 1, np.bool_)
    waits[-1] = False  # asked for with −1: solid ground
    shores = _shores(ids.shape[0], ids.shape[1], positions, island_at)
    while shores.island.size:
        solid = ~waits[island_at[shores.beside]] & ~np.isin(owner[shores.beside], list(shut))
        decided = _most_cracks(shores.island[solid], owner[shores.beside[solid]])
        if not decided:
            break
        for island, taker in decided:
            takers[island] = taker
            owner[positions[island]] = taker
            waits[island] = False
        left = waits[shores.island]
        shores = _Shores(shores.island[left], shores.beside[left])
    return takers


def _shores(height: int, width: int, positions: Sequence[I64], island_at: I64) -> _Shores:
    pixels = np.concatenate(positions)
    columns = pixels % width
    steps = (
        (-width, pixels >= width),
        (width, pixels < (height - 1) * width),
        (-1, columns > 0),
        (1, columns < width - 1),
    )
    beside = np.concatenate([pixels[inside] + step for step, inside in steps])
    island = np.concatenate([island_at[pixels[inside]] for _, inside in steps])
    apart = island_at[beside] != island
    return _Shores(island[apart], beside[apart])


def _most_cracks(island: I64, owner: I64) -> list[tuple[int, int]]:
    """(island, id with which it shares most cracks, of equals the lowest) for each island named."""
    order = np.lexsort((owner, island))
    island, owner = island[order], owner[order]
    opens = np.ones(island.size, np.bool_)
    opens[1:] = (island[1:] != island[:-1]) | (owner[1:] != owner[:-1])
    first = np.flatnonzero(opens)
    counts = np.diff(first, append=island.size)
    island, owner = island[first], owner[first]
    best = np.lexsort((owner, -counts, island))
    island, owner = island[best], owner[best]
    lead = np.ones(island.size, np.bool_)
    lead[1:] = island[1:] != island[:-1]
    return list(zip(island[lead].tolist(), owner[lead].tolist(), strict=True))
