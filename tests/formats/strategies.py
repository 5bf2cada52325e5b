# SPDX-License-Identifier: Apache-2.0
"""Random data sets: holes, single pixels, empty maps, many segments, names in any script."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from intarsia.core.label_map import LabelMap
from intarsia.core.limits import THING_ID_MIN
from intarsia.core.ontology import ClassDef, Layer, Ontology
from intarsia.core.segment import Segment
from intarsia.formats.base import LabelledImage

from .dataset import View

_letters = st.characters(exclude_categories=("Cs", "Cc"))
names = st.text(_letters, min_size=1, max_size=40).filter(lambda text: text.strip().strip(" ./"))
class_names = st.text(_letters, min_size=1, max_size=30).map(str.strip).filter(bool)


@st.composite
def ontologies(draw: st.DrawFn) -> Ontology:
    titles = draw(st.lists(class_names, min_size=1, max_size=8, unique=True))
    numbers = draw(st.lists(st.integers(1, 65_535), min_size=len(titles), max_size=len(titles), unique=True))
    classes = tuple(
        ClassDef(
            number=number,
            name=title,
            kind=draw(st.sampled_from(("thing", "stuff", "ignore"))),
            layer="main",
            colour=f"#{draw(st.integers(0, 0xFFFFFF)):06X}",
        )
        for number, title in zip(numbers, titles, strict=True)
    )
    return Ontology(1, (Layer("main", "Main"),), classes)


@st.composite
def _segments(draw: st.DrawFn, ontology: Ontology) -> list[Segment]:
    found: list[Segment] = []
    next_thing = THING_ID_MIN
    for entry in ontology.classes:
        if entry.kind != "thing":
            found.append(Segment(entry.number, entry.number))
            continue
        for _ in range(draw(st.integers(0, 6))):
            next_thing += draw(st.integers(1, 5000))
            found.append(
                Segment(next_thing, entry.number, crowd=draw(st.booleans()), instances_unknown=draw(st.booleans()))
            )
    return found


@st.composite
def _grid(draw: st.DrawFn, ids: list[int]) -> np.ndarray:
    height, width = draw(st.tuples(st.integers(1, 24), st.integers(1, 24)) | st.sampled_from([(1, 300), (259, 2)]))
    owner = st.sampled_from([0, *ids])
    grid = np.full((height, width), draw(owner), np.uint32)
    for _ in range(draw(st.integers(0, 8))):
        # rectangles over rectangles leave holes and slivers, the 1 x 1 ones single pixels
        y, x = draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))
        grid[y : y + draw(st.integers(1, height)), x : x + draw(st.integers(1, width))] = draw(owner)
    return grid


@st.composite
def views(draw: st.DrawFn) -> View:
    """A data set of up to four images over one ontology; every live segment that owns no pixel is left out."""
    ontology = draw(ontologies())
    images = []
    for export_no in range(1, draw(st.integers(0, 4)) + 1):
        segments = draw(_segments(ontology))
        grid = draw(_grid([segment.id for segment in segments]))
        present = [segment for segment in segments if bool((grid == segment.id).any())]
        numbers = draw(st.lists(st.integers(1, 2**24 - 1), min_size=len(present), max_size=len(present), unique=True))
        images.append(
            LabelledImage(
                name=draw(names),
                size_hw=(grid.shape[0], grid.shape[1]),
                layers={"main": LabelMap.from_array(grid)},
                segments={segment.id: segment for segment in present},
                numbers={segment.id: number for segment, number in zip(present, numbers, strict=True)},
                export_no=export_no,
            )
        )
    return View(ontology, tuple(images))
