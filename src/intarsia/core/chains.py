# SPDX-License-Identifier: Apache-2.0
"""Linked chains and cycles put in order without a loop per element: pointer doubling, as often as the longest needs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

I32 = NDArray[np.int32]


def rank_chains(previous: I32, weight: NDArray[np.integer]) -> tuple[I32, I32]:
    """First element of each element's chain, and the steps from it.

    `previous[i]` is the element before i in its chain, −1 when i begins one; no two elements share a `previous`.
    In a cycle nobody begins, so the element with the least `weight` does (weights of one cycle differ).
    """
    index = np.arange(previous.size, dtype=np.int32)
    begins = previous < 0
    first = np.where(begins, index, previous)
    steps = (~begins).astype(np.int32)
    left_over = _double(first, steps, begins)
    if left_over.size:
        heads = _cycle_heads(previous, weight, left_over)
        is_head = np.zeros(previous.size, np.bool_)
        is_head[heads] = True
        first[left_over] = previous[left_over]
        steps[left_over] = 1
        first[heads] = heads
        steps[heads] = 0
        begins |= is_head
        _double(first, steps, begins)
    return first, steps


def _double(first: I32, steps: I32, begins: NDArray[np.bool_]) -> I32:
    """Advance `first` and `steps` in place until every chain has reached its beginning; return what lies in cycles."""
    active = np.flatnonzero(~begins[first]).astype(np.int32)
    while active.size:
        via = first[active]
        steps[active] += steps[via]
        further = first[via]
        first[active] = further
        waiting = active[~begins[further]]
        # A chain that is longer than 2^k always has an element exactly 2^k from its beginning, so a round
        # in which nobody arrives leaves cycles alone.
        if waiting.size == active.size:
            return waiting
        active = waiting
    return active


def _cycle_heads(previous: I32, weight: NDArray[np.integer], members: I32) -> I32:
    """The least element of each cycle among `members`."""
    place = np.empty(previous.size, np.int32)
    place[members] = np.arange(members.size, dtype=np.int32)
    back = place[previous[members]]
    own = weight[members]
    least = own
    while True:
        # After k rounds `least` looks 2^k elements back; it is final when a whole round changes nothing.
        lower = np.minimum(least, least[back])
        if np.array_equal(lower, least):
            heads: I32 = members[least == own]
            return heads
        least = lower
        back = back[back]
