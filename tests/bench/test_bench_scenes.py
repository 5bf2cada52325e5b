# SPDX-License-Identifier: Apache-2.0
"""The scenes are what they claim to be, the same on every machine, and made in bands that fit."""

import hashlib

import numpy as np
import pytest

from bench import scenes
from bench.integer_noise import below, value_noise_band
from bench.scene_photo import make_photo
from bench.scenes import SCENES, Scene, SceneSpec, make_labels, roughness

SMALL = SceneSpec("small", (300, 420), 30, seed=7)


def test_every_pixel_is_labelled_and_every_segment_has_pixels() -> None:
    labels = make_labels(SMALL)
    assert labels.shape == SMALL.size_hw
    assert np.array_equal(np.unique(labels), np.arange(1, 31))


def test_scene_s_is_the_same_to_the_bit_on_every_machine() -> None:
    labels = make_labels(SCENES["S"])
    digest = hashlib.sha256(labels.astype("<u2").tobytes()).hexdigest()
    assert digest == "93501dc2640d053a1fb3a046f8b1f8a0ab6ff2ffc32511ef9de5f387c4a4b24f"


def test_scene_s_is_as_rough_as_stated() -> None:
    found = roughness(make_labels(SCENES["S"]))
    assert 1.5 < found.winding < 2.5
    assert found.border_px_per_segment > 1_000


def test_bands_fit_whatever_their_height(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = make_labels(SMALL)
    monkeypatch.setattr(scenes, "BAND_ROWS", 7)
    assert np.array_equal(make_labels(SMALL), whole)


def test_nine_comparisons_find_the_nearest_of_all_sites() -> None:
    """An oracle that compares with every site; owners agree wherever no two sites are equally near."""
    sites = scenes._Sites.of(SMALL)
    xs, ys = scenes._displaced_centres(SMALL, rows=range(40, 44))
    inner_x, inner_y = sites.xs[1:-1, 1:-1].ravel(), sites.ys[1:-1, 1:-1].ravel()
    far = (xs[..., None].astype(np.int64) - inner_x) ** 2 + (ys[..., None].astype(np.int64) - inner_y) ** 2
    inside = (xs >= 0) & (xs < 420 * scenes.SUBPIXEL) & (ys >= 0) & (ys < 300 * scenes.SUBPIXEL)
    ordered = np.sort(far, axis=-1)
    clear = inside & (ordered[..., 0] < ordered[..., 1])
    expected = sites.owners[1:-1, 1:-1].ravel()[np.argmin(far, axis=-1)]
    assert np.count_nonzero(clear) > 1_000
    assert np.array_equal(sites.nearest(xs, ys)[clear], expected[clear])


def test_stuff_and_things_are_mixed() -> None:
    scene = Scene(SMALL, make_labels(SMALL))
    classes = [scene.class_of(segment) for segment in range(1, 31)]
    stuff = len(scenes.STUFF_NAMES)
    assert classes[:stuff] == list(range(1, stuff + 1))
    assert all(stuff < number <= stuff + len(scenes.THING_NAMES) for number in classes[stuff:])
    assert len(set(classes[stuff:])) > 4


def test_a_scene_without_segments_is_unlabelled() -> None:
    assert not make_labels(SceneSpec("none", (40, 50), 0)).any()


def test_too_many_segments_for_the_pixels_are_refused() -> None:
    with pytest.raises(ValueError, match="segments have pixels"):
        make_labels(SceneSpec("crowded", (20, 20), 300))


def test_noise_keeps_its_amplitude_and_reaches_it() -> None:
    band = value_noise_band(3, 1, rows=range(0, 256), width=256, spacing_log2=3, amplitude=20)
    assert band.min() >= -20
    assert band.max() <= 20
    assert band.max() - band.min() > 30


def test_drawn_integers_fill_their_range() -> None:
    drawn = below(1, 1, np.arange(10_000), 10)
    assert np.array_equal(np.unique(drawn), np.arange(10))
    assert np.bincount(drawn).min() > 800


def test_roughness_of_known_maps() -> None:
    halves = np.repeat([[1, 1, 2, 2]], 4, axis=0)
    assert roughness(halves).border_px == 4
    assert roughness(halves).mean_run_px == 2.0
    assert roughness(np.ones((5, 5), dtype=np.uint16)).border_px == 0


def test_the_picture_has_the_size_of_its_scene_and_some_grain() -> None:
    scene = Scene(SMALL, make_labels(SMALL))
    photo = make_photo(scene)
    assert photo.shape == (300, 420, 3)
    assert len(np.unique(photo)) > 100
