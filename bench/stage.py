# SPDX-License-Identifier: Apache-2.0
"""What the parts share: one browser driver, one real server on a data folder of its own, and scenes brought into it.

Everything is made when a part first asks for it and taken down at the end. Scenes enter as a user's data would, by the
import of a COCO panoptic archive over HTTP.
"""

import shutil
import subprocess
import time
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from playwright.sync_api import Playwright, sync_playwright

from tests.e2e.browser import chromium_path
from tests.e2e.server_process import ServerProcess

from .harness import WORK_DIR
from .scene_ids import ontology_document, panoptic_archive
from .scene_photo import load_photo_jpeg
from .scenes import load_scene

JOB_TIMEOUT_S = 300


@dataclass(frozen=True, slots=True)
class StagedScene:
    """A scene as the server has it."""

    project_id: str
    task_id: str
    annotation_id: str
    size_hw: tuple[int, int]

    @property
    def path(self) -> str:
        return f"/p/{self.project_id}/t/{self.task_id}"


class Stage:
    """Context manager; leaving it ends every process that it started and deletes the data folder."""

    def __init__(self) -> None:
        self._cleanup = ExitStack()
        self._scenes: dict[str, StagedScene] = {}

    def __enter__(self) -> "Stage":
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._cleanup.close()

    @cached_property
    def driver(self) -> Playwright:
        return self._cleanup.enter_context(sync_playwright())

    def fresh_dir(self) -> Path:
        """A folder that lives as long as the stage, on the disk that holds the project (not a memory disk)."""
        WORK_DIR.mkdir(parents=True, exist_ok=True)
        return Path(self._cleanup.enter_context(TemporaryDirectory(dir=WORK_DIR, ignore_cleanup_errors=True)))

    @cached_property
    def server(self) -> ServerProcess:
        server = ServerProcess(self.fresh_dir() / "data")
        self._cleanup.callback(server.stop)
        server.start()
        server.sign_in()
        return server

    def scene(self, name: str) -> StagedScene:
        """The scene on the server, brought in at the first call. What is drawn on it stays."""
        if name not in self._scenes:
            self._scenes[name] = self._staged(name)
        return self._scenes[name]

    def _staged(self, name: str) -> StagedScene:
        client, scene = self.server.client, load_scene(name)
        project = client.post("/projects", json={"name": f"Scene {name}", "ontology": ontology_document()})
        project_id = project.raise_for_status().json()["id"]
        if scene.spec.segments == 0:
            dataset_id = project.json()["dataset_id"]
            client.post(
                f"/datasets/{dataset_id}/assets",
                params={"name": f"{name}.jpg", "project": project_id},
                content=load_photo_jpeg(scene),
            ).raise_for_status()
        else:
            import_archive(client, project_id, archive=panoptic_archive([(name, scene, load_photo_jpeg(scene))]))
        task_id = client.get(f"/projects/{project_id}/tasks").raise_for_status().json()["tasks"][0]["id"]
        detail = client.get(f"/tasks/{task_id}").raise_for_status().json()
        live = [segment for segment in detail["annotation"]["segments"] if segment["state"] == "live"]
        if len(live) != scene.spec.segments:
            raise AssertionError(f"scene {name} came in with {len(live)} segments, not {scene.spec.segments}")
        return StagedScene(project_id, task_id, detail["annotation"]["id"], scene.spec.size_hw)


def import_archive(client: httpx.Client, project_id: str, *, archive: bytes) -> None:
    """Bring a COCO panoptic archive in and wait for the end of the job. Raises when any part of it was refused."""
    started = client.post(
        f"/projects/{project_id}/imports",
        params={"format": "coco-panoptic", "name": "scene.zip"},
        content=archive,
        timeout=JOB_TIMEOUT_S,
    )
    job = finished_job(client, started.raise_for_status().json())
    if job["problems"]:
        raise RuntimeError(f"the import had problems: {job['problems']}")


def finished_job(client: httpx.Client, job: dict[str, object]) -> dict[str, object]:
    """The job when it is done. Raises when it failed or takes too long."""
    deadline = time.monotonic() + JOB_TIMEOUT_S
    while job["state"] in ("queued", "running"):
        if time.monotonic() > deadline:
            raise TimeoutError(f"a job is still {job['state']} after {JOB_TIMEOUT_S} s: {job}")
        time.sleep(0.02)
        job = client.get(f"/jobs/{job['id']}").raise_for_status().json()
    if job["state"] != "done":
        raise RuntimeError(f"a job ended badly: {job}")
    return job


def chromium_version() -> str:
    """As the browser names itself, or that there is none."""
    if not any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        return "none"
    answer = subprocess.run([chromium_path(), "--version"], capture_output=True, text=True, check=False)
    return answer.stdout.strip()
