# SPDX-License-Identifier: Apache-2.0
"""Neighbours fit: overlapping pen outlines share one border, and the browser's pixels are the Python core's pixels."""

from collections.abc import Callable

import numpy as np
import pytest

from intarsia.core.edit import apply
from intarsia.core.label_map import LabelMap
from intarsia.core.raster import polygon, quantise

from .editor_page import EditorPage, Point
from .project import ReadyTask
from .server_process import ServerProcess
from .test_first_thread import finished_export, panoptic_ids

LEFT = [(80, 90), (300, 70), (330, 200), (290, 330), (90, 300)]
RIGHT = [(220, 110), (500, 90), (520, 310), (240, 290)]
HEIGHT, WIDTH = 480, 640


def draw_both(editor: EditorPage, task: ReadyTask, *, mode: str) -> tuple[list[Point], list[Point]]:
    """Two cars whose outlines overlap; the second one in the given draw mode."""
    editor.open(task.path)
    editor.key("3")
    left = editor.outline(LEFT)
    if mode == "over":
        editor.key("x")
    right = editor.outline(RIGHT)
    editor.wait_saved()
    return left, right


def core_map(left: list[Point], right: list[Point], ids: list[int], *, mode: str) -> LabelMap:
    """The same two outlines through the Python core."""
    label_map = LabelMap.empty((HEIGHT, WIDTH))
    for points, segment_id, draw_mode in ((left, ids[0], "behind"), (right, ids[1], mode)):
        region = polygon([quantise(points)], rule="nonzero", size_hw=(HEIGHT, WIDTH))
        label_map = label_map.with_pixels(apply(label_map, region, segment_id, mode=draw_mode))
    return label_map


@pytest.mark.parametrize("mode", ["behind", "over"])
def test_overlapping_outlines_share_one_border(
    server: ServerProcess, editor: EditorPage, make_task: Callable[..., ReadyTask], mode: str
) -> None:
    task = make_task(HEIGHT, WIDTH)
    left, right = draw_both(editor, task, mode=mode)
    segments = server.client.get(f"/annotations/{task.annotation_id}").json()["segments"]
    segment_ids = sorted(segment["id"] for segment in segments)
    expected = core_map(left, right, segment_ids, mode=mode)
    assert editor.checksum() == expected.checksum("main")

    exported, document = panoptic_ids(finished_export(server.client, task.project_id, slug="coco-panoptic"))
    info = document["annotations"][0]["segments_info"]
    union = np.isin(expected.to_array(), segment_ids)
    assert np.array_equal(exported != 0, union), "a pixel inside the outlines is unlabelled, or one outside is not"
    assert sum(entry["area"] for entry in info) == np.count_nonzero(union), (
        "areas add up only when no pixel has two owners"
    )
    border = (exported[:, :-1] != exported[:, 1:]) & (exported[:, :-1] != 0) & (exported[:, 1:] != 0)
    assert np.count_nonzero(border) > 50, "the two must touch along a border"


def test_the_border_is_where_the_mode_says(editor: EditorPage, make_task: Callable[..., ReadyTask]) -> None:
    """The same outlines: behind keeps the first car whole, over gives the overlap to the second."""
    areas = {}
    for mode in ("behind", "over"):
        draw_both(editor, make_task(HEIGHT, WIDTH), mode=mode)
        rows = sorted(editor.state()["segments"], key=lambda row: row["id"])
        areas[mode] = [row["areaPx"] for row in rows]
    assert areas["over"][0] < areas["behind"][0]
    assert areas["over"][1] > areas["behind"][1]
    assert sum(areas["over"]) == sum(areas["behind"])
