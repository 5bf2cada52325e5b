# SPDX-License-Identifier: Apache-2.0
"""Something that is not as it should be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` never changes; `where` names the row or file; `message` says what is wrong with it."""

    code: str
    where: str
    message: str
