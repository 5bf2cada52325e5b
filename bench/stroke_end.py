# SPDX-License-Identifier: Apache-2.0
"""After the pointer is up: until the page is at rest, until the server has said yes, bytes sent; undo and redo."""

import json
from collections.abc import Sequence

from playwright.sync_api import Request

from . import peers
from .brush import BRUSH_PX, MOVES, REACH_PX, show
from .editor_session import EditorSession, editor_session
from .harness import Row, median, percentile
from .pointer import Point, drag, figure
from .stage import Stage

STROKES = 20
SHORT_MOVES = 60
LONG_STROKES = 3
UNDOS = 8
IDLE_GOAL_MS, ACKNOWLEDGED_GOAL_MS, STROKE_GOAL_KB, UNDO_GOAL_FRAMES = 100, 600, 10, 1
LONG_TASK_WINDOW_MS = 500
"""A long task that begins later than this after the pointer is up belongs to the save, not to the stroke."""


def measure_stroke_end(stage: Stage, scene_name: str) -> list[Row]:
    with editor_session(stage, scene_name) as session:
        sizes: list[int] = []
        session.page.on("request", lambda request: sizes.extend(edits_in(request)))
        session.open()
        session.take_brush(size_px=BRUSH_PX)
        show(session, "100 %")
        path = figure(centre=session.canvas_centre(), reach=REACH_PX, moves=MOVES)
        drag(session.devtools, path)
        changes = undo_and_redo(session, path[:: MOVES // 10])
        session.press("z", ctrl=True)
        session.wait_saved()
        sizes.clear()
        for _ in range(LONG_STROKES):
            drag(session.devtools, path)
            session.wait_saved()
            session.press("z", ctrl=True)
            session.wait_saved()
        long_sizes = sizes.copy()
        sizes.clear()
        idle, written, acknowledged = short_strokes(session)
    return [
        Row("pointer up to idle", scene_name, percentile(idle, 95), "ms", IDLE_GOAL_MS,
            peers.POINTER_UP_TO_IDLE_MS.get(scene_name),
            f"p95 of {len(idle)} strokes, median {median(idle):.0f}; no long task, and outbox on disk (that alone: p95 "
            f"{percentile(written, 95):.0f})"),
        Row("pointer up to acknowledged", scene_name, percentile(acknowledged, 95), "ms", ACKNOWLEDGED_GOAL_MS,
            peers.ACKNOWLEDGED_MS.get(scene_name),
            f"p95 of {len(acknowledged)} strokes, median {median(acknowledged):.0f}, wait before the save included"),
        Row(f"bytes per stroke, {MOVES} moves", scene_name, max(long_sizes) / 1000, "kB", STROKE_GOAL_KB,
            peers.STROKE_KB.get(scene_name), "JSON of one edit as sent; also of the undo of it"),
        Row(f"bytes per stroke, {SHORT_MOVES} moves", scene_name, median(sizes) / 1000, "kB", STROKE_GOAL_KB),
        *undo_rows(changes, scene_name),
    ]  # fmt: skip


def edits_in(request: Request) -> list[int]:
    """Bytes of every edit of a save; nothing for other requests."""
    if request.method != "POST" or not request.url.endswith("/edits"):
        return []
    document = json.loads(request.post_data_buffer or b"{}")
    return [len(json.dumps(edit, separators=(",", ":"))) for edit in document.get("edits", [])]


def short_strokes(session: EditorSession) -> tuple[list[float], list[float], list[float]]:
    """Ms from the pointer's release to rest, to the outbox on disk, and to the server's answer; strokes lie apart."""
    centre_x, centre_y = session.canvas_centre()
    idle, stored, acknowledged = [], [], []
    for i in range(STROKES):
        centre = (centre_x - 300 + 120 * (i % 5), centre_y - 180 + 90 * (i // 5))
        session.start_probe()
        drag(session.devtools, figure(centre=centre, reach=(60, 40), moves=SHORT_MOVES, turns=(1, 1)))
        session.wait_saved()
        session.rest(LONG_TASK_WINDOW_MS)
        record = session.stop_probe()
        up = record["ups"][0]
        written = next(at for at in record["outboxWrites"] if at >= up)
        long_tasks = [end for start, end in record["longTasks"] if start - up < LONG_TASK_WINDOW_MS and end > up]
        idle.append(max([written, *long_tasks]) - up)
        stored.append(written - up)
        acknowledged.append(next(end for start, end in record["saves"] if start >= up) - up)
    return idle, stored, acknowledged


def undo_and_redo(session: EditorSession, places: Sequence[Point]) -> dict[str, list[tuple[float, int]]]:
    """(ms, frames) from the key to the frame in which the stroke is gone, and is back."""
    found: dict[str, list[tuple[float, int]]] = {"undo": [], "redo": []}
    for _ in range(UNDOS):
        for name, shift in (("undo", False), ("redo", True)):
            session.rest(120)
            found[name].append(session.change_after_key(places, "z", ctrl=True, shift=shift))
    return found


def undo_rows(changes: dict[str, list[tuple[float, int]]], scene_name: str) -> list[Row]:
    rows = []
    for name, found in changes.items():
        milliseconds, frames = [ms for ms, _ in found], [count for _, count in found]
        rows += [
            Row(f"{name}: frames from key to pixels", scene_name, percentile(frames, 95), "frames", UNDO_GOAL_FRAMES,
                note=f"p95 of {len(frames)}; 1 = the first frame after the key"),
            Row(f"{name}: key to pixels", scene_name, median(milliseconds), "ms", None, peers.UNDO_MS.get(scene_name),
                f"wait for the frame included; slowest {max(milliseconds):.0f} ms"),
        ]  # fmt: skip
    return rows
