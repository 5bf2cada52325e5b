# SPDX-License-Identifier: Apache-2.0
"""Many small random maps of the kinds that break border tracing, quickly, from one seed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.uint32]
_HIGH_IDS = np.array([0, 1, 2, 65_535, 65_536, 65_537, (1 << 32) - 1], np.uint32)


def random_maps(count: int, *, seed: int, side_max: int = 14) -> Iterator[Ids]:
    rng = np.random.default_rng(seed)
    kinds = (_noise, _many_ids, _checkerboard, _single_pixels, _diagonals, _edge_contacts, _blobs, _one_wide)
    for number in range(count):
        size_hw = (int(rng.integers(1, side_max)), int(rng.integers(1, side_max)))
        yield kinds[number % len(kinds)](rng, size_hw)


def _noise(rng: np.random.Generator, size_hw: tuple[int, int]) -> Ids:
    return rng.choice(_HIGH_IDS[: rng.integers(1, 8)], size_hw)


def _many_ids(rng: np.random.Generator, size_hw: tuple[int, int]) -> Ids:
    return rng.permutation(size_hw[0] * size_hw[1]).reshape(size_hw).astype(np.uint32)


def _checkerboard(rng: np.random.Generator, size_hw: tuple[int, int]) -> Ids:
    ys, xs = np.indices(size_hw)
    side = int(rng.integers(1, 3))
    ids = rng.choice(_HIGH_IDS, 2, replace=False)[(ys // side + xs // side) % 2]
    flips = rng.random(size_hw) < 0.05
    return np.where(flips, np.uint32(7), ids)


def _single_pixels(rng: np.random.Generator, size_hw: tuple[int, int]) -> Ids:
    ids = np.zeros(size_hw, np.uint32)
    spots = rng.random(size_hw) < 0.15
    ids[spots] = rng.integers(1, 4, int(spots.sum()))
    return ids


def _diagonals(rng: np.random.Generator, size_hw: tuple[int, int]) -> Ids:
    ys, xs = np.indices(size_hw)
    slope, width = int(rng.integers(-3, 4)), int(rng.integers(1, 4))
    return ((slope * ys + xs) // width % int(rng.integers(2, 5))).astype(np.uint32)


def _edge_contacts(rng: np.random.Generator, size_hw: tuple[int, int]) -> Ids:
    ids = np.full(size_hw, 3, np.uint32)
    for side in (ids[0], ids[-1], ids[:, 0], ids[:, -1]):
        side[rng.random(side.size) < 0.5] = rng.integers(0, 3)
    return ids


def _blobs(rng: np.random.Generator, size_hw: tuple[int, int]) -> Ids:
    ys, xs = np.indices(size_hw)
    ids = np.zeros(size_hw, np.uint32)
    for owner in range(1, int(rng.integers(2, 7))):
        cy, cx = rng.integers(-2, size_hw[0] + 2), rng.integers(-2, size_hw[1] + 2)
        ids[(ys - cy) ** 2 + (xs - cx) ** 2 <= rng.integers(1, 40)] = owner
    return ids


def _one_wide(rng: np.random.Generator, size_hw: tuple[int, int]) -> Ids:
    ids = np.zeros(size_hw, np.uint32)
    y, x = 0, 0
    for _ in range(size_hw[0] * size_hw[1]):
        ids[y, x] = 5
        y = int(np.clip(y + rng.integers(-1, 2), 0, size_hw[0] - 1))
        x = int(np.clip(x + rng.integers(-1, 2), 0, size_hw[1] - 1))
    return ids if rng.random() < 0.8 else ids.T[:1]
