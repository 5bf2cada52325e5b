# SPDX-License-Identifier: Apache-2.0
"""Items: the head's, and what each revision changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields

from sqlalchemy import Connection, and_, delete, func, insert, select

from intarsia.server.db.tables import items, revision_items
from intarsia.server.records import AnnotationRow, ItemRow

_NAMES = tuple(field.name for field in fields(ItemRow))
_HEAD = tuple(items.c[name] for name in _NAMES)
_BATCH = 500


class SqlItems:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def head(self, annotation_id: str, ids: Iterable[str] | None = None) -> dict[str, ItemRow]:
        query = select(*_HEAD).where(items.c.annotation_id == annotation_id)
        if ids is None:
            return {row[0]: ItemRow(*row) for row in self._connection.execute(query.order_by(items.c.id))}
        wanted = sorted(ids)
        found: dict[str, ItemRow] = {}
        for start in range(0, len(wanted), _BATCH):
            part = query.where(items.c.id.in_(wanted[start : start + _BATCH]))
            found.update((row[0], ItemRow(*row)) for row in self._connection.execute(part))
        return found

    def at(self, annotation_id: str, revision: int) -> dict[str, ItemRow]:
        table = revision_items
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
        return {row[0]: ItemRow(*row) for row in self._connection.execute(query)}

    def count(self, annotation_id: str) -> int:
        query = select(func.count()).select_from(items).where(items.c.annotation_id == annotation_id)
        return int(self._connection.execute(query).scalar_one())

    def write(self, row: AnnotationRow, *, revision: int, changed: Sequence[ItemRow]) -> None:
        if not changed:
            return
        owner = {"annotation_id": row.id, "workspace_id": row.workspace_id}
        values = [{**owner, **asdict(item)} for item in changed]
        ids = [item.id for item in changed]
        for start in range(0, len(ids), _BATCH):
            part = items.c.id.in_(ids[start : start + _BATCH])
            self._connection.execute(delete(items).where(items.c.annotation_id == row.id, part))
        self._connection.execute(insert(items), values)
        self._connection.execute(insert(revision_items), [{**value, "revision": revision} for value in values])
