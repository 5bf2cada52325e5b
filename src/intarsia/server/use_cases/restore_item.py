# SPDX-License-Identifier: Apache-2.0
"""Bring one item back from an earlier revision, as it was then."""

from __future__ import annotations

import uuid

from intarsia.core.edit import Edit
from intarsia.core.errors import ConflictError, NotFoundError
from intarsia.core.item import ItemChange, is_live, item_of
from intarsia.core.permissions import Action, Actor
from intarsia.core.pixel_runs import PixelRuns
from intarsia.server.ports import Ports
from intarsia.server.use_cases.item_rows import items_of
from intarsia.server.use_cases.loading import load_annotation
from intarsia.server.use_cases.map_checksum import map_checksum
from intarsia.server.use_cases.replace_annotation import SERVER_CLIENT
from intarsia.server.use_cases.restore_revision import Restored
from intarsia.server.use_cases.revision_state import layer_names, ontology_of, require_revision
from intarsia.server.use_cases.save_edits import ParsedEdit, take_edits


def restore_item(ports: Ports, actor: Actor, annotation_id: str, *, revision: int, item_id: str) -> Restored:
    """An object or relation lives again as it was; the image's answers are those of then.

    Raises NotFoundError `no_revision` or `no_item` (it did not live then), ConflictError when it may not be so.
    """
    with ports.database.write() as unit:
        row = load_annotation(unit, actor, Action.ANNOTATION_RESTORE, annotation_id)
        require_revision(unit, row, revision)
        then = item_of(items_of(unit.items.at(row.id, revision)), item_id)
        now = item_of(items_of(unit.items.head(row.id, [item_id])), item_id)
        if then is None or now is None or not is_live(then):
            message = f"This item did not live in revision {revision}. Nothing was changed. Choose another revision."
            raise NotFoundError("no_item", message)
        names = layer_names(ontology_of(unit, row))
        number, saved_at = row.revision, row.updated_at
        if now != then:
            edit_id = str(uuid.UUID(hex=ports.ids.new("edt").partition("_")[2]))
            change = ItemChange(item_id, before=now, after=then)
            edit = Edit(edit_id, 1, names[0], "restore", PixelRuns.empty(), items=(change,))
            parsed = ParsedEdit(edit.id, edit.id.encode(), edit, None)
            progress, written = take_edits(ports, unit, actor, row, [parsed], kind="restore", client=SERVER_CLIENT)
            result = progress.results[0]
            if result.status == "rejected":
                raise ConflictError(result.code or "rejected", result.message or "This cannot be written any more.")
            number, saved_at = written.revision, written.saved_at
        checksums = {name: map_checksum(name, row.size_hw, unit.tiles.names(row.id, name)) for name in names}
    return Restored(number, saved_at, checksums)
