# SPDX-License-Identifier: Apache-2.0
"""A freehand outline of more than 1,000 vertices over 30 neighbours and more, closed with Enter: until it is drawn.

The outline is a saw-toothed circle. A tooth stands 6 px from the line between its neighbours, eight times the distance
at which thinning may drop a vertex, so that all of them are kept.
"""

import math

import numpy as np

from .brush import show
from .editor_session import EditorSession, editor_session
from .harness import Row, median
from .pointer import Point, drag
from .scenes import load_scene
from .stage import Stage

VERTICES = 1_100
RADIUS_PX = 270
TOOTH_PX = 6
MOVES_PER_S = 250
CLOSINGS = 5
GOAL_MS = 30
NEIGHBOURS_MIN = 30


def measure_pen(stage: Stage, scene_name: str) -> list[Row]:
    with editor_session(stage, scene_name) as session:
        session.open()
        show(session, "100 %")
        session.press("9")
        session.press("p")
        if session.state()["mode"] != "over":
            session.press("x")
        path = saw_toothed(session.canvas_centre())
        neighbours = neighbours_under(session, scene_name)
        if neighbours < NEIGHBOURS_MIN:
            raise AssertionError(f"the outline crosses {neighbours} segments only")
        found = [closed_outline(session, path) for _ in range(CLOSINGS)]
    milliseconds = [ms for ms, _ in found]
    return [
        Row("pen: outline closed to drawn", scene_name, median(milliseconds), "ms", GOAL_MS, None,
            f"{VERTICES} vertices over {neighbours} segments, 'over', wait for the frame included; "
            f"slowest {max(milliseconds):.0f} ms, {max(frames for _, frames in found)} frames"),
    ]  # fmt: skip


def saw_toothed(centre: Point) -> tuple[Point, ...]:
    """Points on a circle, every second one ``TOOTH_PX`` further out; the last is short of the first."""
    points = []
    for i in range(VERTICES + 1):
        angle = 2 * math.pi * i / (VERTICES + 12)
        radius = RADIUS_PX + TOOTH_PX * (i % 2)
        points.append((centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)))
    return tuple(points)


def neighbours_under(session: EditorSession, scene_name: str) -> int:
    """Segments of the scene that the circle covers in part or whole."""
    x, y = session.image_point(session.canvas_centre())
    labels = load_scene(scene_name).labels
    ys, xs = np.mgrid[0 : labels.shape[0], 0 : labels.shape[1]]
    return len(np.unique(labels[(xs - x) ** 2 + (ys - y) ** 2 < RADIUS_PX**2]))


def closed_outline(session: EditorSession, path: tuple[Point, ...]) -> tuple[float, int]:
    """(ms, frames) from Enter to the drawn result; taken back afterwards."""
    before = session.editor.checksum()
    drag(session.devtools, path, moves_per_s=MOVES_PER_S)
    session.rest(500)
    if not session.state()["outlineOpen"]:
        raise AssertionError("no outline is open after the drag")
    found = session.closed_after_key("Enter")
    if session.editor.checksum() == before:
        raise AssertionError("closing the outline changed nothing")
    session.rest(300)
    session.press("z", ctrl=True)
    session.wait_saved()
    if session.editor.checksum() != before:
        raise AssertionError("undo did not bring the label map back")
    return found
