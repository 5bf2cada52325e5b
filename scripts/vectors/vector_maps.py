# SPDX-License-Identifier: Apache-2.0
"""Small maps that look for trouble at borders, for the golden vectors of contract/vector-view.md."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.uint32]
IDS = (0, 1, 2, 65_535, 65_536, 65_537, (1 << 32) - 1)


def drawn(*rows: str) -> Ids:
    return np.array([[int(character) for character in row] for row in rows], np.uint32)


def named_maps() -> Iterator[tuple[str, str, Ids]]:
    """(name, why, ids)."""
    yield "one pixel", "the frame alone: four arcs between corners", drawn("7")
    yield "unlabelled", "0 is an id like any other", drawn("000", "000")
    yield "island", "a closed arc, shared by a hole and an outer ring", drawn("2222", "2552", "2552", "2222")
    yield "pixel island", "the smallest closed arc", drawn("000", "010", "000")
    yield "diagonal", "four cracks meet: diagonal pixels of one id are apart", drawn("10", "01")
    yield "three diagonals", "loops that begin and end in one node", drawn("00000", "01000", "00100", "00010", "00000")
    yield (
        "pinched hole",
        "an outer ring that touches itself in a node",
        drawn("0111", "1011", "1111", "1111"),
    )
    yield (
        "island in a hole",
        "each hole belongs to its own part",
        drawn("1111111", "1000001", "1011101", "1012101", "1011101", "1000001", "1111111"),
    )
    yield "junctions", "three cracks meet", drawn("112", "132", "442")
    yield "frame", "touches all sides", drawn("010", "111", "010")
    yield "column", "one pixel wide", drawn("1", "1", "0", "2", "1")
    yield "row", "one pixel high", drawn("110021")
    yield "staircase", "a slanted border becomes one piece", np.tri(9, 12, 1, dtype=np.uint32)
    yield "stripes", "no vertical crack but the frame", drawn("111", "222", "333")


def random_maps(count: int, *, seed: int) -> Iterator[Ids]:
    rng = random.Random(seed)
    for number in range(count):
        height, width = rng.randint(1, 11), rng.randint(1, 11)
        if number % 3 == 0:
            kinds = IDS[: rng.randint(2, len(IDS))]
            yield np.array([[rng.choice(kinds) for _ in range(width)] for _ in range(height)], np.uint32)
            continue
        ids = np.full((height, width), rng.choice(IDS), np.uint32)
        for _ in range(rng.randint(1, 5)):
            y, x, reach = rng.randrange(height), rng.randrange(width), rng.randint(1, 30)
            ys, xs = np.indices(ids.shape)
            inside = (
                (ys - y) ** 2 + (xs - x) ** 2 <= reach if number % 3 == 1 else (ys >= y) & (xs * 2 + ys < 2 * x + 9)
            )
            ids[inside] = rng.choice(IDS)
        yield ids


def waves(size_hw: tuple[int, int], *, rise: int, run: int) -> Ids:
    """A winding border from side to side, and a straight slanted one below it."""
    height, width = size_hw
    ids = np.zeros(size_hw, np.uint32)
    for x in range(width):
        ids[height // 4 + abs(x % 37 - 18) * abs(x % 11 - 5) // 12 :, x] = 3
        ids[height // 2 + x * rise // run :, x] = 65_536
    return ids
