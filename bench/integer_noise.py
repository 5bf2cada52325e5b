# SPDX-License-Identifier: Apache-2.0
"""The one seeded generator behind all scenes: a counter hashed to 64 bits, and value noise made from it.

Integers only, so that a scene is the same to the bit on every machine.
"""

import numpy as np
import numpy.typing as npt

U64 = npt.NDArray[np.uint64]
I32 = npt.NDArray[np.int32]

_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX_A = np.uint64(0xBF58476D1CE4E5B9)
_MIX_B = np.uint64(0x94D049BB133111EB)


def hashed(seed: int, stream: int, counters: npt.ArrayLike) -> U64:
    """64 well mixed bits for each counter (splitmix64's finaliser). ``stream`` separates uses of one seed."""
    start = np.uint64((seed * 0xD1342543DE82EF95 + stream * 0xDA942042E4DD58B5 + 1) % 2**64)
    z = (np.atleast_1d(np.asarray(counters, dtype=np.uint64)) + np.uint64(1)) * _STEP + start
    z = (z ^ (z >> np.uint64(30))) * _MIX_A
    z = (z ^ (z >> np.uint64(27))) * _MIX_B
    z ^= z >> np.uint64(31)
    return z.reshape(np.shape(counters))


def below(seed: int, stream: int, counters: npt.ArrayLike, limit: int) -> I32:
    """An integer in [0, limit) for each counter; ``limit`` up to 2^31 - 1."""
    return (((hashed(seed, stream, counters) >> np.uint64(33)) * np.uint64(limit)) >> np.uint64(31)).astype(np.int32)


def value_noise_band(seed: int, stream: int, *, rows: range, width: int, spacing_log2: int, amplitude: int) -> I32:
    """(len(rows), width) band of value noise in [-amplitude, amplitude].

    Lattice values lie 2^spacing_log2 px apart and are joined bilinearly; the band depends on its place alone, so bands
    of one image fit. ``amplitude`` times 4^spacing_log2 must stay below 2^31.
    """
    spacing = 1 << spacing_log2
    columns = (width >> spacing_log2) + 2
    first, last = rows[0] >> spacing_log2, (rows[-1] >> spacing_log2) + 1
    lattice_rows = np.arange(first, last + 1, dtype=np.uint64)[:, None]
    counters = lattice_rows * np.uint64(1 << 20) + np.arange(columns, dtype=np.uint64)[None, :]
    lattice = below(seed, stream, counters, 2 * amplitude + 1) - np.int32(amplitude)
    xs = np.arange(width)
    at_x, part_x = xs >> spacing_log2, (xs & (spacing - 1)).astype(np.int32)
    wide = lattice[:, at_x] * (np.int32(spacing) - part_x) + lattice[:, at_x + 1] * part_x
    ys = np.arange(rows[0], rows[-1] + 1)
    at_y, part_y = (ys >> spacing_log2) - first, (ys & (spacing - 1)).astype(np.int32)[:, None]
    band: I32 = wide[at_y] * (np.int32(spacing) - part_y)
    band += wide[at_y + 1] * part_y
    band >>= 2 * spacing_log2
    return band
