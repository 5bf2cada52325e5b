# SPDX-License-Identifier: Apache-2.0
"""Makes the vector and sequence scripts importable: they are what is tested, not copies of them."""

from __future__ import annotations

import sys
from pathlib import Path

SCRIPTS = str(Path(__file__).parents[2] / "scripts")
if SCRIPTS not in sys.path:
    sys.path.insert(0, SCRIPTS)
