# SPDX-License-Identifier: Apache-2.0
"""The brightness slider dragged to and fro for two seconds at 60 Hz: frames in which the photo has another brightness.

A frame counts when a pixel of the photo's canvas differs from the one in the frame before, so that frames which only
move the slider's thumb do not. Local contrast is measured as well, since it is the dearest kind of tone.
"""

from .brush import gaps_of, show
from .editor_session import EditorSession, editor_session
from .harness import Row, median, percentile
from .pointer import Point, drag
from .stage import Stage

MOVES_PER_S = 60
MOVES = 120
GOAL_MS = 1000 / 30
READY_MS = 30_000


def measure_tone(stage: Stage, scene_name: str) -> list[Row]:
    with editor_session(stage, scene_name) as session:
        session.open()
        show(session, "fit")
        session.press("t", shift=True)
        session.page.get_by_role("slider", name="Brightness").wait_for(timeout=READY_MS)
        rows = [dragged(session, scene_name, "brightness drag")]
        session.page.get_by_label("Local contrast (CLAHE)").click()
        session.page.wait_for_function("() => window.intarsia.state().tone.localContrast > 0")
        session.page.wait_for_function("() => window.intarsia.state().histogram !== null", timeout=READY_MS)
        rows.append(dragged(session, scene_name, "brightness drag with CLAHE"))
    return rows


def dragged(session: EditorSession, scene_name: str, name: str) -> Row:
    session.rest(500)
    path = to_and_fro(session)
    watch_photo(session)
    session.start_probe()
    drag(session.devtools, path, moves_per_s=MOVES_PER_S)
    gaps = gaps_of(session.stop_probe()["frames"])
    changed_at: list[float] = session.page.evaluate("() => window.benchPhoto.stop()")
    between = gaps_of(changed_at)
    if len(between) < MOVES // 8:
        raise AssertionError(f"only {len(between) + 1} frames showed another brightness")
    mean_ms = sum(between) / len(between)
    return Row(
        f"{name}: ms per frame", scene_name, mean_ms, "ms", GOAL_MS, None,
        f"{1000 / mean_ms:.0f} fps of {MOVES_PER_S} moves a second; median {median(between):.0f}, p95 "
        f"{percentile(between, 95):.0f} ms; gaps of all frames p95 {percentile(gaps, 95):.0f} ms",
    )  # fmt: skip


def to_and_fro(session: EditorSession) -> tuple[Point, ...]:
    """From the thumb to the right, far to the left and back, each place other than the one before."""
    box = session.page.get_by_role("slider", name="Brightness").bounding_box()
    if box is None:
        raise AssertionError("the brightness slider is not on screen")
    middle, reach = box["x"] + box["width"] / 2, box["width"] * 0.4
    y = box["y"] + box["height"] / 2
    turns = (0.0, 1.0, -1.0, 1.0, 0.0)
    points = []
    for i in range(MOVES + 1):
        at = i / MOVES * (len(turns) - 1)
        leg = min(int(at), len(turns) - 2)
        points.append((middle + reach * (turns[leg] + (at - leg) * (turns[leg + 1] - turns[leg])), y))
    return tuple(points)


def watch_photo(session: EditorSession) -> None:
    """Notes the time of each frame in which a grid of pixels of the photo's canvas is another than before."""
    session.page.evaluate(
        """() => {
            const canvas = document.querySelector(".canvas-host canvas");
            const probe = document.createElement("canvas");
            probe.width = probe.height = 4;
            const context = probe.getContext("2d", { willReadFrequently: true });
            const times = [];
            let last = null;
            let on = true;
            const side = 40;
            const look = (at) => {
                if (!on) return;
                const x = (canvas.width - side) / 2;
                const y = (canvas.height - side) / 2;
                context.drawImage(canvas, x, y, side, side, 0, 0, 4, 4);
                const seen = context.getImageData(0, 0, 4, 4).data.join();
                if (last !== null && seen !== last) times.push(at);
                last = seen;
                requestAnimationFrame(look);
            };
            requestAnimationFrame(look);
            window.benchPhoto = { stop: () => { on = false; return times; } };
        }"""
    )
