# SPDX-License-Identifier: Apache-2.0
"""Encode and decode the label map of scene M in Python, against a floor measured on the spot.

Encode: (H, W) ids to a pack of all tiles, compressed as it would travel. Decode: the other way, every pixel read.
Floor: the whole map as one run-length list through zstd at level 1, which is about as little as any exact form can cost
and has none of the tiles, names and checks.
"""

import zlib

import numpy as np
import numpy.typing as npt
import zstandard

from intarsia.core.label_map import LabelMap

from .harness import Reference, Row, median, timed_ms
from .scene_ids import segment_ids
from .scenes import load_scene

REPEATS = 9
DEFLATE_LEVEL = 1
ENCODE_GOAL_MS, DECODE_GOAL_MS, PACKED_GOAL_MB = 60, 40, 0.25


def measure_codec(_stage: object, scene_name: str) -> list[Row]:
    scene = load_scene(scene_name)
    ids = segment_ids(scene)[scene.labels]
    height, width = ids.shape
    pack = LabelMap.from_array(ids).to_pack()
    packed = zlib.compress(pack, DEFLATE_LEVEL)
    floor_encode, floor_decode, floor_bytes = measure_floor(ids)

    encode = timed_ms(lambda: zlib.compress(LabelMap.from_array(ids).to_pack(), DEFLATE_LEVEL), repeats=REPEATS)
    to_pack = timed_ms(lambda: LabelMap.from_array(ids).to_pack(), repeats=REPEATS)
    decode = timed_ms(lambda: LabelMap.from_pack((height, width), zlib.decompress(packed)).to_array(), repeats=REPEATS)
    if not np.array_equal(LabelMap.from_pack((height, width), pack).to_array(), ids):
        raise AssertionError("the decoded map differs from the encoded one")
    floor = "run-length + zstd-1, live"
    return [
        Row("label map encode, Python", scene_name, median(encode), "ms", _goal(scene_name, ENCODE_GOAL_MS),
            Reference("floor", median(floor_encode), floor), f"{median(to_pack):.0f} ms before compression"),
        Row("label map decode, Python", scene_name, median(decode), "ms", _goal(scene_name, DECODE_GOAL_MS),
            Reference("floor", median(floor_decode), floor)),
        Row("label map packed, deflate", scene_name, len(packed) / 1e6, "MB", _goal(scene_name, PACKED_GOAL_MB),
            Reference("floor", floor_bytes / 1e6, floor), f"{len(pack) / 1e6:.2f} MB before compression"),
    ]  # fmt: skip


def _goal(scene_name: str, goal: float) -> float | None:
    return goal if scene_name == "M" else None


def measure_floor(ids: npt.NDArray[np.uint32]) -> tuple[list[float], list[float], int]:
    """Durations in ms of encoding and decoding one run-length list with zstd-1, and its size in bytes."""
    stored = floor_encoded(ids)
    if not np.array_equal(floor_decoded(stored, ids.shape), ids):
        raise AssertionError("the floor's own round trip failed")
    encode = timed_ms(lambda: floor_encoded(ids), repeats=REPEATS)
    decode = timed_ms(lambda: floor_decoded(stored, ids.shape), repeats=REPEATS)
    return encode, decode, len(stored)


def floor_encoded(ids: npt.NDArray[np.uint32]) -> bytes:
    flat = ids.reshape(-1)
    starts = np.concatenate(([0], np.flatnonzero(flat[1:] != flat[:-1]) + 1))
    lengths = np.diff(starts, append=flat.size).astype("<u4")
    runs = np.concatenate((flat[starts].astype("<u4"), lengths)).tobytes()
    return zstandard.ZstdCompressor(level=1).compress(runs)


def floor_decoded(stored: bytes, shape: tuple[int, ...]) -> npt.NDArray[np.uint32]:
    values = np.frombuffer(zstandard.ZstdDecompressor().decompress(stored), "<u4")
    owners, lengths = values[: values.size // 2], values[values.size // 2 :]
    return np.repeat(owners, lengths).reshape(shape)
