# SPDX-License-Identifier: Apache-2.0
"""The real server killed with signal 9 again and again while eight clients autosave: what was said to be saved is."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import httpx

from tests.e2e.project import CAR, PERSON, ROAD, SKY, ReadyTask, gradient_png, make_tasks
from tests.e2e.server_process import ServerProcess

from .counts import announce, chosen_seed, count
from .edit_log import database_verdict, read_log
from .verdict import Evidence, complaints
from .writer import Writer

SIZE_HW = (300, 400)  # four tiles
SHARING = (4, 2, 1, 1)  # writers at each annotation
_FIRST_ANSWER_S = 30.0  # so long may a start last on a busy machine; the true times are printed


async def kill_and_restart(
    server: ServerProcess, writers: Sequence[Writer], *, kills: int, moments: random.Random
) -> list[float]:
    """Kills the server `kills` times while the writers are at work; returns the times to the first answer, in s."""
    stop = asyncio.Event()
    at_work = [asyncio.create_task(writer.run(stop)) for writer in writers]
    starts_s = []
    try:
        for _ in range(kills):
            await asyncio.sleep(moments.uniform(0.05, 0.8))
            for task in at_work:
                if task.done():
                    task.result()
            server.kill()
            before_s = time.monotonic()
            await asyncio.to_thread(server.start)
            starts_s.append(time.monotonic() - before_s)
        stop.set()
        await asyncio.wait_for(asyncio.gather(*at_work), timeout=60)
    finally:
        for task in at_work:
            task.cancel()
    return starts_s


async def hammer(
    server: ServerProcess, tasks: Sequence[ReadyTask], *, seed: int, kills: int
) -> tuple[list[Writer], list[float]]:
    limits = httpx.Limits(max_connections=2 * sum(SHARING))
    async with httpx.AsyncClient(base_url=server.url, cookies=server.client.cookies, limits=limits) as http:
        places = [task for task, number in zip(tasks, SHARING, strict=True) for _ in range(number)]
        writers = [
            Writer(
                f"tab-{number}",
                http,
                task.annotation_id,
                SIZE_HW,
                things=(CAR, PERSON),
                stuff=(ROAD, SKY),
                choose=random.Random(f"{seed} {number}"),
            )
            for number, task in enumerate(places)
        ]
        starts_s = await kill_and_restart(server, writers, kills=kills, moments=random.Random(seed))
        for writer in writers:
            await writer.look()
    return writers, starts_s


def test_a_server_killed_during_autosaves_loses_nothing_and_applies_nothing_twice(tmp_path: Path) -> None:
    seed, kills = chosen_seed(), count("SERVER_KILLS", full=50, short=6)
    announce("killed server", seed=seed, SERVER_KILLS=kills)
    server = ServerProcess(tmp_path / "data")
    server.start()
    try:
        server.sign_in()
        images = {f"{number}.png": gradient_png(*SIZE_HW, seed=number) for number in range(len(SHARING))}
        tasks = make_tasks(server.client, images=images)
        writers, starts_s = asyncio.run(hammer(server, tasks, seed=seed, kills=kills))
    finally:
        server.stop()
    history = sum((writer.history for writer in writers), Counter[str]())
    statuses = sum((writer.statuses for writer in writers), Counter[str]())
    print(f"attempts {dict(history)}; answers {dict(statuses)}; first answer after {max(starts_s):.2f} s at most")
    assert database_verdict(server.data_dir) == "ok"
    for task in tasks:
        mine = [writer for writer in writers if writer.annotation_id == task.annotation_id]
        assert complaints(evidence(server, task, mine)) == []
    assert statuses["applied"] >= kills * len(writers) and history["unknown"] > 0, "the kills met no saves"
    assert max(starts_s) < _FIRST_ANSWER_S


def evidence(server: ServerProcess, task: ReadyTask, writers: Sequence[Writer]) -> Evidence:
    """What the writers of one annotation were told, beside what is in the database. They have looked at the end."""
    return Evidence(
        SIZE_HW,
        sent={key: body for writer in writers for key, body in writer.sent.items()},
        acknowledged={key: told for writer in writers for key, told in writer.acknowledged.items()},
        log=read_log(server.data_dir, task.annotation_id, size_hw=SIZE_HW),
        head=writers[0].seen,
    )
