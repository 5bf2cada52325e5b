# SPDX-License-Identifier: Apache-2.0
"""The same label map through the TypeScript core in Chromium: gzipped pack to label map and back again."""

import gzip
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Route

from intarsia.core.label_map import LabelMap
from tests.e2e.browser import persistent_context

from .harness import ROOT, WORK_DIR, Row, median
from .scene_ids import segment_ids
from .scenes import load_scene
from .stage import Stage

REPEATS = 9
GOAL_MS = 60
ORIGIN = "http://127.0.0.1:9"
"""No server listens here: every request is answered by ``answer`` below."""
PAGE_DIR = Path(__file__).resolve().parent / "page"


def measure_codec_in_browser(stage: Stage, scene_name: str) -> list[Row]:
    scene = load_scene(scene_name)
    label_map = LabelMap.from_array(segment_ids(scene)[scene.labels])
    zipped = gzip.compress(label_map.to_pack(), 6, mtime=0)
    core = stripped_core()

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN)
        if path == "/":
            route.fulfill(content_type="text/html", body='<script type="module" src="/codec_page.js"></script>')
        elif path == "/pack":
            route.fulfill(content_type="application/octet-stream", body=zipped)
        else:
            folder, name = (core, path.removeprefix("/core/")) if path.startswith("/core/") else (PAGE_DIR, path[1:])
            route.fulfill(content_type="text/javascript", path=folder / name)

    WORK_DIR.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=WORK_DIR) as profile, persistent_context(stage.driver, Path(profile)) as context:
        page = context.new_page()
        page.route("**/*", answer)
        page.goto(f"{ORIGIN}/")
        page.wait_for_function("() => window.measureCodec")
        found = page.evaluate(
            "([size, repeats]) => window.measureCodec('/pack', size, repeats)", [list(scene.spec.size_hw), REPEATS]
        )
    if found["checksum"] != label_map.checksum("main"):
        raise AssertionError("the browser's label map differs from the one that was sent")
    goal = GOAL_MS if scene_name == "M" else None
    return [
        Row("label map encode, browser", scene_name, median(found["encode"]), "ms", goal,
            note=f"{median(found['gzip']):.0f} ms of it compression; slowest {max(found['encode']):.0f}"),
        Row("label map decode, browser", scene_name, median(found["decode"]), "ms", goal,
            note=f"{median(found['gunzip']):.0f} ms of it decompression; slowest {max(found['decode']):.0f}"),
    ]  # fmt: skip


def stripped_core() -> Path:
    """The core as plain JavaScript in a folder of its own."""
    target = WORK_DIR / "core_js"
    strip = ["node", "--disable-warning=ExperimentalWarning", str(PAGE_DIR / "strip_types.mjs")]
    subprocess.run([*strip, str(ROOT / "web" / "src" / "core"), str(target)], check=True)
    return target
