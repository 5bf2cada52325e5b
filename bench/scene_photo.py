# SPDX-License-Identifier: Apache-2.0
"""A picture to lie under a scene: gradients, clouds, a tint per segment and grain, so that a JPEG of it costs what a
photograph's costs to fetch, decode and draw."""

import numpy as np
import numpy.typing as npt
from PIL import Image

from .integer_noise import below, hashed, value_noise_band
from .scenes import BAND_ROWS, CACHE_DIR, GENERATOR_VERSION, Labels, Scene

JPEG_QUALITY = 88
TINT = 40
CLOUDS = ((8, 36), (4, 12))
"""(log2 of the spacing in px, amplitude in grey levels) of the large and the small structure."""


def load_photo_jpeg(scene: Scene) -> bytes:
    """The scene's picture as JPEG bytes from the cache, made first when it is not there."""
    path = CACHE_DIR / f"{scene.spec.name}-v{GENERATOR_VERSION}.jpg"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        half_written = path.with_suffix(".part.jpg")
        Image.fromarray(make_photo(scene)).save(half_written, "JPEG", quality=JPEG_QUALITY)
        half_written.replace(path)
    return path.read_bytes()


def make_photo(scene: Scene) -> npt.NDArray[np.uint8]:
    """(H, W, 3) uint8 RGB."""
    height, width = scene.spec.size_hw
    photo = np.empty((height, width, 3), dtype=np.uint8)
    segments = np.arange(scene.spec.segments + 1)
    tints = np.stack([below(scene.spec.seed, 32 + c, segments, 2 * TINT) - TINT for c in range(3)], axis=-1)
    for top in range(0, height, BAND_ROWS):
        rows = range(top, min(top + BAND_ROWS, height))
        part = slice(rows[0], rows[-1] + 1)
        photo[part] = _band(scene, rows=rows, labels=scene.labels[part], tints=tints)
    return photo


def _band(scene: Scene, *, rows: range, labels: Labels, tints: npt.NDArray[np.int32]) -> npt.NDArray[np.uint8]:
    height, width = scene.spec.size_hw
    seed = scene.spec.seed
    ys = np.arange(rows[0], rows[-1] + 1, dtype=np.int32)[:, None]
    light = 170 - ys * np.int32(90) // np.int32(height) + np.zeros((1, width), dtype=np.int32)
    for number, (spacing_log2, amplitude) in enumerate(CLOUDS):
        light += value_noise_band(
            seed, 40 + number, rows=rows, width=width, spacing_log2=spacing_log2, amplitude=amplitude
        )
    counters = ys.astype(np.uint64) * np.uint64(width) + np.arange(width, dtype=np.uint64)
    grain = hashed(seed, 48, counters).view(np.uint8).reshape(len(rows), width, 8)[..., :3] >> 3
    return np.clip(light[..., None] + tints[labels] + grain, 0, 255).astype(np.uint8)
