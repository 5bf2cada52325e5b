# SPDX-License-Identifier: Apache-2.0
"""The explicit table between values in an index image and classes; unlabelled is never guessed to be void."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClassEntry:
    """One value of an index image: a class by name, kind ``thing``, ``stuff`` or ``ignore``, colour ``#RRGGBB``."""

    index: int
    name: str
    kind: str
    colour: str | None = None


@dataclass(frozen=True, slots=True)
class ClassTable:
    """All values an index image may hold; ``unlabelled`` is the value of pixels that nobody labelled, if any is."""

    entries: tuple[ClassEntry, ...]
    unlabelled: int | None = None
