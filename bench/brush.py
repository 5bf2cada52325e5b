# SPDX-License-Identifier: Apache-2.0
"""A brush of 40 px, moved 300 times at 125 Hz: frames, script, latency, and proof that each move came on screen.

The photo is loaded, outlines are on, and each gesture begins while the one before it is being saved. Each is undone
before the next, so that every one has all its pixels to change.
"""

import base64
import io
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from PIL import Image

from . import peers
from .editor_session import EditorSession, editor_session
from .harness import Reference, Row, median, percentile, share_above
from .pointer import MOVES_PER_S, Gesture, Point, drag, figure
from .stage import Stage
from .trace import traced

BRUSH_PX = 40
MOVES = 300
REACH_PX = (150, 110)
"""Half the width and height of the figure on screen; a move is then about 7 px long, some 900 px a second."""
GESTURES = 3
PROOF_AFTER = tuple(range(29, 300, 30))
FRAME_GOAL_MS, SLOW_FRAME_MS, SLOW_SHARE_GOAL, WORST_GOAL_MS, SCRIPT_GOAL_MS = 17.5, 25, 1, 50, 1
GROWTH_GOAL = 1.2
VIEWS = {"100 %": "actual", "fit": "fit"}


@dataclass(frozen=True, slots=True)
class Measured:
    """All gestures of one view."""

    gaps_ms: list[float]
    input_ms: list[float]
    late_ms: list[float]
    script_ms: list[float]
    other_work: dict[str, float]
    proof_lag_ms: float


def measure_brush(stage: Stage, scene_name: str) -> list[Row]:
    with editor_session(stage, scene_name) as session:
        idle = idle_gaps(session)
        session.open()
        size_px = session.take_brush(size_px=BRUSH_PX)
        rows = []
        for view in VIEWS:
            show(session, view)
            rows += rows_of(measured(session), scene_name=scene_name, view=view, size_px=size_px)
    rows.append(
        Row("frame gap p95, idle page", scene_name, percentile(idle, 95), "ms",
            note=f"about:blank in the same browser, {len(idle)} frames; longest {max(idle):.1f} ms")
    )  # fmt: skip
    return rows


def show(session: EditorSession, view: str) -> None:
    """One image px to a screen px, or the whole image."""
    if not session.state()["view"]["fitted"]:
        session.press("z")
    if VIEWS[view] == "actual":
        session.press("z", shift=True)
    session.rest(300)


def idle_gaps(session: EditorSession) -> list[float]:
    """Frame gaps of an empty page for as long as a gesture lasts."""
    session.page.goto("about:blank")
    session.rest(500)
    session.start_probe()
    session.rest(MOVES * 1000 / MOVES_PER_S)
    return gaps_of(session.stop_probe()["frames"])


def measured(session: EditorSession) -> Measured:
    path = figure(centre=session.canvas_centre(), reach=REACH_PX, moves=MOVES)
    drag(session.devtools, path)
    undo(session)
    gaps: list[float] = []
    inputs: list[float] = []
    late: list[float] = []
    for _ in range(GESTURES):
        session.start_probe()
        gesture = drag(session.devtools, path)
        record = session.stop_probe()
        gaps += gaps_of(record["frames"])
        inputs += record["inputs"]
        late += gesture.late_ms
        undo(session)
    with traced(session.devtools) as timeline:
        drag(session.devtools, path)
    undo(session)
    lag_ms = proven_lag_ms(session, path)
    session.wait_saved()
    return Measured(gaps, inputs, late, timeline.script_per_move_ms(), timeline.other_work_ms(), lag_ms)


def undo(session: EditorSession) -> None:
    session.press("z", ctrl=True)
    session.rest(200)


def gaps_of(frames: list[float]) -> list[float]:
    return [later - earlier for earlier, later in pairwise(frames)]


def proven_lag_ms(session: EditorSession, path: tuple[Point, ...]) -> float:
    """Ten screenshots in the midst of a gesture: how long after a move left was its pixel surely on screen, at worst.

    Raises AssertionError when the pixels of a move are still missing after 100 ms.
    """
    before = picture(session.devtools.call("Page.captureScreenshot", format="png", optimizeForSpeed=True)["data"])
    gesture = drag(session.devtools, path, screenshot_after=PROOF_AFTER)
    shots = {
        after: picture(session.devtools.wait(number)["data"]) for after, number in sorted(gesture.screenshots.items())
    }
    undo(session)
    return max(lag_of(gesture, after, before, shot) for after, shot in shots.items())


def lag_of(gesture: Gesture, after: int, before: npt.NDArray[np.uint8], shot: npt.NDArray[np.uint8]) -> float:
    """Ms between the newest move whose place has changed colour and the move after which the screenshot was asked for.

    Move i leads to ``path[i + 1]``. Later moves may be on the picture, which only says that the lag is nothing.
    """
    for move in range(after, -1, -1):
        x, y = gesture.path[move + 1]
        if changed_at(before, shot, x=round(x), y=round(y)):
            lag_ms = (gesture.sent_at_s[after] - gesture.sent_at_s[move]) * 1000
            if lag_ms > 100:
                raise AssertionError(f"the screenshot after move {after} shows none newer than move {move}")
            return lag_ms
    raise AssertionError(f"the screenshot after move {after} shows no move at all")


def changed_at(before: npt.NDArray[np.uint8], after: npt.NDArray[np.uint8], *, x: int, y: int) -> bool:
    """Whether the 3 × 3 px around a place differ throughout, as paint does and a line of the cursor does not."""
    part = np.s_[y - 1 : y + 2, x - 1 : x + 2]
    return bool(np.any(before[part] != after[part], axis=-1).all())


def picture(data: str) -> npt.NDArray[np.uint8]:
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB"))


def rows_of(found: Measured, *, scene_name: str, view: str, size_px: float) -> list[Row]:
    frame_share = share_above(found.gaps_ms, SLOW_FRAME_MS)
    per_move = found.script_ms
    beside = ", ".join(f"{name} {ms / len(per_move):.2f}" for name, ms in found.other_work.items())
    count = f"{len(found.gaps_ms)} frames, {size_px:.0f} px brush, moves late by {percentile(found.late_ms, 95):.1f} ms"
    at = f", {view}"
    return [
        Row(f"brush{at}: frame gap p50", scene_name, median(found.gaps_ms), "ms", None,
            peers.FRAME_GAP_P50_MS.get(scene_name)),
        Row(f"brush{at}: frame gap p95", scene_name, percentile(found.gaps_ms, 95), "ms", FRAME_GOAL_MS,
            peers.FRAME_GAP_P95_MS.get(scene_name), count),
        Row(f"brush{at}: frames above {SLOW_FRAME_MS} ms", scene_name, frame_share, "%", SLOW_SHARE_GOAL),
        Row(f"brush{at}: longest frame gap", scene_name, max(found.gaps_ms), "ms", WORST_GOAL_MS),
        Row(f"brush{at}: script per move p95", scene_name, percentile(per_move, 95), "ms", SCRIPT_GOAL_MS, None,
            f"median {median(per_move):.2f}, longest {max(per_move):.1f}; beside it per frame: {beside}"),
        Row(f"brush{at}: input to end of frame", scene_name, median(found.input_ms), "ms", None,
            peers.INPUT_TO_FRAME_MS.get(scene_name), f"p95 {percentile(found.input_ms, 95):.0f} ms"),
        Row(f"brush{at}: move to screenshot, worst of {len(PROOF_AFTER)}", scene_name, found.proof_lag_ms, "ms", None,
            None, "moves that were sent and not yet on screen when a screenshot was taken"),
    ]  # fmt: skip


def growth_rows(rows: list[Row]) -> list[Row]:
    """How the cost of a move grows from no segment to 1,000 on images of one size, from the rows of both scenes."""
    found = []
    for view in VIEWS:
        name = f"brush, {view}: script per move p95"
        values = {row.scene: row.value for row in rows if row.name == name}
        if "M0" in values and "M" in values:
            found.append(
                Row(f"brush, {view}: from 0 to 1,000 segments, script", "M0 → M", values["M"] / values["M0"], "×",
                    GROWTH_GOAL, Reference("own", 1, "0 segments"), f"{values['M0']:.2f} → {values['M']:.2f} ms")
            )  # fmt: skip
        name = f"brush, {view}: frame gap p95"
        values = {row.scene: row.value for row in rows if row.name == name}
        if "M0" in values and "M" in values:
            found.append(
                Row(f"brush, {view}: from 0 to 1,000 segments, frame gap", "M0 → M", values["M"] / values["M0"], "×",
                    GROWTH_GOAL, Reference("own", 1, "0 segments"))
            )  # fmt: skip
    return found
