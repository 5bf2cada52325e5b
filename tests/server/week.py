# SPDX-License-Identifier: Apache-2.0
"""A week of work on a clock that tests turn: annotators label image after image, autosaves run, work is corrected."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from intarsia.core.edit import Edit
from intarsia.core.edit_json import edit_to_json
from intarsia.core.label_map import LabelMap
from intarsia.core.permissions import Actor
from intarsia.core.segment import SegmentChange
from intarsia.server.clock import rfc3339
from intarsia.server.ports import Ports
from intarsia.server.use_cases.lease_ids import lease_ids
from intarsia.server.use_cases.map_diff import diff_maps
from intarsia.server.use_cases.save_edits import save_edits

from .drive import CAR, Task, new_segment

Ids = NDArray[np.uint32]
DAY_MS, MINUTE_MS = 86_400_000, 60_000
MONDAY_MS = 1_778_490_000_000
SAVE_EVERY_S = 45


@dataclass
class TurnedClock:
    """A clock that stands still until it is turned."""

    at_ms: int = MONDAY_MS

    def now_ms(self) -> int:
        return self.at_ms

    def now(self) -> str:
        return rfc3339(self.at_ms)


@dataclass
class Work:
    """One image: what its head must hold after each revision, by number. Revision 0 is unlabelled."""

    task: Task
    maps: dict[int, LabelMap] = field(default_factory=dict)
    ten_minutes: dict[int, set[int]] = field(default_factory=dict)
    clients: dict[str, set[int]] = field(default_factory=dict)
    submissions: set[int] = field(default_factory=set)

    def note(self, revision: int, label_map: LabelMap, *, client: str, at_ms: int) -> None:
        self.maps[revision] = label_map
        self.ten_minutes.setdefault(at_ms // (10 * MINUTE_MS), set()).add(revision)
        self.clients.setdefault(client, set()).add(revision)

    @property
    def head(self) -> LabelMap:
        return self.maps[max(self.maps)]


def partition(size_hw: tuple[int, int], count: int, seed: int) -> NDArray[np.int64]:
    """A picture cut into `count` pieces with rough borders: the nearest of random seeds, by a wobbling distance."""
    draw = np.random.default_rng(seed)
    ys, xs = np.mgrid[: size_hw[0], : size_hw[1]]
    wobble = draw.normal(0, 2.5, (2, *size_hw))
    wobble = (
        wobble + np.roll(wobble, 1, 1) + np.roll(wobble, 1, 2) + np.roll(wobble, 2, 1) + np.roll(wobble, 2, 2)
    ) / 3
    nearest, owner = np.full(size_hw, np.inf), np.zeros(size_hw, np.int64)
    for number, (y, x) in enumerate(draw.random((count, 2)) * size_hw):
        distance = (ys + wobble[0] - y) ** 2 + (xs + wobble[1] - x) ** 2
        owner[distance < nearest] = number
        np.minimum(nearest, distance, out=nearest)
    return owner


@dataclass
class Week:
    """Drives the use cases as a server would, only without HTTP in between."""

    ports: Ports
    actor: Actor
    clock: TurnedClock
    random: random.Random

    def save(self, work: Work, target: Ids, *changes: SegmentChange, client: str) -> None:
        """One autosave that turns the head into `target`."""
        self.clock.at_ms += SAVE_EVERY_S * 1000
        after = LabelMap.from_array(target)
        edit = Edit(
            id=str(uuid.UUID(int=self.random.getrandbits(128))),
            seq=1,
            layer="main",
            tool="brush",
            pixels=diff_maps(work.head, after),
            segments=changes,
        )
        done = save_edits(self.ports, self.actor, work.task.annotation, client=client, bodies=[edit_to_json(edit)])
        assert [result.status for result in done.results] == ["applied"]
        work.note(done.revision, after, client=client, at_ms=self.clock.at_ms)

    def label(self, work: Work, *, pieces: int, saves: int, client: str) -> None:
        """Paint a whole image, some pieces a save, each in two strokes as one does: most of it, then its rim."""
        size_hw = work.task.size_hw
        cells = partition(size_hw, pieces, self.random.getrandbits(32))
        first, _ = lease_ids(self.ports, self.actor, work.task.annotation, count=pieces)
        ids = work.head.to_array()
        for number, part in enumerate(np.array_split(np.arange(pieces), saves)):
            new = [new_segment(first + int(piece), CAR) for piece in part]
            ids = ids.copy()
            for piece in part:
                ids[cells == piece] = first + int(piece)
            if number % 3 == 2:
                ids = self._touched_up(ids)
            self.save(work, ids, *new, client=client)

    def correct(self, work: Work, *, saves: int, client: str) -> None:
        for _ in range(saves):
            self.save(work, self._touched_up(work.head.to_array()), client=client)

    def _touched_up(self, ids: Ids) -> Ids:
        """A dab at a place where two segments meet."""
        ids = ids.copy()
        meets = np.argwhere((ids[:, 1:] != ids[:, :-1]) & (ids[:, 1:] != 0))
        y, x = meets[self.random.randrange(len(meets))] if len(meets) else (0, 0)
        radius = self.random.randrange(4, 12)
        ids[max(0, y - radius) : y + radius, max(0, x - radius) : x + radius] = ids[y, x]
        return ids


def days(count: int, clock: TurnedClock) -> Iterator[int]:
    """Day numbers; the clock stands at nine in the morning of each."""
    for day in range(count):
        clock.at_ms = MONDAY_MS + day * DAY_MS
        yield day
