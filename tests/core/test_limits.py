# SPDX-License-Identifier: Apache-2.0
"""Both cores refuse at the same limits."""

from __future__ import annotations

import json
from pathlib import Path

from intarsia.core import limits

CONTRACT = Path(__file__).parents[2] / "contract"


def test_limits_are_those_of_the_contract() -> None:
    written = json.loads((CONTRACT / "limits.json").read_text())
    here = {name.lower(): value for name, value in vars(limits).items() if name.isupper()}
    assert here == written
