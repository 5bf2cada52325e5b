# SPDX-License-Identifier: Apache-2.0
"""Tiles: stored once by name (compressed), pointed at by the head and by revisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, and_, delete, func, insert, select, update

from intarsia.core.tile_codec import tile_palette
from intarsia.server.db.tables import head_tiles, revision_tiles, tiles
from intarsia.server.db.tile_packing import pack_quickly, unpack, unpack_palette
from intarsia.server.records import AnnotationRow, TileChange, TileRow

# Well below the number of variables that SQLite and PostgreSQL take in one statement.
_BATCH = 500

_T = TypeVar("_T")


def _batches(values: Sequence[_T]) -> Iterator[Sequence[_T]]:
    return (values[start : start + _BATCH] for start in range(0, len(values), _BATCH))


class SqlTiles:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def names(self, annotation_id: str, layer: str, *, revision: int | None = None) -> dict[int, bytes]:
        source = self._head_rows(annotation_id, layer) if revision is None else _rows_at(annotation_id, layer, revision)
        return {index: name for index, name in self._connection.execute(source)}

    def payloads(self, row: AnnotationRow, layer: str, *, revision: int | None = None) -> dict[int, bytes]:
        source = (self._head_rows(row.id, layer) if revision is None else _rows_at(row.id, layer, revision)).subquery()
        query = (
            select(source.c.tile_index, tiles.c.data)
            .join(tiles, and_(tiles.c.workspace_id == row.workspace_id, tiles.c.name == source.c.name))
            .order_by(source.c.tile_index)
        )
        return {index: unpack(data) for index, data in self._connection.execute(query)}

    def head(self, row: AnnotationRow, layer: str, indices: Iterable[int]) -> dict[int, tuple[TileRow, bytes]]:
        found: dict[int, tuple[TileRow, bytes]] = {}
        for batch in _batches(sorted(indices)):
            query = (
                select(head_tiles.c.tile_index, head_tiles.c.name, head_tiles.c.labelled_px, tiles.c.data)
                .join(tiles, and_(tiles.c.workspace_id == row.workspace_id, tiles.c.name == head_tiles.c.name))
                .where(
                    head_tiles.c.annotation_id == row.id,
                    head_tiles.c.layer == layer,
                    head_tiles.c.tile_index.in_(batch),
                )
            )
            for index, name, labelled_px, data in self._connection.execute(query):
                found[index] = (TileRow(layer, index, name, labelled_px), unpack(data))
        return found

    def holding(self, row: AnnotationRow, layer: str, segment_ids: Iterable[int]) -> set[int]:
        wanted = frozenset(segment_ids)
        query = (
            select(head_tiles.c.tile_index, tiles.c.data)
            .join(tiles, and_(tiles.c.workspace_id == row.workspace_id, tiles.c.name == head_tiles.c.name))
            .where(head_tiles.c.annotation_id == row.id, head_tiles.c.layer == layer)
        )
        return {index for index, data in self._connection.execute(query) if not wanted.isdisjoint(_palette(data))}

    def write(
        self,
        row: AnnotationRow,
        *,
        revision: int,
        changes: Sequence[TileChange],
        payloads: Mapping[bytes, bytes],
    ) -> None:
        if not changes:
            return
        self._store(row.workspace_id, payloads)
        owner = {"annotation_id": row.id, "workspace_id": row.workspace_id}
        self._connection.execute(
            insert(revision_tiles), [{**owner, "revision": revision, **_tile_values(change)} for change in changes]
        )
        by_layer: dict[str, list[TileChange]] = {}
        for change in changes:
            by_layer.setdefault(change.layer, []).append(change)
        for layer, group in by_layer.items():
            for batch in _batches([change.index for change in group]):
                self._connection.execute(
                    delete(head_tiles).where(
                        head_tiles.c.annotation_id == row.id,
                        head_tiles.c.layer == layer,
                        head_tiles.c.tile_index.in_(batch),
                    )
                )
        labelled = [{**owner, **_tile_values(change)} for change in changes if change.name is not None]
        if labelled:
            self._connection.execute(insert(head_tiles), labelled)

    def _store(self, workspace_id: str, payloads: Mapping[bytes, bytes]) -> None:
        known: dict[bytes, str | None] = {}
        for batch in _batches(list(payloads)):
            query = select(tiles.c.name, tiles.c.unused_since)
            query = query.where(tiles.c.workspace_id == workspace_id, tiles.c.name.in_(batch))
            known.update((name, unused_since) for name, unused_since in self._connection.execute(query))
        for batch in _batches([name for name, unused_since in known.items() if unused_since is not None]):
            again = update(tiles).where(tiles.c.workspace_id == workspace_id, tiles.c.name.in_(batch))
            self._connection.execute(again.values(unused_since=None))
        new = [
            {
                "workspace_id": workspace_id,
                "name": name,
                "data": pack_quickly(payload),
            }
            for name, payload in payloads.items()
            if name not in known
        ]
        if new:
            self._connection.execute(insert(tiles), new)

    def _head_rows(self, annotation_id: str, layer: str) -> Select[int, bytes]:
        return select(head_tiles.c.tile_index, head_tiles.c.name).where(
            head_tiles.c.annotation_id == annotation_id, head_tiles.c.layer == layer
        )


def _palette(data: bytes) -> list[int]:
    """Ids of a stored tile; unpacks nothing behind its palette."""
    ids: list[int] = tile_palette(unpack_palette(data)).tolist()
    return ids


def _tile_values(change: TileChange) -> dict[str, Any]:
    return {
        "layer": change.layer,
        "tile_index": change.index,
        "name": change.name,
        "labelled_px": change.labelled_px,
    }


def _rows_at(annotation_id: str, layer: str, revision: int) -> Select[int, bytes]:
    """For each tile the newest row not after `revision`, without those that became unlabelled."""
    newest = (
        select(revision_tiles.c.tile_index, func.max(revision_tiles.c.revision).label("revision"))
        .where(
            revision_tiles.c.annotation_id == annotation_id,
            revision_tiles.c.layer == layer,
            revision_tiles.c.revision <= revision,
        )
        .group_by(revision_tiles.c.tile_index)
        .subquery()
    )
    return (
        select(revision_tiles.c.tile_index, revision_tiles.c.name)
        .join(
            newest,
            and_(
                revision_tiles.c.tile_index == newest.c.tile_index,
                revision_tiles.c.revision == newest.c.revision,
            ),
        )
        .where(
            revision_tiles.c.annotation_id == annotation_id,
            revision_tiles.c.layer == layer,
            revision_tiles.c.name.is_not(None),
        )
    )
