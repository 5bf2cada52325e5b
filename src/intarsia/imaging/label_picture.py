# SPDX-License-Identifier: Apache-2.0
"""A small picture of a label map: each class in its colour, nothing where nobody has labelled."""

from __future__ import annotations

import io
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from PIL import Image

RGB = tuple[int, int, int]
MEDIA_TYPE = "image/webp"


def label_picture(ids: NDArray[np.uint32], colours: Mapping[int, RGB]) -> bytes:
    """Lossless WebP of (H, W) ids. Ids without a colour, and 0, are transparent."""
    values, places = np.unique(ids, return_inverse=True)
    table = np.zeros((values.size, 4), np.uint8)
    for at, value in enumerate(values.tolist()):
        colour = colours.get(value) if value else None
        if colour is not None:
            table[at] = (*colour, 255)
    out = io.BytesIO()
    Image.fromarray(table[places.reshape(ids.shape)]).save(out, format="WEBP", lossless=True, method=0)
    return out.getvalue()
