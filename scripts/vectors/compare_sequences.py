# SPDX-License-Identifier: Apache-2.0
"""Run random edit sequences in both cores and compare them step by step.

    python scripts/vectors/compare_sequences.py 0 1000

Prints one JSON line per difference, then one line of totals; exit code 1 when there is a difference. The other core
runs beside this one, so that both work at the same time.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any

from edit_sequences import Sequence as EditSequence
from edit_sequences import generate, run

ROOT = Path(__file__).resolve().parents[2]
PEER = ROOT / "web" / "tests" / "core" / "sequencePeer.ts"
BATCH = 20


class Peer:
    """The TypeScript core as a child process: sequences in, answers out, in order."""

    def __enter__(self) -> Peer:
        search = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
        node = shutil.which("node", path=search)
        if node is None:
            raise SystemExit("node was not found; install requirements/dev.txt into the virtual environment")
        self._process = subprocess.Popen(
            [node, "--no-warnings", "--experimental-strip-types", str(PEER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self._process.kill()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def send(self, sequences: Sequence[EditSequence]) -> None:
        assert self._process.stdin is not None
        for sequence in sequences:
            self._process.stdin.write(json.dumps(sequence, separators=(",", ":")) + "\n")
        self._process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"the other core ended with exit code {self._process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        return answer


def difference(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any] | None:
    """The first place in which two answers differ; None when there is none."""
    if ours == theirs:
        return None
    found: dict[str, Any] = {"seed": ours["seed"]}
    if "failure" in theirs:
        return {**found, "failure": theirs["failure"]}
    pairs = list(zip(ours["steps"], theirs.get("steps", ()), strict=False))
    step = next((place for place, (mine, other) in enumerate(pairs) if mine != other), None)
    if ours["start"] != theirs.get("start"):
        return {**found, "at": "start"}
    if step is not None:
        return {**found, "at": "step", "step": step, "ours": ours["steps"][step], "theirs": theirs["steps"][step]}
    parts = [key for key in ours if ours[key] != theirs.get(key)]
    return {**found, "at": ", ".join(parts)}


def compare(seeds: Sequence[int]) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    """(our answer, difference) of each seed; sequences that do not end undone as they began differ too."""
    with Peer() as peer:
        for first in range(0, len(seeds), BATCH):
            sequences = [generate(seed) for seed in seeds[first : first + BATCH]]
            peer.send(sequences)
            answers = [run(sequence) for sequence in sequences]
            for ours in answers:
                found = difference(ours, peer.answer())
                if found is None and ours["undone"] != ours["start"]:
                    found = {"seed": ours["seed"], "at": "undone", "undone": ours["undone"]}
                yield ours, found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first", type=int)
    parser.add_argument("end", type=int)
    arguments = parser.parse_args()
    sequences = steps = changing = differing = 0
    for answer, found in compare(range(arguments.first, arguments.end)):
        sequences += 1
        states = [state for state in (answer["start"], *answer["steps"]) if not state.startswith("error:")]
        steps += len(answer["steps"])
        changing += sum(a != b for a, b in pairwise(states))
        if found is not None:
            differing += 1
            print(json.dumps(found), flush=True)
    print(json.dumps({"sequences": sequences, "steps": steps, "changing_steps": changing, "differing": differing}))
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
