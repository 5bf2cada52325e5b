# SPDX-License-Identifier: Apache-2.0
"""Pixels that a merge or a deletion did not name, since another author gave them to the segment in the meantime."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from intarsia.core.edit import compose_pixels
from intarsia.core.geometry import tile_grid
from intarsia.core.label_map import LabelMap
from intarsia.core.limits import TILE_SIDE_PX
from intarsia.core.pixel_runs import PixelRuns

U32 = NDArray[np.uint32]


def carried_over(head: LabelMap, written: PixelRuns, targets: Mapping[int, int]) -> PixelRuns:
    """`written` (exact against `head`), and with it every pixel that a key of `targets` would keep goes to its target.

    No target is a key.
    """
    moves = _runs_to(head, targets)
    if moves.run_count == 0 and not targets.keys() & written.ids():
        return written
    # As if the whole segment had gone over first, and what was written came after that.
    before, after = _renamed(written.before, targets), _renamed(written.after, targets)
    ys, x0s, lengths = (column.astype(np.int64) for column in (written.ys, written.x0s, written.lengths))
    return compose_pixels(moves, PixelRuns.from_columns(ys, x0s, lengths, before, after))


def _renamed(ids: U32, targets: Mapping[int, int]) -> U32:
    renamed = ids.copy()
    for key, target in targets.items():
        renamed[ids == key] = target
    return renamed


def _runs_to(label_map: LabelMap, targets: Mapping[int, int]) -> PixelRuns:
    """All pixels of the keys, from key to target."""
    columns = tile_grid(label_map.size_hw)[1]
    keys = np.array(sorted(targets), np.uint32)
    parts = []
    for index in label_map.tiles_holding(targets.keys()):
        height, width = label_map.tile_array(index).shape
        left = index % columns * TILE_SIDE_PX
        ys = np.arange(height, dtype=np.int64) + index // columns * TILE_SIDE_PX
        x0s = np.full(height, left, np.int64)
        source, starts, lengths, ids = label_map.split_runs(ys, x0s, x0s + width)
        kept = np.isin(ids, keys)
        parts.append((ys[source[kept]], starts[kept], lengths[kept], ids[kept]))
    if not parts:
        return PixelRuns.empty()
    ys, x0s, lengths, ids = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((x0s, ys))
    ids = ids[order]
    return PixelRuns.from_columns(ys[order], x0s[order], lengths[order], ids, _renamed(ids, targets))
