# SPDX-License-Identifier: Apache-2.0
"""Was anything lost, applied twice or left unsaid? The answer of the Python core, as a list of complaints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from intarsia.core.annotation import Annotation, apply_exactly
from intarsia.core.edit_json import edit_from_json
from intarsia.core.errors import IntarsiaError
from intarsia.core.geometry import SizeHW
from intarsia.core.merge import replay

from .edit_log import EditLog, ListedConflict


@dataclass(frozen=True)
class Acknowledged:
    """What a client was told about an edit when it was told that the edit is saved."""

    conflict_pixels: int
    conflict_fields: int


@dataclass(frozen=True)
class Evidence:
    """`sent` holds the JSON body of every edit that a client ever made, by id; `head` is what the server shows now."""

    size_hw: SizeHW
    sent: Mapping[str, Mapping[str, Any]]
    acknowledged: Mapping[str, Acknowledged]
    log: EditLog
    head: Annotation


def complaints(evidence: Evidence) -> list[str]:
    """Empty when every acknowledged edit is there once and the head is their replay in the order of the log."""
    found = list(_lost_or_doubled(evidence))
    if not found:
        found.extend(_not_the_replay(evidence))
    return found


def _lost_or_doubled(evidence: Evidence) -> Iterator[str]:
    times = Counter(row.edit_id for row in evidence.log.rows)
    for edit_id in sorted(evidence.acknowledged.keys() - times.keys()):
        yield f"lost: edit {edit_id} was acknowledged and is not in the log"
    for edit_id, number in sorted(times.items()):
        if number > 1:
            yield f"twice: edit {edit_id} is {number} times in the log"
    for edit_id in sorted(times.keys() - evidence.sent.keys()):
        yield f"unknown: edit {edit_id} is in the log and nobody made it"
    for edit_id in sorted(times.keys() ^ evidence.log.keys):
        yield f"key: edit {edit_id} has a key without a row or a row without a key"
    numbers = evidence.log.revisions
    if numbers != tuple(range(1, len(numbers) + 1)):
        yield f"revisions are not numbered without gaps: {numbers}"
    last: dict[str, int] = {}
    for row in evidence.log.rows:
        if row.seq <= last.get(row.client, 0):
            yield f"order: edit {row.seq} of {row.client} came after its edit {last[row.client]}"
        last[row.client] = row.seq


def _not_the_replay(evidence: Evidence) -> Iterator[str]:
    layers = tuple(evidence.head.layers)
    head = exact = Annotation.empty(evidence.size_hw, layers)
    for row in evidence.log.rows:
        edit = edit_from_json(dict(evidence.sent[row.edit_id]), size_hw=evidence.size_hw)
        outcome = replay(head, edit)
        head = outcome.annotation
        try:
            exact = apply_exactly(exact, row.applied)
        except IntarsiaError as error:
            yield f"log: row of edit {row.edit_id} does not fit those before it: {error.code}"
            return
        clash = ListedConflict(outcome.conflict_pixels.pixel_count, len(outcome.field_conflicts))
        listed = evidence.log.conflicts.get(row.edit_id, ListedConflict(0, 0))
        if listed != clash:
            yield f"conflict: edit {row.edit_id} has {clash}, the server lists {listed}"
        told = evidence.acknowledged.get(row.edit_id)
        if told is not None and (told.conflict_pixels, told.conflict_fields) != (clash.pixels, clash.fields):
            yield f"conflict: edit {row.edit_id} has {clash}, its author was told {told}"
    yield from _differences("the replay of the edits", head, evidence.head)
    yield from _differences("the replay of the log", exact, evidence.head)


def _differences(name: str, ours: Annotation, theirs: Annotation) -> Iterator[str]:
    for layer, label_map in ours.layers.items():
        if label_map != theirs.layers[layer]:
            px = int((label_map.to_array() != theirs.layers[layer].to_array()).sum())
            yield f"head: {px} px of layer {layer} differ from {name}"
    for key in sorted(ours.segments.keys() | theirs.segments.keys()):
        if ours.segments.get(key) != theirs.segments.get(key):
            yield f"head: segment {key} is {theirs.segments.get(key)}, by {name} {ours.segments.get(key)}"
    for layer, label_map in theirs.layers.items():
        for owner in label_map.areas().keys() - {0}:
            segment = theirs.segments.get(owner)
            if segment is None or segment.state != "live":
                yield f"head: pixels of layer {layer} belong to {owner}, which is {segment}"
