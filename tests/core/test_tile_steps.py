# SPDX-License-Identifier: Apache-2.0
"""Steps of borders are run lengths in another form, for every tile."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from intarsia.core.tile_steps import lengths_of_steps, steps_of_lengths

SHAPES = npst.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=30) | st.sampled_from(
    [(1, 256), (256, 1), (256, 256), (3, 255)]
)


def naive_steps(lengths: list[int], width: int) -> tuple[list[int], list[int]]:
    """As the text says it, run by run."""
    across, down, end, y_before = [], [], -1, 0
    rows: dict[int, list[int]] = {}
    for length in lengths:
        end += length
        y, x = divmod(end, width)
        row = rows.setdefault(y, [])
        above = rows.get(y - 1, [])
        across.append((x - (above[len(row)] if len(above) > len(row) else 0)) % 256)
        down.append(y - y_before)
        row.append(x)
        y_before = y
    return across, down


def lengths_of(ids: np.ndarray) -> np.ndarray:
    flat = ids.reshape(-1)
    starts = np.concatenate(([0], np.flatnonzero(flat[1:] != flat[:-1]) + 1))
    return np.diff(starts, append=flat.size)


@given(st.data())
def test_steps_are_as_written_and_lead_back(data: st.DataObject) -> None:
    shape = data.draw(SHAPES)
    ids = data.draw(npst.arrays(np.uint8, shape, elements=st.integers(0, 2), fill=st.integers(0, 2)))
    lengths = lengths_of(ids)
    across, down = steps_of_lengths(lengths, shape[1])
    assert (across.tolist(), down.tolist()) == naive_steps(lengths.tolist(), shape[1])
    assert np.array_equal(lengths_of_steps(across, down, shape[1]), lengths)


@pytest.mark.parametrize("shape", [(1, 1), (256, 256), (1, 256), (256, 1)])
def test_a_uniform_tile_is_one_step(shape: tuple[int, int]) -> None:
    across, down = steps_of_lengths(np.array([shape[0] * shape[1]]), shape[1])
    assert (across.tolist(), down.tolist()) == ([shape[1] - 1], [shape[0] - 1])


@given(npst.arrays(np.uint8, st.tuples(st.just(2), st.integers(1, 60))), st.integers(1, 256))
def test_any_bytes_give_some_lengths(steps: np.ndarray, width: int) -> None:
    """Nothing but numbers comes of hostile bytes; those that are lengths of a tile give the same steps again."""
    lengths = lengths_of_steps(steps[0], steps[1], width)
    assert lengths.shape == steps[0].shape
    ends = np.cumsum(lengths) - 1
    if lengths.min() >= 1 and ends[-1] < 256 * width and np.array_equal(np.cumsum(steps[1].astype(int)), ends // width):
        across, down = steps_of_lengths(lengths, width)
        assert np.array_equal(across, steps[0]) and np.array_equal(down, steps[1])
