# SPDX-License-Identifier: Apache-2.0
"""The list of segments: scrolled by the wheel for two seconds, and filtered by typing; and the palette."""

import time

from .brush import FRAME_GOAL_MS, gaps_of
from .editor_session import EditorSession, editor_session
from .harness import Row, median, percentile
from .stage import Stage

WHEELS_PER_S = 60
WHEELS = 120
STEP_PX = 120
TYPED = "ca"
TYPED_COMMAND = "zo"
KEY_GOAL_MS = 50
ROWS = ".segment-row"


def measure_list(stage: Stage, scene_name: str) -> list[Row]:
    with editor_session(stage, scene_name) as session:
        session.open()
        session.page.get_by_role("treegrid").wait_for()
        gaps = scrolled(session)
        session.page.get_by_role("button", name="Find a segment").click()
        session.typing = True
        keys = [session.rows_after_key(ROWS, key)[0] for key in TYPED]
        session.page.keyboard.press("Control+k")
        session.page.get_by_role("combobox").wait_for()
        commands = [session.rows_after_key(".palette-row", key)[0] for key in TYPED_COMMAND]
    return [
        Row("list scrolled: frame gap p95", scene_name, percentile(gaps, 95), "ms", FRAME_GOAL_MS,
            note=f"{len(gaps)} frames, worst {max(gaps):.0f} ms"),
        Row("list filtered: key to the rows", scene_name, max(keys), "ms", KEY_GOAL_MS,
            note=f"slowest of {len(keys)}, median {median(keys):.0f}"),
        Row("palette: key to the commands", scene_name, max(commands), "ms", KEY_GOAL_MS,
            note=f"slowest of {len(commands)}, median {median(commands):.0f}"),
    ]  # fmt: skip


def scrolled(session: EditorSession) -> list[float]:
    """Frame gaps in ms while the wheel turns. Raises AssertionError when the list did not move."""
    box = session.page.get_by_role("treegrid").bounding_box()
    if box is None:
        raise AssertionError("the list of segments is not on screen")
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    session.start_probe()
    start = time.perf_counter()
    for number in range(WHEELS):
        session.devtools.post("Input.dispatchMouseEvent", type="mouseWheel", deltaX=0, deltaY=STEP_PX, **at)
        time.sleep(max(0.0, start + (number + 1) / WHEELS_PER_S - time.perf_counter()))
    gaps = gaps_of(session.stop_probe()["frames"])
    top: float = session.page.evaluate("() => document.querySelector('[role=treegrid]').scrollTop")
    if top < WHEELS * STEP_PX / 2:
        raise AssertionError(f"the list is at {top} px after {WHEELS} turns of the wheel")
    return gaps
