# SPDX-License-Identifier: Apache-2.0
"""What is said of a dataset that nobody has imported yet."""

from __future__ import annotations

import numpy as np
import pytest

from intarsia.core.segment import Segment
from intarsia.formats.base import Format, ReadOptions
from intarsia.formats.inspection import inspect_source
from intarsia.formats.registry import BUILT_IN, find_format
from intarsia.formats.sources import FolderSource

from .dataset import CAR, ONTOLOGY, ROAD, SKY, View, labelled, members_of, shared, source_of, written
from .test_every_format import SCENE


@pytest.mark.parametrize("entry", [pytest.param(f, id=f.info.slug) for f in BUILT_IN])
def test_counts_are_those_of_what_was_written(entry: Format) -> None:
    told: list[tuple[int, int]] = []
    source = source_of(members_of(written(entry, SCENE)[0]))
    found = inspect_source(entry, source, ReadOptions(), step=lambda done, total: told.append((done, total)))
    assert (found.format, found.images, found.labelled, found.photographs) == (entry.info.slug, 3, 3, 2)
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert (found.problem_count, found.problems, found.objects) == (0, (), 0)
    by_name = {entry.name.lower(): entry for entry in found.classes}
    assert {name: count.area_px for name, count in by_name.items() if name != "background"} == {
        "road": 2,
        "sky": 8,
        "void": 1,
        "car": 1,
        "person": 2,
    }
    assert found.unlabelled_px == 2
    assert found.segments == sum(count.segments for count in found.classes) == 6


def test_problems_are_listed_up_to_a_hundred_and_counted_beyond() -> None:
    images = [labelled(np.full((1, 2), 65_536), [Segment(65_536, CAR)], name=f"{i}.png") for i in range(130)]
    entry = find_format("instance-png")
    members = members_of(written(entry, View(ONTOLOGY, images))[0])
    for i in range(130):
        members[f"instances/{i}.png"] = b"nothing"
    found = inspect_source(entry, source_of(members), ReadOptions())
    assert (len(found.problems), found.problem_count, found.error_count) == (100, 130, 130)
    assert found.problems[0].where == "instances/0.png"
    assert (found.images, found.segments) == (0, 0)


def test_a_segment_that_owns_nothing_counts_no_pixels() -> None:
    image = labelled([[SKY, SKY]], [Segment(SKY, SKY), Segment(ROAD, ROAD)])
    entry = find_format("native")
    found = inspect_source(entry, source_of(members_of(written(entry, View(ONTOLOGY, (image,)))[0])), ReadOptions())
    assert {c.name: (c.segments, c.area_px) for c in found.classes if c.segments} == {"Road": (1, 0), "Sky": (1, 2)}


def test_the_pixels_of_vocs_own_sample() -> None:
    source = FolderSource(shared("formats", "pascal_voc", "voc2012_real"))
    found = inspect_source(find_format("pascal-voc"), source, ReadOptions())
    used = {entry.name: entry.area_px for entry in found.classes if entry.area_px}
    assert used == {"aeroplane": 4734, "bottle": 601, "cow": 2774, "person": 30136, "void": 23872}
    assert (found.images, found.segments, found.problem_count, found.error_count) == (3, 12, 3, 0)
