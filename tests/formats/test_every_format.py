# SPDX-License-Identifier: Apache-2.0
"""Promises that every format in the registry keeps; a new one is found by itself."""

from __future__ import annotations

import io
import json
import re
import tracemalloc
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import EntryPoint

import numpy as np
import pytest

from intarsia.core.ontology import Ontology
from intarsia.core.segment import Segment
from intarsia.formats import registry
from intarsia.formats.base import DatasetView, Format, FormatError, FormatInfo, LabelledImage, ReadOptions, WriteOptions
from intarsia.formats.registry import BUILT_IN, all_formats, detect_format, find_format, joined
from intarsia.formats.sinks import ZipSink
from intarsia.formats.sources import ZipSource

from .dataset import CAR, ONTOLOGY, PERSON, ROAD, SKY, VOID, View, class_grid, labelled, members_of, read_back, written

BOTH_WAYS = [pytest.param(f, id=f.info.slug) for f in BUILT_IN if f.info.can_import and f.info.can_export]
WRITERS = [pytest.param(f, id=f.info.slug) for f in BUILT_IN if f.info.can_export]
GRID = np.array([[SKY, SKY, 65_536], [ROAD, VOID, 65_537], [ROAD, 0, 65_537]])
SEGMENTS = (Segment(SKY, SKY), Segment(ROAD, ROAD), Segment(VOID, VOID), Segment(65_536, CAR), Segment(65_537, PERSON))
SCENE = View(
    ONTOLOGY,
    (
        labelled(GRID, SEGMENTS, name="Straße 猫.png", export_no=1, photo=True),
        labelled(np.zeros((1, 1)), (), name="empty.png", export_no=2, photo=True),
        labelled(np.full((3, 2), SKY), SEGMENTS[:1], name="full.png", export_no=5),
    ),
)


def test_slugs_and_descriptors_are_fit_for_screens_and_addresses() -> None:
    infos = [entry.info for entry in BUILT_IN]
    assert len({info.slug for info in infos}) == len(infos) >= 2
    for info in infos:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", info.slug)
        assert info.title and info.description and info.extensions and (info.can_import or info.can_export)


@pytest.mark.parametrize("entry", BOTH_WAYS)
def test_classes_of_all_pixels_come_back(entry: Format) -> None:
    archive, report = written(entry, SCENE)
    result, images = read_back(entry, archive)
    assert result.problems.items == [] and result.count == report.images == 3
    assert [image.name for image in images] == ["Straße 猫.png", "empty.png", "full.png"]
    for before, after in zip(SCENE.listed, images, strict=True):
        assert np.array_equal(class_grid(after), class_grid(before))
        assert (after.open_image is None) == (before.open_image is None)
        if after.open_image and before.open_image:
            assert after.open_image().read() == before.open_image().read()


@pytest.mark.parametrize("entry", BOTH_WAYS)
def test_readers_share_the_images_of_one_source(entry: Format) -> None:
    """Each place is asked for once, in order, and each image is what it would be without sharing."""
    archive, _ = written(entry, SCENE)
    _, whole = read_back(entry, archive)
    for mine in ({1, 3}, {2}, set()):
        asked: list[int] = []

        def wanted(place: int, asked: list[int] = asked, mine: set[int] = mine) -> bool:
            asked.append(place)
            return place in mine

        result = entry.read(ZipSource(io.BytesIO(archive)), ReadOptions(wanted=wanted))
        read = list(result.images)
        assert asked == [1, 2, 3] and result.count == 3 and result.problems.items == []
        expected = [image for place, image in enumerate(whole, start=1) if place in mine]
        assert [(x.name, x.layers, x.segments) for x in read] == [(x.name, x.layers, x.segments) for x in expected]


@pytest.mark.parametrize("entry", BOTH_WAYS)
def test_what_it_wrote_is_recognised_as_its_own(entry: Format) -> None:
    archive, _ = written(entry, SCENE)
    found = detect_format(ZipSource(io.BytesIO(archive)))
    assert found is not None and found.info.slug == entry.info.slug


@pytest.mark.parametrize("entry", WRITERS)
def test_the_same_input_gives_the_same_bytes(entry: Format) -> None:
    assert written(entry, SCENE)[0] == written(entry, SCENE)[0]


@pytest.mark.parametrize("entry", WRITERS)
def test_progress_counts_up_and_an_exception_in_it_ends_the_export(entry: Format) -> None:
    class Cancelled(Exception):
        pass

    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        told.append((done, total))
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled), ZipSink(io.BytesIO()) as sink:
        entry.write(SCENE, sink, progress, WriteOptions())
    assert told == [(1, 3), (2, 3)]


@pytest.mark.parametrize("entry", WRITERS)
def test_losses_are_declared_and_counted(entry: Format) -> None:
    _, report = written(entry, SCENE)
    for loss in report.losses:
        assert loss.count > 0 and str(loss.count) in loss.message and re.fullmatch(r"[a-z_]+", loss.code)


@pytest.mark.parametrize("entry", WRITERS)
def test_the_archive_carries_its_loss_report(entry: Format) -> None:
    archive, report = written(entry, SCENE)
    inside = json.loads(members_of(archive)["loss-report.json"])
    assert (inside["format"], inside["images"], inside["segments"]) == (entry.info.slug, 3, report.segments)
    assert inside["declared"] == list(entry.info.losses)
    assert [(loss["code"], loss["count"]) for loss in inside["losses"]] == [(x.code, x.count) for x in report.losses]


@pytest.mark.parametrize("entry", WRITERS)
def test_an_option_that_is_not_there_is_refused_and_every_offered_one_works(entry: Format) -> None:
    for chosen in ({"colour": "red"}, {option.name: "?" for option in entry.info.options[:1]}):
        if chosen:
            with pytest.raises(FormatError) as caught:
                written(entry, SCENE, options=WriteOptions(chosen=chosen))
            assert caught.value.code == "unknown_option"
    for option in entry.info.options:
        for value in option.values:
            assert written(entry, SCENE, options=WriteOptions(chosen={option.name: value}))[1].images == 3


@pytest.mark.parametrize("entry", WRITERS)
def test_a_map_that_names_an_unknown_segment_is_refused(entry: Format) -> None:
    view = View(ONTOLOGY, (labelled([[70_000]], (), name="broken.png"),))
    with pytest.raises(FormatError) as caught:
        written(entry, view)
    assert (caught.value.code, caught.value.where) == ("unknown_segment", "broken.png")


@dataclass(frozen=True)
class _ManyImages:
    """A data set that makes each image when it is asked for."""

    ontology: Ontology
    count: int

    def images(self) -> Iterator[LabelledImage]:
        rng = np.random.default_rng(0)
        for export_no in range(1, self.count + 1):
            grid = np.kron(rng.integers(1, 3, (32, 32)), np.ones((32, 32), np.int64))
            yield labelled(grid, SEGMENTS[:2], name=f"{export_no}.png", export_no=export_no)


@pytest.mark.parametrize("entry", BOTH_WAYS)
def test_memory_does_not_grow_with_the_number_of_images(entry: Format) -> None:
    def peak(count: int) -> int:
        view: DatasetView = _ManyImages(ONTOLOGY, count)
        stream = io.BytesIO()
        tracemalloc.start()
        with ZipSink(stream) as sink:
            entry.write(view, sink, lambda done, total: None, WriteOptions())
        for image in entry.read(ZipSource(stream), ReadOptions()).images:
            assert image.layers
        _, top = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return top - len(stream.getvalue())

    peak(2)
    image_bytes = 4 * 1024 * 1024
    # a few masks may be on their way at a time; 24 more images held would be 24 times that
    assert peak(36) - peak(12) < 4 * image_bytes


def test_a_slug_that_stands_twice_is_refused() -> None:
    with pytest.raises(FormatError) as caught:
        joined(BUILT_IN, BUILT_IN[:1])
    assert caught.value.code == "duplicate_slug"


def test_an_unknown_format_is_an_error_that_lists_the_known_ones() -> None:
    with pytest.raises(FormatError, match="coco-panoptic, semantic-png, ") as caught:
        find_format("coco_panoptic")
    assert caught.value.code == "unknown_format"


class Tiny:
    """A third party's format."""

    info = FormatInfo("tiny", "Tiny", "For this test.", (".zip",), False, True, ())


class Outdated:
    info = FormatInfo("old", "Old", "For another version.", (".zip",), False, True, (), api_version=0)


@pytest.mark.parametrize(("target", "code"), [("Outdated", "bad_plug_in"), ("NotThere", "bad_plug_in")])
def test_formats_of_third_parties_are_found_and_bad_ones_are_named(
    target: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def offered(*names: str) -> None:
        points = [EntryPoint(name, f"{__name__}:{name}", registry.ENTRY_POINT_GROUP) for name in names]
        monkeypatch.setattr(registry, "entry_points", lambda group: points)

    offered("Tiny")
    assert [entry.info.slug for entry in all_formats()] == [*(entry.info.slug for entry in BUILT_IN), "tiny"]
    offered("Tiny", target)
    with pytest.raises(FormatError) as caught:
        all_formats()
    assert caught.value.code == code and target in caught.value.where


def test_descriptors_become_json() -> None:
    assert json.loads(json.dumps([asdict(entry.info) for entry in all_formats()]))
