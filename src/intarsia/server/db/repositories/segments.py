# SPDX-License-Identifier: Apache-2.0
"""Segments: the head's, and what each revision changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields

from sqlalchemy import Connection, and_, delete, func, insert, select

from intarsia.server.db.tables import revision_segments, segments
from intarsia.server.records import AnnotationRow, SegmentRow

_NAMES = tuple(field.name for field in fields(SegmentRow))
_HEAD = tuple(segments.c[name] for name in _NAMES)
_BATCH = 500


class SqlSegments:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def head(self, annotation_id: str, ids: Iterable[int] | None = None) -> dict[int, SegmentRow]:
        query = select(*_HEAD).where(segments.c.annotation_id == annotation_id)
        if ids is None:
            return {row[0]: SegmentRow(*row) for row in self._connection.execute(query.order_by(segments.c.id))}
        wanted = sorted(ids)
        found: dict[int, SegmentRow] = {}
        for start in range(0, len(wanted), _BATCH):
            part = query.where(segments.c.id.in_(wanted[start : start + _BATCH]))
            found.update((row[0], SegmentRow(*row)) for row in self._connection.execute(part))
        return found

    def at(self, annotation_id: str, revision: int) -> dict[int, SegmentRow]:
        table = revision_segments
        newest = (
            select(table.c.id, func.max(table.c.revision).label("revision"))
            .where(table.c.annotation_id == annotation_id, table.c.revision <= revision)
            .group_by(table.c.id)
            .subquery()
        )
        query = (
            select(*(table.c[name] for name in _NAMES))
            .join(newest, and_(table.c.id == newest.c.id, table.c.revision == newest.c.revision))
            .where(table.c.annotation_id == annotation_id)
            .order_by(table.c.id)
        )
        return {row[0]: SegmentRow(*row) for row in self._connection.execute(query)}

    def count(self, annotation_id: str) -> int:
        query = select(func.count()).select_from(segments).where(segments.c.annotation_id == annotation_id)
        return int(self._connection.execute(query).scalar_one())

    def write(self, row: AnnotationRow, *, revision: int, segments: Sequence[SegmentRow]) -> None:
        if not segments:
            return
        owner = {"annotation_id": row.id, "workspace_id": row.workspace_id}
        values = [{**owner, **asdict(segment)} for segment in segments]
        self._replace_head(row.id, values)
        self._connection.execute(insert(revision_segments), [{**value, "revision": revision} for value in values])

    def _replace_head(self, annotation_id: str, values: Sequence[dict[str, object]]) -> None:
        ids = [value["id"] for value in values]
        for start in range(0, len(ids), _BATCH):
            self._connection.execute(
                delete(segments).where(
                    segments.c.annotation_id == annotation_id, segments.c.id.in_(ids[start : start + _BATCH])
                )
            )
        self._connection.execute(insert(segments), list(values))
