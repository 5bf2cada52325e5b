# SPDX-License-Identifier: Apache-2.0
"""The checker of lost edits is itself put to the proof: planted faults are found, a right server passes."""

from __future__ import annotations

import asyncio
import random

import httpx
import pytest

from .server_double import Fault, ServerDouble
from .verdict import Evidence, complaints
from .writer import Writer

SIZE_HW = (120, 160)
WRITERS = 3
EDITS = 60


async def work(double: ServerDouble, *, seed: int, trusting: bool) -> list[Writer]:
    async with httpx.AsyncClient(transport=httpx.MockTransport(double.answer), base_url="http://127.0.0.1") as http:
        writers = [
            Writer(
                f"tab-{number}",
                http,
                "ann_1",
                SIZE_HW,
                things=(3, 4),
                stuff=(1, 2),
                choose=random.Random(seed + number),
                trusting=trusting,
                pause_s=0.001,
            )
            for number in range(WRITERS)
        ]
        await asyncio.gather(*(writer.run(asyncio.Event(), edits_max=EDITS) for writer in writers))
    return writers


def found(fault: Fault, *, seed: int = 7, trusting: bool = False) -> list[str]:
    double = ServerDouble(SIZE_HW, random.Random(seed), fault)
    writers = asyncio.run(work(double, seed=seed, trusting=trusting))
    return complaints(
        Evidence(
            SIZE_HW,
            sent={key: body for writer in writers for key, body in writer.sent.items()},
            acknowledged={key: told for writer in writers for key, told in writer.acknowledged.items()},
            log=double.log,
            head=double.head,
        )
    )


def test_a_right_server_behind_a_bad_line_passes() -> None:
    assert found("none") == []


def test_a_client_that_takes_silence_for_success_is_found() -> None:
    assert any(entry.startswith("lost") for entry in found("none", trusting=True))


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("twice", ("twice",)),
        ("twice unseen", ("log", "head", "conflict")),
        ("early answer", ("lost",)),
        ("conflict unlisted", ("conflict",)),
    ],
)
def test_a_server_that_does_wrong_is_found(fault: Fault, words: tuple[str, ...]) -> None:
    assert any(entry.startswith(words) for entry in found(fault))
