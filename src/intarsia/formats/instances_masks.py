# SPDX-License-Identifier: Apache-2.0
"""From COCO segmentations to one grid: run lengths and polygons, checked and bounded, painted in a stated order."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from intarsia.core import raster
from intarsia.core.coco_rle import expand_string, read_counts
from intarsia.core.errors import CodecError, GeometryError
from intarsia.core.runs import pixel_offsets
from intarsia.formats.base import FormatError

IntArray = npt.NDArray[np.int64]
Grid = npt.NDArray[np.uint32]
_STEP_PX = 1 << 20
_POINTS_MIN = 3


@dataclass(frozen=True, slots=True)
class Mask:
    """Pixels of one annotation as runs of flat indices: down the columns (as COCO counts) or along the rows.

    ``edge_px`` is how far an area measured along the outline may lie from the number of pixels.
    """

    starts: IntArray
    lengths: IntArray
    by_columns: bool
    edge_px: float = 0.0

    @property
    def area_px(self) -> int:
        """Pixel count; parts of a polygon that overlap count twice."""
        return int(self.lengths.sum())


def read_mask(segmentation: Any, *, size_hw: tuple[int, int], where: str) -> Mask:
    """Raises FormatError: ``no_segmentation``, ``bad_segmentation``, ``size_differs`` or what the core refuses."""
    try:
        if isinstance(segmentation, dict):
            return _run_length_mask(segmentation, size_hw, where)
        if isinstance(segmentation, list) and segmentation:
            return _polygon_mask(segmentation, size_hw, where)
    except (CodecError, GeometryError) as error:
        raise FormatError(error.code, error.message, where=where) from error
    if segmentation in (None, []):
        raise FormatError("no_segmentation", "it has neither an outline nor a usable box of a thing", where=where)
    raise FormatError("bad_segmentation", "neither polygons nor run lengths", where=where)


def _run_length_mask(segmentation: dict[str, Any], size_hw: tuple[int, int], where: str) -> Mask:
    size = segmentation.get("size")
    if not (isinstance(size, list) and len(size) == 2 and all(type(v) is int for v in size)):
        raise FormatError("bad_segmentation", "size: two whole numbers (height, width) are expected", where=where)
    if tuple(size) != size_hw:
        message = f"its run lengths are for {size[1]} x {size[0]} px, the image has {size_hw[1]} x {size_hw[0]} px"
        raise FormatError("size_differs", message, where=where)
    counts = segmentation.get("counts")
    if isinstance(counts, str):
        numbers = expand_string(counts, size_hw=size_hw)
    elif isinstance(counts, list):
        numbers = read_counts(counts, size_hw=size_hw)
    else:
        raise FormatError("bad_segmentation", "counts: text or a list of numbers is expected", where=where)
    ends = np.cumsum(numbers)
    lengths = numbers[1::2]
    starts = ends[::2][: lengths.size]
    some = lengths > 0
    return Mask(starts[some], lengths[some], by_columns=True)


def _polygon_mask(parts: list[Any], size_hw: tuple[int, int], where: str) -> Mask:
    """Each polygon is filled by the even-odd rule; together they are the mask, as COCO has it."""
    starts, lengths = [], []
    edge_px = 2.0
    for i, part in enumerate(parts):
        if not isinstance(part, list) or not all(type(v) in (int, float) and -1e9 < v < 1e9 for v in part):
            raise FormatError("bad_segmentation", f"polygon {i}: a list of numbers (px) is expected", where=where)
        if len(part) % 2 or len(part) < 2 * _POINTS_MIN:
            message = f"polygon {i}: {len(part)} numbers; at least {2 * _POINTS_MIN} and an even count are expected"
            raise FormatError("bad_segmentation", message, where=where)
        points = raster.quantise(np.array(part, np.float64)).reshape(-1, 2)
        region = raster.polygon([points], rule="evenodd", size_hw=size_hw)
        starts.append(region.ys.astype(np.int64) * size_hw[1] + region.x0s)
        lengths.append(region.x1s.astype(np.int64) - region.x0s)
        edges = np.abs(np.diff(points, axis=0, append=points[:1])) / 256
        edge_px += float(edges.sum()) / 2
    return Mask(np.concatenate(starts), np.concatenate(lengths), by_columns=False, edge_px=edge_px)


@dataclass(frozen=True, slots=True)
class Painted:
    """(H, W) segment ids, and how many pixels a later mask took from an earlier one."""

    ids: Grid
    overlap_px: int


def paint(masks: Sequence[tuple[int, Mask]], *, size_hw: tuple[int, int]) -> Painted:
    """Paint (segment id, mask) in the order given: where two claim a pixel, the later one owns it."""
    if masks and len({mask.by_columns for _, mask in masks}) == 1:
        ids = _without_overlap(masks, size_hw)
        if ids is not None:
            return Painted(ids, 0)
    height, width = size_hw
    flat = np.zeros(height * width, np.uint32)
    overlap_px = 0
    for segment_id, mask in masks:
        for place in _pixels(mask):
            if mask.by_columns:
                xs, ys = np.divmod(place, height)
                place = ys * width + xs
            before = flat[place]
            overlap_px += int(np.count_nonzero((before != 0) & (before != segment_id)))
            flat[place] = segment_id
    return Painted(flat.reshape(height, width), overlap_px)


def _without_overlap(masks: Sequence[tuple[int, Mask]], size_hw: tuple[int, int]) -> Grid | None:
    """All masks at once when no two share a pixel, at the cost of their runs; else None."""
    height, width = size_hw
    starts = np.concatenate([mask.starts for _, mask in masks])
    lengths = np.concatenate([mask.lengths for _, mask in masks])
    ids = np.repeat(np.array([i for i, _ in masks], np.uint32), [mask.starts.size for _, mask in masks])
    order = np.argsort(starts, kind="stable")
    starts, lengths, ids = starts[order], lengths[order], ids[order]
    gaps = np.append(starts, height * width) - np.append(0, starts + lengths)
    if bool((gaps < 0).any()):
        return None
    counts = np.zeros(2 * ids.size + 1, np.int64)
    counts[::2], counts[1::2] = gaps, lengths
    values = np.zeros(2 * ids.size + 1, np.uint32)
    values[1::2] = ids
    flat = np.repeat(values, counts)
    if masks[0][1].by_columns:
        return np.ascontiguousarray(flat.reshape(width, height).T)
    return flat.reshape(height, width)


def _pixels(mask: Mask) -> Iterator[IntArray]:
    """Flat indices of a mask in pieces, so that a mask as large as the image needs little memory."""
    pieces = -(-mask.lengths // _STEP_PX)
    along = pixel_offsets(np.zeros(pieces.size, np.int64), pieces) * _STEP_PX
    starts = np.repeat(mask.starts, pieces) + along
    lengths = np.minimum(np.repeat(mask.lengths, pieces) - along, _STEP_PX)
    group = np.cumsum(lengths) // _STEP_PX
    bounds = [0, *(np.flatnonzero(np.diff(group)) + 1).tolist(), starts.size]
    for a, b in itertools.pairwise(bounds):
        if b > a:
            yield pixel_offsets(starts[a:b], lengths[a:b])
