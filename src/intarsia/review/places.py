# SPDX-License-Identifier: Apache-2.0
"""Where a part of a map lies, and giving its pixels away."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from intarsia.core.components import Component
from intarsia.core.gaps import give_to_neighbours
from intarsia.core.label_map import LabelMap
from intarsia.core.pixel_runs import PixelRuns
from intarsia.core.runs import Region
from intarsia.core.segment import SegmentChange
from intarsia.review.base import Fix
from intarsia.review.subject import LayerView, Subject


def pixel_in(part: Component) -> tuple[int, int]:
    """A pixel (x, y) of the part: the middle of the longest run, the first of equally long ones."""
    lengths = part.region.x1s - part.region.x0s
    longest = int(np.argmax(lengths))
    return int(part.region.x0s[longest] + lengths[longest] // 2), int(part.region.ys[longest])


def part_at(layer: LayerView, at: tuple[int, int], segment_id: int) -> Component | None:
    """The part of `segment_id` that holds pixel (x, y); None when another owns it now."""
    x, y = at
    height, width = layer.ids.shape
    if not (0 <= x < width and 0 <= y < height) or int(layer.ids[y, x]) != segment_id:
        return None
    for part in layer.parts:
        x0, y0, x1, y1 = part.box_xyxy
        if part.segment_id == segment_id and x0 <= x < x1 and y0 <= y < y1:
            region = part.region
            if bool(((region.ys == y) & (region.x0s <= x) & (region.x1s > x)).any()):
                return part
    return None


def handed_over(label_map: LabelMap, region: Region, taker_id: int) -> PixelRuns:
    """All pixels of the region to `taker_id`."""
    ys = region.ys.astype(np.int64)
    source, x0s, lengths, ids = label_map.split_runs(ys, region.x0s.astype(np.int64), region.x1s.astype(np.int64))
    return PixelRuns.from_columns(ys[source], x0s, lengths, ids, np.full(ids.size, taker_id, np.uint32))


def given_away(subject: Subject, layer: LayerView, region: Region, closed: Collection[int]) -> Fix | None:
    """The region to its nearest neighbours but `closed` ones; what owned it and loses its last pixel is deleted."""
    gifts = give_to_neighbours(layer.ids, region, closed=closed)
    if not gifts:
        return None
    pixels = _joined([handed_over(layer.label_map, gift.region, gift.segment_id) for gift in gifts])
    return Fix(layer.name, pixels, _ended(subject, layer, pixels))


def given_to(subject: Subject, layer: LayerView, region: Region, taker_id: int) -> Fix:
    """The region to one owner; what owned it and loses its last pixel is deleted."""
    pixels = handed_over(layer.label_map, region, taker_id)
    return Fix(layer.name, pixels, _ended(subject, layer, pixels))


def _joined(parts: Sequence[PixelRuns]) -> PixelRuns:
    ys = np.concatenate([part.ys for part in parts]).astype(np.int64)
    x0s = np.concatenate([part.x0s for part in parts]).astype(np.int64)
    order = np.lexsort((x0s, ys))
    lengths = np.concatenate([part.lengths for part in parts]).astype(np.int64)
    before = np.concatenate([part.before for part in parts])
    after = np.concatenate([part.after for part in parts])
    return PixelRuns.from_columns(ys[order], x0s[order], lengths[order], before[order], after[order])


def _ended(subject: Subject, layer: LayerView, pixels: PixelRuns) -> tuple[SegmentChange, ...]:
    """Things that these pixels were the last of. Stuff and ignore stay: their segment is their class."""
    changes = []
    for segment_id in sorted(set(pixels.before.tolist()) - {0}):
        lost = int(pixels.lengths[pixels.before == segment_id].sum())
        owned = sum(part.area_px for part in layer.parts if part.segment_id == segment_id)
        segment, entry = subject.segment(segment_id), subject.class_of(segment_id)
        if segment is not None and lost == owned and entry is not None and entry.kind == "thing":
            changes.append(SegmentChange(segment_id, before=segment, after=segment.with_state("deleted")))
    return tuple(changes)
