# SPDX-License-Identifier: Apache-2.0
"""Who worked on each segment last: whoever gave it pixels, or changed its class, answers or state.

Losing pixels to a neighbour does not count: that was work on the neighbour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from intarsia.core.permissions import Action, Actor
from intarsia.core.pixel_runs import PixelRuns
from intarsia.server.ports import Ports, UnitOfWork
from intarsia.server.records import AnnotationRow, UserRow
from intarsia.server.use_cases.loading import load_annotation


@dataclass(frozen=True, slots=True)
class SegmentAuthor:
    """`revision` and `created_at` are those of the author's last edit of the segment."""

    segment_id: int
    author: UserRow
    revision: int
    created_at: str


@dataclass(frozen=True, slots=True)
class SegmentAuthors:
    """As of `revision`; a live segment without any edit in the history is left out."""

    revision: int
    segments: Sequence[SegmentAuthor]


def segment_authors(ports: Ports, actor: Actor, annotation_id: str) -> SegmentAuthors:
    with ports.database.read() as unit:
        row = load_annotation(unit, actor, Action.ANNOTATION_READ, annotation_id)
        live = {number for number, segment in unit.segments.head(row.id).items() if segment.state == "live"}
        return SegmentAuthors(row.revision, authors_of(unit, row, live))


def authors_of(unit: UnitOfWork, row: AnnotationRow, wanted: set[int]) -> list[SegmentAuthor]:
    """Newest edits first, until every wanted segment has one; in order of ids."""
    missing = set(wanted)
    users: dict[str, UserRow] = {}
    found = []
    for edit in unit.history.edits_newest_first(row.id):
        gained = np.unique(PixelRuns.decode(edit.pixels, row.size_hw).after).tolist()
        touched = missing & {*gained, *(int(change["id"]) for change in edit.segments)}
        if not touched:
            continue
        if edit.author_id not in users:
            user = unit.identities.user(edit.author_id)
            assert user is not None
            users[edit.author_id] = user
        found += [SegmentAuthor(number, users[edit.author_id], edit.revision, edit.created_at) for number in touched]
        missing -= touched
        if not missing:
            break
    return sorted(found, key=lambda entry: entry.segment_id)
