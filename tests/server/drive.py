# SPDX-License-Identifier: Apache-2.0
"""Short names for what tests do with the server: make a task, draw a rectangle, save it."""

from __future__ import annotations

import io
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx
import numpy as np
from PIL import Image

from intarsia.core.edit import Edit, apply
from intarsia.core.edit_json import edit_to_json
from intarsia.core.label_map import LabelMap
from intarsia.core.pixel_runs import PixelRuns
from intarsia.core.runs import Region
from intarsia.core.segment import Segment, SegmentChange

BASE_URL = "http://127.0.0.1:8420"
V1 = "/api/v1"

CAR, PERSON, SKY, VOID = 1, 2, 3, 4
ONTOLOGY = {
    "layers": [{"name": "main", "title": "Main"}, {"name": "parts", "title": "Parts"}],
    "classes": [
        {
            "number": CAR,
            "name": "Car",
            "kind": "thing",
            "layer": "main",
            "colour": "#FF0000",
            "key": "1",
            "questions": [
                {"id": "occluded", "title": "Occluded?", "kind": "boolean"},
                {"id": "side", "title": "Side", "kind": "text"},
                {"id": "a", "title": "A", "kind": "number"},
            ],
        },
        {"number": PERSON, "name": "Person", "kind": "thing", "layer": "main", "colour": "#00FF00"},
        {"number": SKY, "name": "Sky", "kind": "stuff", "layer": "main", "colour": "#0000FF"},
        {"number": VOID, "name": "Void", "kind": "ignore", "layer": "main", "colour": "#777777"},
        {"number": 5, "name": "Wheel", "kind": "thing", "layer": "parts", "colour": "#AAAA00"},
    ],
}


def picture(size_hw: tuple[int, int] = (300, 400), *, kind: str = "PNG", seed: int = 0, **options: Any) -> bytes:
    """Bytes of a small picture; another seed gives other bytes."""
    image = Image.new("RGB", (size_hw[1], size_hw[0]), (seed % 256, 80, 160))
    image.putpixel((0, 0), (255, seed // 256 % 256, 0))
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@dataclass(frozen=True)
class Task:
    """Ids of a task and of what belongs to it."""

    project: str
    dataset: str
    asset: str
    task: str
    annotation: str
    size_hw: tuple[int, int]


@dataclass
class Api:
    """A signed-in client with the steps that nearly every test needs."""

    http: httpx.Client
    client_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    seq: int = 0

    def get(self, path: str, **options: Any) -> Any:
        return self._json(self.http.get(V1 + path, **options))

    def post(self, path: str, body: Any = None, **options: Any) -> Any:
        if body is not None:
            options["json"] = body
        return self._json(self.http.post(V1 + path, **options))

    def _json(self, answer: httpx.Response) -> Any:
        assert answer.status_code < 300, f"{answer.status_code} {answer.text}"
        return answer.json()

    def project(self, *, ontology: Any = ONTOLOGY) -> Any:
        return self.post("/projects", {"name": "Street", "ontology": ontology})

    def upload(self, project: Any, data: bytes, *, name: str = "a.png") -> Any:
        path = f"/datasets/{project['dataset_id']}/assets"
        return self.post(path, params={"name": name, "project": project["id"]}, content=data)

    def task(self, *, size_hw: tuple[int, int] = (300, 400), project: Any = None, name: str = "a.png") -> Task:
        project = project or self.project()
        asset = self.upload(project, picture(size_hw), name=name)
        tasks = self.get(f"/projects/{project['id']}/tasks")["tasks"]
        task_id = next(task["id"] for task in tasks if task["asset_id"] == asset["id"])
        annotation = self.get(f"/tasks/{task_id}")["annotation"]["id"]
        return Task(project["id"], project["dataset_id"], asset["id"], task_id, annotation, size_hw)

    def lease(self, task: Task, count: int = 1) -> int:
        return int(self.post(f"/annotations/{task.annotation}/leases", {"count": count})["start"])

    def edit(self, pixels: PixelRuns, *changes: SegmentChange, layer: str = "main", **options: Any) -> dict[str, Any]:
        self.seq += 1
        edit = Edit(
            id=options.pop("id", str(uuid.uuid4())),
            seq=self.seq,
            layer=layer,
            tool="brush",
            pixels=pixels,
            segments=tuple(sorted(changes, key=lambda change: change.id)),
        )
        return {**edit_to_json(edit), **options}

    def save(self, task: Task, *edits: Any, client: str | None = None, **options: Any) -> Any:
        body = {"client": client or self.client_id, "edits": list(edits), **options}
        return self.post(f"/annotations/{task.annotation}/edits", body)

    def tiles(self, task: Task, *, layer: str = "main", revision: int | None = None) -> LabelMap:
        params: dict[str, Any] = {"layer": layer}
        if revision is not None:
            params["revision"] = revision
        answer = self.http.get(f"{V1}/annotations/{task.annotation}/tiles", params=params)
        assert answer.status_code == 200, answer.text
        return LabelMap.from_pack(task.size_hw, answer.content)


def box_region(box_xyxy: tuple[int, int, int, int]) -> Region:
    x0, y0, x1, y1 = box_xyxy
    rows = np.arange(y0, y1, dtype=np.int32)
    return Region(rows, np.full_like(rows, x0), np.full_like(rows, x1))


def paint(
    label_map: LabelMap, box_xyxy: tuple[int, int, int, int], segment_id: int, *, mode: Any = "over"
) -> PixelRuns:
    """Pixels of a rectangle that become `segment_id`."""
    return apply(label_map, box_region(box_xyxy), segment_id, mode=mode)


def new_segment(segment_id: int, class_number: int) -> SegmentChange:
    return SegmentChange(segment_id, before=None, after=Segment(segment_id, class_number))
