# SPDX-License-Identifier: Apache-2.0
"""Who changed a pixel last: the newest edit whose runs hold it."""

from __future__ import annotations

from dataclasses import dataclass

from intarsia.core.geometry import tile_grid
from intarsia.core.label_map import LabelMap
from intarsia.core.limits import TILE_SIDE_PX
from intarsia.core.permissions import Action, Actor
from intarsia.core.pixel_runs import PixelRuns
from intarsia.server.ports import Ports, UnitOfWork
from intarsia.server.records import WHOLE_REVISION, AnnotationRow, EditRow, UserRow
from intarsia.server.use_cases.loading import load_annotation
from intarsia.server.use_cases.revision_state import require_layer


@dataclass(frozen=True, slots=True)
class PixelChange:
    """`before` and `after` are the owners of the pixel around the edit."""

    edit: EditRow
    author: UserRow
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class PixelHistory:
    """The owner of a pixel at the head, and the change that made it so; None when it was never changed."""

    segment_id: int
    change: PixelChange | None


def last_change(ports: Ports, actor: Actor, annotation_id: str, *, layer: str, x: int, y: int) -> PixelHistory:
    """Raises GeometryError `out_of_image`, EditError `unknown_layer`."""
    with ports.database.read() as unit:
        row = load_annotation(unit, actor, Action.ANNOTATION_READ, annotation_id)
        require_layer(unit, row, layer)
        index = tile_index(row, x, y)
        found = unit.tiles.head(row, layer, [index])
        payloads = {key: payload for key, (_, payload) in found.items()}
        owner = LabelMap.from_payloads(row.size_hw, payloads).get(x, y)
        return PixelHistory(owner, change_at(unit, row, layer=layer, x=x, y=y))


def tile_index(row: AnnotationRow, x: int, y: int) -> int:
    return y // TILE_SIDE_PX * tile_grid(row.size_hw)[1] + x // TILE_SIDE_PX


def change_at(unit: UnitOfWork, row: AnnotationRow, *, layer: str, x: int, y: int) -> PixelChange | None:
    """Newest first through the edits of revisions that changed the pixel's tile."""
    for edit in unit.history.edits_on_tile(row.id, layer, tile_index(row, x, y)):
        if edit.tool == WHOLE_REVISION and not edit.pixels:
            payloads = unit.tiles.payloads(row, layer, revision=edit.revision)
            after = LabelMap.from_payloads(row.size_hw, payloads).get(x, y)
            if after:
                return PixelChange(edit, _author(unit, edit), 0, after)
            continue
        pixels = PixelRuns.decode(edit.pixels, row.size_hw)
        hit = ((pixels.ys == y) & (pixels.x0s <= x) & (pixels.x1s > x)).nonzero()[0]
        if hit.size:
            return PixelChange(edit, _author(unit, edit), int(pixels.before[hit[0]]), int(pixels.after[hit[0]]))
    return None


def _author(unit: UnitOfWork, edit: EditRow) -> UserRow:
    author = unit.identities.user(edit.author_id)
    assert author is not None
    return author
