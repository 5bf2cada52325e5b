# SPDX-License-Identifier: Apache-2.0
"""Asks the rules of a project about one annotation, and mends one finding."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from intarsia.review.base import Finding, Fix, FixableRule, ReviewError
from intarsia.review.registry import all_rules, find_rule
from intarsia.review.settings import RuleSettings
from intarsia.review.subject import Subject

FINDINGS_PER_RULE_MAX = 500


@dataclass(frozen=True, slots=True)
class RuleResult:
    """Findings of one rule, the first `FINDINGS_PER_RULE_MAX`; `total` counts all."""

    code: str
    blocks: bool
    total: int
    findings: tuple[Finding, ...]


def review(
    subject: Subject, settings: Mapping[str, RuleSettings], *, only_blocking: bool = False
) -> tuple[RuleResult, ...]:
    """Results of the rules that are on, in registry order; a rule that finds nothing is in it too."""
    results = []
    for rule in all_rules():
        entry = settings[rule.info.code]
        if not entry.on or (only_blocking and not entry.blocks):
            continue
        total = 0
        kept: list[Finding] = []
        for finding in rule.check(subject, entry.parameters):
            total += 1
            if len(kept) < FINDINGS_PER_RULE_MAX:
                kept.append(finding)
        results.append(RuleResult(rule.info.code, entry.blocks, total, tuple(kept)))
    return tuple(results)


def mend(
    subject: Subject, settings: Mapping[str, RuleSettings], *, rule: str, key: str, closed: Collection[int] = ()
) -> Fix:
    """What mends the finding with this key. Raises ReviewError `unknown_rule`, `not_found_again`, `not_fixable`."""
    found = find_rule(rule)
    parameters = settings[rule].parameters
    finding = next((entry for entry in found.check(subject, parameters) if entry.key == key), None)
    if finding is None:
        raise ReviewError("not_found_again", "This finding is no longer there. Nothing was changed.", rule=rule)
    fix = found.fix(subject, finding, parameters, closed) if isinstance(found, FixableRule) else None
    if fix is None:
        message = "This finding cannot be mended by itself: its neighbours are locked, or it needs a decision."
        raise ReviewError("not_fixable", f"{message} Nothing was changed.", rule=rule)
    return fix
