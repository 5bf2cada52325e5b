# SPDX-License-Identifier: Apache-2.0
"""Sizes of images and of their tiles. Frame: x right, y down; `size_hw` is (height, width) in px."""

from __future__ import annotations

from intarsia.core.errors import GeometryError
from intarsia.core.limits import PIXELS_MAX, SIDE_PX_MAX, TILE_SIDE_PX

SizeHW = tuple[int, int]


def check_size(size_hw: SizeHW) -> SizeHW:
    """Return (height, width) as plain ints; raise `size_out_of_range` beyond the limits."""
    height, width = int(size_hw[0]), int(size_hw[1])
    if not (1 <= height <= SIDE_PX_MAX and 1 <= width <= SIDE_PX_MAX and height * width <= PIXELS_MAX):
        raise GeometryError(
            "size_out_of_range",
            f"An image must be 1 to {SIDE_PX_MAX} px on each side and hold at most {PIXELS_MAX} pixels; "
            f"this one is {width} × {height}. Use a smaller image or cut it into parts.",
            size_hw=[height, width],
        )
    return height, width


def tile_grid(size_hw: SizeHW) -> tuple[int, int]:
    """(rows, columns) of tiles of an image."""
    return -(-size_hw[0] // TILE_SIDE_PX), -(-size_hw[1] // TILE_SIDE_PX)


def tile_size(size_hw: SizeHW, index: int) -> SizeHW:
    """(height, width) in px of the tile with row-major `index`; tiles at the right and bottom are cut to the image."""
    ty, tx = divmod(index, tile_grid(size_hw)[1])
    return (
        min(TILE_SIDE_PX, size_hw[0] - ty * TILE_SIDE_PX),
        min(TILE_SIDE_PX, size_hw[1] - tx * TILE_SIDE_PX),
    )
