# SPDX-License-Identifier: Apache-2.0
"""What a new version of an ontology would change and whom it would concern. Nothing is stored."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from intarsia.core.geometry import tile_size
from intarsia.core.ontology import Ontology
from intarsia.core.ontology_changes import Change, list_changes
from intarsia.core.ontology_evolve import Refusal, refusals
from intarsia.core.permissions import Action, Actor
from intarsia.core.tile_codec import read_tile_runs
from intarsia.server.ports import Ports, UnitOfWork
from intarsia.server.records import UsageCount
from intarsia.server.use_cases.loading import load_project
from intarsia.server.use_cases.ontology_json import load_ontology

# Counting pixels reads tiles; a project with more to read is told its segments alone.
COUNTED_TILES_MAX = 2_000
_NONE = UsageCount(0, 0)


@dataclass(frozen=True, slots=True)
class Impact:
    """A change, and what the heads of the project hold of its subject. `pixels` is None where they were not counted."""

    change: Change
    segments: int = 0
    objects: int = 0
    relations: int = 0
    answers: int = 0
    images: int = 0
    pixels: int | None = 0


@dataclass(frozen=True, slots=True)
class ImpactReport:
    """`version` is the number that the proposal would get; the present one when nothing changes."""

    version: int
    impacts: Sequence[Impact]
    refusals: Sequence[Refusal]


def ontology_impact(ports: Ports, actor: Actor, project_id: str, *, ontology: Ontology) -> ImpactReport:
    with ports.database.read() as unit:
        project = load_project(unit, actor, Action.ONTOLOGY_WRITE, project_id)
        current = load_ontology(unit, project)
        changes = list_changes(current, ontology)
        is_same = replace(ontology, version=current.version) == current
        usage = _Usage(unit, project.id, changes)
        return ImpactReport(
            version=current.version if is_same else current.version + 1,
            impacts=[usage.impact(change) for change in changes],
            refusals=list(refusals(current, ontology)),
        )


class _Usage:
    """Counts of everything that a list of changes is about, each asked for once."""

    def __init__(self, unit: UnitOfWork, project_id: str, changes: Sequence[Change]) -> None:
        known = [change for change in changes if change.verb not in ("added", "reordered")]
        classes = {int(change.id) for change in known if change.subject == "class"}
        questions = {change.id for change in known if change.subject == "question"}
        choices = {change.id.partition("/")[0] for change in known if change.subject == "option"}
        self._segments = unit.usage.segments(project_id, classes)
        self._objects = unit.usage.objects(project_id, classes)
        self._images = unit.usage.class_images(project_id, classes)
        self._answers = unit.usage.answers(project_id, questions)
        self._options = unit.usage.options(project_id, choices)
        self._relations = unit.usage.relations(
            project_id, {change.id for change in known if change.subject == "relation"}
        )
        self._pixels = _pixels(unit, project_id, classes)

    def impact(self, change: Change) -> Impact:
        if change.verb in ("added", "reordered"):
            return Impact(change)
        match change.subject:
            case "class":
                return self._of_class(change)
            case "question":
                count = self._answers.get(change.id, _NONE)
                return Impact(change, answers=count.entries, images=count.images)
            case "option":
                question, _, option = change.id.partition("/")
                count = self._options.get((question, option), _NONE)
                return Impact(change, answers=count.entries, images=count.images)
            case "relation":
                count = self._relations.get(change.id, _NONE)
                return Impact(change, relations=count.entries, images=count.images)
            case _:
                return Impact(change)

    def _of_class(self, change: Change) -> Impact:
        """A change of geometry concerns only what is drawn in a kind that the class loses; `images` are still all."""
        number = int(change.id)
        lost: Collection[str] | None = None
        if change.field == "geometry" and isinstance(change.before, list) and isinstance(change.after, list):
            lost = {str(kind) for kind in change.before if kind not in change.after}
        segments = self._segments.get(number, _NONE) if lost is None or "mask" in lost else _NONE
        objects = [
            count
            for (owner, kind), count in self._objects.items()
            if owner == number and (lost is None or kind in lost)
        ]
        return Impact(
            change,
            segments=segments.entries,
            objects=sum(count.entries for count in objects),
            images=self._images.get(number, 0) if segments.entries or objects else 0,
            pixels=0 if segments.entries == 0 else None if self._pixels is None else self._pixels.get(number, 0),
        )


def _pixels(unit: UnitOfWork, project_id: str, classes: Collection[int]) -> Mapping[int, int] | None:
    """Pixels by class in all heads; None when that would mean reading too many tiles."""
    if unit.usage.tile_count(project_id, classes) > COUNTED_TILES_MAX:
        return None
    counts = dict.fromkeys(classes, 0)
    for annotation_id, owners in unit.usage.owners(project_id, classes).items():
        row = unit.annotations.get(annotation_id)
        assert row is not None
        for layer in unit.usage.layers(annotation_id):
            for index, payload in unit.tiles.payloads(row, layer).items():
                palette, places, lengths = read_tile_runs(payload, tile_size(row.size_hw, index))
                sizes = np.bincount(places, weights=lengths, minlength=palette.size).astype(np.int64)
                for segment_id, size in zip(palette.tolist(), sizes.tolist(), strict=True):
                    if segment_id in owners:
                        counts[owners[segment_id]] += size
    return counts
