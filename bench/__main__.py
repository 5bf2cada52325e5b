# SPDX-License-Identifier: Apache-2.0
"""``python -m bench`` runs all parts; ``python -m bench brush open --scene S`` only those, on that scene.

A whole run is written to build/bench.json, a partial one to build/bench-partial.json. Goals that are missed do not
change the exit code; parts that could not be measured do.
"""

import argparse
import signal
import sys
import time
import traceback
from pathlib import Path

from .harness import BUILD_DIR, Report, Row, machine_facts, table
from .parts import PARTS, Part
from .scenes import SCENES
from .stage import Stage, chromium_version


def main() -> int:
    arguments = parsed_arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended and removed
    chosen = [part for part in PARTS if not arguments.parts or part.name in arguments.parts]
    whole = not arguments.parts and arguments.scene is None
    path = arguments.out or BUILD_DIR / ("bench.json" if whole else "bench-partial.json")
    report = Report(path, machine_facts(chromium_version()))
    print(", ".join(f"{name} {value}" for name, value in report.machine.items()), flush=True)
    with Stage() as stage:
        for part in chosen:
            run_part(part, stage, report, only_scene=arguments.scene)
    print("\n" + table(report.rows))
    missed = sum(row.met is False for row in report.rows)
    goals = sum(row.met is not None for row in report.rows)
    print(f"\n{goals - missed} of {goals} goals met; {len(report.failures)} parts failed; kept in {path}")
    return 1 if report.failures else 0


def run_part(part: Part, stage: Stage, report: Report, *, only_scene: str | None) -> None:
    """Measure one part on its scenes; what goes wrong is reported and the next part goes on."""
    found: list[Row] = []
    for scene in part.scenes:
        if only_scene is not None and scene not in (only_scene, ""):
            continue
        start = time.perf_counter()
        print(f"\n{part.title}{f', scene {scene}' if scene else ''}", flush=True)
        try:
            rows = list(part.measure(stage, scene))
        except Exception as error:
            traceback.print_exc()
            report.fail(f"{part.name} {scene}".strip(), f"{type(error).__name__}: {error}")
            continue
        report.add(rows)
        found += rows
        print(table(rows) + f"\n({time.perf_counter() - start:.0f} s)", flush=True)
    conclusions = part.conclude(found)
    if conclusions:
        report.add(conclusions)
        print("\n" + table(conclusions), flush=True)


def parsed_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Intarsia against its speed goals.")
    names = ", ".join(part.name for part in PARTS)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"one or more of: {names} (default: all)")
    parser.add_argument("--scene", choices=sorted(SCENES), help="only this scene")
    parser.add_argument("--out", type=Path, help="where to write the results as JSON")
    arguments = parser.parse_args()
    unknown = set(arguments.parts) - {part.name for part in PARTS}
    if unknown:
        parser.error(f"no part is called {', '.join(sorted(unknown))}; there are: {names}")
    return arguments


if __name__ == "__main__":
    sys.exit(main())
