# SPDX-License-Identifier: Apache-2.0
"""Smaller copies of a label map for zoomed-out views (contract/label-map-codec.md, "Mips")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.unsignedinteger]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class MipLevel:
    """Ids of one level, (ceil(H / 2^level), ceil(W / 2^level)), and where any pixel below is unlabelled."""

    level: int
    ids: Ids
    any_unlabelled: Bools


def mip_levels(ids: Ids) -> Iterator[MipLevel]:
    """Levels 0 (the map itself), 1, 2, … up to the one that is a single pixel."""
    current = MipLevel(0, ids, ids == 0)
    yield current
    while current.ids.size > 1:
        current = next_level(current)
        yield current


def next_level(below: MipLevel) -> MipLevel:
    """The level above: the lower-right pixel of each 2 × 2 block, and the OR of the block's unlabelled bits."""
    height, width = below.ids.shape
    ys = np.minimum(np.arange(1, height + 1, 2), height - 1)
    xs = np.minimum(np.arange(1, width + 1, 2), width - 1)
    bits = below.any_unlabelled
    rows = bits[::2] | bits[ys]
    return MipLevel(below.level + 1, below.ids[np.ix_(ys, xs)], rows[:, ::2] | rows[:, xs])
