# SPDX-License-Identifier: Apache-2.0
"""Edits (contract/edit.md): made by `apply`, undone by `invert`, joined by `compose`, carried out by `apply_edit`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from intarsia.core.errors import EditError
from intarsia.core.item import ItemChange
from intarsia.core.label_map import LabelMap
from intarsia.core.pixel_runs import PixelRuns
from intarsia.core.runs import ROW_STRIDE, Region
from intarsia.core.segment import JsonValue, Segment, SegmentChange, SegmentState

__all__ = [
    "DrawMode", "Edit", "JsonValue", "PixelRuns", "Segment", "SegmentChange", "SegmentState",
    "apply", "apply_edit", "apply_pixels", "compose", "compose_pixels", "invert",
]  # fmt: skip

I64 = NDArray[np.int64]
U32 = NDArray[np.uint32]
DrawMode = Literal["behind", "over", "inside"]


@dataclass(frozen=True, slots=True)
class Edit:
    """One invertible change by one author with one tool.

    `id` is a UUID made by the client (the idempotency key), `seq` counts up by one per client session from 1,
    `assist` is None or "name/version". `segments` and `items` are sorted by id, one per id.
    """

    id: str
    seq: int
    layer: str
    tool: str
    pixels: PixelRuns
    segments: tuple[SegmentChange, ...] = ()
    assist: str | None = None
    items: tuple[ItemChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self.pixels.run_count == 0 and not self.segments and not self.items


def apply(
    label_map: LabelMap,
    region: Region,
    segment_id: int,
    *,
    mode: DrawMode,
    locked: Collection[int] = (),
    hosts: Collection[int] = (),
) -> PixelRuns:
    """The one door: which pixels of `region` become `segment_id`, and what they were. The map is not changed.

    `segment_id` 0 erases. `locked` ids neither gain nor lose (0 is never locked); `hosts` counts in mode "inside" only.
    """
    closed = {int(segment) for segment in locked} - {0}
    if segment_id in closed or region.run_count == 0 or (mode == "inside" and not hosts):
        return PixelRuns.empty()
    x0s, x1s = region.x0s.astype(np.int64), region.x1s.astype(np.int64)
    source, starts, lengths, ids = label_map.split_runs(region.ys.astype(np.int64), x0s, x1s)
    takes = ids != segment_id
    if mode == "behind":
        takes &= ids == 0
    elif mode == "inside":
        takes &= _is_in(ids, hosts)
    if closed:
        takes &= ~_is_in(ids, closed)
    kept = takes.nonzero()[0]
    # Runs of a region never touch and pieces of one run differ in id, so these are canonical as they are.
    return PixelRuns(
        region.ys[source[kept]],
        starts[kept].astype(np.int32),
        lengths[kept].astype(np.int32),
        ids[kept],
        np.full(kept.size, segment_id, np.uint32),
    )


def _is_in(ids: U32, wanted: Collection[int]) -> NDArray[np.bool_]:
    return np.isin(ids, np.fromiter(wanted, np.uint32, len(wanted)))


def invert(edit: Edit) -> Edit:
    """The edit that takes `edit` back."""
    return replace(
        edit,
        pixels=edit.pixels.inverted(),
        segments=tuple(change.inverted() for change in edit.segments),
        items=tuple(change.inverted() for change in edit.items),
    )


def apply_edit(label_map: LabelMap, edit: Edit) -> LabelMap:
    """Map after `edit`, each of whose pixels must hold its `before`; else `stale_pixels`."""
    return apply_pixels(label_map, edit.pixels)


def apply_pixels(label_map: LabelMap, pixels: PixelRuns) -> LabelMap:
    """As `apply_edit`, of the pixels alone."""
    if pixels.run_count == 0:
        return label_map
    if not pixels.fits(label_map.size_hw):
        raise EditError("out_of_image", "The edit reaches outside the image. It was not applied.")
    source, _, _, ids = label_map.split_runs(pixels.ys.astype(np.int64), pixels.x0s.astype(np.int64), pixels.x1s)
    if not np.array_equal(ids, pixels.before[source]):
        raise EditError("stale_pixels", "The pixels changed since this edit was made. Load them afresh and redo it.")
    return label_map.with_pixels(pixels)


def compose(first: Edit, second: Edit) -> Edit:
    """The one edit that does `first`, then `second` (same layer); it keeps the identity of `second`.

    Raises `not_composable` when `second` does not begin where `first` ended.
    """
    if first.layer != second.layer:
        raise EditError("not_composable", "Edits of two layers cannot be joined.")
    return replace(
        second,
        pixels=compose_pixels(first.pixels, second.pixels),
        segments=_compose_segments(first.segments, second.segments),
        items=_compose_items(first.items, second.items),
    )


def compose_pixels(first: PixelRuns, second: PixelRuns) -> PixelRuns:
    """Pixels of `first`, then `second`; those that end as they began vanish."""
    if first.run_count == 0 or second.run_count == 0:
        return second if first.run_count == 0 else first
    spans = [_keys(first), _keys(second)]
    cuts = np.unique(np.concatenate([key for span in spans for key in span]))
    starts, lengths = cuts[:-1], np.diff(cuts)
    at_first, in_first = _covering(*spans[0], starts)
    at_second, in_second = _covering(*spans[1], starts)
    both = in_first & in_second
    if bool((first.after[at_first] != second.before[at_second])[both].any()):
        raise EditError("not_composable", "The second edit does not start where the first one ended.")
    before = np.where(in_first, first.before[at_first], second.before[at_second])
    after = np.where(in_second, second.after[at_second], first.after[at_first])
    covered = in_first | in_second
    ys = starts // ROW_STRIDE
    return PixelRuns.from_columns(
        ys[covered],
        (starts - ys * ROW_STRIDE)[covered],
        lengths[covered],
        before[covered],
        after[covered],
    )


def _keys(runs: PixelRuns) -> tuple[I64, I64]:
    rows = runs.ys.astype(np.int64) * ROW_STRIDE
    return rows + runs.x0s, rows + runs.x1s


def _covering(run_starts: I64, run_ends: I64, places: I64) -> tuple[I64, NDArray[np.bool_]]:
    """Index of the last run that starts at or before each place, and whether it reaches over the place."""
    at = np.maximum(np.searchsorted(run_starts, places, side="right") - 1, 0)
    return at, (run_starts[at] <= places) & (places < run_ends[at])


def _compose_segments(first: tuple[SegmentChange, ...], second: tuple[SegmentChange, ...]) -> tuple[SegmentChange, ...]:
    changes: dict[int, SegmentChange] = {change.id: change for change in first}
    for change in second:
        earlier = changes.get(change.id)
        if earlier is None:
            changes[change.id] = change
            continue
        if earlier.after != change.before:
            raise EditError("not_composable", f"Segment {change.id} differs between the two edits.", segment=change.id)
        changes[change.id] = SegmentChange(change.id, before=earlier.before, after=change.after)
    return tuple(changes[key] for key in sorted(changes) if changes[key].before != changes[key].after)


def _compose_items(first: tuple[ItemChange, ...], second: tuple[ItemChange, ...]) -> tuple[ItemChange, ...]:
    changes: dict[str, ItemChange] = {change.id: change for change in first}
    for change in second:
        earlier = changes.get(change.id)
        if earlier is None:
            changes[change.id] = change
            continue
        if earlier.after != change.before:
            raise EditError("not_composable", f"Item {change.id} differs between the two edits.", item=change.id)
        changes[change.id] = ItemChange(change.id, before=earlier.before, after=change.after)
    return tuple(changes[key] for key in sorted(changes) if changes[key].before != changes[key].after)
