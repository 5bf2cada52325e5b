# SPDX-License-Identifier: Apache-2.0
"""Make the head equal to an earlier revision. It is a new revision; nothing is lost, and it can be undone likewise."""

from __future__ import annotations

from dataclasses import dataclass

from intarsia.core.label_map import LabelMap
from intarsia.core.permissions import Action, Actor
from intarsia.server.ports import Ports
from intarsia.server.use_cases.head import segment_of
from intarsia.server.use_cases.item_rows import items_of
from intarsia.server.use_cases.loading import load_annotation
from intarsia.server.use_cases.map_checksum import map_checksum
from intarsia.server.use_cases.replace_annotation import load_whole_head, replace_annotation
from intarsia.server.use_cases.revision_state import layer_names, ontology_of, require_revision


@dataclass(frozen=True, slots=True)
class Restored:
    """`revision` is the head's, new unless it was equal already."""

    revision: int
    saved_at: str
    checksums: dict[str, str]


def restore_revision(ports: Ports, actor: Actor, annotation_id: str, *, revision: int) -> Restored:
    """Raises NotFoundError `no_revision`. Restoring 0 clears the annotation."""
    with ports.database.write() as unit:
        row = load_annotation(unit, actor, Action.ANNOTATION_RESTORE, annotation_id)
        require_revision(unit, row, revision)
        ontology = ontology_of(unit, row)
        names = layer_names(ontology)
        written = replace_annotation(
            ports,
            unit,
            actor,
            load_whole_head(unit, row, ontology),
            ontology,
            layers={
                name: LabelMap.from_payloads(row.size_hw, unit.tiles.payloads(row, name, revision=revision))
                for name in names
            },
            segments={key: segment_of(value) for key, value in unit.segments.at(row.id, revision).items()},
            kind="restore",
            items=items_of(unit.items.at(row.id, revision)),
        )
        checksums = {name: map_checksum(name, row.size_hw, unit.tiles.names(row.id, name)) for name in names}
    return Restored(written.revision, written.saved_at, checksums)
