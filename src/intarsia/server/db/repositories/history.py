# SPDX-License-Identifier: Apache-2.0
"""Revisions, the edits in them, and idempotency keys."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields

from sqlalchemy import Connection, and_, delete, func, insert, select

from intarsia.server.db.tables import edit_keys, edits, revision_tiles, revisions, users
from intarsia.server.records import AnnotationRow, EditKeyRow, EditRow, RevisionRow

_REVISION = (
    revisions.c.id,
    revisions.c.number,
    revisions.c.created_at,
    revisions.c.author_id,
    users.c.name,
    revisions.c.kind,
    revisions.c.client,
    revisions.c.edit_count,
    revisions.c.changed_px,
)
_KEY = tuple(edit_keys.c[field.name] for field in fields(EditKeyRow))
_EDIT = tuple(edits.c[field.name] for field in fields(EditRow))


class SqlHistory:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_revision(self, row: AnnotationRow, revision: RevisionRow) -> None:
        values = asdict(revision)
        del values["author_name"]
        self._connection.execute(
            insert(revisions), {**values, "annotation_id": row.id, "workspace_id": row.workspace_id}
        )

    def revision(self, annotation_id: str, number: int) -> RevisionRow | None:
        query = (
            select(*_REVISION)
            .join(users, users.c.id == revisions.c.author_id)
            .where(revisions.c.annotation_id == annotation_id, revisions.c.number == number)
        )
        row = self._connection.execute(query).one_or_none()
        return RevisionRow(*row) if row else None

    def revisions(self, annotation_id: str, *, before: int | None, limit: int) -> Sequence[RevisionRow]:
        query = (
            select(*_REVISION)
            .join(users, users.c.id == revisions.c.author_id)
            .where(revisions.c.annotation_id == annotation_id)
            .order_by(revisions.c.number.desc())
            .limit(limit)
        )
        if before is not None:
            query = query.where(revisions.c.number < before)
        return [RevisionRow(*row) for row in self._connection.execute(query)]

    def last_of_client(self, annotation_id: str, client: str) -> int | None:
        query = select(func.max(revisions.c.number)).where(
            revisions.c.annotation_id == annotation_id, revisions.c.client == client
        )
        return self._connection.execute(query).scalar()

    def other_client_since(self, annotation_id: str, client: str, revision: int) -> bool:
        query = (
            select(revisions.c.number)
            .where(
                revisions.c.annotation_id == annotation_id,
                revisions.c.number > revision,
                revisions.c.client != client,
                revisions.c.kind != "submit",
            )
            .limit(1)
        )
        return self._connection.execute(query).first() is not None

    def key(self, workspace_id: str, edit_id: str) -> EditKeyRow | None:
        query = select(*_KEY).where(edit_keys.c.workspace_id == workspace_id, edit_keys.c.edit_id == edit_id)
        row = self._connection.execute(query).one_or_none()
        return EditKeyRow(*row) if row else None

    def add_key(self, row: AnnotationRow, key: EditKeyRow, *, created_at: str) -> None:
        self._connection.execute(
            insert(edit_keys),
            {**asdict(key), "workspace_id": row.workspace_id, "annotation_id": row.id, "created_at": created_at},
        )

    def drop_keys(self, *, before: str) -> int:
        return self._connection.execute(delete(edit_keys).where(edit_keys.c.created_at < before)).rowcount

    def add_edits(self, row: AnnotationRow, rows: Sequence[EditRow]) -> None:
        if not rows:
            return
        owner = {"annotation_id": row.id, "workspace_id": row.workspace_id}
        values = [{**owner, **asdict(edit), "pixels": zlib.compress(edit.pixels, 1)} for edit in rows]
        self._connection.execute(insert(edits), values)

    def edits(self, annotation_id: str, revision: int) -> Sequence[EditRow]:
        query = (
            select(*_EDIT)
            .where(edits.c.annotation_id == annotation_id, edits.c.revision == revision)
            .order_by(edits.c.ordinal)
        )
        found = (row._asdict() for row in self._connection.execute(query))
        return [EditRow(**{**row, "pixels": zlib.decompress(row["pixels"])}) for row in found]

    def edits_newest_first(self, annotation_id: str) -> Iterator[EditRow]:
        query = (
            select(*_EDIT)
            .where(edits.c.annotation_id == annotation_id)
            .order_by(edits.c.revision.desc(), edits.c.ordinal.desc())
        )
        for found in self._connection.execute(query):
            row = found._asdict()
            yield EditRow(**{**row, "pixels": zlib.decompress(row["pixels"])})

    def edits_on_tile(self, annotation_id: str, layer: str, tile_index: int) -> Iterator[EditRow]:
        query = (
            select(*_EDIT)
            .join(
                revision_tiles,
                and_(
                    revision_tiles.c.annotation_id == edits.c.annotation_id,
                    revision_tiles.c.revision == edits.c.revision,
                    revision_tiles.c.layer == edits.c.layer,
                ),
            )
            .where(
                edits.c.annotation_id == annotation_id,
                edits.c.layer == layer,
                revision_tiles.c.tile_index == tile_index,
            )
            .order_by(edits.c.revision.desc(), edits.c.ordinal.desc())
        )
        for found in self._connection.execute(query):
            row = found._asdict()
            yield EditRow(**{**row, "pixels": zlib.decompress(row["pixels"])})
