# SPDX-License-Identifier: Apache-2.0
"""A data directory with something of everything: saves, a conflict, a merge, a restore, an import and an export."""

from __future__ import annotations

import uuid

from intarsia.core.label_map import LabelMap
from intarsia.core.segment import Segment, SegmentChange
from intarsia.server.app import create_app
from intarsia.server.settings import Settings

from .conftest import signed_in
from .drive import CAR, SKY, Api, Task, new_segment, paint
from .test_jobs import export, finished, labelled_task, send_archive


def make_worked_data(settings: Settings) -> None:
    """Make it, and stop the server."""
    app = create_app(settings)
    api = Api(signed_in(app, settings))
    try:
        task, label_map = labelled_task(api)
        _conflict(api, task, label_map)
        car = Segment(65_536, CAR)
        merge = SegmentChange(65_536, car, car.with_state("merged", 65_537))
        saved = api.save(task, api.edit(paint(api.tiles(task), (20, 60, 180, 290), 65_537), merge))
        assert saved["results"][0]["status"] in ("applied", "conflict")
        api.post(f"/annotations/{task.annotation}/restore", {"revision": 1})
        archive = export(api, task.project)
        other = api.post("/projects", {"name": "Copy"})
        assert finished(api, send_archive(api, other["id"], archive, format="coco-panoptic"))["state"] == "done"
    finally:
        app.state.close()


def _conflict(api: Api, task: Task, then: LabelMap) -> None:
    api.save(task, api.edit(paint(then, (30, 70, 90, 120), SKY)))
    new = api.lease(task)
    late = api.edit(paint(then, (40, 80, 100, 140), new), new_segment(new, CAR))
    assert api.save(task, late, client=str(uuid.uuid4()))["results"][0]["status"] == "conflict"
