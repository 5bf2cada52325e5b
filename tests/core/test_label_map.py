# SPDX-License-Identifier: Apache-2.0
"""The label map: views of one grid, sharing of tiles, checksums."""

from __future__ import annotations

import hashlib
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intarsia.core.errors import CodecError, GeometryError
from intarsia.core.label_map import LabelMap
from intarsia.core.pixel_runs import PixelRuns

from .strategies import Ids, border_sizes, changes_between, grids, same_size_grids, small_sizes

sizes = st.one_of(small_sizes, border_sizes)


@given(sizes.flatmap(grids))
@settings(max_examples=80)
def test_views_agree_with_the_array(ids: Ids) -> None:
    label_map = LabelMap.from_array(ids)
    height, width = ids.shape
    assert label_map.size_hw == (height, width)
    assert np.array_equal(label_map.to_array(), ids)
    values, counts = np.unique(ids, return_counts=True)
    assert label_map.areas() == dict(zip(values.tolist(), counts.tolist(), strict=True))
    assert label_map.labelled_px() == int((ids != 0).sum())
    for x, y in ((0, 0), (width - 1, height - 1), (width // 2, height // 2)):
        assert label_map.get(x, y) == int(ids[y, x])


@given(sizes.flatmap(grids))
@settings(max_examples=80)
def test_payloads_and_pack_give_the_map_back(ids: Ids) -> None:
    label_map = LabelMap.from_array(ids)
    payloads = {i: label_map.tile_payload(i) for i in range(label_map.tile_count) if not label_map.is_unlabelled(i)}
    for again in (
        LabelMap.from_payloads(label_map.size_hw, payloads),
        LabelMap.from_pack(label_map.size_hw, label_map.to_pack()),
    ):
        assert again == label_map
        assert np.array_equal(again.to_array(), ids)
        assert again.checksum("main") == label_map.checksum("main")


def test_checksum_is_the_one_of_the_page() -> None:
    ids = np.zeros((257, 300), np.uint32)
    ids[256, 299] = 70_000
    label_map = LabelMap.from_array(ids)
    names = b"".join(hashlib.sha256(label_map.tile_payload(i)).digest() for i in range(4))
    name = "Größe".encode()
    text = b"intarsia-map1" + struct.pack("<H", len(name)) + name + struct.pack("<II", 257, 300) + names
    assert label_map.checksum("Größe") == hashlib.sha256(text).hexdigest()
    assert label_map.checksum("Größe") != label_map.checksum("main")


def test_checksums_of_transposed_sizes_differ() -> None:
    assert LabelMap.empty((2, 3)).checksum("main") != LabelMap.empty((3, 2)).checksum("main")


@given(same_size_grids(2, st.one_of(small_sizes, border_sizes)))
@settings(max_examples=80)
def test_with_pixels_writes_just_the_pixels_and_shares_the_other_tiles(pair: list[Ids]) -> None:
    before, after = pair
    label_map = LabelMap.from_array(before)
    pixels = changes_between(before, after)
    changed = label_map.with_pixels(pixels)
    assert np.array_equal(changed.to_array(), after)
    assert np.array_equal(label_map.to_array(), before)
    assert changed == LabelMap.from_array(after)
    touched = changed.changed_tiles(label_map)
    assert touched == pixels.tile_indices(label_map.size_hw)
    for index in range(label_map.tile_count):
        if index not in touched:
            assert changed.tile_payload(index) is label_map.tile_payload(index)


def test_tiles_are_read_only() -> None:
    ids = np.ones((3, 4), np.uint32)
    maps = [LabelMap.from_array(ids), LabelMap.empty((3, 4))]
    maps.append(LabelMap.from_payloads((3, 4), {0: LabelMap.from_array(np.eye(3, 4, dtype=np.uint32)).tile_payload(0)}))
    for label_map in maps:
        with pytest.raises(ValueError, match="read-only"):
            label_map.tile_array(0)[0, 0] = 9
    ids[0, 0] = 5
    assert maps[0].get(0, 0) == 1


def test_payloads_are_looked_at_only_when_needed() -> None:
    label_map = LabelMap.from_payloads((10, 600), {2: b"not a tile"})
    assert label_map.get(300, 5) == 0
    assert label_map.with_pixels(PixelRuns.from_runs([(0, 0, 5, 0, 7)])).get(4, 0) == 7
    with pytest.raises(CodecError):
        label_map.get(599, 5)


def test_an_empty_map_of_the_largest_size_is_small_and_quick() -> None:
    label_map = LabelMap.empty((4096, 65_535))
    assert label_map.tile_count == 16 * 256
    assert label_map.is_unlabelled(4095)
    assert label_map.labelled_px() == 0


@pytest.mark.parametrize("size_hw", [(0, 1), (1, 0), (65_536, 1), (20_000, 20_000)])
def test_sizes_out_of_range(size_hw: tuple[int, int]) -> None:
    with pytest.raises(GeometryError) as refused:
        LabelMap.empty(size_hw)
    assert refused.value.code == "size_out_of_range"


@pytest.mark.parametrize(("x", "y"), [(-1, 0), (0, -1), (4, 0), (0, 3)])
def test_pixels_outside_the_image(x: int, y: int) -> None:
    with pytest.raises(GeometryError) as refused:
        LabelMap.empty((3, 4)).get(x, y)
    assert refused.value.code == "out_of_image"


@pytest.mark.parametrize("ids", [np.array([[1 << 32]], np.uint64), np.array([[-1]]), np.array([[1.0]])])
def test_ids_beyond_uint32_are_refused_not_wrapped(ids: Ids) -> None:
    with pytest.raises(GeometryError) as refused:
        LabelMap.from_array(ids)
    assert refused.value.code == "id_out_of_range"
