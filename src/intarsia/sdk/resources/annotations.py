# SPDX-License-Identifier: Apache-2.0
"""Label maps as numpy arrays, and items beside them, both ways."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from intarsia.core.edit import Edit
from intarsia.core.edit_json import edit_to_json
from intarsia.core.errors import EditError
from intarsia.core.item import Item
from intarsia.core.label_map import LabelMap
from intarsia.core.limits import ID_LEASE_MAX, STUFF_ID_MAX, THING_ID_MIN
from intarsia.core.pixel_runs import PixelRuns
from intarsia.core.segment import Segment, SegmentChange
from intarsia.sdk.items import changes_towards, items_from_answer
from intarsia.sdk.map_edits import changed_runs, pieces
from intarsia.sdk.models import Annotation, Revision, SaveReply, Task
from intarsia.sdk.transport import Transport

IdArray = npt.NDArray[np.uint32]
_TOOL = "api"


@dataclass(frozen=True, slots=True)
class NewThing:
    """A thing that a written map brings with it."""

    class_number: int
    crowd: bool = False
    instances_unknown: bool = False
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a written map. ``ids`` gives the lasting id of each new thing; ``changed_px`` counts pixels."""

    ids: Mapping[int, int]
    replies: tuple[SaveReply, ...]
    changed_px: int

    @property
    def conflict_px(self) -> int:
        """Pixels that somebody else changed meanwhile: the head keeps theirs, and a conflict waits for its choice."""
        return sum(result.conflict_pixels for reply in self.replies for result in reply.results)


class Annotations:
    """One client session towards the server: edits carry its id and count up."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._client = str(uuid.uuid4())
        self._seq = 0

    def get(self, annotation_id: str) -> Annotation:
        return Annotation.model_validate(self._transport.json("GET", f"/annotations/{annotation_id}"))

    def label_map(self, task: Task, *, layer: str = "main", revision: int | None = None) -> IdArray:
        """Segment ids of one layer: (H, W) uint32, 0 = unlabelled. Of the head, or as of a revision."""
        return self._map(task, layer, revision).to_array()

    def checksum(self, task: Task, *, layer: str = "main") -> str:
        """Checksum of the label map as it is read, to compare with what the server states."""
        return self._map(task, layer, None).checksum(layer)

    def _map(self, task: Task, layer: str, revision: int | None) -> LabelMap:
        path = f"/annotations/{task.annotation.id}/tiles"
        pack = self._transport.send("GET", path, params={"layer": layer, "revision": revision}).content
        return LabelMap.from_pack((task.asset.height, task.asset.width), pack)

    def write(
        self,
        task: Task,
        wanted: npt.NDArray[np.unsignedinteger],
        *,
        things: Mapping[int, NewThing] | None = None,
        layer: str = "main",
    ) -> Written:
        """Make the head of ``layer`` equal to ``wanted``, an (H, W) array of unsigned ids; only changes are sent.

        An id may be 0, that of a live segment, the number of a stuff or ignore class, or a key of ``things`` (65,536
        and up, chosen freely; the server's lasting ids are in the answer). Raises EditError when the server rejects an
        edit, ValueError when the array does not fit the image or names an id that nobody explains.
        """
        size_hw = (task.asset.height, task.asset.width)
        if wanted.shape != size_hw:
            raise ValueError(f"the image is {size_hw} (height, width), the array is {wanted.shape}")
        after = wanted.astype(np.uint32)
        live = {segment.id for segment in self.get(task.annotation.id).segments if segment.state == "live"}
        used = {int(value) for value in np.unique(after)}
        ids = self._lasting_ids(task, {k: v for k, v in (things or {}).items() if k in used})
        new = self._new_segments(task, used, live, things or {}, ids)
        for chosen, lasting in ids.items():
            # the mask is taken from the caller's array, so that no id is replaced twice
            after[wanted == chosen] = lasting
        runs = changed_runs(self.label_map(task, layer=layer), after)
        if runs.run_count == 0 and not new:
            return Written(ids, (), 0)
        replies = tuple(self._save(task, edit) for edit in self._edits(layer, runs, new))
        return Written(ids, replies, runs.pixel_count)

    def _lasting_ids(self, task: Task, things: Mapping[int, NewThing]) -> dict[int, int]:
        if any(key < THING_ID_MIN for key in things):
            raise ValueError(f"a thing's id is {THING_ID_MIN} or more")
        free: list[int] = []
        while len(free) < len(things):
            count = min(len(things) - len(free), ID_LEASE_MAX)
            path = f"/annotations/{task.annotation.id}/leases"
            lease = self._transport.json("POST", path, json={"count": count})
            free.extend(range(lease["start"], lease["end"]))
        return dict(zip(sorted(things), free, strict=False))

    def _new_segments(
        self, task: Task, used: set[int], live: set[int], things: Mapping[int, NewThing], ids: Mapping[int, int]
    ) -> list[Segment]:
        kinds = {entry.number: entry.kind for entry in task.ontology.classes}
        segments: list[Segment] = []
        for value in sorted(used - {0}):
            if value in ids:
                thing = things[value]
                segments.append(
                    Segment(
                        ids[value],
                        thing.class_number,
                        crowd=thing.crowd,
                        instances_unknown=thing.instances_unknown,
                        answers=dict(thing.answers),
                    )
                )
            elif value not in live:
                if value > STUFF_ID_MAX or kinds.get(value) not in ("stuff", "ignore"):
                    raise ValueError(f"id {value} is no live segment, no stuff class and not explained in `things`")
                segments.append(Segment(value, value))
        return segments

    def _edits(self, layer: str, runs: PixelRuns, new: list[Segment]) -> Iterator[Edit]:
        changes = tuple(SegmentChange(s.id, before=None, after=s) for s in sorted(new, key=lambda s: s.id))
        for part in pieces(runs):
            self._seq += 1
            yield Edit(str(uuid.uuid4()), self._seq, layer, _TOOL, part, changes)
            changes = ()

    def _save(self, task: Task, edit: Edit) -> SaveReply:
        body = {"client": self._client, "edits": [edit_to_json(edit)]}
        path = f"/annotations/{task.annotation.id}/edits"
        reply = SaveReply.model_validate(self._transport.json("POST", path, json=body))
        for result in reply.results:
            if result.status == "rejected":
                raise EditError(
                    result.code or "rejected", result.message or "The server rejected the edit.", id=result.id
                )
        return reply

    def items(self, annotation_id: str, *, revision: int | None = None) -> dict[str, Item]:
        """Objects, relations and answers of the image by id, deleted ones too. Of the head, or as of a revision."""
        path = f"/annotations/{annotation_id}"
        found = self._transport.json("GET", path if revision is None else f"{path}/revisions/{revision}")
        return items_from_answer(found["items"])

    def write_items(self, task: Task, items: Iterable[Item] = (), *, deleted: Iterable[str] = ()) -> list[SaveReply]:
        """Make ``items`` what the head holds under their ids, and delete those of ``deleted``; others stay.

        Make new ones with ``intarsia.sdk.items``. Raises EditError when the server rejects an edit, KeyError for an id
        to delete that is not there.
        """
        head = self.items(task.annotation.id)
        replies = []
        for changes in changes_towards(head, items, deleted):
            self._seq += 1
            layer = task.ontology.layers[0].name
            edit = Edit(str(uuid.uuid4()), self._seq, layer, _TOOL, PixelRuns.empty(), items=changes)
            replies.append(self._save(task, edit))
        return replies

    def revisions(self, annotation_id: str) -> Iterator[Revision]:
        """All revisions, newest first."""
        for item in self._transport.pages(f"/annotations/{annotation_id}/revisions", "revisions"):
            yield Revision.model_validate(item)

    def restore(self, annotation_id: str, revision: int, *, item_id: str | None = None) -> int:
        """Make the head, or one item of it, as it was in an earlier revision; returns the new revision's number."""
        path = f"/annotations/{annotation_id}/restore"
        body = {"revision": revision} if item_id is None else {"revision": revision, "item_id": item_id}
        return int(self._transport.json("POST", path, json=body)["revision"])
