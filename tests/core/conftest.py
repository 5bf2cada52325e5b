# SPDX-License-Identifier: Apache-2.0
"""Makes the vector and sequence scripts importable: they are what is tested, not copies of them."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import settings

SCRIPTS = str(Path(__file__).parents[2] / "scripts" / "vectors")
if SCRIPTS not in sys.path:
    sys.path.insert(0, SCRIPTS)

# On a busy machine an example may take long; how long says nothing about whether it is right.
settings.register_profile("core", deadline=None, print_blob=True)
settings.load_profile("core")
