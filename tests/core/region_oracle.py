# SPDX-License-Identifier: Apache-2.0
"""Parts, statistics, run lengths and mips pixel by pixel: what the quick ones are compared with."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.unsignedinteger]
Pixel = tuple[int, int]


def part_pixels(ids: Ids, y: int, x: int) -> set[Pixel]:
    """(y, x) of all pixels joined to one by 4-neighbours of its id."""
    height, width = ids.shape
    found, open_ends = {(y, x)}, [(y, x)]
    while open_ends:
        py, px = open_ends.pop()
        for qy, qx in ((py - 1, px), (py + 1, px), (py, px - 1), (py, px + 1)):
            inside = 0 <= qy < height and 0 <= qx < width
            if inside and (qy, qx) not in found and ids[qy, qx] == ids[y, x]:
                found.add((qy, qx))
                open_ends.append((qy, qx))
    return found


def parts(ids: Ids, segment_ids: Collection[int] | None) -> list[tuple[int, set[Pixel]]]:
    """(id, pixels) in the order of the first pixel."""
    taken: set[Pixel] = set()
    found = []
    for y, x in np.ndindex(*ids.shape):
        if (y, x) not in taken and (segment_ids is None or int(ids[y, x]) in segment_ids):
            pixels = part_pixels(ids, y, x)
            taken |= pixels
            found.append((int(ids[y, x]), pixels))
    return found


def box_of(pixels: Collection[Pixel]) -> tuple[int, int, int, int]:
    ys, xs = [y for y, _ in pixels], [x for _, x in pixels]
    return min(xs), min(ys), max(xs) + 1, max(ys) + 1


def runs_of(pixels: set[Pixel]) -> list[tuple[int, int, int]]:
    runs = []
    for y, x in sorted(pixels):
        if (y, x - 1) in pixels:
            runs[-1] = (y, runs[-1][1], x + 1)
        else:
            runs.append((y, x, x + 1))
    return runs


def neighbours(ids: Ids) -> dict[int, dict[int, int]]:
    """id -> other id (−1: the frame) -> number of cracks between them."""
    padded = np.pad(ids.astype(np.int64), 1, constant_values=-1)
    found: dict[int, dict[int, int]] = {int(segment_id): {} for segment_id in np.unique(ids)}
    for y, x in np.ndindex(*ids.shape):
        own = int(ids[y, x])
        for dy, dx in ((0, 1), (2, 1), (1, 0), (1, 2)):
            other = int(padded[y + dy, x + dx])
            if other != own:
                found[own][other] = found[own].get(other, 0) + 1
    return found


def counts_of(mask: NDArray[np.bool_]) -> list[int]:
    """COCO's column-major run lengths of one mask."""
    counts, current, length = [], False, 0
    for value in mask.T.reshape(-1).tolist():
        if value != current:
            counts.append(length)
            current, length = value, 0
        length += 1
    return [*counts, length]


def string_of(counts: list[int]) -> str:
    """COCO's compressed string, number by number."""
    text = ""
    for k, count in enumerate(counts):
        number = count - counts[k - 2] if k > 2 else count
        more = True
        while more:
            group = number & 31
            number >>= 5
            more = number != (-1 if group & 16 else 0)
            text += chr(48 + group + (32 if more else 0))
    return text


def mip_above(ids: Ids, unlabelled: NDArray[np.bool_]) -> tuple[Ids, NDArray[np.bool_]]:
    height, width = ids.shape
    size = ((height + 1) // 2, (width + 1) // 2)
    above, bits = np.zeros(size, ids.dtype), np.zeros(size, np.bool_)
    for y, x in np.ndindex(*size):
        above[y, x] = ids[min(2 * y + 1, height - 1), min(2 * x + 1, width - 1)]
        bits[y, x] = bool(unlabelled[2 * y : 2 * y + 2, 2 * x : 2 * x + 2].any())
    return above, bits
