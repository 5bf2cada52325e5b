# SPDX-License-Identifier: Apache-2.0
"""Fifty annotators autosave at once on one SQLite server; then every label map must be what its annotator drew.

Each has an image of scene S of their own. Strokes and their bytes are made before the clock starts, so that only the
server and the wire are timed.
"""

import asyncio
import colorsys
import io
import itertools
import json
import time
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx
import numpy as np
from PIL import Image

from intarsia.core.edit import Edit, apply
from intarsia.core.edit_json import edit_to_json
from intarsia.core.label_map import LabelMap
from intarsia.core.raster import stroke
from intarsia.core.segment import Segment, SegmentChange
from tests.e2e.server_process import ServerProcess

from .harness import Row, median, percentile
from .integer_noise import below
from .process_memory import cpu_s
from .scene_ids import ontology_document, panoptic_archive
from .scenes import STUFF_NAMES, Scene, load_scene
from .stage import Stage, import_archive

CLIENTS = 50
SAVES_EACH = 15
SAVE_EVERY_S = 2.0
STROKES_A_SAVE = 2
STROKE_POINTS = 25
RADIUS_PX = 20
GOAL_P95_MS = 100
SEED = 4_711
CAR = len(STUFF_NAMES) + 1


@dataclass(slots=True)
class Annotator:
    """One client: the requests it will send, and the checksum that its map must have at the end."""

    annotation_id: str
    bodies: list[bytes]
    checksum: str


def measure_save_load(stage: Stage, scene_name: str) -> list[Row]:
    annotators = prepared_annotators(stage.server.client, [load_scene(scene_name)] * CLIENTS)
    process = stage.server.process
    assert process is not None
    used_s = cpu_s(process.pid)
    found = saves_of(stage.server, annotators, every_s=SAVE_EVERY_S)
    used_s = cpu_s(process.pid) - used_s
    latencies = [ms for ms, _ in found]
    bad = [text for _, text in found if text]
    lost = [a for a in annotators if head_checksum(stage.server.client, a.annotation_id) != a.checksum]
    sizes = [len(body) / STROKES_A_SAVE / 1000 for a in annotators for body in a.bodies]
    scale = (
        f"{len(found)} saves of {STROKES_A_SAVE} strokes, {CLIENTS / SAVE_EVERY_S:.0f} a second; "
        f"processor time of the server {1000 * used_s / len(found):.0f} ms each"
    )
    return [
        Row("save under 50 clients, p95", scene_name, percentile(latencies, 95), "ms", GOAL_P95_MS,
            note=f"{scale}; median {median(latencies):.1f} ms, slowest {max(latencies):.0f} ms"),
        Row("label maps with a lost or refused save", scene_name, len(lost) + len(bad), "maps", 0,
            note=bad[0] if bad else f"{CLIENTS} checksums compared"),
        Row("bytes per stroke, made in Python", scene_name, median(sizes), "kB",
            note=f"{STROKE_POINTS} points, {2 * RADIUS_PX} px brush, 'over'"),
    ]  # fmt: skip


def prepared_annotators(client: httpx.Client, scenes: Sequence[Scene]) -> list[Annotator]:
    """A project with an image of each scene, a client for each, and all that each will send."""
    clients = len(scenes)
    images = [
        (f"load_{i:02}", scene, plain_jpeg(scene.spec.size_hw, tone=i / clients)) for i, scene in enumerate(scenes)
    ]
    project = client.post("/projects", json={"name": "Load", "ontology": ontology_document()}).raise_for_status().json()
    import_archive(client, project["id"], archive=panoptic_archive(images))
    tasks = client.get(f"/projects/{project['id']}/tasks", params={"limit": clients}).raise_for_status().json()["tasks"]
    if len(tasks) != clients:
        raise AssertionError(f"{len(tasks)} tasks came in, not {clients}")
    return [prepared(client, task["id"], number=i) for i, task in enumerate(tasks)]


def prepared(client: httpx.Client, task_id: str, *, number: int) -> Annotator:
    detail = client.get(f"/tasks/{task_id}").raise_for_status().json()
    annotation_id = detail["annotation"]["id"]
    size_hw = (detail["asset"]["height"], detail["asset"]["width"])
    pack = client.get(f"/annotations/{annotation_id}/tiles", params={"layer": "main"}).raise_for_status().content
    label_map = LabelMap.from_pack(size_hw, pack)
    total = SAVES_EACH * STROKES_A_SAVE
    lease = client.post(f"/annotations/{annotation_id}/leases", json={"count": total}).raise_for_status().json()
    session = str(uuid.uuid4())
    documents = []
    for seq in range(1, total + 1):
        segment_id = lease["start"] + seq - 1
        region = stroke(wandering(size_hw, number=number * total + seq), radius_fixed=RADIUS_PX * 256, size_hw=size_hw)
        pixels = apply(label_map, region, segment_id, mode="over")
        change = SegmentChange(segment_id, before=None, after=Segment(segment_id, class_number=CAR))
        label_map = label_map.with_pixels(pixels)
        documents.append(edit_to_json(Edit(str(uuid.uuid4()), seq, "main", "brush", pixels, (change,))))
    bodies = [
        json.dumps({"client": session, "edits": list(batch)}, separators=(",", ":")).encode()
        for batch in (documents[i : i + STROKES_A_SAVE] for i in range(0, total, STROKES_A_SAVE))
    ]
    return Annotator(annotation_id, bodies, label_map.checksum("main"))


def wandering(size_hw: tuple[int, int], *, number: int) -> list[tuple[int, int]]:
    """A stroke's points in 1/256 px: a start somewhere, then steps of up to 24 px."""
    height, width = size_hw
    drawn = below(SEED, 1, np.arange(2 * STROKE_POINTS) + number * 1_000, 49 * 256) - 24 * 256
    start = below(SEED, 2, np.array([2 * number, 2 * number + 1]), 1 << 16)
    xs = int(start[0]) * width // 256 + np.cumsum(drawn[:STROKE_POINTS])
    ys = int(start[1]) * height // 256 + np.cumsum(drawn[STROKE_POINTS:])
    return list(zip(np.clip(xs, 0, width * 256).tolist(), np.clip(ys, 0, height * 256).tolist(), strict=True))


def saves_of(server: ServerProcess, annotators: list[Annotator], *, every_s: float) -> list[tuple[float, str]]:
    """(latency in ms, what went wrong or "") of every save of all annotators, who start spread over one interval."""
    with ThreadPoolExecutor(1) as thread:  # a loop of its own: the browser driver keeps one in the caller's thread
        return thread.submit(asyncio.run, all_saving(server, annotators, every_s)).result()


async def all_saving(server: ServerProcess, annotators: list[Annotator], every_s: float) -> list[tuple[float, str]]:
    most = len(annotators)
    limits = httpx.Limits(max_connections=most, max_keepalive_connections=most)
    async with httpx.AsyncClient(
        base_url=f"{server.url}/api/v1", cookies=server.client.cookies, limits=limits, timeout=60
    ) as client:
        start = time.perf_counter() + 0.2
        jobs = [saving(client, a, start + i * every_s / most, every_s) for i, a in enumerate(annotators)]
        return list(itertools.chain.from_iterable(await asyncio.gather(*jobs)))


async def saving(
    client: httpx.AsyncClient, annotator: Annotator, start: float, every_s: float
) -> list[tuple[float, str]]:
    results = []
    for i, body in enumerate(annotator.bodies):
        await asyncio.sleep(max(start + i * every_s - time.perf_counter(), 0))
        sent = time.perf_counter()
        answer = await client.post(
            f"/annotations/{annotator.annotation_id}/edits",
            content=body,
            headers={"Content-Type": "application/json"},
        )
        elapsed_ms = (time.perf_counter() - sent) * 1000
        applied = answer.status_code == 200 and all(r["status"] == "applied" for r in answer.json()["results"])
        results.append((elapsed_ms, "" if applied else f"{answer.status_code}: {answer.text[:300]}"))
    return results


def head_checksum(client: httpx.Client, annotation_id: str) -> str:
    checksum: str = client.get(f"/annotations/{annotation_id}").raise_for_status().json()["checksums"]["main"]
    return checksum


def plain_jpeg(size_hw: tuple[int, int], *, tone: float) -> bytes:
    """A picture of one colour; what is on it does not matter where nobody looks."""
    red, green, blue = (int(255 * part) for part in colorsys.hsv_to_rgb(tone, 0.5, 0.7))
    stream = io.BytesIO()
    Image.new("RGB", (size_hw[1], size_hw[0]), (red, green, blue)).save(stream, "JPEG")
    return stream.getvalue()
