# SPDX-License-Identifier: Apache-2.0
"""Random maps, shapes and edits for the laws of the core."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from intarsia.core.edit import Edit, PixelRuns, SegmentChange

Ids = NDArray[np.uint32]

EDIT_ID = "01890a5d-ac96-774b-bcce-b302099a8057"
SEGMENT_IDS = (0, 0, 1, 2, 65_535, 65_536, 65_537, (1 << 32) - 1)
segment_ids = st.sampled_from(SEGMENT_IDS)

# Mostly small, so that the naive oracle stays quick; some cross tile borders.
small_sizes = st.tuples(st.integers(1, 14), st.integers(1, 14))
border_sizes = st.sampled_from([(3, 259), (258, 2), (257, 257), (1, 513), (256, 256), (255, 258)])


@st.composite
def grids(draw: st.DrawFn, size_hw: tuple[int, int] | None = None) -> Ids:
    """Ids (H, W) of patches, uint32; at random also a noise of single pixels."""
    height, width = size_hw or draw(small_sizes)
    ids = np.full((height, width), draw(segment_ids), np.uint32)
    for _ in range(draw(st.integers(0, 5))):
        y, x = draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))
        ids[y : y + draw(st.integers(1, height)), x : x + draw(st.integers(1, width))] = draw(segment_ids)
    if draw(st.booleans()):
        rng = np.random.default_rng(draw(st.integers(0, 1 << 32)))
        noisy = rng.random((height, width)) < 0.3
        ids[noisy] = rng.choice(np.array(SEGMENT_IDS, np.uint32), int(noisy.sum()))
    return ids


@st.composite
def same_size_grids(draw: st.DrawFn, count: int, sizes: st.SearchStrategy[tuple[int, int]] = small_sizes) -> list[Ids]:
    size_hw = draw(sizes)
    return [draw(grids(size_hw)) for _ in range(count)]


def changes_between(before: Ids, after: Ids) -> PixelRuns:
    """Pixel runs that turn one grid into the other, made by numpy alone."""
    ys, xs = np.nonzero(before != after)
    ones = np.ones(ys.size, np.int64)
    return PixelRuns.from_columns(ys, xs, ones, before[ys, xs], after[ys, xs])


def edit_of(pixels: PixelRuns, *segments: SegmentChange, layer: str = "main") -> Edit:
    return Edit(id=EDIT_ID, seq=1, layer=layer, tool="pen", pixels=pixels, segments=segments)


# Fixed coordinates round an image of about 14 × 14 px: also outside, on centres, on edges and on whole pixels.
coordinates = st.one_of(
    st.integers(-1500, 5000),
    st.integers(-6, 20).map(lambda px: 256 * px),
    st.integers(-6, 20).map(lambda px: 256 * px + 128),
)
points = st.tuples(coordinates, coordinates)
radii = st.one_of(st.integers(128, 1800), st.sampled_from([128, 256, 384, 512]))
