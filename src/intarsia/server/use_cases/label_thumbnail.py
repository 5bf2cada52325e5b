# SPDX-License-Identifier: Apache-2.0
"""What an annotation looked like at a revision, small enough for a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intarsia.core.geometry import tile_grid
from intarsia.core.label_map import LabelMap
from intarsia.core.limits import TILE_SIDE_PX
from intarsia.core.ontology import Ontology
from intarsia.core.permissions import Action, Actor
from intarsia.imaging.label_picture import MEDIA_TYPE, RGB, label_picture
from intarsia.server.ports import Ports
from intarsia.server.records import SegmentRow
from intarsia.server.use_cases.loading import load_annotation
from intarsia.server.use_cases.ontology_json import load_ontology
from intarsia.server.use_cases.revision_state import require_layer, require_revision

SIDE_MAX_PX = 160


@dataclass(frozen=True, slots=True)
class LabelThumbnail:
    """`tag` changes when the picture can: revisions never do, colours may. `data` is None when the caller has it."""

    tag: str
    media_type: str
    data: bytes | None


def label_thumbnail(
    ports: Ports, actor: Actor, annotation_id: str, *, revision: int, layer: str, known_tag: str | None = None
) -> LabelThumbnail:
    """Picture of one layer as of a revision, at most SIDE_MAX_PX a side, from the level of the mips that fits."""
    with ports.database.read() as unit:
        row = load_annotation(unit, actor, Action.ANNOTATION_READ, annotation_id)
        require_layer(unit, row, layer)
        require_revision(unit, row, revision)
        project = unit.projects.get(row.project_id)
        assert project is not None
        tag = f"{row.id}-{revision}-{project.ontology_version}-{layer.encode().hex()}"
        if tag == known_tag:
            return LabelThumbnail(tag, MEDIA_TYPE, None)
        payloads = unit.tiles.payloads(row, layer, revision=revision)
        segments = unit.segments.at(row.id, revision)
        ontology = load_ontology(unit, project)
    label_map = LabelMap.from_payloads(row.size_hw, payloads)
    return LabelThumbnail(tag, MEDIA_TYPE, label_picture(small_ids(label_map), _colours(ontology, segments)))


def small_ids(label_map: LabelMap, *, side_max_px: int = SIDE_MAX_PX) -> NDArray[np.uint32]:
    """Ids of the finest mip level that is at most `side_max_px` a side, without making the levels below it."""
    level = 0
    while _level_side(max(label_map.size_hw), level) > side_max_px:
        level += 1
    ys, xs = (_level_places(side, level) for side in label_map.size_hw)
    out = np.zeros((ys.size, xs.size), np.uint32)
    rows, columns = tile_grid(label_map.size_hw)
    for index in range(rows * columns):
        if label_map.is_unlabelled(index):
            continue
        top, left = index // columns * TILE_SIDE_PX, index % columns * TILE_SIDE_PX
        here_y, here_x = _within(ys, top), _within(xs, left)
        out[here_y, here_x] = label_map.tile_array(index)[np.ix_(ys[here_y] - top, xs[here_x] - left)]
    return out


def _level_side(side_px: int, level: int) -> int:
    return (side_px + (1 << level) - 1) >> level


def _level_places(side_px: int, level: int) -> NDArray[np.int64]:
    """Of each pixel of the level, the image row (or column) that it shows: the last one of its block."""
    blocks = np.arange(1, _level_side(side_px, level) + 1, dtype=np.int64)
    places: NDArray[np.int64] = np.minimum((blocks << level) - 1, side_px - 1)
    return places


def _within(places: NDArray[np.int64], start: int) -> slice:
    first, last = np.searchsorted(places, (start, start + TILE_SIDE_PX))
    return slice(int(first), int(last))


def _colours(ontology: Ontology, segments: Mapping[int, SegmentRow]) -> dict[int, RGB]:
    by_class = {entry.number: _rgb(entry.colour) for entry in ontology.classes}
    return {
        key: by_class[segment.class_number] for key, segment in segments.items() if segment.class_number in by_class
    }


def _rgb(colour: str) -> RGB:
    value = int(colour[1:], 16)
    return value >> 16, value >> 8 & 255, value & 255
