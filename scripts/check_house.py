# SPDX-License-Identifier: Apache-2.0
"""House rules that no linter knows: file length, one SPDX line, names, and nothing that ties the tree to one machine.

Prints one line per finding and exits 1 when there is any.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE_SUFFIXES = {".py", ".ts", ".tsx", ".css", ".sh"}
MAX_LINES = 600
BANNED_STEMS = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
GENERATED = ("web/src/api/generated/", "contract/vectors/")
# A lock file that names where packages came from works only where that place can be reached.
REGISTRY_ADDRESS = re.compile(
    r"https?://[^\s\"']*(?:registry\.|pythonhosted|/simple\b)|\"resolved\":|--(?:extra-)?index-url|--find-links"
)
SPDX = "SPDX-License-Identifier: Apache-2.0"


def tracked_files() -> list[Path]:
    """Files that git tracks or would track; deleted ones are left out."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    names = listed.stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def findings_of_source(path: Path, name: str, text: str) -> list[str]:
    found = []
    lines = text.count("\n") + 1
    if lines > MAX_LINES:
        found.append(f"{name}: {lines} lines, more than {MAX_LINES}; say what it is about and split it")
    if text.strip() and SPDX not in text[:200]:
        found.append(f"{name}:1: no line '{SPDX}'")
    if path.stem.lower() in BANNED_STEMS:
        found.append(f"{name}: the name says nothing; name the concept")
    return found


def findings_of(path: Path) -> list[str]:
    name = path.relative_to(ROOT).as_posix()
    if name.startswith(GENERATED):
        return []
    if path.suffix in SOURCE_SUFFIXES:
        return findings_of_source(path, name, path.read_text(encoding="utf-8"))
    if name.startswith("requirements/") or path.name == "package-lock.json":
        text = path.read_text(encoding="utf-8")
        return [f"{name}: names a package registry: {m.group(0)}" for m in list(REGISTRY_ADDRESS.finditer(text))[:3]]
    return []


def main() -> int:
    found = [finding for path in tracked_files() for finding in findings_of(path)]
    print("\n".join(found) if found else "no findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
