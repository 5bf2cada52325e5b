# SPDX-License-Identifier: Apache-2.0
"""A server in memory behind a bad line, right or with one planted fault: the checker must tell the two apart."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from typing import Any, Literal

import httpx

from intarsia.core.annotation import Annotation
from intarsia.core.edit import Edit
from intarsia.core.edit_json import edit_from_json, fields_to_json
from intarsia.core.errors import EditError
from intarsia.core.geometry import SizeHW
from intarsia.core.label_map import LabelMap
from intarsia.core.merge import replay

from .edit_log import EditLog, ListedConflict, LogRow

Fault = Literal["none", "twice", "twice unseen", "early answer", "conflict unlisted"]
_LINE_BREAKS = 0.15


@dataclass
class ServerDouble:
    """One annotation. `early answer`: now and then it says yes and forgets, as one that answers before the commit;
    `twice unseen`: a repeated edit is written once more, over whatever is there, and not logged.
    """

    size_hw: SizeHW
    choose: random.Random
    fault: Fault = "none"
    head: Annotation = field(init=False)
    rows: list[LogRow] = field(default_factory=list)
    seen: dict[str, ListedConflict] = field(default_factory=dict)
    revision: int = 0
    next_id: int = 65_536

    def __post_init__(self) -> None:
        self.head = Annotation.empty(self.size_hw, ("main",))

    @property
    def log(self) -> EditLog:
        listed = (
            {} if self.fault == "conflict unlisted" else {k: v for k, v in self.seen.items() if v.pixels + v.fields}
        )
        return EditLog(tuple(self.rows), tuple(range(1, self.revision + 1)), frozenset(self.seen), listed)

    async def answer(self, request: httpx.Request) -> httpx.Response:
        if self.choose.random() < _LINE_BREAKS:
            raise httpx.ReadError("cut on the way there")
        reply = self._reply(request)
        if self.choose.random() < _LINE_BREAKS:
            raise httpx.ReadError("cut on the way back")
        return reply

    def _reply(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path.endswith("/tiles"):
            pack = self.head.layers["main"].to_pack()
            return httpx.Response(200, content=pack, headers={"X-Intarsia-Revision": str(self.revision)})
        if path.endswith("/leases"):
            start, self.next_id = self.next_id, self.next_id + json.loads(request.content)["count"]
            return httpx.Response(200, json={"start": start, "end": self.next_id})
        if path.endswith("/edits"):
            return httpx.Response(200, json=self._save(json.loads(request.content)))
        segments: list[Any] = []
        for key, segment in self.head.segments.items():
            fields = fields_to_json(segment)
            assert isinstance(fields, dict)
            segments.append({"id": key, "number": key, **fields})
        return httpx.Response(200, json={"revision": self.revision, "segments": segments})

    def _save(self, body: dict[str, Any]) -> dict[str, Any]:
        forgets = self.fault == "early answer" and self.choose.random() < 0.1
        kept = self.head, list(self.rows), dict(self.seen), self.revision
        results = [self._take(edit, body["client"]) for edit in body["edits"]]
        if any(row.revision == self.revision + 1 for row in self.rows):
            self.revision += 1
        if forgets:
            self.head, self.rows, self.seen, self.revision = kept
        return {"revision": self.revision, "results": results, "foreign_edits": True}

    def _take(self, body: dict[str, Any], client: str) -> dict[str, Any]:
        edit = edit_from_json(body, size_hw=self.size_hw)
        known = edit.id in self.seen
        if known and self.fault == "twice unseen":
            self.head = self.head.with_layer(edit.layer, _overwritten(self.head.layers[edit.layer], edit))
        elif not known or self.fault == "twice":
            try:
                outcome = replay(self.head, edit)
            except EditError as error:
                return {"id": edit.id, "status": "rejected", "code": error.code, "message": error.message}
            self.head = outcome.annotation
            self.rows.append(LogRow(edit.id, self.revision + 1, client, edit.seq, outcome.applied))
        if not known:
            self.seen[edit.id] = ListedConflict(outcome.conflict_pixels.pixel_count, len(outcome.field_conflicts))
        clash = self.seen[edit.id]
        status = "duplicate" if known else "conflict" if clash.pixels + clash.fields else "applied"
        counts = {"conflict_pixels": clash.pixels, "conflict_fields": clash.fields}
        return {"id": edit.id, "status": status, **counts}


def _overwritten(label_map: LabelMap, edit: Edit) -> LabelMap:
    ids = label_map.to_array().copy()
    for y, x0, length, _, after in edit.pixels.runs():
        ids[y, x0 : x0 + length] = after
    return LabelMap.from_array(ids)
