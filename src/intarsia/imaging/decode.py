# SPDX-License-Identifier: Apache-2.0
"""From a file to what is shown: checked by its header, decoded once, turned upright, scaled to 8 bits."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from intarsia.core.limits import SIDE_PX_MAX
from intarsia.imaging.base import MAGIC_BYTES, Family, ImageError, ImageFacts
from intarsia.imaging.registry import recognise

THUMBNAIL_SIDE_PX = 256
_ORIENTATION_TAG = 0x0112
# Display range of deep images: the ends that single hot or dead pixels would stretch are cut.
_LOW_PERCENTILE, _HIGH_PERCENTILE = 0.5, 99.5
_SAMPLE_PX = 1_000_000
# Rows at a time, so that a deep image is never held as float64 in whole.
_BAND_ROWS = 256


@dataclass(frozen=True, slots=True)
class Prepared:
    """A checked image: `size_hw` upright, `display_png` None when browsers show the file itself exactly."""

    family: Family
    size_hw: tuple[int, int]
    display_png: bytes | None
    thumbnail_webp: bytes


def prepare(path: Path, *, max_px: int) -> Prepared:
    """Check and decode an untrusted file. Raises ImageError with what is wrong; writes nothing.

    Codes: `image_empty`, `image_type_unknown`, `image_damaged`, `image_too_large`.
    """
    with path.open("rb") as file:
        head = file.read(MAGIC_BYTES)
    if not head:
        raise ImageError("image_empty", "This file has no bytes. Nothing was kept. Check the original, send it again.")
    family = recognise(head)
    with _decoding(), Image.open(path, formats=family.pillow_formats) as image:
        facts = _facts(image, family, head)
        _check_size(facts, max_px=max_px)
        shown_as_is = family.shown_as_is(facts)
        size_hw = facts.size_hw
        if shown_as_is:
            # Only a thumbnail is made of it. A JPEG is then read in whole, but only every n-th pixel is computed.
            image.draft(None, (2 * THUMBNAIL_SIDE_PX, 2 * THUMBNAIL_SIDE_PX))
        image.load()
        upright = _upright_eight_bit(image)
        display = None if shown_as_is else _png(upright, icc_profile=image.info.get("icc_profile"))
        return Prepared(
            family, size_hw if shown_as_is else (upright.height, upright.width), display, _thumbnail(upright)
        )


@contextmanager
def _decoding() -> Iterator[None]:
    """Decoders raise nearly anything on hostile bytes; all of it means the same to the sender."""
    try:
        yield
    except ImageError:
        raise
    except Image.DecompressionBombError as error:
        raise _too_large(str(error)) from error
    except MemoryError as error:
        raise _too_large("It needs more memory than there is.") from error
    except Exception as error:
        raise ImageError(
            "image_damaged",
            "This image cannot be decoded; it is cut short or damaged. Nothing was kept. "
            "Open it in an image program, save it again, and send that.",
            reason=str(error)[:200],
        ) from error


def _facts(image: Image.Image, family: Family, head: bytes) -> ImageFacts:
    return ImageFacts(
        size_hw=(image.height, image.width),
        mode=image.mode,
        orientation=_orientation(image),
        frames=getattr(image, "n_frames", 1) if family.animated else 1,
        bits_per_channel=family.bits(head, image.mode),
    )


def _orientation(image: Image.Image) -> int:
    """EXIF orientation 1..8. Unreadable metadata says nothing of the pixels: such an image counts as upright."""
    try:
        value = image.getexif().get(_ORIENTATION_TAG, 1)
    except Exception:
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _check_size(facts: ImageFacts, *, max_px: int) -> None:
    height, width = facts.size_hw
    if height < 1 or width < 1:
        raise ImageError("image_damaged", "This image says that it has no pixels. Nothing was kept.")
    if max(height, width) > SIDE_PX_MAX or height * width > max_px:
        raise _too_large(f"It is {width} × {height} px; allowed are {max_px} px in all and {SIDE_PX_MAX} px a side.")


def _too_large(why: str) -> ImageError:
    return ImageError("image_too_large", f"This image is too large. {why} Nothing was kept. Cut it into parts.")


def _upright_eight_bit(image: Image.Image) -> Image.Image:
    # Some decoders turn the image themselves as they load it; then no orientation is left here.
    upright = ImageOps.exif_transpose(image) if _orientation(image) != 1 else image
    if upright.mode.startswith(("I", "F")):
        return _scaled(upright)
    if upright.mode in ("1", "L", "LA", "P", "RGB", "RGBA"):
        return upright
    if upright.mode in ("PA", "La", "RGBa"):
        return upright.convert("RGBA")
    return upright.convert("RGB")


def _scaled(image: Image.Image) -> Image.Image:
    """Deep grey to 8 bits between two percentiles, taken from evenly spaced pixels; NaN shows as the darkest."""
    values = np.asarray(image)
    low, high = _display_range(values)
    out = np.empty(values.shape, np.uint8)
    for top in range(0, values.shape[0], _BAND_ROWS):
        band = values[top : top + _BAND_ROWS].astype(np.float64)
        scaled = np.nan_to_num((band - low) * (255.0 / (high - low)), nan=0.0, posinf=255.0, neginf=0.0)
        out[top : top + _BAND_ROWS] = np.floor(np.clip(scaled, 0.0, 255.0) + 0.5)
    return Image.fromarray(out)


def _display_range(values: NDArray[Any]) -> tuple[float, float]:
    """(value shown black, value shown white), the second above the first."""
    sample = values.reshape(-1)[:: max(1, values.size // _SAMPLE_PX)].astype(np.float64)
    sample = sample[np.isfinite(sample)]
    if sample.size == 0:
        return 0.0, 1.0
    low, high = (float(value) for value in np.percentile(sample, (_LOW_PERCENTILE, _HIGH_PERCENTILE)))
    if high <= low:
        low, high = float(sample.min()), float(sample.max())
    return (low, high) if high > low else (low, low + 1.0)


def _png(image: Image.Image, *, icc_profile: bytes | None) -> bytes:
    out = io.BytesIO()
    profile = icc_profile if image.mode in ("RGB", "RGBA", "P") else None
    image.save(out, format="PNG", compress_level=3, icc_profile=profile)
    return out.getvalue()


def _thumbnail(image: Image.Image) -> bytes:
    small = image.convert("RGBA" if "A" in image.mode or "transparency" in image.info else "RGB")
    small.thumbnail((THUMBNAIL_SIDE_PX, THUMBNAIL_SIDE_PX))
    out = io.BytesIO()
    small.save(out, format="WEBP", quality=80, method=1)
    return out.getvalue()
