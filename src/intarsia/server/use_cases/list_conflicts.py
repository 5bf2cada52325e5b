# SPDX-License-Identifier: Apache-2.0
"""What edits wanted and did not get, oldest first, and whose the two sides are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from intarsia.core.permissions import Action, Actor
from intarsia.core.pixel_runs import PixelRuns
from intarsia.server.ports import Ports, UnitOfWork
from intarsia.server.records import AnnotationRow, ConflictRow, UserRow
from intarsia.server.use_cases.last_change import change_at
from intarsia.server.use_cases.loading import load_annotation

Side = Literal["head", "wanted"]


@dataclass(frozen=True, slots=True)
class ConflictView:
    """`author` wanted what did not happen; `head_author` changed the pixels before (None: not known).

    `yours` are the sides that the caller made.
    """

    conflict: ConflictRow
    author: UserRow
    head_author: UserRow | None
    yours: tuple[Side, ...]


def list_conflicts(ports: Ports, actor: Actor, annotation_id: str) -> Sequence[ConflictView]:
    with ports.database.read() as unit:
        row = load_annotation(unit, actor, Action.ANNOTATION_READ, annotation_id)
        return [_view(unit, actor, row, conflict) for conflict in unit.conflicts.list(annotation_id)]


def _view(unit: UnitOfWork, actor: Actor, row: AnnotationRow, conflict: ConflictRow) -> ConflictView:
    author = unit.identities.user(conflict.author_id)
    assert author is not None
    head_author = _head_author(unit, row, conflict) if conflict.state == "open" else None
    yours: list[Side] = []
    if head_author is not None and head_author.id == actor.user_id:
        yours.append("head")
    if author.id == actor.user_id:
        yours.append("wanted")
    return ConflictView(conflict, author, head_author, tuple(yours))


def _head_author(unit: UnitOfWork, row: AnnotationRow, conflict: ConflictRow) -> UserRow | None:
    """Who has the first of the pixels now; they all were one edit's, so one is as good as another."""
    pixels = PixelRuns.decode(conflict.pixels, row.size_hw)
    if pixels.run_count == 0:
        return None
    found = change_at(unit, row, layer=conflict.layer, x=int(pixels.x0s[0]), y=int(pixels.ys[0]))
    return found.author if found is not None else None
