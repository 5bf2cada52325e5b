# SPDX-License-Identifier: Apache-2.0
"""COCO run lengths: those of pycocotools to the bit, and hostile ones refused with a code before memory is taken."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycocotools import mask as coco_mask

from intarsia.core.coco_rle import compress_counts, encode_all, expand_string, read_counts, region_of_counts
from intarsia.core.errors import CodecError, GeometryError
from intarsia.core.runs import Region

from . import region_oracle
from .map_kinds import random_maps
from .strategies import Ids, grids


def drawn(region: Region, size_hw: tuple[int, int]) -> Ids:
    mask = np.zeros(size_hw, np.uint32)
    for y, x0, x1 in region.runs():
        mask[y, x0:x1] += 1
    return mask


@settings(max_examples=150, deadline=None)
@given(grids())
def test_all_ids_at_once_equal_one_mask_at_a_time(ids: Ids) -> None:
    size_hw = (ids.shape[0], ids.shape[1])
    encoded = encode_all(ids)
    strings = encoded.strings()
    assert list(strings) == np.unique(ids).tolist()
    for segment_id, text in strings.items():
        mask = ids == segment_id
        counts = encoded.counts_of(segment_id)
        assert counts == region_oracle.counts_of(mask)
        assert text == region_oracle.string_of(counts) == compress_counts(counts)
        assert expand_string(text, size_hw=size_hw).tolist() == counts
        region = region_of_counts(read_counts(counts, size_hw=size_hw), size_hw=size_hw)
        assert np.array_equal(drawn(region, size_hw), mask)


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
def test_strings_are_those_of_pycocotools_and_it_reads_ours() -> None:
    rng = np.random.default_rng(1)
    wide = [np.kron(rng.integers(0, 4, (7, 9)), np.ones((k, 41))).astype(np.uint32) for k in (1, 30, 400)]
    for ids in [*random_maps(500, seed=2, side_max=30), *wide]:
        for segment_id, text in encode_all(ids).strings().items():
            mask = np.asfortranarray(ids == segment_id, np.uint8)
            theirs = coco_mask.encode(mask)
            assert theirs["counts"].decode("ascii") == text
            assert np.array_equal(coco_mask.decode({"size": list(ids.shape), "counts": text}), mask)


def test_an_id_without_pixels_is_one_run_of_zeros() -> None:
    assert encode_all(np.ones((3, 4), np.uint8)).counts_of(2) == [12]
    assert encode_all(np.ones((3, 4), np.uint8)).counts_of(1) == [0, 12]


def test_numbers_longer_than_needed_and_counts_of_nothing_are_read() -> None:
    assert expand_string("3P01", size_hw=(2, 2)).tolist() == [3, 0, 1]
    region = region_of_counts(read_counts([1, 1, 0, 1, 1], size_hw=(2, 2)), size_hw=(2, 2))
    assert region.runs() == [(0, 1, 2), (1, 0, 1)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "bad_rle_string"),
        ("é", "bad_rle_string"),
        ("/4", "bad_rle_string"),
        ("p", "bad_rle_string"),
        ("4P", "bad_rle_string"),
        ("PPPPPPP0", "bad_rle_string"),
        ("oooooo0", "bad_counts"),
        ("O5", "bad_counts"),
        ("3", "bad_counts"),
        ("5", "bad_counts"),
        ("13OL4", "bad_counts"),
        ("0" * 9, "bad_counts"),
    ],
)
def test_hostile_strings_have_a_code(text: str, code: str) -> None:
    for given_text in (text, text.encode("utf-8")):
        with pytest.raises(CodecError) as refused:
            expand_string(given_text, size_hw=(2, 2))
        assert refused.value.code == code


@pytest.mark.parametrize(
    "counts",
    [[], [3], [5], [-1, 5], [4, -4, 4], [2.0, 2.0], [True, 3], ["4"], [None], [1 << 70], [float("nan")], [[4]]],
)
def test_hostile_counts_have_a_code(counts: list[object]) -> None:
    with pytest.raises(CodecError) as refused:
        read_counts(counts, size_hw=(2, 2))
    assert refused.value.code == "bad_counts"


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(min_codepoint=40, max_codepoint=120), max_size=40), st.integers(1, 40))
def test_any_string_is_read_or_refused_and_what_is_read_fills_the_image(text: str, side: int) -> None:
    try:
        counts = expand_string(text, size_hw=(side, 3))
    except CodecError as refused:
        assert refused.code in ("bad_rle_string", "bad_counts")
    else:
        assert int(counts.sum()) == side * 3
        assert int(counts.min()) >= 0


def test_a_damaged_mask_of_the_largest_image_takes_no_memory() -> None:
    size_hw = (16_384, 16_384)
    tracemalloc.start()
    for hostile in ("ooooo1", "1" * 1000, compress_counts([16_384 * 16_384 + 1])):
        with pytest.raises(CodecError):
            expand_string(hostile, size_hw=size_hw)
    with pytest.raises(CodecError):
        read_counts([1 << 29], size_hw=size_hw)
    with pytest.raises(GeometryError):
        expand_string("1", size_hw=(1 << 20, 1 << 20))
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak_bytes < 1_000_000
