# SPDX-License-Identifier: Apache-2.0
"""Complete a package-lock.json with the builds for other platforms.

Tools with native parts list one optional package per platform. A registry mirror may carry only some of them; npm then
leaves the others out of the lock, and `npm ci` refuses that lock on every machine. This adds each missing one by name,
version and platform, as npm itself would write it, but without a checksum.
Run after `npm install`: scripts/complete_npm_lock.py LOCK...
"""

import json
import sys
from pathlib import Path
from typing import Any

SYSTEMS = ("aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32")
PROCESSORS = ("arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64")


def platform_of(name: str) -> dict[str, Any]:
    """`os`, `cpu` and `libc` as the package's name states them; for example @scope/tool-linux-arm64-musl."""
    words = name.split("/")[-1].split("-")
    found: dict[str, Any] = {}
    for field, known in (("os", SYSTEMS), ("cpu", PROCESSORS)):
        stated = [word for word in words if word in known]
        if stated:
            found[field] = stated
    if words[-1] == "musl":
        found["libc"] = ["musl"]
    elif words[-1] in ("gnu", "gnueabihf"):
        found["libc"] = ["glibc"]
    return found


def completed(lock: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The lock with an entry for each optional dependency, and the names that were added."""
    packages: dict[str, Any] = lock["packages"]
    added = []
    for entry in list(packages.values()):
        for name, version in entry.get("optionalDependencies", {}).items():
            path = f"node_modules/{name}"
            platform = platform_of(name)
            if path in packages or not platform:
                continue
            packages[path] = {"version": version, **platform, "dev": True, "optional": True}
            added.append(name)
    lock["packages"] = {path: packages[path] for path in sorted(packages)}
    return lock, added


def main() -> None:
    for argument in sys.argv[1:]:
        path = Path(argument)
        lock, added = completed(json.loads(path.read_text(encoding="utf-8")))
        path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"{path}: {len(added)} added")


if __name__ == "__main__":
    main()
