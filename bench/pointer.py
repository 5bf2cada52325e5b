# SPDX-License-Identifier: Apache-2.0
"""A hand on the mouse: a drag whose every move leaves at its own time, through the browser's input pipeline.

The times are fixed before the first move, so that a late one delays no other; how late each was is part of the result.
"""

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .devtools import DevTools

Point = tuple[float, float]
MOVES_PER_S = 125


@dataclass(frozen=True, slots=True)
class Gesture:
    """What was sent: when each move left (``perf_counter`` s), and by how many ms it was late."""

    path: tuple[Point, ...]
    sent_at_s: tuple[float, ...]
    late_ms: tuple[float, ...]
    screenshots: Mapping[int, int]
    """Move after which a screenshot was asked for -> number of the DevTools command."""


def figure(*, centre: Point, reach: Point, moves: int, turns: tuple[int, int] = (3, 2)) -> tuple[Point, ...]:
    """``moves`` + 1 points on a Lissajous figure: all directions, many crossings, never the same place for long."""
    points = []
    for i in range(moves + 1):
        angle = 2 * math.pi * i / moves
        points.append(
            (centre[0] + reach[0] * math.sin(turns[0] * angle + 0.4), centre[1] + reach[1] * math.sin(turns[1] * angle))
        )
    return tuple(points)


def drag(
    devtools: DevTools,
    path: Sequence[Point],
    *,
    moves_per_s: float = MOVES_PER_S,
    screenshot_after: Sequence[int] = (),
    release: bool = True,
    pointer: str = "mouse",
) -> Gesture:
    """Press at the first point, move along the others at a steady rate, release at the last.

    ``pointer`` is "mouse", or "touch" for a finger.
    """
    wanted = set(screenshot_after)
    finger = pointer == "touch"
    method = "Input.dispatchTouchEvent" if finger else "Input.dispatchMouseEvent"
    if finger:
        devtools.call(method, **_touch("touchStart", path[0]))
    else:
        devtools.call(method, **_event("mouseMoved", path[0], pressed=False))
        devtools.call(method, **_event("mousePressed", path[0], pressed=True))
    start = time.perf_counter() + 0.02
    sent_at, late, asked, numbers = [], [], {}, []
    for i, point in enumerate(path[1:]):
        due = start + i / moves_per_s
        delay = due - time.perf_counter()
        if delay > 0:
            time.sleep(delay)
        sent_at.append(time.perf_counter())
        late.append((sent_at[-1] - due) * 1000)
        event = _touch("touchMove", point) if finger else _event("mouseMoved", point, pressed=True)
        numbers.append(devtools.post(method, **event))
        if i in wanted:
            asked[i] = devtools.post("Page.captureScreenshot", format="png", optimizeForSpeed=True)
    if release:
        event = _touch("touchEnd", None) if finger else _event("mouseReleased", path[-1], pressed=False)
        numbers.append(devtools.post(method, **event))
    for number in numbers:
        devtools.wait(number)
    return Gesture(tuple(path), tuple(sent_at), tuple(late), asked)


def press_key(devtools: DevTools, key: str, *, code: str, windows_code: int, ctrl: bool = False) -> None:
    """One key down and up through the same pipeline."""
    event = {"key": key, "code": code, "windowsVirtualKeyCode": windows_code, "modifiers": 2 if ctrl else 0}
    devtools.call("Input.dispatchKeyEvent", type="rawKeyDown", **event)
    devtools.call("Input.dispatchKeyEvent", type="keyUp", **event)


def _event(kind: str, point: Point, *, pressed: bool) -> dict[str, object]:
    button = "none" if kind == "mouseMoved" and not pressed else "left"
    return {
        "type": kind,
        "x": round(point[0], 2),
        "y": round(point[1], 2),
        "button": button,
        "buttons": 1 if pressed else 0,
        "clickCount": 0 if kind == "mouseMoved" else 1,
        "pointerType": "mouse",
    }


def _touch(kind: str, point: Point | None) -> dict[str, object]:
    """One finger, as wide as a fingertip; none is left after touchEnd."""
    if point is None:
        return {"type": kind, "touchPoints": []}
    x, y = round(point[0], 2), round(point[1], 2)
    return {"type": kind, "touchPoints": [{"x": x, "y": y, "radiusX": 8, "radiusY": 8, "id": 1}]}
