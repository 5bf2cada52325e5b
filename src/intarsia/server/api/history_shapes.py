# SPDX-License-Identifier: Apache-2.0
"""What goes over the wire of looking back: comparisons and the change of a pixel."""

from __future__ import annotations

import base64

from pydantic import BaseModel, ConfigDict

from intarsia.core.limits import EDIT_RUNS_MAX
from intarsia.core.pixel_runs import PixelRuns
from intarsia.server.api.annotation_shapes import AuthorOut, SegmentOut, author_out, segment_out
from intarsia.server.api.item_shapes import ItemComparison, item_out
from intarsia.server.use_cases.compare_revisions import Comparison
from intarsia.server.use_cases.last_change import PixelHistory
from intarsia.server.use_cases.segment_authors import SegmentAuthors


class LayerComparison(BaseModel):
    """`pixels` are run bytes of contract/edit.md as base64, before to after; null beyond its limit of runs."""

    layer: str
    changed_px: int
    box_xyxy: tuple[int, int, int, int] | None
    pixels: str | None


class SegmentComparison(BaseModel):
    id: int
    before: SegmentOut | None
    after: SegmentOut | None


class ComparisonOut(BaseModel):
    model_config = ConfigDict(title="Comparison")
    before: int
    after: int
    layers: list[LayerComparison]
    segments: list[SegmentComparison]
    items: list[ItemComparison]


class PixelChangeOut(BaseModel):
    """`before` and `after` are the segment ids that owned the pixel around the edit; 0 is unlabelled."""

    model_config = ConfigDict(title="PixelChange")
    revision: int
    edit_id: str
    author: AuthorOut
    tool: str
    assist: str | None
    created_at: str
    before: int
    after: int


class PixelOut(BaseModel):
    model_config = ConfigDict(title="Pixel")
    segment_id: int
    change: PixelChangeOut | None


class SegmentAuthorOut(BaseModel):
    model_config = ConfigDict(title="SegmentAuthor")
    id: int
    author: AuthorOut
    revision: int
    created_at: str


class SegmentAuthorsOut(BaseModel):
    """Live segments only; one that no edit of the history has touched is left out."""

    model_config = ConfigDict(title="SegmentAuthors")
    revision: int
    segments: list[SegmentAuthorOut]


def segment_authors_out(found: SegmentAuthors) -> SegmentAuthorsOut:
    return SegmentAuthorsOut(
        revision=found.revision,
        segments=[
            SegmentAuthorOut(
                id=entry.segment_id,
                author=author_out(entry.author),
                revision=entry.revision,
                created_at=entry.created_at,
            )
            for entry in found.segments
        ],
    )


def comparison_out(found: Comparison) -> ComparisonOut:
    return ComparisonOut(
        before=found.before,
        after=found.after,
        layers=[_layer(name, pixels) for name, pixels in found.layers.items()],
        segments=[
            SegmentComparison(
                id=entry.id,
                before=segment_out(entry.before) if entry.before else None,
                after=segment_out(entry.after) if entry.after else None,
            )
            for entry in found.segments
        ],
        items=[
            ItemComparison(
                id=entry.id,
                before=item_out(entry.before) if entry.before else None,
                after=item_out(entry.after) if entry.after else None,
            )
            for entry in found.items
        ],
    )


def _layer(name: str, pixels: PixelRuns) -> LayerComparison:
    return LayerComparison(
        layer=name,
        changed_px=pixels.pixel_count,
        box_xyxy=pixels.box_xyxy(),
        pixels=base64.b64encode(pixels.encode()).decode("ascii") if pixels.run_count <= EDIT_RUNS_MAX else None,
    )


def pixel_out(found: PixelHistory) -> PixelOut:
    change = found.change
    if change is None:
        return PixelOut(segment_id=found.segment_id, change=None)
    edit = change.edit
    return PixelOut(
        segment_id=found.segment_id,
        change=PixelChangeOut(
            revision=edit.revision,
            edit_id=edit.edit_id,
            author=author_out(change.author),
            tool=edit.tool,
            assist=edit.assist,
            created_at=edit.created_at,
            before=change.before,
            after=change.after,
        ),
    )
