# SPDX-License-Identifier: Apache-2.0
"""Open an annotated image again: time to the first frame that can be drawn in, memory, and script that is loaded."""

import gzip

import httpx

from . import peers
from .editor_session import EditorSession, editor_session
from .harness import Row, median
from .process_memory import browser_parts, pss_mb
from .stage import Stage

OPENINGS = 5
OPEN_GOAL_MS = {"S": 400, "S200": 400, "M0": 1_000, "M": 1_000, "L": 2_500}
MEMORY_GOAL_MB = {"S": 150, "S200": 150, "M0": 250, "M": 250, "L": 400}
SCRIPT_GOAL_KB = 250
SETTLE_MS = 7_000
GZIP_LEVEL = 6


def measure_opening(stage: Stage, scene_name: str) -> list[Row]:
    with editor_session(stage, scene_name) as session:
        first = session.open()
        warm = []
        for _ in range(OPENINGS):
            session.rest(500)
            warm.append(session.open())
        expected = stage.server.client.get(f"/annotations/{session.staged.annotation_id}").json()["checksums"]["main"]
        if session.editor.checksum() != expected:
            raise AssertionError("the editor shows another label map than the server has")
    return [
        Row("open, warm, to the first editable frame", scene_name, median(warm), "ms", OPEN_GOAL_MS[scene_name],
            peers.OPEN_MS.get(scene_name), f"median of {OPENINGS}, slowest {max(warm):.0f}; cold {first:.0f} ms"),
    ]  # fmt: skip


def measure_memory(stage: Stage, scene_name: str) -> list[Row]:
    """PSS of all renderers and the GPU process, less what the same browser has with an empty page."""
    with editor_session(stage, scene_name) as session:
        session.page.goto("about:blank")
        session.rest(SETTLE_MS)
        blank = drawing_memory(session)
        session.open()
        session.rest(SETTLE_MS)
        opened = drawing_memory(session)
        session.press("z", shift=True)
        session.rest(SETTLE_MS)
        enlarged = drawing_memory(session)
    value = sum(opened.values()) - sum(blank.values())
    parts = ", ".join(f"{name} {opened[name] - blank.get(name, 0):+.0f}" for name in opened)
    full = sum(enlarged.values()) - sum(blank.values())
    note = f"PSS, {SETTLE_MS / 1000:.0f} s after opening, whole image shown: {parts}; {full:.0f} at 100 %"
    return [
        Row("memory above about:blank", scene_name, value, "MB", MEMORY_GOAL_MB[scene_name],
            peers.MEMORY_MB.get(scene_name), note),
    ]  # fmt: skip


def drawing_memory(session: EditorSession) -> dict[str, float]:
    parts = browser_parts(session.profile_dir)
    if not parts.get("renderer"):
        raise AssertionError(f"no renderer was found among {parts}")
    return {name: sum(pss_mb(pid) for pid in parts.get(name, [])) for name in ("renderer", "gpu-process")}


def measure_script(stage: Stage, scene_name: str) -> list[Row]:
    """All script that the editor's page loads, workers included, as gzip would send it."""
    with editor_session(stage, scene_name) as session:
        asked: set[str] = set()
        session.page.goto("about:blank")
        session.page.context.on("request", lambda r: asked.add(r.url) if r.resource_type == "script" else None)
        session.open()
        session.rest(1_500)
    loaded = [len(gzip.compress(httpx.get(url).raise_for_status().content, GZIP_LEVEL, mtime=0)) for url in asked]
    if not loaded:
        raise AssertionError("the editor's page loaded no script")
    return [
        Row("script of the editor page, gzip", "", sum(loaded) / 1000, "kB", SCRIPT_GOAL_KB,
            note=f"{len(loaded)} files"),
    ]  # fmt: skip
