# SPDX-License-Identifier: Apache-2.0
"""What the benchmark reads out of traces, screenshots, processes and label maps, on inputs whose answer is known."""

import io
import os

import numpy as np
import pytest

from bench.brush import growth_rows, lag_of
from bench.codec import floor_decoded, floor_encoded
from bench.harness import Row
from bench.integer_noise import below
from bench.pen import RADIUS_PX, TOOTH_PX, VERTICES, saw_toothed
from bench.pointer import Gesture
from bench.process_memory import cpu_s, peak_rss_mb, pss_mb, reset_peak
from bench.save_load import plain_jpeg, wandering
from bench.scene_ids import class_documents, panoptic_archive, segment_ids
from bench.scenes import Scene, SceneSpec, make_labels
from bench.trace import main_thread, script_of_moves
from intarsia.formats.base import ReadOptions
from intarsia.formats.registry import find_format
from intarsia.formats.sources import ZipSource


def event(name: str, dur_us: int, **data: str) -> dict[str, object]:
    return {"name": name, "dur": dur_us, "args": {"data": data}, "ph": "X", "pid": 1, "tid": 2, "ts": 0}


def move(dur_us: int) -> dict[str, object]:
    return event("EventDispatch", dur_us, type="pointermove")


def test_script_per_move_is_handlers_plus_callbacks_of_their_frame() -> None:
    events = [
        move(200),
        move(300),
        event("FireAnimationFrame", 400),
        event("FireAnimationFrame", 50),
        event("Paint", 9_000),
        move(100),
        event("FireAnimationFrame", 600),
    ]
    assert script_of_moves(events) == pytest.approx([0.95, 0.7])


def test_frames_without_moves_and_moves_without_a_frame_do_not_count() -> None:
    events = [event("FireAnimationFrame", 400), event("EventDispatch", 70, type="keydown"), move(100)]
    assert script_of_moves(events) == []


def test_the_main_thread_is_the_one_that_got_the_moves() -> None:
    other = {**event("Paint", 5), "tid": 9}
    late, early = {**move(1), "ts": 20}, {**event("Paint", 2), "ts": 10}
    assert main_thread([other, late, early]) == [early, late]
    with pytest.raises(ValueError, match="no pointer move"):
        main_thread([other])


def gesture_on_a_line() -> Gesture:
    """Ten moves to the right by 10 px, 8 ms apart."""
    path = tuple((10.0 + 10 * i, 20.0) for i in range(11))
    return Gesture(path, tuple(0.008 * i for i in range(10)), (0.0,) * 10, {})


@pytest.mark.parametrize(("painted_to_x", "lag_ms"), [(61, 0), (53, 8), (31, 24)])
def test_lag_is_counted_from_the_newest_move_that_is_on_the_picture(painted_to_x: int, lag_ms: float) -> None:
    """Move 4 leads to x = 60."""
    before = np.zeros((40, 130, 3), dtype=np.uint8)
    shot = before.copy()
    shot[15:25, 0 : painted_to_x + 1] = 200
    assert lag_of(gesture_on_a_line(), 4, before, shot) == pytest.approx(lag_ms)


def test_a_picture_without_any_move_proves_nothing() -> None:
    before = np.zeros((40, 130, 3), dtype=np.uint8)
    with pytest.raises(AssertionError, match="no move at all"):
        lag_of(gesture_on_a_line(), 4, before, before)


def test_a_thin_line_of_the_cursor_is_not_taken_for_paint() -> None:
    before = np.zeros((40, 130, 3), dtype=np.uint8)
    shot = before.copy()
    shot[20, :] = 200
    with pytest.raises(AssertionError, match="no move at all"):
        lag_of(gesture_on_a_line(), 4, before, shot)


def test_growth_compares_the_same_image_without_and_with_segments() -> None:
    rows = [
        Row("brush, fit: script per move p95", "M0", 0.5, "ms"),
        Row("brush, fit: script per move p95", "M", 0.55, "ms"),
        Row("brush, fit: script per move p95", "L", 9, "ms"),
    ]
    found = growth_rows(rows)
    assert [row.name for row in found] == ["brush, fit: from 0 to 1,000 segments, script"]
    assert found[0].value == pytest.approx(1.1)
    assert growth_rows(rows[:1]) == []


def test_no_tooth_of_the_outline_can_be_thinned_away() -> None:
    points = np.array(saw_toothed((500, 400)))
    assert len(points) == VERTICES + 1
    radii = np.hypot(points[:, 0] - 500, points[:, 1] - 400)
    assert radii.max() == pytest.approx(RADIUS_PX + TOOTH_PX)
    inner = points[2:-1:2]
    middle = (points[1:-2:2] + points[3::2]) / 2
    assert np.hypot(*(inner - middle).T).min() > 4


def test_strokes_of_the_load_stay_on_the_image_and_differ() -> None:
    first, second = (wandering((480, 640), number=number) for number in (1, 2))
    assert first != second
    assert all(0 <= x <= 640 * 256 and 0 <= y <= 480 * 256 for x, y in first + second)


def test_the_floor_keeps_every_id() -> None:
    ids = below(1, 1, np.arange(60 * 80) // 7, 5).astype(np.uint32).reshape(60, 80) * np.uint32(70_000)
    assert np.array_equal(floor_decoded(floor_encoded(ids), ids.shape), ids)


def test_memory_and_processor_time_of_this_process_are_read() -> None:
    me = os.getpid()
    reset_peak(me)
    held = np.ones(20_000_000, dtype=np.uint8)
    assert peak_rss_mb(me) >= pss_mb(me) > 20
    assert held.sum() == 20_000_000
    assert cpu_s(me) > 0


def test_ids_and_classes_of_a_scene_are_those_of_the_product() -> None:
    spec = SceneSpec("small", (300, 420), 30, seed=7)
    ids = segment_ids(Scene(spec, make_labels(spec)))
    assert ids.tolist() == [0, *range(1, 9), *range(65_536, 65_536 + 22)]
    documents = class_documents()
    assert [document["number"] for document in documents] == list(range(1, 21))
    assert len({document["colour"] for document in documents}) == 20


def test_the_archive_is_read_back_as_the_scene() -> None:
    """By the product's own reader, so that a scene on the server is the scene in the file."""
    spec = SceneSpec("small", (300, 420), 30, seed=7)
    scene = Scene(spec, make_labels(spec))
    archive = panoptic_archive([("one", scene, plain_jpeg(spec.size_hw, tone=0.3))])
    source = ZipSource(io.BytesIO(archive))
    found = find_format("coco-panoptic").read(source, ReadOptions())
    images = list(found.images)
    assert found.problems.total == 0
    assert len(images) == 1
    label_map = images[0].layers["main"].to_array()
    for segment in range(1, 31):
        inside = scene.labels == segment
        assert len(np.unique(label_map[inside])) == 1
        assert np.count_nonzero(label_map == label_map[inside][0]) == np.count_nonzero(inside)
