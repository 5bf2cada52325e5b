# SPDX-License-Identifier: Apache-2.0
"""What the project's review rules find in an annotation, and what would mend one finding. Nothing is stored."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from intarsia.core.annotation import Annotation
from intarsia.core.label_map import LabelMap
from intarsia.core.permissions import Action, Actor
from intarsia.review.base import Fix
from intarsia.review.reviewing import RuleResult, mend, review
from intarsia.review.settings import RuleSettings, settings_from_json
from intarsia.review.subject import Subject
from intarsia.server.ports import Ports, UnitOfWork
from intarsia.server.records import AnnotationRow
from intarsia.server.use_cases.head import segment_of
from intarsia.server.use_cases.item_rows import items_of
from intarsia.server.use_cases.loading import load_annotation
from intarsia.server.use_cases.revision_state import layer_names, ontology_of


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Results of the rules that are on, for the head as it was at `revision`."""

    revision: int
    results: tuple[RuleResult, ...]


@dataclass(frozen=True, slots=True)
class ReviewCase:
    """All that rules need, read in one transaction and looked at outside of it."""

    revision: int
    subject: Subject
    settings: Mapping[str, RuleSettings]


def review_annotation(ports: Ports, actor: Actor, annotation_id: str) -> Reviewed:
    with ports.database.read() as unit:
        case = review_case(unit, load_annotation(unit, actor, Action.ANNOTATION_READ, annotation_id))
    return Reviewed(case.revision, review(case.subject, case.settings))


def mend_finding(
    ports: Ports, actor: Actor, annotation_id: str, *, rule: str, key: str, closed: Collection[int]
) -> tuple[int, Fix]:
    """(revision that it fits, fix); the caller makes it an edit of its own, so that it can be undone.

    Raises ReviewError `unknown_rule`, `not_found_again` or `not_fixable`.
    """
    with ports.database.read() as unit:
        case = review_case(unit, load_annotation(unit, actor, Action.ANNOTATION_EDIT, annotation_id))
    return case.revision, mend(case.subject, case.settings, rule=rule, key=key, closed=closed)


def review_case(unit: UnitOfWork, row: AnnotationRow) -> ReviewCase:
    """Inside a transaction."""
    ontology = ontology_of(unit, row)
    project = unit.projects.get(row.project_id)
    assert project is not None
    layers = {
        name: LabelMap.from_payloads(row.size_hw, unit.tiles.payloads(row, name, revision=None))
        for name in layer_names(ontology)
    }
    segments = {key: segment_of(found) for key, found in unit.segments.head(row.id).items()}
    items = items_of(unit.items.head(row.id))
    subject = Subject(Annotation(layers, segments, items), ontology)
    return ReviewCase(row.revision, subject, settings_from_json(project.review_rules))
