# SPDX-License-Identifier: Apache-2.0
"""Import and export of 200 labelled images through the server's jobs: 1920 × 1080, 20 segments each."""

import io
import time
import zipfile
from dataclasses import replace

import httpx

from . import peers
from .harness import Row
from .process_memory import PeakOfChildren, cpu_s, cpu_with_children_s, peak_rss_mb, reset_peak
from .save_load import plain_jpeg
from .scene_ids import ontology_document, panoptic_archive
from .scenes import SCENES, Scene, make_labels
from .stage import Stage, finished_job, import_archive

IMAGES = 200
SEGMENTS = 20
DIFFERENT_MAPS = 20
IMPORT_GOAL_S, EXPORT_PNG_GOAL_S, EXPORT_COCO_GOAL_S, MEMORY_GOAL_MB = 2, 3, 2, 400
SCENE = f"S, {SEGMENTS} segments × {IMAGES}"


def measure_exchange(stage: Stage, _scene: str) -> list[Row]:
    client, process = stage.server.client, stage.server.process
    assert process is not None
    archive = many_images()
    project = client.post("/projects", json={"name": "Exchange", "ontology": ontology_document()})
    project_id = project.raise_for_status().json()["id"]
    reset_peak(process.pid)
    start, used_s = time.perf_counter(), cpu_with_children_s(process.pid)
    with PeakOfChildren(process.pid) as readers:
        import_archive(client, project_id, archive=archive)
    import_s, used_s = time.perf_counter() - start, cpu_with_children_s(process.pid) - used_s
    rows = [
        Row("import, COCO panoptic", SCENE, import_s, "s", IMPORT_GOAL_S, peers.IMPORT_S,
            f"{len(archive) / 1e6:.0f} MB, upload included; processor time with its readers {used_s:.1f} s"),
        Row("import, peak memory of the server", SCENE, peak_rss_mb(process.pid) + readers.mb, "MB", MEMORY_GOAL_MB,
            note=f"of which readers {readers.mb:.0f} MB"),
    ]  # fmt: skip
    for slug, title, goal_s, peer in (
        ("semantic-png", "semantic PNG", EXPORT_PNG_GOAL_S, peers.EXPORT_PNG_S),
        ("coco-panoptic", "COCO panoptic", EXPORT_PNG_GOAL_S, peers.EXPORT_PNG_S),
        ("coco-instances", "COCO instances", EXPORT_COCO_GOAL_S, peers.EXPORT_COCO_S),
    ):
        reset_peak(process.pid)
        used_s = cpu_s(process.pid)
        seconds, members, size = exported(client, project_id, slug=slug)
        rows += [
            Row(f"export, {title}", SCENE, seconds, "s", goal_s, peer,
                f"{members} files, {size / 1e6:.0f} MB; processor time {cpu_s(process.pid) - used_s:.1f} s"),
            Row(f"export, {title}, peak memory of the server", SCENE, peak_rss_mb(process.pid), "MB", MEMORY_GOAL_MB,
                peers.EXPORT_MEMORY_MB),
        ]  # fmt: skip
    return rows


def exported(client: httpx.Client, project_id: str, *, slug: str) -> tuple[float, int, int]:
    """Seconds until the export is ready, and how many members and bytes it has."""
    start = time.perf_counter()
    job = client.post(f"/projects/{project_id}/exports", json={"format": slug}).raise_for_status().json()
    finished_job(client, job)
    seconds = time.perf_counter() - start
    content = client.get(f"/jobs/{job['id']}/download", timeout=300).raise_for_status().content
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    maps = [name for name in names if name.endswith(".png")]
    if slug != "coco-instances" and len(maps) != IMAGES:
        raise AssertionError(f"{slug}: {len(maps)} label images came out, not {IMAGES}")
    return seconds, len(names), len(content)


def many_images() -> bytes:
    """A COCO panoptic archive of all images; the label maps repeat, the pictures do not."""
    spec = replace(SCENES["S"], name="S20", segments=SEGMENTS)
    specs = [replace(spec, seed=spec.seed + i) for i in range(DIFFERENT_MAPS)]
    scenes = [Scene(each, make_labels(each)) for each in specs]
    return panoptic_archive(
        [
            (f"image_{i:03}", scenes[i % DIFFERENT_MAPS], plain_jpeg(spec.size_hw, tone=i / IMAGES))
            for i in range(IMAGES)
        ]
    )
