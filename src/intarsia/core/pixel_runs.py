# SPDX-License-Identifier: Apache-2.0
"""Changed pixels with the id before and after, as canonical runs and as bytes (contract/edit.md, version 1)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intarsia.core.errors import CodecError
from intarsia.core.geometry import SizeHW, tile_grid
from intarsia.core.limits import EDIT_RUNS_MAX, TILE_SIDE_PX
from intarsia.core.pixel_codec import decode_columns, encode_columns
from intarsia.core.runs import Region

I32 = NDArray[np.int32]
I64 = NDArray[np.int64]
U32 = NDArray[np.uint32]


@dataclass(frozen=True, slots=True, eq=False)
class PixelRuns:
    """Runs (y, x0, length, before, after): int32 and uint32 arrays of one length.

    Canonical: sorted by y then x0, disjoint, before != after; two runs that touch on a row differ in before or after.
    """

    ys: I32
    x0s: I32
    lengths: I32
    before: U32
    after: U32

    @staticmethod
    def empty() -> PixelRuns:
        none, no_ids = np.empty(0, np.int32), np.empty(0, np.uint32)
        return PixelRuns(none, none, none, no_ids, no_ids)

    @staticmethod
    def from_columns(ys: I64, x0s: I64, lengths: I64, before: U32, after: U32) -> PixelRuns:
        """Canonical runs of sorted, disjoint runs: runs that change nothing are dropped, mergeable ones merged."""
        kept = before != after
        if not bool(kept.all()):
            ys, x0s, lengths, before, after = ys[kept], x0s[kept], lengths[kept], before[kept], after[kept]
        if ys.size > 1:
            joins = (ys[1:] == ys[:-1]) & (x0s[1:] == x0s[:-1] + lengths[:-1])
            joins &= (before[1:] == before[:-1]) & (after[1:] == after[:-1])
            if bool(joins.any()):
                first = np.concatenate((np.zeros(1, np.int64), np.flatnonzero(~joins) + 1))
                lengths = np.add.reduceat(lengths.astype(np.int64), first)
                ys, x0s, before, after = ys[first], x0s[first], before[first], after[first]
        return PixelRuns(
            ys.astype(np.int32, copy=False),
            x0s.astype(np.int32, copy=False),
            lengths.astype(np.int32, copy=False),
            before.astype(np.uint32, copy=False),
            after.astype(np.uint32, copy=False),
        )

    @staticmethod
    def from_runs(runs: Sequence[tuple[int, int, int, int, int]]) -> PixelRuns:
        """Canonical runs of [(y, x0, length, before, after), …], sorted and disjoint."""
        table = np.array(runs, np.int64).reshape(-1, 5)
        before, after = table[:, 3].astype(np.uint32), table[:, 4].astype(np.uint32)
        return PixelRuns.from_columns(table[:, 0], table[:, 1], table[:, 2], before, after)

    @property
    def run_count(self) -> int:
        return int(self.ys.size)

    @property
    def pixel_count(self) -> int:
        return int(self.lengths.sum(dtype=np.int64))

    @property
    def x1s(self) -> I64:
        """Column after the last pixel of each run."""
        return self.x0s.astype(np.int64) + self.lengths

    def runs(self) -> list[tuple[int, int, int, int, int]]:
        """[(y, x0, length, before, after), …] as plain ints."""
        columns = (self.ys, self.x0s, self.lengths, self.before, self.after)
        return list(zip(*(column.tolist() for column in columns), strict=True))

    def ids(self) -> set[int]:
        """All ids that the runs name, before and after."""
        return set(np.unique(np.concatenate((self.before, self.after))).tolist())

    def inverted(self) -> PixelRuns:
        return PixelRuns(self.ys, self.x0s, self.lengths, self.after, self.before)

    def region(self) -> Region:
        """The pixels alone; runs that touch are joined."""
        starts = np.ones(self.run_count, np.bool_)
        np.logical_or(self.ys[1:] != self.ys[:-1], self.x0s[1:] != self.x1s[:-1], out=starts[1:])
        first = np.flatnonzero(starts)
        last = np.append(first[1:], self.run_count) - 1 if first.size else first
        return Region(self.ys[first], self.x0s[first], self.x1s[last].astype(np.int32))

    def box_xyxy(self) -> tuple[int, int, int, int] | None:
        """Half-open bounding box in px, None when there are no pixels."""
        if self.run_count == 0:
            return None
        return int(self.x0s.min()), int(self.ys[0]), int(self.x1s.max()), int(self.ys[-1]) + 1

    def tile_indices(self, size_hw: SizeHW) -> list[int]:
        """Ascending row-major indices of the tiles that the runs touch."""
        columns = tile_grid(size_hw)[1]
        ty = self.ys.astype(np.int64) // TILE_SIDE_PX
        first, last = self.x0s.astype(np.int64) // TILE_SIDE_PX, (self.x1s - 1) // TILE_SIDE_PX
        tiles: set[int] = set()
        for row, tx0, tx1 in np.unique(np.stack((ty, first, last), axis=1), axis=0).tolist():
            tiles.update(range(row * columns + tx0, row * columns + tx1 + 1))
        return sorted(tiles)

    def fits(self, size_hw: SizeHW) -> bool:
        """Whether all runs lie in an image of this size."""
        if self.run_count == 0:
            return True
        return int(self.ys.max()) < size_hw[0] and int(self.x1s.max()) <= size_hw[1]

    def encode(self) -> bytes:
        """Bytes of version 1; no pixels give no bytes."""
        if self.run_count == 0:
            return b""
        return encode_columns(self.ys, self.x0s, self.lengths, self.before, self.after)

    @staticmethod
    def decode(data: bytes, size_hw: SizeHW) -> PixelRuns:
        """Runs of bytes in an image of `size_hw`. Raises `CodecError`; memory stays in proportion to the bytes."""
        if not data:
            return PixelRuns.empty()
        return PixelRuns(*decode_columns(data, size_hw, runs_max=EDIT_RUNS_MAX))

    def to_base64(self) -> str:
        return base64.b64encode(self.encode()).decode("ascii")

    @staticmethod
    def from_base64(text: str, size_hw: SizeHW) -> PixelRuns:
        """As `decode`, of standard base64 with padding; anything else is `bad_base64`."""
        try:
            data = base64.b64decode(text.encode("ascii"), validate=True)
        except (ValueError, binascii.Error):
            data = None
        if data is None or base64.b64encode(data).decode("ascii") != text:
            raise CodecError("bad_base64", "The pixels of the edit are not standard base64 with padding.")
        return PixelRuns.decode(data, size_hw)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PixelRuns):
            return NotImplemented
        return all(np.array_equal(getattr(self, name), getattr(other, name)) for name in self.__slots__)

    __hash__ = None  # type: ignore[assignment]
