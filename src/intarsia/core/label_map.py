# SPDX-License-Identifier: Apache-2.0
"""The label map of one layer: an immutable grid of segment ids, cut into tiles that maps share with one another."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from intarsia.core.errors import GeometryError
from intarsia.core.geometry import SizeHW, check_size, tile_grid, tile_size
from intarsia.core.limits import SEGMENT_ID_MAX, TILE_SIDE_PX
from intarsia.core.runs import I64, pixel_offsets
from intarsia.core.tile_codec import (
    decode_pack,
    encode_pack,
    encode_tile,
    encode_uniform_tile,
    read_tile_runs,
    tile_name,
    tile_palette,
)

if TYPE_CHECKING:
    from intarsia.core.pixel_runs import PixelRuns

U32 = NDArray[np.uint32]

_CHECKSUM_MAGIC = b"intarsia-map1"


class Tile:
    """One tile: known by its payload, its ids, or both; each is made from the other when first asked for.

    What it holds never changes, so that maps and threads may share it; the fields below only remember results.
    """

    __slots__ = ("_ids", "_name", "_payload", "size_hw")

    def __init__(self, size_hw: SizeHW, *, ids: U32 | None = None, payload: bytes | None = None) -> None:
        self.size_hw = size_hw
        self._ids = ids
        self._payload = payload
        self._name: bytes | None = None

    @classmethod
    def uniform(cls, size_hw: SizeHW, segment_id: int) -> Tile:
        return cls(size_hw, payload=encode_uniform_tile(size_hw, segment_id))

    def __reduce__(self) -> tuple[object, ...]:
        """For another process: what was remembered goes along, the ids do not."""
        return (_known_tile, (self.size_hw, self.payload, self._name))

    @property
    def payload(self) -> bytes:
        if self._payload is None:
            assert self._ids is not None
            self._payload = encode_tile(self._ids)
        return self._payload

    @property
    def name(self) -> bytes:
        if self._name is None:
            self._name = tile_name(self.payload)
        return self._name

    @property
    def ids(self) -> U32:
        """uint32 (height, width), read-only."""
        if self._ids is None:
            assert self._payload is not None
            palette, indices, lengths = read_tile_runs(self._payload, self.size_hw)
            if palette.size == 1:
                self._ids = np.broadcast_to(palette[0], self.size_hw)
            else:
                self._ids = np.repeat(palette[indices], lengths).reshape(self.size_hw)
                self._ids.flags.writeable = False
        return self._ids

    def areas(self) -> tuple[U32, I64]:
        """Distinct ids of the tile and the pixels of each."""
        palette, indices, lengths = read_tile_runs(self.payload, self.size_hw)
        return palette, np.bincount(indices, weights=lengths, minlength=palette.size).astype(np.int64)


class LabelMap:
    """Immutable (H, W) grid of segment ids, uint32, 0 = unlabelled. Make a changed one with `with_pixels`."""

    __slots__ = ("_columns", "_size_hw", "_tiles")

    def __init__(self, size_hw: SizeHW, tiles: tuple[Tile, ...]) -> None:
        self._size_hw = size_hw
        self._columns = tile_grid(size_hw)[1]
        self._tiles = tiles

    @classmethod
    def empty(cls, size_hw: SizeHW) -> LabelMap:
        """A map without labels. Raises `size_out_of_range`."""
        return cls.from_payloads(size_hw, {})

    @classmethod
    def from_array(cls, ids: NDArray[np.unsignedinteger]) -> LabelMap:
        """Map of an (H, W) array of unsigned ids; the array is copied."""
        if ids.ndim != 2:
            raise GeometryError("size_out_of_range", "A label map has two dimensions, height and width.")
        size_hw = check_size((ids.shape[0], ids.shape[1]))
        if ids.dtype != np.uint32 and (ids.dtype.kind not in "uib" or ids.min() < 0 or ids.max() > SEGMENT_ID_MAX):
            raise GeometryError("id_out_of_range", f"Segment ids are whole numbers from 0 to {SEGMENT_ID_MAX}.")
        side = TILE_SIDE_PX
        rows, columns = tile_grid(size_hw)
        tiles: list[Tile] = []
        for ty in range(rows):
            for tx in range(columns):
                part = ids[ty * side : (ty + 1) * side, tx * side : (tx + 1) * side]
                tiles.append(_tile_of(np.array(part, np.uint32, order="C")))
        return cls(size_hw, tuple(tiles))

    @classmethod
    def from_payloads(cls, size_hw: SizeHW, payloads: Mapping[int, bytes]) -> LabelMap:
        """Map of tile payloads by row-major index; a tile not given is unlabelled.

        A payload is decoded, and checked, when its pixels are first asked for; `decode_pack` checks untrusted ones.
        """
        size_hw = check_size(size_hw)
        rows, columns = tile_grid(size_hw)
        blank: dict[SizeHW, Tile] = {}
        tiles: list[Tile] = []
        for index in range(rows * columns):
            size = tile_size(size_hw, index)
            payload = payloads.get(index)
            if payload is not None:
                tiles.append(Tile(size, payload=payload))
                continue
            if size not in blank:
                blank[size] = Tile.uniform(size, 0)
            tiles.append(blank[size])
        return cls(size_hw, tuple(tiles))

    @classmethod
    def from_pack(cls, size_hw: SizeHW, data: bytes) -> LabelMap:
        """Map of a pack of contract/label-map-codec.md, checked whole. Raises `CodecError`."""
        return cls.from_payloads(size_hw, decode_pack(data, size_hw))

    @property
    def size_hw(self) -> SizeHW:
        return self._size_hw

    @property
    def tile_count(self) -> int:
        return len(self._tiles)

    def tile_array(self, index: int) -> U32:
        """Ids of one tile, uint32 (height, width), read-only."""
        return self._tiles[index].ids

    def tile_payload(self, index: int) -> bytes:
        return self._tiles[index].payload

    def tile_name(self, index: int) -> bytes:
        """SHA-256 of the tile's payload, 32 bytes."""
        return self._tiles[index].name

    def tile_labelled_px(self, index: int) -> int:
        """Pixels of the tile that are not 0; makes no pixels."""
        tile = self._tiles[index]
        height, width = tile.size_hw
        if 0 not in self.tile_ids(index):
            return height * width
        palette, counts = tile.areas()
        return height * width - int(counts[palette == 0].sum())

    def tile_ids(self, index: int) -> list[int]:
        """Ids that the tile holds, in first-met order; reads its palette only."""
        ids: list[int] = tile_palette(self._tiles[index].payload).tolist()
        return ids

    def is_unlabelled(self, index: int) -> bool:
        """Whether every pixel of the tile is 0."""
        tile = self._tiles[index]
        return tile.payload == encode_uniform_tile(tile.size_hw, 0)

    def get(self, x: int, y: int) -> int:
        """Id of the pixel in column x and row y of the image."""
        height, width = self._size_hw
        if not (0 <= x < width and 0 <= y < height):
            raise GeometryError("out_of_image", f"Pixel ({x}, {y}) is outside an image of {width} × {height} px.")
        ids = self.tile_array((y // TILE_SIDE_PX) * self._columns + x // TILE_SIDE_PX)
        return int(ids[y % TILE_SIDE_PX, x % TILE_SIDE_PX])

    def to_array(self) -> U32:
        """A fresh uint32 (H, W) array of all ids."""
        return self.block((0, 0, self._size_hw[1], self._size_hw[0]), copy=True)

    def to_pack(self) -> bytes:
        """All tiles but the unlabelled ones, as one pack."""
        return encode_pack({i: self.tile_payload(i) for i in range(self.tile_count) if not self.is_unlabelled(i)})

    def checksum(self, layer: str) -> str:
        """64 hex digits over the layer's name, the size and the names of all tiles."""
        name = layer.encode()
        digest = hashlib.sha256(_CHECKSUM_MAGIC + struct.pack("<H", len(name)) + name)
        digest.update(struct.pack("<II", *self._size_hw))
        digest.update(b"".join([tile.name for tile in self._tiles]))
        return digest.hexdigest()

    def changed_tiles(self, other: LabelMap) -> list[int]:
        """Ascending indices of the tiles in which two maps of one size differ."""
        pairs = zip(self._tiles, other._tiles, strict=True)
        return [i for i, (mine, theirs) in enumerate(pairs) if mine is not theirs and mine.payload != theirs.payload]

    def areas(self) -> dict[int, int]:
        """Segment id -> number of its pixels, 0 (unlabelled) included when there are any."""
        total: dict[int, int] = {}
        for tile in self._tiles:
            palette, counts = tile.areas()
            for segment_id, count in zip(palette.tolist(), counts.tolist(), strict=True):
                total[segment_id] = total.get(segment_id, 0) + count
        return total

    def tiles_holding(self, segment_ids: Collection[int]) -> list[int]:
        """Ascending indices of the tiles with a pixel of any of these ids; reads their palettes only."""
        wanted = np.array(sorted(segment_ids), np.uint32)
        return [i for i, tile in enumerate(self._tiles) if np.isin(tile_palette(tile.payload), wanted).any()]

    def labelled_px(self) -> int:
        height, width = self._size_hw
        return height * width - self.areas().get(0, 0)

    def block(self, box_xyxy: tuple[int, int, int, int], *, copy: bool = False) -> U32:
        """Ids of the pixel box [x0, x1) × [y0, y1) inside the image; a read-only view of a tile when `copy` is off."""
        x0, y0, x1, y1 = box_xyxy
        side = TILE_SIDE_PX
        tx0, tx1, ty0, ty1 = x0 // side, (x1 - 1) // side, y0 // side, (y1 - 1) // side
        if not copy and tx0 == tx1 and ty0 == ty1:
            left, top = tx0 * side, ty0 * side
            return self.tile_array(ty0 * self._columns + tx0)[y0 - top : y1 - top, x0 - left : x1 - left]
        out = np.empty((y1 - y0, x1 - x0), np.uint32)
        for ty in range(ty0, ty1 + 1):
            top = ty * side
            ya, yb = max(y0, top), min(y1, top + side)
            for tx in range(tx0, tx1 + 1):
                left = tx * side
                xa, xb = max(x0, left), min(x1, left + side)
                ids = self.tile_array(ty * self._columns + tx)
                out[ya - y0 : yb - y0, xa - x0 : xb - x0] = ids[ya - top : yb - top, xa - left : xb - left]
        return out

    def split_runs(self, ys: I64, x0s: I64, x1s: I64) -> tuple[I64, I64, I64, U32]:
        """Cut runs (sorted by y, inside the image) where the id changes.

        Returns (index of the run that a piece came from, x0, length, id) of each piece, in order.
        """
        parts = [self._split_band(ys, x0s, x1s, first, last) for first, last in _bands(ys)]
        if not parts:
            none = np.empty(0, np.int64)
            return none, none, none, np.empty(0, np.uint32)
        if len(parts) == 1:
            return parts[0]
        source, starts, lengths, ids = zip(*parts, strict=True)
        return np.concatenate(source), np.concatenate(starts), np.concatenate(lengths), np.concatenate(ids)

    def _split_band(self, ys: I64, x0s: I64, x1s: I64, first: int, last: int) -> tuple[I64, I64, I64, U32]:
        ys, x0s, lengths = ys[first:last], x0s[first:last], x1s[first:last] - x0s[first:last]
        x0, y0 = int(x0s.min()), int(ys[0])
        block = self.block((x0, y0, int((x0s + lengths).max()), int(ys[-1]) + 1))
        ids = block.reshape(-1)[pixel_offsets((ys - y0) * block.shape[1] + (x0s - x0), lengths)]
        run_starts = lengths.cumsum() - lengths
        opens = np.empty(ids.size, np.bool_)
        np.not_equal(ids[1:], ids[:-1], out=opens[1:])
        opens[run_starts] = True
        at = opens.nonzero()[0]
        source = run_starts.searchsorted(at, side="right") - 1
        pieces = np.empty_like(at)
        np.subtract(at[1:], at[:-1], out=pieces[:-1])
        pieces[-1] = ids.size - at[-1]
        return source + first, x0s[source] + (at - run_starts[source]), pieces, ids[at]

    def with_pixels(self, runs: PixelRuns) -> LabelMap:
        """A map in which each run holds its `after`; `before` is not looked at. Untouched tiles are shared."""
        tiles = list(self._tiles)
        ys, x0s, x1s = runs.ys.astype(np.int64), runs.x0s.astype(np.int64), runs.x1s
        side = TILE_SIDE_PX
        for first, last in _bands(ys):
            band = slice(first, last)
            ty = int(ys[first]) // side
            tx0, tx1 = int(x0s[band].min()) // side, (int(x1s[band].max()) - 1) // side
            for tx in range(tx0, tx1 + 1):
                starts = np.maximum(x0s[band] - tx * side, 0)
                lengths = np.minimum(x1s[band] - tx * side, side) - starts
                inside = (lengths > 0).nonzero()[0]
                if inside.size == 0:
                    continue
                index = ty * self._columns + tx
                ids = np.array(tiles[index].ids, order="C")
                lengths = lengths[inside]
                rows = (ys[band][inside] - ty * side) * ids.shape[1]
                places = pixel_offsets(rows + starts[inside], lengths)
                ids.reshape(-1)[places] = runs.after[band][inside].repeat(lengths)
                tiles[index] = _tile_of(ids)
        return LabelMap(self._size_hw, tuple(tiles))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, LabelMap):
            return NotImplemented
        return self is other or (self._size_hw == other._size_hw and not self.changed_tiles(other))

    __hash__ = None  # type: ignore[assignment]


def _known_tile(size_hw: SizeHW, payload: bytes, name: bytes | None) -> Tile:
    tile = Tile(size_hw, payload=payload)
    tile._name = name
    return tile


def _tile_of(ids: U32) -> Tile:
    ids.flags.writeable = False
    return Tile((ids.shape[0], ids.shape[1]), ids=ids)


def _bands(ys: I64) -> Iterator[tuple[int, int]]:
    """[first, last) of the runs of each row of tiles; bounds the memory of what works through many runs."""
    first = 0
    while first < ys.size:
        end_row = (int(ys[first]) // TILE_SIDE_PX + 1) * TILE_SIDE_PX
        last = int(ys.searchsorted(end_row))
        yield first, last
        first = last
