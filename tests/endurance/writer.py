# SPDX-License-Identifier: Apache-2.0
"""A client without a screen: draws with the Python core on what it sees, and repeats each save until it is answered."""

from __future__ import annotations

import asyncio
import random
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx

from intarsia.core import raster
from intarsia.core.annotation import Annotation
from intarsia.core.edit import DrawMode, Edit, apply
from intarsia.core.edit_json import edit_to_json
from intarsia.core.geometry import SizeHW
from intarsia.core.merge import replay
from intarsia.core.pixel_runs import PixelRuns
from intarsia.core.runs import Region
from intarsia.core.segment import Segment, SegmentChange

from .edit_log import annotation_from
from .verdict import Acknowledged

LEASE = 200
_REQUEST_S = 10.0


@dataclass
class Writer:
    """`things` and `stuff` are class numbers. `history` counts attempts: ok, fail (never arrived), unknown.

    `trusting` plants a fault: this client takes an edit for saved when the answer did not come.
    """

    name: str
    http: httpx.AsyncClient
    annotation_id: str
    size_hw: SizeHW
    things: tuple[int, ...]
    stuff: tuple[int, ...]
    choose: random.Random
    trusting: bool = False
    pause_s: float = 0.05
    sent: dict[str, dict[str, Any]] = field(default_factory=dict)
    acknowledged: dict[str, Acknowledged] = field(default_factory=dict)
    history: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    seen: Annotation = field(init=False)
    _ids: list[int] = field(default_factory=list)
    _seq: int = 0

    async def run(self, stop: asyncio.Event, *, edits_max: int = 100_000) -> None:
        """Draws and saves until told to stop; what was begun is finished."""
        await self.look()
        while not stop.is_set() and self._seq < edits_max:
            batch = [body for _ in range(self.choose.choice((1, 1, 1, 2, 4))) if (body := await self._draw())]
            if batch:
                await self._save(batch)
            if self.choose.random() < 0.1:
                await self.look()
            await asyncio.sleep(self.pause_s * self.choose.uniform(0.0, 1.0))

    async def look(self) -> None:
        """Takes what the server has now; between two saves there is nothing of one's own to keep."""
        while True:
            detail = (await self._ask("GET", "")).json()
            answer = await self._ask("GET", "/tiles?layer=main")
            if int(answer.headers["X-Intarsia-Revision"]) == detail["revision"]:
                self.seen = annotation_from(detail, {"main": answer.content}, size_hw=self.size_hw)
                return

    async def _save(self, batch: list[dict[str, Any]]) -> None:
        for body in batch:
            self.sent[body["id"]] = body
        reply = await self._until_answered({"client": self.name, "edits": batch})
        if reply is None:
            self.acknowledged.update({body["id"]: Acknowledged(0, 0) for body in batch})
            return
        assert [result["id"] for result in reply["results"]] == [body["id"] for body in batch], reply
        for result in reply["results"]:
            self.statuses[result["status"]] += 1
            if result["status"] == "rejected":
                # Who believes in edits that never arrived goes on to change segments that nobody knows.
                assert self.trusting and result["code"] == "unknown_segment", result
                continue
            self.acknowledged[result["id"]] = Acknowledged(result["conflict_pixels"], result["conflict_fields"])
        if reply["foreign_edits"] or any(result["status"] != "applied" for result in reply["results"]):
            await self.look()

    async def _until_answered(self, body: dict[str, Any]) -> Any:
        while True:
            try:
                answer = await self.http.post(
                    f"/api/v1/annotations/{self.annotation_id}/edits", json=body, timeout=_REQUEST_S
                )
            except httpx.ConnectError:
                self.history["fail"] += 1
            except httpx.TransportError:
                self.history["unknown"] += 1
                if self.trusting:
                    return None
            else:
                assert answer.status_code == 200 or answer.status_code >= 500, answer.text
                self.history["ok" if answer.status_code == 200 else "unknown"] += 1
                if answer.status_code == 200:
                    return answer.json()
            await asyncio.sleep(self.pause_s * self.choose.uniform(0.5, 1.5))

    async def _ask(self, method: str, path: str, body: Any = None) -> httpx.Response:
        while True:
            try:
                answer = await self.http.request(
                    method, f"/api/v1/annotations/{self.annotation_id}{path}", json=body, timeout=_REQUEST_S
                )
            except httpx.TransportError:
                await asyncio.sleep(self.pause_s * self.choose.uniform(0.5, 1.5))
                continue
            assert answer.status_code < 300, answer.text
            return answer

    async def _draw(self) -> dict[str, Any] | None:
        """One edit of what a labeler does, on what this client sees; None when it would change nothing."""
        kind = self.choose.choices(("stroke", "outline", "erase", "delete", "class"), (8, 5, 3, 1, 1))[0]
        live = [key for key, segment in self.seen.segments.items() if segment.state == "live" and key > 0xFFFF]
        if kind in ("delete", "class") and live:
            before = self.seen.segments[self.choose.choice(live)]
            return self._remember(kind, *(self._deletion(before) if kind == "delete" else self._other_class(before)))
        region = self._outline() if kind == "outline" else self._stroke()
        if kind == "erase":
            return self._remember("eraser", self._painted(region, 0, "over"), ())
        owner, change = await self._owner(live, fresh=kind == "outline")
        mode: DrawMode = self.choose.choice(("over", "behind"))
        pixels = self._painted(region, owner, mode)
        if pixels.run_count == 0:
            return None
        return self._remember("pen" if kind == "outline" else "brush", pixels, (change,) if change else ())

    async def _owner(self, live: list[int], *, fresh: bool) -> tuple[int, SegmentChange | None]:
        roll = self.choose.random()
        if live and not fresh and roll < 0.6:
            return self.choose.choice(live), None
        if roll < 0.75:
            owner = class_number = self.choose.choice(self.stuff)
        else:
            owner, class_number = await self._fresh_id(), self.choose.choice(self.things)
        known = self.seen.segments.get(owner)
        if known is None:
            return owner, SegmentChange(owner, None, Segment(owner, class_number))
        return owner, None if known.state == "live" else SegmentChange(owner, known, known.with_state("live"))

    async def _fresh_id(self) -> int:
        if not self._ids:
            lease = (await self._ask("POST", "/leases", {"count": LEASE})).json()
            self._ids = list(range(lease["start"], lease["end"]))
        return self._ids.pop(0)

    def _deletion(self, before: Segment) -> tuple[PixelRuns, tuple[SegmentChange, ...]]:
        everything = raster.box((0, 0, self.size_hw[1] * 256, self.size_hw[0] * 256), size_hw=self.size_hw)
        pixels = apply(self.seen.layers["main"], everything, 0, mode="inside", hosts={before.id})
        return pixels, (SegmentChange(before.id, before, before.with_state("deleted")),)

    def _other_class(self, before: Segment) -> tuple[PixelRuns, tuple[SegmentChange, ...]]:
        others = [number for number in self.things if number != before.class_number]
        after = Segment(before.id, self.choose.choice(others), before.crowd, answers=before.answers)
        return PixelRuns.empty(), (SegmentChange(before.id, before, after),)

    def _stroke(self) -> Region:
        points = [self._point() for _ in range(self.choose.randrange(1, 6))]
        return raster.stroke(
            raster.quantise(points), radius_fixed=self.choose.randrange(2 * 256, 14 * 256), size_hw=self.size_hw
        )

    def _outline(self) -> Region:
        ring = [self._point() for _ in range(self.choose.randrange(3, 9))]
        return raster.polygon([raster.quantise(ring)], rule="nonzero", size_hw=self.size_hw)

    def _point(self) -> tuple[float, float]:
        height, width = self.size_hw
        return self.choose.uniform(-5, width + 5), self.choose.uniform(-5, height + 5)

    def _painted(self, region: Region, owner: int, mode: DrawMode) -> PixelRuns:
        return apply(self.seen.layers["main"], region, owner, mode=mode)

    def _remember(self, tool: str, pixels: PixelRuns, changes: tuple[SegmentChange, ...]) -> dict[str, Any] | None:
        """The edit as JSON; the client sees its own edits at once, as an editor does."""
        if pixels.run_count == 0 and not changes:
            return None
        self._seq += 1
        edit_id = str(uuid.UUID(int=self.choose.getrandbits(128), version=4))
        edit = Edit(id=edit_id, seq=self._seq, layer="main", tool=tool, pixels=pixels, segments=changes)
        self.seen = replay(self.seen, edit).annotation
        return edit_to_json(edit)
