# SPDX-License-Identifier: Apache-2.0
"""What a labelled image takes in the database, compared with one packed label map.

The server is stopped before each look, so that nothing is left in the write-ahead log. Pictures are not counted: they
are kept as they came.
"""

import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from intarsia.core.label_map import LabelMap
from tests.e2e.server_process import ServerProcess

from .codec import DEFLATE_LEVEL
from .harness import Row
from .save_load import SAVES_EACH, STROKES_A_SAVE, prepared_annotators, saves_of
from .scene_ids import segment_ids
from .scenes import SCENES, Scene, make_labels
from .stage import Stage

IMAGES = 20
GOAL_PACKED_MAPS = 2

Result = TypeVar("Result")


def measure_storage(stage: Stage, scene_name: str) -> list[Row]:
    data_dir = stage.fresh_dir() / "data"
    empty = with_server(data_dir, lambda server: None)[1]
    specs = [replace(SCENES[scene_name], seed=SCENES[scene_name].seed + i) for i in range(IMAGES)]
    scenes = [Scene(spec, make_labels(spec)) for spec in specs]
    annotators, imported = with_server(data_dir, lambda server: prepared_annotators(server.client, scenes))
    saves, drawn = with_server(data_dir, lambda server: saves_of(server, annotators, every_s=0.5))
    bad = [text for _, text in saves if text]
    if bad:
        raise AssertionError(f"{len(bad)} saves failed: {bad[0]}")
    packed_kb = sum(packed_bytes(scene) for scene in scenes) / IMAGES / 1000
    each_kb, later_kb = ((size - empty) / IMAGES / 1000 for size in (imported, drawn))
    return [
        Row("storage per labelled image, one revision", scene_name, each_kb / packed_kb, "packed maps",
            GOAL_PACKED_MAPS,
            note=f"{each_kb:.0f} kB in the database, a packed map {packed_kb:.0f} kB; mean of {IMAGES} imports"),
        Row("storage per labelled image, all revisions", scene_name, later_kb / packed_kb, "packed maps",
            note=f"{later_kb:.0f} kB; {SAVES_EACH} saves of {STROKES_A_SAVE} strokes, nothing thinned"),
    ]  # fmt: skip


def packed_bytes(scene: Scene) -> int:
    return len(zlib.compress(LabelMap.from_array(segment_ids(scene)[scene.labels]).to_pack(), DEFLATE_LEVEL))


def with_server(data_dir: Path, work: Callable[[ServerProcess], Result]) -> tuple[Result, int]:
    """What ``work`` gives on a server over this folder, and the bytes of its databases after the server's end."""
    server = ServerProcess(data_dir)
    try:
        server.start()
        server.sign_in()
        found = work(server)
    finally:
        server.stop()
    return found, sum(path.stat().st_size for path in data_dir.iterdir() if path.name.startswith("intarsia.db"))
