# SPDX-License-Identifier: Apache-2.0
"""Both cores agree after every step of random edit sequences, and a planted error of one pixel is found.

INTARSIA_SEQUENCES lowers the number for a quick run; the full number is 10,000.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import pytest
from compare_sequences import Peer, difference
from edit_sequences import generate, run

SCRIPT = Path(__file__).parents[2] / "scripts" / "vectors" / "compare_sequences.py"
PROCESSES = 2


def wanted_count() -> int:
    return int(os.environ.get("INTARSIA_SEQUENCES", "10000"))


@pytest.mark.timeout(1800)
def test_both_cores_agree_after_every_step() -> None:
    count = wanted_count()
    bounds = [count * part // PROCESSES for part in range(PROCESSES + 1)]
    runs = [
        subprocess.Popen(
            [sys.executable, str(SCRIPT), str(first), str(end)], stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        for first, end in pairwise(bounds)
    ]
    lines = [line for process in runs for line in process.communicate()[0].splitlines()]
    answers: list[dict[str, Any]] = [json.loads(line) for line in lines]
    totals = [answer for answer in answers if "sequences" in answer]
    assert [answer for answer in answers if "sequences" not in answer] == []
    assert [process.returncode for process in runs] == [0] * PROCESSES
    assert sum(answer["sequences"] for answer in totals) == count
    assert sum(answer["steps"] for answer in totals) >= 50 * count
    # The sequences are worth running only when most of their steps do something.
    assert sum(answer["changing_steps"] for answer in totals) > 30 * count


@pytest.fixture(scope="module")
def planted() -> tuple[dict[str, Any], dict[str, Any]]:
    """A sequence, and the same with one pixel wrong after step 30."""
    sequence = generate(77)
    height, width = sequence["size_hw"]
    plant = {"step": 30, "layer": sequence["layers"][-1], "x": width - 1, "y": height - 1}
    return sequence, {**sequence, "plant": plant}


@pytest.mark.parametrize("side", ["python", "typescript"])
def test_a_planted_pixel_is_found_at_its_step(side: str, planted: tuple[dict[str, Any], dict[str, Any]]) -> None:
    good, bad = planted
    with Peer() as peer:
        peer.send([good if side == "python" else bad])
        theirs = peer.answer()
    ours = run(bad if side == "python" else good)
    found = difference(ours, theirs)
    assert found is not None
    assert (found["at"], found["step"]) == ("step", 30)
    assert ours["start"] == theirs["start"]
    assert ours["steps"][:30] == theirs["steps"][:30]


def test_a_sequence_is_the_same_every_time_and_ends_as_it_began() -> None:
    assert generate(5) == generate(5)
    assert generate(5) != generate(6)
    answer = run(generate(5))
    assert len(answer["steps"]) >= 50
    assert answer["undone"] == answer["start"]
    assert len(set(answer["steps"])) > 10


def test_sequences_cover_what_they_promise() -> None:
    sequences = [generate(seed) for seed in range(200)]
    ops = [op for sequence in sequences for op in sequence["ops"]]
    paints = [op for op in ops if op["op"] == "paint"]
    shapes = [op["shape"] for op in paints]
    assert {op["op"] for op in ops} == {"paint", "delete", "merge", "replay"}
    assert {op["mode"] for op in paints} == {"behind", "over", "inside"}
    assert {(shape["kind"], shape.get("rule")) for shape in shapes} == {
        ("box", None), ("polygon", "nonzero"), ("polygon", "evenodd"), ("stroke", None), ("square_stroke", None),
    }  # fmt: skip
    assert any(op["locked"] for op in paints)
    assert any(op["segment"] == 0 for op in paints)
    assert {len(sequence["layers"]) for sequence in sequences} == {1, 2}
    assert any(len(shape.get("rings", ())) > 1 for shape in shapes)
    on_border = far = 0
    for shape in shapes:
        if shape["frame"] == "fixed":
            values = [*shape.get("corners", ()), *shape.get("points", ()), *chain(*shape.get("rings", ()))]
            on_border += any(value and value % 65_536 == 0 for value in values)
            far += any(abs(value) >= 1 << 22 for value in values)
    assert on_border > 500
    assert far > 200
