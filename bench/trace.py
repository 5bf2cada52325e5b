# SPDX-License-Identifier: Apache-2.0
"""What the main thread did during a gesture, from the browser's own timeline (the Tracing domain of DevTools)."""

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from .devtools import DevTools

MOVE_EVENTS = frozenset({"pointermove", "mousemove", "pointerrawupdate"})
OTHER_WORK = ("UpdateLayoutTree", "Layout", "PrePaint", "Paint", "Layerize", "Commit", "MinorGC", "MajorGC")
TRACE_TIMEOUT_S = 30


@dataclass(slots=True)
class Timeline:
    """Filled when the ``traced`` block ends."""

    events: list[dict[str, Any]] = field(default_factory=list)

    def script_per_move_ms(self) -> list[float]:
        """Script of each frame that took in pointer moves: their handlers plus all frame callbacks of that frame.

        Chromium hands moves over once a frame, those between two frames in one event, so that this is the script from a
        move to its pixels.
        """
        return script_of_moves(self.events)

    def other_work_ms(self) -> dict[str, float]:
        """Total of what came beside script (style, layout, paint, garbage collection), largest first."""
        totals: Counter[str] = Counter()
        for event in self.events:
            if event["name"] in OTHER_WORK:
                totals[event["name"]] += event["dur"] / 1000
        return dict(totals.most_common())


def script_of_moves(events: Sequence[dict[str, Any]]) -> list[float]:
    """Sums in ms over events of one thread in order of time; a frame ends with the last of its frame callbacks."""
    sums: list[float] = []
    handlers_us = 0.0
    has_moves = frame_begun = False
    for event in events:
        if event["name"] == "EventDispatch" and event["args"]["data"]["type"] in MOVE_EVENTS:
            if frame_begun:
                handlers_us, has_moves, frame_begun = 0.0, False, False
            handlers_us += event["dur"]
            has_moves = True
        elif event["name"] == "FireAnimationFrame" and has_moves:
            if not frame_begun:
                sums.append(handlers_us / 1000)
                frame_begun = True
            sums[-1] += event["dur"] / 1000
    return sums


@contextmanager
def traced(devtools: DevTools) -> Iterator[Timeline]:
    """Record the timeline of the page's main thread during the block."""
    timeline = Timeline()
    chunks: list[dict[str, Any]] = []
    ended = threading.Event()
    devtools.on("Tracing.dataCollected", lambda params: chunks.extend(params["value"]))
    devtools.on("Tracing.tracingComplete", lambda params: ended.set())
    devtools.call(
        "Tracing.start",
        transferMode="ReportEvents",
        traceConfig={"recordMode": "recordAsMuchAsPossible", "includedCategories": ["devtools.timeline"]},
    )
    try:
        yield timeline
    finally:
        devtools.call("Tracing.end")
        if not ended.wait(TRACE_TIMEOUT_S):
            raise TimeoutError("the browser did not finish its trace")
    timeline.events = main_thread(chunks)


def main_thread(chunks: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Complete events of the thread that handled pointer moves, by time. Raises ValueError when there is none."""
    moves = Counter(
        (event["pid"], event["tid"])
        for event in chunks
        if event["name"] == "EventDispatch" and event["args"]["data"]["type"] in MOVE_EVENTS
    )
    if not moves:
        raise ValueError("the trace holds no pointer move")
    process, thread = moves.most_common(1)[0][0]
    kept = [e for e in chunks if e.get("ph") == "X" and (e["pid"], e["tid"]) == (process, thread) and "dur" in e]
    return sorted(kept, key=lambda event: event["ts"])
