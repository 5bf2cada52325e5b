# SPDX-License-Identifier: Apache-2.0
"""Bring one segment back from an earlier revision: what it held then is its again."""

from __future__ import annotations

import numpy as np

from intarsia.core.errors import NotFoundError
from intarsia.core.label_map import LabelMap
from intarsia.core.permissions import Action, Actor
from intarsia.core.pixel_runs import PixelRuns
from intarsia.server.ports import Ports
from intarsia.server.use_cases.head import segment_of
from intarsia.server.use_cases.loading import load_annotation
from intarsia.server.use_cases.map_checksum import map_checksum
from intarsia.server.use_cases.map_diff import diff_maps
from intarsia.server.use_cases.replace_annotation import load_whole_head, replace_annotation
from intarsia.server.use_cases.restore_revision import Restored
from intarsia.server.use_cases.revision_state import layer_names, ontology_of, require_revision


def restore_segment(ports: Ports, actor: Actor, annotation_id: str, *, revision: int, segment_id: int) -> Restored:
    """Pixels that the segment held then return to it, whoever has them now; what it has gained since it keeps.

    A segment that was deleted or merged since lives again as it was. Raises NotFoundError `no_revision` or
    `no_segment` (it did not live then).
    """
    with ports.database.write() as unit:
        row = load_annotation(unit, actor, Action.ANNOTATION_RESTORE, annotation_id)
        require_revision(unit, row, revision)
        ontology = ontology_of(unit, row)
        head = load_whole_head(unit, row, ontology)
        then = unit.segments.at(row.id, revision).get(segment_id)
        now = head.annotation.segments.get(segment_id)
        if then is None or now is None or then.state != "live":
            message = f"This segment did not live in revision {revision}. Nothing was changed. Choose another revision."
            raise NotFoundError("no_segment", message)
        segment = now if now.state == "live" else segment_of(then)
        entry = ontology.by_number(segment.class_number)
        layer = entry.layer if entry else ontology.layers[0].name
        here = head.annotation.layers[layer]
        old = LabelMap.from_payloads(row.size_hw, unit.tiles.payloads(row, layer, revision=revision))
        pixels = _towards(diff_maps(here, old), segment_id)
        written = replace_annotation(
            ports,
            unit,
            actor,
            head,
            ontology,
            layers={layer: here.with_pixels(pixels) if pixels.run_count else here},
            segments={**head.annotation.segments, segment_id: segment},
            kind="restore",
            differences={layer: pixels},
        )
        names = layer_names(ontology)
        checksums = {name: map_checksum(name, row.size_hw, unit.tiles.names(row.id, name)) for name in names}
    return Restored(written.revision, written.saved_at, checksums)


def _towards(pixels: PixelRuns, segment_id: int) -> PixelRuns:
    """Only the runs that become the segment's."""
    kept = np.flatnonzero(pixels.after == segment_id)
    return PixelRuns(pixels.ys[kept], pixels.x0s[kept], pixels.lengths[kept], pixels.before[kept], pixels.after[kept])
