# SPDX-License-Identifier: Apache-2.0
"""Who may take whose pixels: rules for single pairs of classes, else priorities."""

from __future__ import annotations

from intarsia.core.ontology import Ontology


class Protection:
    """The answer of one ontology, looked up quickly. Class numbers; taker 0 is the eraser, owner 0 is unlabelled."""

    def __init__(self, ontology: Ontology) -> None:
        self._rules = {(rule.taker, rule.owner): rule.allow for rule in ontology.protection}
        self._priority = {entry.number: entry.priority for entry in ontology.classes}

    @property
    def is_open(self) -> bool:
        """Whether every class may take every pixel, so that nothing needs to be asked."""
        return all(self._rules.values()) and len(set(self._priority.values())) <= 1

    def may_take(self, taker: int, owner: int) -> bool:
        if owner in (0, taker):
            return True
        rule = self._rules.get((taker, owner))
        if rule is not None:
            return rule
        return taker == 0 or self._priority.get(taker, 0) >= self._priority.get(owner, 0)


def may_take(ontology: Ontology, taker: int, owner: int) -> bool:
    """Whether class `taker` may take pixels of class `owner`. To ask often, keep a `Protection`."""
    return Protection(ontology).may_take(taker, owner)
