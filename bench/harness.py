# SPDX-License-Identifier: Apache-2.0
"""Rows of results: what was measured, what the goal was, and what it is compared with. Printed and kept as JSON."""

import json
import math
import os
import platform
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parent.parent
BUILD_DIR = ROOT / "build"
WORK_DIR = BUILD_DIR / "bench"


@dataclass(frozen=True, slots=True)
class Reference:
    """What a value is compared with, in the row's unit: a peer's figure, a floor or another scene measured here."""

    kind: Literal["peer", "floor", "own"]
    value: float
    what: str


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. ``goal`` is the most that it may be, in ``unit``; None where a row only explains another."""

    name: str
    scene: str
    value: float
    unit: str
    goal: float | None = None
    reference: Reference | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        return None if self.goal is None else self.value <= self.goal

    @property
    def ratio(self) -> float | None:
        """The reference over the value: above 1 is better than the reference."""
        if self.reference is None or self.value <= 0:
            return None
        return self.reference.value / self.value

    def as_json(self) -> dict[str, object]:
        reference = self.reference
        return {
            "name": self.name,
            "scene": self.scene,
            "value": rounded(self.value),
            "unit": self.unit,
            "goal": self.goal,
            "met": self.met,
            "reference": None
            if reference is None
            else {"kind": reference.kind, "value": rounded(reference.value), "what": reference.what},
            "ratio": None if self.ratio is None else rounded(self.ratio),
            "note": self.note,
        }


@dataclass(slots=True)
class Report:
    """Rows as they come in; written after each part, so that a part that fails costs no other its figures."""

    path: Path
    machine: dict[str, object]
    rows: list[Row] = field(default_factory=list)
    failures: list[dict[str, str]] = field(default_factory=list)
    say: Callable[[str], None] = print

    def add(self, rows: Iterable[Row]) -> None:
        self.rows.extend(rows)
        self.write()

    def fail(self, part: str, message: str) -> None:
        self.failures.append({"part": part, "message": message})
        self.write()

    def write(self) -> None:
        document = {
            "machine": self.machine,
            "rows": [row.as_json() for row in self.rows],
            "failures": self.failures,
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least ``percent`` % of the values do not exceed (nearest rank). Raises ValueError."""
    if not values:
        raise ValueError("a percentile of nothing")
    rank = max(math.ceil(percent / 100 * len(values)), 1)
    return sorted(values)[rank - 1]


def median(values: Sequence[float]) -> float:
    """The middle value, or the mean of the two in the middle. Raises ValueError on none."""
    if not values:
        raise ValueError("a median of nothing")
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def share_above(values: Sequence[float], limit: float) -> float:
    """Percent of the values that exceed ``limit``; 0 for none."""
    return 100 * sum(value > limit for value in values) / len(values) if values else 0.0


def timed_ms(action: Callable[[], object], *, repeats: int) -> list[float]:
    """Duration of each of ``repeats`` calls, after one call that does not count."""
    action()
    durations = []
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        durations.append((time.perf_counter() - start) * 1000)
    return durations


def rounded(value: float) -> float:
    """Three significant digits below 1,000, whole numbers above: more would pretend."""
    if value == 0 or not math.isfinite(value):
        return value
    digits = 2 - math.floor(math.log10(abs(value)))
    return round(value, max(digits, 0))


def table(rows: Sequence[Row]) -> str:
    """The rows as aligned text, one a line."""
    head = ("what", "scene", "value", "unit", "goal", "met", "compared with", "ratio", "note")
    cells = [head, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(head))]
    right = {2, 4, 7}
    lines = []
    for line in cells:
        padded = [
            text.rjust(width) if column in right else text.ljust(width)
            for column, (text, width) in enumerate(zip(line, widths, strict=True))
        ]
        lines.append("  ".join(padded).rstrip())
    return "\n".join(lines)


def _cells(row: Row) -> tuple[str, ...]:
    reference = row.reference
    return (
        row.name,
        row.scene,
        f"{rounded(row.value):,.6g}",
        row.unit,
        "" if row.goal is None else f"≤ {row.goal:,g}",
        {None: "", True: "yes", False: "NO"}[row.met],
        "" if reference is None else f"{reference.kind} {rounded(reference.value):,.6g}: {reference.what}",
        "" if row.ratio is None else f"{rounded(row.ratio):g}×",
        row.note,
    )


def machine_facts(chromium_version: str) -> dict[str, object]:
    """What the figures were taken on. The load is that of before the start; above 0.5 they are not to be trusted."""
    memory = next(line for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal"))
    models = [line.split(":")[1].strip() for line in _cpu_lines() if line.startswith("model name")]
    return {
        "cpu": models[0] if models else platform.machine(),
        "cores": os.cpu_count(),
        "memory_gb": round(int(memory.split()[1]) / 1024**2, 1),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "chromium": chromium_version,
        "load_before": round(os.getloadavg()[0], 2),
        "started_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "command": " ".join(["python", "-m", "bench", *sys.argv[1:]]),
    }


def _cpu_lines() -> list[str]:
    return Path("/proc/cpuinfo").read_text().splitlines()
