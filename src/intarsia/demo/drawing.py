# SPDX-License-Identifier: Apache-2.0
"""From the demo's outlines to label maps, through the core's own raster and its one door."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

import numpy as np
import numpy.typing as npt

from intarsia.core import raster
from intarsia.core.edit import apply, apply_pixels
from intarsia.core.geometry import SizeHW
from intarsia.core.label_map import LabelMap
from intarsia.core.limits import THING_ID_MIN
from intarsia.formats.png import decode_index_png
from intarsia.sdk.ontology_models import Ontology
from intarsia.sdk.resources.annotations import NewThing

IdArray = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A label map of one layer, (H, W) uint32, and its things by provisional id."""

    ids: IdArray
    things: Mapping[int, NewThing]


def demo_file(name: str) -> Traversable:
    return files("intarsia.demo").joinpath("data").joinpath(name)


def drawn_outlines(name: str, *, ontology: Ontology, size_hw: SizeHW) -> Drawn:
    """The outlines of a data file, drawn in order, each *behind* the ones before it: so neighbours share borders.

    A shape marked ``held`` keeps its place free while the others are drawn, and is then taken away: it is left to draw.
    """
    shapes = json.loads(demo_file(name).read_text(encoding="utf-8"))["shapes"]
    label_map = LabelMap.empty(size_hw)
    things: dict[int, NewThing] = {}
    held: list[int] = []
    for place, shape in enumerate(shapes):
        entry = ontology.class_named(shape["class"])
        segment_id = entry.number
        if entry.kind == "thing":
            segment_id = THING_ID_MIN + place
            if shape.get("held"):
                held.append(segment_id)
            else:
                things[segment_id] = NewThing(entry.number)
        rings = [raster.quantise(np.reshape(ring, (-1, 2))) for ring in shape["rings"]]
        region = raster.polygon(rings, rule="evenodd", size_hw=size_hw)
        label_map = apply_pixels(label_map, apply(label_map, region, segment_id, mode="behind"))
    ids = label_map.to_array()
    ids[np.isin(ids, held)] = 0
    return Drawn(ids, things)


def instance_mask(name: str, *, class_number: int) -> Drawn:
    """Things of one class from a mask whose values count them; 0 stays unlabelled."""
    values = decode_index_png(demo_file(name).read_bytes(), where=name)
    ids = np.where(values == 0, 0, values + (THING_ID_MIN - 1)).astype(np.uint32)
    return Drawn(ids, {int(value): NewThing(class_number) for value in np.unique(ids) if value != 0})
