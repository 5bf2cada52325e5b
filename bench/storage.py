# SPDX-License-Identifier: Apache-2.0
"""What a labelled image takes in the database, compared with one packed label map.

The server is stopped before each look, so that nothing is left in the write-ahead log. Pictures are not counted: they
are kept as they came. Thinning is the server's own upkeep, on copies of the database whose clock runs two days ahead.
"""

import shutil
import zlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from intarsia.core.label_map import LabelMap
from intarsia.server.clock import SystemClock
from intarsia.server.db.engine import sqlite_module
from intarsia.server.settings import Settings
from intarsia.server.use_cases.keep_tidy import keep_tidy
from intarsia.server.wiring import wire
from tests.e2e.server_process import ServerProcess

from .codec import DEFLATE_LEVEL
from .harness import Row
from .save_load import SAVES_EACH, STROKES_A_SAVE, prepared_annotators, saves_of
from .scene_ids import segment_ids
from .scenes import SCENES, Scene, make_labels
from .stage import Stage

IMAGES = 20
GOAL_PACKED_MAPS = 2
DAY_MS = 86_400_000

Result = TypeVar("Result")


def measure_storage(stage: Stage, scene_name: str) -> list[Row]:
    data_dir = stage.fresh_dir() / "data"
    empty = with_server(data_dir, lambda server: None)[1]
    specs = [replace(SCENES[scene_name], seed=SCENES[scene_name].seed + i) for i in range(IMAGES)]
    scenes = [Scene(spec, make_labels(spec)) for spec in specs]
    annotators, imported = with_server(data_dir, lambda server: prepared_annotators(server.client, scenes))
    keep_copy(data_dir, "imported")
    saves, drawn = with_server(data_dir, lambda server: saves_of(server, annotators, every_s=0.5))
    keep_copy(data_dir, "drawn")
    bad = [text for _, text in saves if text]
    if bad:
        raise AssertionError(f"{len(bad)} saves failed: {bad[0]}")
    thinned = [thinned_bytes(data_dir, name) for name in ("imported", "drawn")]
    packed_kb = sum(packed_bytes(scene) for scene in scenes) / IMAGES / 1000
    sizes = [(size - empty) / IMAGES / 1000 for size in (imported, *thinned, drawn)]
    imported_kb, first_kb, thinned_kb, later_kb = sizes
    saved = f"{SAVES_EACH} saves of {STROKES_A_SAVE} strokes"
    return [
        Row("storage per labelled image, one revision", scene_name, first_kb / packed_kb, "packed maps",
            GOAL_PACKED_MAPS,
            note=f"{first_kb:.0f} kB after upkeep, {imported_kb:.0f} before; a packed map {packed_kb:.0f} kB;"
                 f" mean of {IMAGES} imports"),
        Row("storage per labelled image, thinned", scene_name, thinned_kb / packed_kb, "packed maps",
            note=f"{thinned_kb:.0f} kB; {saved}, a day later"),
        Row("storage per labelled image, all revisions", scene_name, later_kb / packed_kb, "packed maps",
            note=f"{later_kb:.0f} kB; {saved}, nothing thinned"),
    ]  # fmt: skip


def keep_copy(data_dir: Path, name: str) -> None:
    """A data folder beside this one with the database as it is now."""
    copy = data_dir.parent / name
    copy.mkdir()
    shutil.copy(data_dir / "intarsia.db", copy / "intarsia.db")


def thinned_bytes(data_dir: Path, name: str) -> int:
    """Bytes of the copy two days later: history thinned, tiles packed and swept, and the file without gaps."""
    copy = data_dir.parent / name
    later = SystemClock().now_ms() + 2 * DAY_MS
    for days in (0, 2):
        wired = wire(Settings(data_dir=copy, run_jobs=False), clock=_StoppedClock(later + days * DAY_MS))
        keep_tidy(wired.ports, pause=lambda: None)
        wired.close()
    with closing(sqlite_module().connect(copy / "intarsia.db")) as connection:
        connection.execute("VACUUM")
    return (copy / "intarsia.db").stat().st_size


@dataclass(frozen=True, slots=True)
class _StoppedClock:
    at_ms: int

    def now_ms(self) -> int:
        return self.at_ms


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
