# SPDX-License-Identifier: Apache-2.0
"""Make the demo through the same public interface that anybody uses; a second run finds what is there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from intarsia.core.errors import NotFoundError
from intarsia.demo.drawing import Drawn, demo_file, drawn_outlines, instance_mask
from intarsia.demo.projects import DEMO_PROJECTS, DemoImage, DemoProject
from intarsia.sdk import Client
from intarsia.sdk.models import Project, Task

Progress = Callable[[int, int], None]
_MARK = "demo.json"
_VERSION = 1


def ensure_demo(client: Client, *, data_dir: Path, progress: Progress) -> str:
    """Make what is missing of the demo and return the path of its first task in the editor.

    Once it was complete nothing is made again: what a visitor deleted stays deleted.
    """
    path = editor_path(data_dir)
    if path:
        return path if _task_is_there(client, path) else "/"
    total = sum(len(project.images) for project in DEMO_PROJECTS)
    done = 0
    progress(done, total)
    paths = []
    for plan in DEMO_PROJECTS:
        project = _project(client, plan)
        for image in plan.images:
            paths.append(_image(client, project, image))
            done += 1
            progress(done, total)
    mark = data_dir / _MARK
    draft = mark.with_suffix(".part")
    draft.write_text(json.dumps({"version": _VERSION, "editor_path": paths[0]}) + "\n", encoding="utf-8")
    draft.replace(mark)
    return paths[0]


def editor_path(data_dir: Path) -> str:
    """Path of the demo's first task, or an empty text while the demo is not complete."""
    try:
        mark = json.loads((data_dir / _MARK).read_text(encoding="utf-8"))
        return str(mark["editor_path"]) if mark["version"] == _VERSION else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _task_is_there(client: Client, path: str) -> bool:
    try:
        client.tasks.get(path.rsplit("/", 1)[-1])
    except NotFoundError:
        return False
    return True


def _project(client: Client, plan: DemoProject) -> Project:
    """The project of an interrupted first run, or a new one."""
    found = [project for project in client.projects.list() if project.name == plan.name]
    return (
        found[0] if found else client.projects.create(plan.name, description=plan.description, ontology=plan.ontology())
    )


def _image(client: Client, project: Project, image: DemoImage) -> str:
    asset = client.datasets.upload(
        project.dataset_id, demo_file(image.file).read_bytes(), name=image.file, project_id=project.id
    )
    summary = next(task for task in client.tasks.list(project.id) if task.asset_id == asset.id)
    task = client.tasks.get(summary.id)
    drawn = _labels(image, task)
    if drawn is not None and task.annotation.revision == 0:
        client.annotations.write(task, drawn.ids, things=drawn.things)
    return f"/p/{project.id}/t/{task.id}"


def _labels(image: DemoImage, task: Task) -> Drawn | None:
    size_hw = (task.asset.height, task.asset.width)
    if image.outlines is not None:
        return drawn_outlines(image.outlines, ontology=task.ontology, size_hw=size_hw)
    if image.instances is not None:
        return instance_mask(image.instances, class_number=task.ontology.classes[0].number)
    return None
