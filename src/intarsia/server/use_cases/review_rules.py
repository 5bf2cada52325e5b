# SPDX-License-Identifier: Apache-2.0
"""Which review rules a project asks, and which of them stop a submission."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intarsia.core.permissions import Action, Actor
from intarsia.review.base import RuleInfo
from intarsia.review.registry import all_rules
from intarsia.review.settings import RuleSettings, settings_from_json, settings_to_json
from intarsia.server.ports import Ports
from intarsia.server.use_cases.loading import allow_collection, load_project


def list_review_rules(actor: Actor) -> Sequence[RuleInfo]:
    """The rules that there are, in the order in which findings are listed."""
    allow_collection(actor, Action.PROJECT_LIST, "review rule")
    return [rule.info for rule in all_rules()]


def get_review_rules(ports: Ports, actor: Actor, project_id: str) -> dict[str, RuleSettings]:
    with ports.database.read() as unit:
        project = load_project(unit, actor, Action.PROJECT_READ, project_id)
    return settings_from_json(project.review_rules)


def put_review_rules(
    ports: Ports, actor: Actor, project_id: str, *, rules: Mapping[str, object]
) -> dict[str, RuleSettings]:
    """Store the settings; rules that are not named get their defaults. Raises ReviewError."""
    settings = settings_from_json(rules)
    with ports.database.write() as unit:
        project = load_project(unit, actor, Action.REVIEW_RULES_WRITE, project_id)
        unit.projects.set_review_rules(project.id, settings_to_json(settings))
    return settings
