# SPDX-License-Identifier: Apache-2.0
"""The tiles of one layer as a pack: of the head, or as of a revision."""

from __future__ import annotations

from intarsia.core.permissions import Action, Actor
from intarsia.core.tile_codec import encode_pack
from intarsia.server.ports import Ports
from intarsia.server.use_cases.loading import load_annotation
from intarsia.server.use_cases.revision_state import require_layer, require_revision


def read_tiles(
    ports: Ports, actor: Actor, annotation_id: str, *, layer: str, revision: int | None
) -> tuple[bytes, int]:
    """(pack, number of the revision that it shows). Stored payloads are passed on as they are."""
    with ports.database.read() as unit:
        row = load_annotation(unit, actor, Action.ANNOTATION_READ, annotation_id)
        require_layer(unit, row, layer)
        number = row.revision if revision is None else revision
        require_revision(unit, row, number)
        at = None if number == row.revision else number
        return encode_pack(unit.tiles.payloads(row, layer, revision=at)), number
