# SPDX-License-Identifier: Apache-2.0
"""The same brush and the same opening on weaker machines: a processor four times as slow, and a narrow touch screen."""

from .brush import BRUSH_PX, FRAME_GOAL_MS, MOVES, REACH_PX, gaps_of, undo
from .editor_session import EditorSession, editor_session
from .harness import Row, median, percentile
from .pointer import drag, figure
from .stage import Stage

SLOWDOWN = 4
GESTURES = 3
OPENINGS = 3
TOUCH_SCREEN_PX = (768, 1024)
TOUCH_REACH_PX = (120, 110)


def measure_slow_processor(stage: Stage, scene_name: str) -> list[Row]:
    """Chromium's own throttle: it holds the page's main thread back, so that a second of work takes four."""
    with editor_session(stage, scene_name) as session:
        session.open()
        size_px = session.take_brush(size_px=BRUSH_PX)
        session.wait_saved()
        session.devtools.call("Emulation.setCPUThrottlingRate", rate=SLOWDOWN)
        rows = brush_rows(session, scene_name, name=f"{SLOWDOWN}× slower processor", reach=REACH_PX, size_px=size_px)
        session.wait_saved()
        opened = []
        for _ in range(OPENINGS):
            session.rest(500)
            opened.append(session.open())
        session.devtools.call("Emulation.setCPUThrottlingRate", rate=1)
    note = f"median of {OPENINGS}, slowest {max(opened):.0f}"
    return [*rows, Row(f"{SLOWDOWN}× slower processor: open, warm", scene_name, median(opened), "ms", note=note)]


def measure_touch_screen(stage: Stage, scene_name: str) -> list[Row]:
    """A finger on a window 768 px wide, as on an upright tablet."""
    width, height = TOUCH_SCREEN_PX
    with editor_session(stage, scene_name) as session:
        session.devtools.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )
        session.devtools.call("Emulation.setTouchEmulationEnabled", enabled=True, maxTouchPoints=5)
        opened = [session.open() for _ in range(OPENINGS)]
        size_px = session.take_brush(size_px=BRUSH_PX)
        rows = brush_rows(
            session, scene_name, name=f"touch, {width} px wide", reach=TOUCH_REACH_PX, size_px=size_px, pointer="touch"
        )
    note = f"median of {OPENINGS}, slowest {max(opened):.0f}"
    return [*rows, Row(f"touch, {width} px wide: open", scene_name, median(opened), "ms", note=note)]


def brush_rows(
    session: EditorSession,
    scene_name: str,
    *,
    name: str,
    reach: tuple[float, float],
    size_px: float,
    pointer: str = "mouse",
) -> list[Row]:
    path = figure(centre=session.canvas_centre(), reach=reach, moves=MOVES)
    before = session.editor.checksum()
    gaps: list[float] = []
    inputs: list[float] = []
    late: list[float] = []
    for _ in range(GESTURES):
        session.start_probe()
        gesture = drag(session.devtools, path, pointer=pointer)
        record = session.stop_probe()
        gaps += gaps_of(record["frames"])
        inputs += record["inputs"]
        late += gesture.late_ms
        if session.editor.checksum() == before:
            raise AssertionError("the gesture changed no pixel")
        undo(session)
    note = f"{len(gaps)} frames, {size_px:.0f} px brush, moves late by {percentile(late, 95):.1f} ms"
    return [
        Row(f"{name}: brush frame gap p50", scene_name, median(gaps), "ms"),
        Row(f"{name}: brush frame gap p95", scene_name, percentile(gaps, 95), "ms", note=note),
        Row(f"{name}: brush, frames above {FRAME_GOAL_MS} ms", scene_name,
            100 * sum(gap > FRAME_GOAL_MS for gap in gaps) / len(gaps), "%"),
        Row(f"{name}: brush, input to end of frame", scene_name, median(inputs), "ms",
            note=f"p95 {percentile(inputs, 95):.0f} ms"),
    ]  # fmt: skip
