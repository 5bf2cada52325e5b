# SPDX-License-Identifier: Apache-2.0
"""The benchmarks are a package beside `src`, run from the project's folder; the tests find it there as well.

This folder must not become a package: it would then be found as `bench` itself.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
