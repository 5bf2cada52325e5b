# SPDX-License-Identifier: Apache-2.0
"""Whether an edit gives away pixels that are protected from whoever takes them (contract/ontology.md)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from intarsia.core.edit import Edit
from intarsia.core.errors import EditError
from intarsia.core.merge import resolve_alias
from intarsia.core.ontology import Ontology
from intarsia.core.ontology_protection import Protection
from intarsia.core.segment import Segment

# These only give back what was there before.
GIVING_BACK_TOOLS = frozenset({"undo", "redo", "restore", "resolve"})


def check_protection(edit: Edit, *, segments: Mapping[int, Segment], ontology: Ontology) -> None:
    """Raises EditError `protected` (details: `taker` and `owner`, class numbers). `segments` are those of the head."""
    protection = Protection(ontology)
    if protection.is_open or edit.pixels.run_count == 0 or edit.tool in GIVING_BACK_TOOLS:
        return
    after = {**segments, **{change.id: change.after for change in edit.segments if change.after is not None}}
    ended = {change.id for change in edit.segments if change.after is None or change.after.state == "deleted"}
    pairs = np.unique(edit.pixels.before.astype(np.uint64) << np.uint64(32) | edit.pixels.after)
    for pair in pairs.tolist():
        before_id, after_id = pair >> 32, pair & 0xFFFF_FFFF
        if after_id == 0 and before_id in ended:
            continue
        # An owner that this very edit makes has had no class before it.
        owner = _class_of(before_id, segments if before_id in segments else after)
        taker = _class_of(after_id, after)
        if not protection.may_take(taker, owner):
            raise EditError(
                "protected",
                f"The edit was refused because it gives pixels of {_name(ontology, owner)} to "
                f"{_name(ontology, taker)}, from which they are protected. The image is as before; your other edits "
                "are kept.",
                taker=taker,
                owner=owner,
            )


def _class_of(segment_id: int, segments: Mapping[int, Segment]) -> int:
    """Class of the segment that an id stands for; 0 for none."""
    segment = segments.get(resolve_alias(segments, segment_id))
    return 0 if segment is None else segment.class_number


def _name(ontology: Ontology, number: int) -> str:
    entry = ontology.by_number(number)
    return "the eraser" if entry is None else f"class {number} ({entry.name})"
