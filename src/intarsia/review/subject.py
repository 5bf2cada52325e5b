# SPDX-License-Identifier: Apache-2.0
"""What rules look at: one annotation with its ontology. Costly views of it are made once, when first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from intarsia.core.annotation import Annotation
from intarsia.core.components import Component, components
from intarsia.core.label_map import LabelMap
from intarsia.core.ontology import ClassDef, Ontology
from intarsia.core.segment import Segment

U32 = NDArray[np.uint32]


class LayerView:
    """One layer: the map as an (H, W) uint32 grid, and its 4-connected parts (of 0 too) in the order of first pixel."""

    def __init__(self, name: str, label_map: LabelMap) -> None:
        self.name = name
        self.label_map = label_map

    @cached_property
    def ids(self) -> U32:
        return self.label_map.to_array()

    @cached_property
    def parts(self) -> list[Component]:
        return components(self.ids)

    @cached_property
    def largest_parts(self) -> dict[int, Component]:
        """The largest part of each id but 0; the first of equally large ones."""
        largest: dict[int, Component] = {}
        for part in self.parts:
            known = largest.get(part.segment_id)
            if part.segment_id != 0 and (known is None or part.area_px > known.area_px):
                largest[part.segment_id] = part
        return largest


class Subject:
    """An annotation as rules see it. Rules change nothing of it."""

    def __init__(self, annotation: Annotation, ontology: Ontology) -> None:
        self.annotation = annotation
        self.ontology = ontology
        self._layers = {name: LayerView(name, label_map) for name, label_map in annotation.layers.items()}
        self._classes: Mapping[int, ClassDef] = {entry.number: entry for entry in ontology.classes}

    @property
    def size_hw(self) -> tuple[int, int]:
        return next(iter(self.annotation.layers.values())).size_hw

    @property
    def layers(self) -> Iterator[LayerView]:
        """In the order of the ontology."""
        return (self._layers[layer.name] for layer in self.ontology.layers if layer.name in self._layers)

    def layer(self, name: str) -> LayerView | None:
        return self._layers.get(name)

    def segment(self, segment_id: int) -> Segment | None:
        return self.annotation.segments.get(segment_id)

    def live_segments(self) -> Iterator[Segment]:
        """Ascending by id."""
        return (segment for _, segment in sorted(self.annotation.segments.items()) if segment.state == "live")

    def class_of(self, segment_id: int) -> ClassDef | None:
        segment = self.segment(segment_id)
        return None if segment is None else self._classes.get(segment.class_number)

    def class_by_number(self, class_number: int) -> ClassDef | None:
        return self._classes.get(class_number)
