# SPDX-License-Identifier: Apache-2.0
"""Memory and processor time of processes as Linux counts them. MB are 10^6 bytes."""

import os
import re
from pathlib import Path

KIB = 1024


def pss_mb(process_id: int) -> float:
    """Proportional set size: pages that processes share are divided among them, so that a sum counts them once."""
    rollup = Path(f"/proc/{process_id}/smaps_rollup").read_text()
    return _kib(rollup, "Pss") * KIB / 1e6


def reset_peak(process_id: int) -> None:
    """Let the peak of resident memory start anew at what is resident now."""
    Path(f"/proc/{process_id}/clear_refs").write_text("5")


def peak_rss_mb(process_id: int) -> float:
    return _kib(Path(f"/proc/{process_id}/status").read_text(), "VmHWM") * KIB / 1e6


def cpu_s(process_id: int) -> float:
    """Seconds of processor time that a process has used, in all its threads; what others did does not count."""
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def browser_parts(profile_dir: Path) -> dict[str, list[int]]:
    """Process ids by type ("browser", "renderer", "gpu-process", …) of the browser that runs on this profile."""
    arguments = {pid: _arguments(pid) for pid in _process_ids()}
    mine = f"--user-data-dir={profile_dir}"
    roots = [pid for pid, line in arguments.items() if mine in line and _type_of(line) == "browser"]
    family = set(roots)
    parents = {pid: _parent(pid) for pid in arguments}
    while True:
        children = {pid for pid, parent in parents.items() if parent in family} - family
        if not children:
            break
        family |= children
    parts: dict[str, list[int]] = {}
    for pid in sorted(family):
        parts.setdefault(_type_of(arguments[pid]), []).append(pid)
    return parts


def _process_ids() -> list[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdecimal()]


def _arguments(process_id: int) -> list[str]:
    try:
        return Path(f"/proc/{process_id}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:  # it ended meanwhile
        return []


def _parent(process_id: int) -> int:
    try:
        return int(Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _type_of(arguments: list[str]) -> str:
    # Chromium joins the arguments of some children into one string with blanks.
    found = re.search(r"--type=([\w-]+)", " ".join(arguments))
    return found[1] if found else "browser"


def _kib(text: str, field: str) -> int:
    found = re.search(rf"^{field}:\s+(\d+) kB", text, re.MULTILINE)
    if found is None:
        raise ValueError(f"the kernel reports no {field}")
    return int(found[1])
