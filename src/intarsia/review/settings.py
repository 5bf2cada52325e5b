# SPDX-License-Identifier: Apache-2.0
"""Which rules a project asks, with which parameters, and which of them stop a submission."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from intarsia.core.segment import JsonValue
from intarsia.review.base import Parameter, Parameters, ReviewError, Rule
from intarsia.review.registry import all_rules, find_rule


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """`parameters` holds a value for each parameter of the rule."""

    on: bool
    blocks: bool
    parameters: Parameters


def default_settings(rule: Rule) -> RuleSettings:
    info = rule.info
    return RuleSettings(info.on, info.blocks, {entry.name: entry.default for entry in info.parameters})


def settings_from_json(value: Mapping[str, object] | None) -> dict[str, RuleSettings]:
    """Settings of every rule by code; what is not said is as the rule has it by default.

    Raises ReviewError `unknown_rule` or `bad_parameter` (details: `rule`, `parameter`).
    """
    given = value or {}
    for code in given:
        find_rule(code)
    return {rule.info.code: _settings(rule, given.get(rule.info.code)) for rule in all_rules()}


def settings_to_json(settings: Mapping[str, RuleSettings]) -> dict[str, JsonValue]:
    return {
        code: {"on": entry.on, "blocks": entry.blocks, "parameters": dict(entry.parameters)}
        for code, entry in settings.items()
    }


def _settings(rule: Rule, value: object) -> RuleSettings:
    standard = default_settings(rule)
    if value is None:
        return standard
    if not isinstance(value, Mapping) or value.keys() - {"on", "blocks", "parameters"}:
        raise _bad(rule, "", "an object with on, blocks and parameters belongs here")
    on, blocks = value.get("on", standard.on), value.get("blocks", standard.blocks)
    if not isinstance(on, bool) or not isinstance(blocks, bool):
        raise _bad(rule, "", "on and blocks are true or false")
    given = value.get("parameters", {})
    if not isinstance(given, Mapping):
        raise _bad(rule, "", "parameters is an object")
    known = {entry.name: entry for entry in rule.info.parameters}
    for name in given:
        if name not in known:
            raise _bad(rule, str(name), f"this rule has no such parameter; it has: {', '.join(known) or 'none'}")
    parameters = {
        name: _checked(rule, entry, given[name]) if name in given else entry.default for name, entry in known.items()
    }
    return RuleSettings(on, blocks, parameters)


def _checked(rule: Rule, entry: Parameter, value: object) -> JsonValue:
    if entry.kind == "boolean":
        if isinstance(value, bool):
            return value
        raise _bad(rule, entry.name, "true or false belongs here")
    if entry.kind == "classes":
        if isinstance(value, list) and all(isinstance(item, int) and not isinstance(item, bool) for item in value):
            numbers: list[JsonValue] = [*sorted({int(item) for item in value})]
            return numbers
        raise _bad(rule, entry.name, "a list of class numbers belongs here")
    whole = entry.kind == "integer"
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
        raise _bad(rule, entry.name, f"a {'whole ' if whole else ''}number belongs here")
    assert isinstance(value, (int, float))
    low, high = entry.minimum, entry.maximum
    if not math.isfinite(value) or (low is not None and value < low) or (high is not None and value > high):
        raise _bad(rule, entry.name, f"it lies between {low:g} and {high:g}")
    return value


def _bad(rule: Rule, parameter: str, what: str) -> ReviewError:
    where = f"{rule.info.code}.{parameter}" if parameter else rule.info.code
    message = f"Review rule {where}: {what}. Nothing was changed."
    return ReviewError("bad_parameter", message, rule=rule.info.code, parameter=parameter)
