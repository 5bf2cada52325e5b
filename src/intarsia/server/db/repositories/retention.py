# SPDX-License-Identifier: Apache-2.0
"""Thinning of revisions, and the sweep of tiles that nothing points at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    delete,
    exists,
    func,
    or_,
    select,
    text,
    tuple_,
    update,
)

from intarsia.server.db.tables import (
    PACKED_QUICKLY,
    annotation_heads,
    assets,
    edits,
    job_items,
    jobs,
    revision_items,
    revision_segments,
    revision_tiles,
    revisions,
    tiles,
)
from intarsia.server.db.tile_packing import pack_tightly, unpack

# `2026-05-12T08:3`: times are RFC 3339 text, so that these many characters name ten minutes.
_TEN_MINUTES = 15
_BATCH = 500
_UNDONE_FROM = ("restore", "import")
_UNFINISHED = ("queued", "running")


class SqlRetention:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def thinnable(self, *, before: str, after: str, limit: int) -> Sequence[str]:
        removable = _removable(revisions.c.annotation_id > after, before).subquery()
        query = select(removable.c.annotation_id).distinct().order_by(removable.c.annotation_id).limit(limit)
        return self._connection.execute(query).scalars().all()

    def thin(self, annotation_id: str, *, before: str, limit: int, now: str) -> int:
        removable = _removable(revisions.c.annotation_id == annotation_id, before).subquery()
        query = select(removable.c.number).order_by(removable.c.number).limit(limit)
        numbers = self._connection.execute(query).scalars().all()
        freed: set[tuple[str, bytes]] = set()
        for first, into in self._groups(annotation_id, numbers):
            freed |= self._fold_tiles(annotation_id, first, into)
            for table in (revision_segments, revision_items):
                self._fold_named(table, annotation_id, first, into)
            self._fold_edits(annotation_id, first, into)
            self._fold_revisions(annotation_id, first, into)
        self._mark(freed, now)
        return len(numbers)

    def repack(self, *, after: tuple[str, bytes], limit: int) -> tuple[str, bytes] | None:
        query = (
            select(tiles.c.workspace_id, tiles.c.name, tiles.c.data)
            .where(tuple_(tiles.c.workspace_id, tiles.c.name) > after, text(PACKED_QUICKLY))
            .order_by(tiles.c.workspace_id, tiles.c.name)
            .limit(limit)
        )
        found = self._connection.execute(query).all()
        for workspace_id, name, data in found:
            this = (tiles.c.workspace_id == workspace_id, tiles.c.name == name)
            self._connection.execute(update(tiles).where(*this).values(data=pack_tightly(unpack(data))))
        return (found[-1][0], found[-1][1]) if found else None

    def mark_unused(self, *, after: tuple[str, bytes], limit: int, now: str) -> tuple[str, bytes] | None:
        query = (
            select(tiles.c.workspace_id, tiles.c.name)
            .where(tuple_(tiles.c.workspace_id, tiles.c.name) > after)
            .order_by(tiles.c.workspace_id, tiles.c.name)
            .limit(limit)
        )
        found = [(workspace_id, name) for workspace_id, name in self._connection.execute(query)]
        self._mark(found, now)
        return found[-1] if found else None

    def drop_unused(self, *, before: str, limit: int) -> tuple[int, int]:
        query = (
            select(tiles.c.workspace_id, tiles.c.name, _used())
            .where(tiles.c.unused_since.is_not(None), tiles.c.unused_since <= before)
            .limit(limit)
        )
        found = self._connection.execute(query).all()
        for workspace_id, name, used in found:
            this = and_(tiles.c.workspace_id == workspace_id, tiles.c.name == name)
            if used:
                self._connection.execute(update(tiles).where(this).values(unused_since=None))
            else:
                self._connection.execute(delete(tiles).where(this))
        return len(found), sum(not used for _, _, used in found)

    def blob_keys(self) -> set[str]:
        found: set[str] = set()
        for row in self._connection.execute(
            select(assets.c.original_key, assets.c.display_key, assets.c.thumbnail_key)
        ):
            found.update(key for key in row if key is not None)
        kept = or_(jobs.c.kind == "export", jobs.c.state.in_(_UNFINISHED))
        for workspace_id, job_id, kind in self._connection.execute(
            select(jobs.c.workspace_id, jobs.c.id, jobs.c.kind).where(kept)
        ):
            found.add(f"{workspace_id}/{kind}s/{job_id}.zip")
        return found

    def blob_named(self, key: str) -> bool:
        return key in self.blob_keys()

    def _groups(self, annotation_id: str, numbers: Sequence[int]) -> list[tuple[int, int]]:
        """(first removed, next one that stays) of each row of neighbours among the revisions to remove."""
        removed = set(numbers)
        groups: list[tuple[int, int]] = []
        first: int | None = None
        query = select(revisions.c.number).where(revisions.c.annotation_id == annotation_id)
        for number in self._connection.execute(query.order_by(revisions.c.number)).scalars():
            if number in removed:
                first = number if first is None else first
            elif first is not None:
                groups.append((first, number))
                first = None
        assert first is None, "the newest revision stays"
        return groups

    def _fold_tiles(self, annotation_id: str, first: int, into: int) -> set[tuple[str, bytes]]:
        """Changed tiles of [first, into) become changes of `into`, where it or a later one has not changed them."""
        newer = revision_tiles.alias()
        mine = revision_tiles.c
        superseded = exists().where(
            newer.c.annotation_id == mine.annotation_id,
            newer.c.layer == mine.layer,
            newer.c.tile_index == mine.tile_index,
            newer.c.revision > mine.revision,
            newer.c.revision <= into,
        )
        within = (mine.annotation_id == annotation_id, mine.revision >= first, mine.revision < into)
        gone = select(mine.workspace_id, mine.name).where(*within, superseded, mine.name.is_not(None))
        freed = {(workspace_id, name) for workspace_id, name in self._connection.execute(gone)}
        self._connection.execute(delete(revision_tiles).where(*within, superseded))
        self._connection.execute(update(revision_tiles).where(*within).values(revision=into))
        return freed

    def _fold_named(self, table: Table, annotation_id: str, first: int, into: int) -> None:
        """Changed segments or items of [first, into) become changes of `into`, as `_fold_tiles` does."""
        newer = table.alias()
        mine = table.c
        superseded = exists().where(
            newer.c.annotation_id == mine.annotation_id,
            newer.c.id == mine.id,
            newer.c.revision > mine.revision,
            newer.c.revision <= into,
        )
        within = (mine.annotation_id == annotation_id, mine.revision >= first, mine.revision < into)
        self._connection.execute(delete(table).where(*within, superseded))
        self._connection.execute(update(table).where(*within).values(revision=into))

    def _fold_edits(self, annotation_id: str, first: int, into: int) -> None:
        """Edits stay, each with its author, in the order in which they were acknowledged."""
        mine = edits.c
        query = select(mine.revision, mine.ordinal).where(
            mine.annotation_id == annotation_id, mine.revision >= first, mine.revision <= into
        )
        places = self._connection.execute(query.order_by(mine.revision, mine.ordinal)).all()
        # From the end, so that no two are ever in one place.
        for ordinal, (revision, old) in reversed(list(enumerate(places))):
            this = (mine.annotation_id == annotation_id, mine.revision == revision, mine.ordinal == old)
            self._connection.execute(update(edits).where(*this).values(revision=into, ordinal=ordinal))

    def _fold_revisions(self, annotation_id: str, first: int, into: int) -> None:
        mine = revisions.c
        within = (mine.annotation_id == annotation_id, mine.number >= first, mine.number < into)
        totals = select(func.sum(mine.edit_count), func.sum(mine.changed_px)).where(*within)
        edit_count, changed_px = self._connection.execute(totals).one()
        self._connection.execute(
            update(revisions)
            .where(mine.annotation_id == annotation_id, mine.number == into)
            .values(edit_count=mine.edit_count + edit_count, changed_px=mine.changed_px + changed_px)
        )
        self._connection.execute(delete(revisions).where(*within))

    def _mark(self, names: Iterable[tuple[str, bytes]], now: str) -> None:
        by_workspace: dict[str, list[bytes]] = {}
        for workspace_id, name in names:
            by_workspace.setdefault(workspace_id, []).append(name)
        for workspace_id, group in by_workspace.items():
            for start in range(0, len(group), _BATCH):
                this = (tiles.c.workspace_id == workspace_id, tiles.c.name.in_(group[start : start + _BATCH]))
                unused = update(tiles).where(*this, tiles.c.unused_since.is_(None), ~_used())
                self._connection.execute(unused.values(unused_since=now))


def _used() -> ColumnElement[bool]:
    """Whether a revision points at the tile; the head does so only where its newest revision does."""
    return exists().where(revision_tiles.c.name == tiles.c.name, revision_tiles.c.workspace_id == tiles.c.workspace_id)


def _removable(which: ColumnElement[bool], before: str) -> Select[str, int]:
    """(annotation, number) of the revisions that thinning takes among those of `which`."""
    mine = revisions.c
    ten_minutes = func.substr(mine.created_at, 1, _TEN_MINUTES)
    within = (mine.annotation_id, ten_minutes)
    ranked = (
        select(
            mine.annotation_id,
            mine.number,
            mine.kind,
            mine.kept,
            ten_minutes.label("ten_minutes"),
            func.max(mine.number).over(partition_by=within).label("last_of_ten_minutes"),
            func.max(mine.number).over(partition_by=(mine.annotation_id, mine.client)).label("last_of_client"),
            func.lead(mine.kind).over(partition_by=mine.annotation_id, order_by=mine.number).label("next_kind"),
        )
        .where(which)
        .subquery()
    )
    pinned = (
        exists()
        .where(job_items.c.job_id == jobs.c.id, jobs.c.state.in_(_UNFINISHED))
        .where(job_items.c.task_id == annotation_heads.c.task_id, job_items.c.revision == ranked.c.number)
        .where(annotation_heads.c.id == ranked.c.annotation_id)
    )
    return select(ranked.c.annotation_id, ranked.c.number).where(
        ranked.c.kind == "save",
        ~ranked.c.kept,
        ranked.c.ten_minutes < before[:_TEN_MINUTES],
        ranked.c.number != ranked.c.last_of_ten_minutes,
        ranked.c.number != ranked.c.last_of_client,
        ranked.c.next_kind.not_in(_UNDONE_FROM),
        ~pinned,
    )
