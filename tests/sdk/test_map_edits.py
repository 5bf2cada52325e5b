# SPDX-License-Identifier: Apache-2.0
"""The edits that lead from one map to another lead there exactly, in pieces of any size."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from intarsia.core.edit import apply_pixels
from intarsia.core.label_map import LabelMap
from intarsia.core.pixel_runs import PixelRuns
from intarsia.sdk.map_edits import changed_runs, pieces

ids = st.sampled_from((0, 1, 2, 65_536, 2**32 - 1))
pairs = npst.array_shapes(min_dims=2, max_dims=2, max_side=20).flatmap(
    lambda shape: st.tuples(npst.arrays(np.uint32, shape, elements=ids), npst.arrays(np.uint32, shape, elements=ids))
)


@given(pairs, st.integers(1, 9))
def test_the_pieces_lead_from_one_map_to_the_other(maps: tuple[np.ndarray, np.ndarray], runs_max: int) -> None:
    before, after = maps
    runs = changed_runs(before, after)
    assert runs.pixel_count == np.count_nonzero(before != after)
    reached = LabelMap.from_array(before)
    listed = list(pieces(runs, runs_max=runs_max))
    for part in listed:
        assert part.run_count <= runs_max
        assert PixelRuns.decode(part.encode(), before.shape) == part, "canonical: another decoder takes it"
        reached = apply_pixels(reached, part)
    assert np.array_equal(reached.to_array(), after)
    assert len(listed) == max(1, -(-runs.run_count // runs_max))
