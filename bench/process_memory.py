# SPDX-License-Identifier: Apache-2.0
"""Memory and processor time of processes as Linux counts them. MB are 10^6 bytes."""

import os
import re
import threading
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


def cpu_with_children_s(process_id: int) -> float:
    """As `cpu_s`, with that of the children that have ended."""
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return sum(int(value) for value in fields[11:15]) / os.sysconf("SC_CLK_TCK")


class PeakOfChildren:
    """While entered, looks twenty times a second at the children of a process: `mb` is the most that they held."""

    def __init__(self, process_id: int) -> None:
        self.mb = 0.0
        self._process_id = process_id
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "PeakOfChildren":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(0.05):
            children = [pid for pid in _process_ids() if _parent(pid) == self._process_id]
            self.mb = max(self.mb, sum(_pss_or_0(pid) for pid in children))


def _pss_or_0(process_id: int) -> float:
    try:
        return pss_mb(process_id)
    except (OSError, ValueError):  # it ended meanwhile
        return 0.0


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
