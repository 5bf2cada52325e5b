# SPDX-License-Identifier: Apache-2.0
"""Generated files must equal what the code writes now: run every generator on a copy of the tree's outputs and compare.

Prints the files that differ and exits 1; `make gen` mends it.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUTPUTS = (
    *sorted((ROOT / "contract").glob("vectors/*/*.json")),
    ROOT / "contract" / "openapi.json",
    ROOT / "web" / "src" / "api" / "generated" / "schema.ts",
)


def main() -> int:
    before = {path: path.read_bytes() for path in OUTPUTS if path.exists()}
    try:
        subprocess.run(["make", "-s", "gen"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        after = {path: path.read_bytes() for path in OUTPUTS if path.exists()}
    finally:
        for path, content in before.items():
            path.write_bytes(content)
    stale = [path for path in OUTPUTS if before.get(path) != after.get(path)]
    for path in stale:
        print(f"{path.relative_to(ROOT)}: not what the code writes now; run `make gen` and commit")
    print(f"{len(OUTPUTS)} generated files, {len(stale)} stale")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
