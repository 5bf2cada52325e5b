# SPDX-License-Identifier: Apache-2.0
"""COCO run lengths of every segment of a map at once, against pycocotools mask by mask, equal to the bit.

Both start from the same (H, W) ids and end with the compressed strings. For pycocotools each segment's mask is made as
its callers make it, and counts: that is where an all-at-once encoder saves.
"""

import time
from importlib.metadata import version

import numpy as np
from pycocotools import mask as peer

from intarsia.core.coco_rle import encode_all

from .harness import Reference, Row, median, timed_ms
from .scene_ids import segment_ids
from .scenes import load_scene

REPEATS = 5
TIMES_FASTER = 50
# Masks that the peer is timed on, evenly spread over the ids: all of scene M take it minutes.
SAMPLE = 20


def measure_run_lengths(_stage: object, scene_name: str) -> list[Row]:
    scene = load_scene(scene_name)
    ids = segment_ids(scene)[scene.labels]
    ours = median(timed_ms(lambda: encode_all(ids).strings(), repeats=REPEATS))
    strings = encode_all(ids).strings()
    sample = sorted(strings)[:: max(1, len(strings) // SAMPLE)][:SAMPLE]
    start = time.perf_counter()
    found = {segment_id: one_mask(ids, segment_id) for segment_id in sample}
    theirs = (time.perf_counter() - start) * 1000 * len(strings) / len(sample)
    if any(strings[segment_id] != text for segment_id, text in found.items()):
        raise AssertionError("the strings differ from those of pycocotools")
    what = f"pycocotools {version('pycocotools')} mask by mask, {len(sample)} masks live, scaled"
    note = f"{len(strings)} strings; those of the sample equal to the bit; the goal is {TIMES_FASTER} times faster"
    return [
        Row("COCO run lengths of every segment", scene_name, ours, "ms", theirs / TIMES_FASTER,
            Reference("peer", theirs, what), note),
    ]  # fmt: skip


def one_mask(ids: np.ndarray, segment_id: int) -> str:
    counts: bytes = peer.encode(np.asfortranarray(ids == segment_id, dtype=np.uint8))["counts"]
    return counts.decode("ascii")
