# SPDX-License-Identifier: Apache-2.0
"""All review rules: those of the product in an explicit tuple, those of third parties through entry points."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points

from intarsia.review.base import REVIEW_API_VERSION, ReviewError, Rule
from intarsia.review.duplicate_object import DuplicateObject
from intarsia.review.hole import Hole
from intarsia.review.island import Island
from intarsia.review.missing_answer import MissingAnswer
from intarsia.review.retired_class import RetiredClass
from intarsia.review.sliver import Sliver
from intarsia.review.thin_bridge import ThinBridge
from intarsia.review.touches_edge import TouchesEdge
from intarsia.review.unlabelled import Unlabelled
from intarsia.review.wrong_layer import WrongLayer

ENTRY_POINT_GROUP = "intarsia.rules"
BUILT_IN: tuple[Rule, ...] = (
    Unlabelled(),
    MissingAnswer(),
    WrongLayer(),
    Island(),
    Sliver(),
    Hole(),
    TouchesEdge(),
    ThinBridge(),
    DuplicateObject(),
    RetiredClass(),
)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Built-in rules, then installed ones by code. Raises ReviewError `bad_plug_in` or `duplicate_rule`."""
    rules = (*BUILT_IN, *_installed())
    codes = [rule.info.code for rule in rules]
    for code in codes:
        if codes.count(code) > 1:
            raise ReviewError("duplicate_rule", f"Two review rules are called {code!r}. Uninstall one of them.")
    return rules


def find_rule(code: str) -> Rule:
    """Raises ReviewError `unknown_rule`."""
    for rule in all_rules():
        if rule.info.code == code:
            return rule
    known = ", ".join(rule.info.code for rule in all_rules())
    raise ReviewError("unknown_rule", f"There is no review rule {code!r}. There are: {known}.", rule=code)


def _installed() -> list[Rule]:
    found: list[Rule] = []
    for entry in entry_points(group=ENTRY_POINT_GROUP):
        try:
            loaded = entry.load()
            rule: Rule = loaded() if isinstance(loaded, type) else loaded
            version = rule.info.api_version
        except Exception as error:
            raise ReviewError("bad_plug_in", f"Review rule {entry.value} cannot be loaded: {error}") from error
        if version != REVIEW_API_VERSION:
            message = f"Review rule {entry.value} was written for version {version}, not {REVIEW_API_VERSION}."
            raise ReviewError("bad_plug_in", message)
        found.append(rule)
    return sorted(found, key=lambda rule: rule.info.code)
