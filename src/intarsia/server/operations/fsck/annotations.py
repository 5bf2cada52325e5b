# SPDX-License-Identifier: Apache-2.0
"""Annotations: the head is the newest revision, every pixel has an owner that may own it, every count is right."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from intarsia.core.errors import IntarsiaError
from intarsia.core.geometry import SizeHW, tile_grid, tile_size
from intarsia.core.limits import STUFF_ID_MAX, THING_ID_MIN
from intarsia.core.ontology import Ontology
from intarsia.core.ontology_json import ontology_from_json
from intarsia.core.pixel_runs import PixelRuns
from intarsia.server.db.tile_packing import DamagedPacking
from intarsia.server.operations.data_dir import Snapshot
from intarsia.server.operations.fsck.finding import Finding
from intarsia.server.operations.fsck.items import check_items
from intarsia.server.operations.fsck.tiles import TileFacts, as_hex, tile_facts
from intarsia.server.records import WHOLE_REVISION

_SLOTS = ("main",)
_SEGMENT = "id, number, class_number, crowd, instances_unknown, answers, state, merged_into, workspace_id"


@dataclass(frozen=True, slots=True)
class _Image:
    """One annotation with what its rows are compared with."""

    state: Snapshot
    id: str
    workspace_id: str
    size_hw: SizeHW
    ontology: Ontology

    def finding(self, code: str, what: str, message: str) -> Finding:
        return Finding(code, f"annotation {self.id} {what}".rstrip(), message)


def check_annotations(state: Snapshot) -> Iterator[Finding]:
    ontologies: dict[str, Ontology | None] = {}
    query = (
        "SELECT a.id, a.workspace_id, a.slot, a.height, a.width, a.revision, a.next_thing_id, a.next_number,"
        " a.labelled_px, a.updated_at, assets.height, assets.width, tasks.project_id, tasks.workspace_id"
        " FROM annotations a JOIN tasks ON tasks.id = a.task_id JOIN assets ON assets.id = tasks.asset_id ORDER BY a.id"
    )
    for row in list(state.rows(query)):
        project_id = row[12]
        if project_id not in ontologies:
            ontologies[project_id] = _ontology(state, project_id)
        ontology = ontologies[project_id]
        if ontology is None:
            continue  # reported with the ontology
        image = _Image(state, row[0], row[1], (row[10], row[11]), ontology)
        yield from _check_head_row(image, row)
        yield from _check_segments(image)
        yield from check_items(state, image.id, image.workspace_id, ontology)
        yield from _check_tiles(image)
        yield from _check_history(image)


def _ontology(state: Snapshot, project_id: str) -> Ontology | None:
    body = state.value(
        "SELECT body FROM ontologies JOIN projects ON projects.id = project_id AND version = ontology_version"
        " WHERE project_id = ?",
        project_id,
    )
    try:
        return None if body is None else ontology_from_json(json.loads(body))
    except (IntarsiaError, ValueError):
        return None


def _check_head_row(image: _Image, row: tuple[Any, ...]) -> Iterator[Finding]:
    """The counters of the annotation against the rows that they count."""
    value, key = image.state.value, image.id
    newest = value("SELECT max(number) FROM revisions WHERE annotation_id = ?", key) or 0
    saved_at = value("SELECT created_at FROM revisions WHERE annotation_id = ? AND number = ?", key, newest)
    lease_end = value('SELECT max("end") FROM leases WHERE annotation_id = ?', key) or THING_ID_MIN
    number = value("SELECT max(number) FROM segments WHERE annotation_id = ?", key) or 0
    labelled_px = value("SELECT sum(labelled_px) FROM head_tiles WHERE annotation_id = ?", key) or 0
    if saved_at is None:
        saved_at = value("SELECT tasks.updated_at FROM tasks JOIN annotations ON task_id = tasks.id"
                         " WHERE annotations.id = ?", key)  # fmt: skip
    told = {
        "workspace_id": (row[1], row[13]),
        "slot": (row[2], row[2] if row[2] in _SLOTS else _SLOTS[0]),
        "size": ((row[3], row[4]), image.size_hw),
        "revision": (row[5], newest),
        "next_thing_id": (row[6], lease_end),
        "next_number": (row[7], number + 1),
        "labelled_px": (row[8], labelled_px),
        "updated_at": (row[9], saved_at),
    }
    for name, (found, expected) in told.items():
        if found != expected:
            yield image.finding("head_differs", name, f"is {found}, {expected} belongs there")


def _check_segments(image: _Image) -> Iterator[Finding]:
    state = image.state
    head = {row[0]: row for row in state.rows(f"SELECT {_SEGMENT} FROM segments WHERE annotation_id = ?", image.id)}
    newest = {
        row[0]: row[: len(row) - 1]
        for row in state.rows(
            f"SELECT {_SEGMENT}, max(revision) FROM revision_segments WHERE annotation_id = ? GROUP BY id", image.id
        )
    }
    for key in sorted(head.keys() | newest.keys(), key=str):
        if head.get(key) != newest.get(key):
            yield image.finding("head_differs", f"segment {key}", "differs from the newest revision of it")
    for key, row in head.items():
        _, _, class_number, _, _, _, life, merged_into, workspace_id = row
        entry = image.ontology.by_number(class_number)
        if entry is None:
            yield image.finding("unknown_class", f"segment {key}", f"has class {class_number}, which is not there")
        elif (key > STUFF_ID_MAX) != (entry.kind == "thing") or (key <= STUFF_ID_MAX and key != class_number):
            yield image.finding("stuff_id_mismatch", f"segment {key}", f"cannot be of class {class_number}")
        if life not in ("live", "deleted", "merged") or (life == "merged") != (merged_into is not None):
            yield image.finding("bad_state", f"segment {key}", f"is {life}, merged into {merged_into}")
        elif merged_into is not None and merged_into not in head:
            yield image.finding("dangling_reference", f"segment {key}", f"merged into {merged_into}, unknown here")
        if workspace_id != image.workspace_id:
            yield image.finding("wrong_workspace", f"segment {key}", f"lies in {workspace_id}")


def _check_tiles(image: _Image) -> Iterator[Finding]:
    state = image.state
    columns = "layer, tile_index, name, labelled_px, workspace_id"
    head = {row[:2]: row for row in state.rows(f"SELECT {columns} FROM head_tiles WHERE annotation_id = ?", image.id)}
    newest: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    facts: dict[bytes, TileFacts | None] = {}
    known = {key: row for key, *row in state.rows(
        "SELECT id, state, class_number FROM segments WHERE annotation_id = ?", image.id)}  # fmt: skip
    query = f"SELECT {columns}, revision FROM revision_tiles WHERE annotation_id = ? ORDER BY revision"
    for row in list(state.rows(query, image.id)):
        newest[row[:2]] = row[:5]
        yield from _check_tile(image, row[:5], f"revision {row[5]}", facts, known)
    newest = {key: row for key, row in newest.items() if row[2] is not None}
    for key in sorted(head.keys() | newest.keys(), key=str):
        if head.get(key) != newest.get(key):
            where = f"layer {key[0]} tile {key[1]}"
            yield image.finding("head_differs", where, "differs from the newest revision of it")
    for row in head.values():
        yield from _check_tile(image, row, "head", facts, known)
        yield from _check_owners(image, row, facts, known)


def _facts_of(image: _Image, name: bytes, facts: dict[bytes, TileFacts | None]) -> TileFacts | None:
    """None for a tile that is not there or damaged, which is reported elsewhere."""
    if name not in facts:
        data = image.state.value("SELECT data FROM tiles WHERE name = ?", name)
        try:
            facts[name] = tile_facts(data) if isinstance(data, bytes) else None
        except (DamagedPacking, IntarsiaError):
            facts[name] = None
    return facts[name]


def _check_tile(
    image: _Image, row: tuple[Any, ...], at: str, facts: dict[bytes, TileFacts | None], known: dict[int, Any]
) -> Iterator[Finding]:
    layer, index, name, labelled_px, workspace_id = row
    where = f"{at} layer {layer} tile {index}"
    rows, columns = tile_grid(image.size_hw)
    if all(entry.name != layer for entry in image.ontology.layers):
        yield image.finding("unknown_layer", where, "there is no such layer")
    if workspace_id != image.workspace_id:
        yield image.finding("wrong_workspace", where, f"lies in {workspace_id}")
    if not isinstance(index, int) or not 0 <= index < rows * columns:
        yield image.finding("bad_tile_index", where, f"the image has {rows * columns} tiles")
        return
    found = _facts_of(image, name, facts) if name is not None else TileFacts(tile_size(image.size_hw, index), 0, ())
    if found is None:
        return
    if found.size_hw != tile_size(image.size_hw, index):
        yield image.finding("wrong_size", where, f"is {found.size_hw[1]} × {found.size_hw[0]} px")
    if found.labelled_px != labelled_px:
        yield image.finding("wrong_count", where, f"has {found.labelled_px} labelled pixels, not {labelled_px}")
    strangers = [key for key in found.ids if key not in known]
    if strangers:
        yield image.finding("unknown_segment", where, f"pixels of {strangers[:5]}, which {as_hex(name)[:12]} names")


def _check_owners(
    image: _Image, row: tuple[Any, ...], facts: dict[bytes, TileFacts | None], known: dict[int, Any]
) -> Iterator[Finding]:
    """Owners of pixels of the head are live and of the tile's layer."""
    layer, index, name = row[:3]
    found = _facts_of(image, name, facts)
    for key in found.ids if found else ():
        life, class_number = known.get(key, ("live", None))
        entry = image.ontology.by_number(class_number) if class_number is not None else None
        where = f"head layer {layer} tile {index}"
        if life != "live":
            yield image.finding("dead_owner", where, f"pixels of segment {key}, which is {life}")
        if entry is not None and entry.layer != layer:
            yield image.finding("wrong_layer", where, f"pixels of segment {key}, which belongs to {entry.layer}")


def _check_history(image: _Image) -> Iterator[Finding]:
    """Revisions count their edits right; edits and conflicts can be read."""
    state = image.state
    made = {number: (count, px) for number, count, px in state.rows(
        "SELECT revision, count(*), sum(changed_px) FROM edits WHERE annotation_id = ? GROUP BY revision", image.id
    )}  # fmt: skip
    query = "SELECT number, edit_count, changed_px FROM revisions WHERE annotation_id = ?"
    for number, count, px in list(state.rows(query, image.id)):
        if made.get(number, (0, 0)) != (count, px):
            edits, edits_px = made.get(number, (0, 0))
            message = f"tells of {count} edits with {px} px, holds {edits} with {edits_px}"
            yield image.finding("wrong_count", f"revision {number}", message)
    query = "SELECT edit_id, pixels, changed_px, tool, revision, layer FROM edits WHERE annotation_id = ?"
    for edit_id, data, px, tool, number, layer in list(state.rows(query, image.id)):
        try:
            log = zlib.decompress(data)
            if tool == WHOLE_REVISION and not log:
                count = _labelled_px(image, number, layer)
            else:
                count = PixelRuns.decode(log, image.size_hw).pixel_count
        except (IntarsiaError, zlib.error, TypeError) as error:
            yield image.finding("edit_damaged", f"edit {edit_id}", str(error))
            continue
        if count != px:
            yield image.finding("wrong_count", f"edit {edit_id}", f"changes {count} px, not {px}")
    query = "SELECT id, pixels, pixel_count FROM conflicts WHERE annotation_id = ?"
    for conflict_id, data, px in state.rows(query, image.id):
        try:
            count = PixelRuns.decode(data, image.size_hw).pixel_count
        except (IntarsiaError, TypeError) as error:
            yield image.finding("conflict_damaged", f"conflict {conflict_id}", str(error))
            continue
        if count != px:
            yield image.finding("wrong_count", f"conflict {conflict_id}", f"holds {count} px, not {px}")


def _labelled_px(image: _Image, revision: int, layer: str) -> int:
    query = "SELECT sum(labelled_px) FROM revision_tiles WHERE annotation_id = ? AND revision = ? AND layer = ?"
    return int(image.state.value(query, image.id, revision, layer) or 0)
