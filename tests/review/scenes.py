# SPDX-License-Identifier: Apache-2.0
"""Small annotations drawn as text: one character a pixel, "." is unlabelled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from intarsia.core.annotation import Annotation
from intarsia.core.label_map import LabelMap
from intarsia.core.ontology import ClassDef, Layer, Ontology
from intarsia.core.segment import Segment
from intarsia.review.subject import Subject

ONTOLOGY = Ontology(
    version=1,
    layers=(Layer("main", "Main"), Layer("parts", "Parts")),
    classes=(
        ClassDef(1, "Sky", "stuff", "main", "#112233"),
        ClassDef(2, "Void", "ignore", "main", "#223344"),
        ClassDef(3, "Car", "thing", "main", "#334455"),
        ClassDef(4, "Tram", "thing", "main", "#445566", retired=True),
        ClassDef(5, "Wheel", "thing", "parts", "#556677"),
    ),
)
IDS = {".": 0, "s": 1, "v": 2, "a": 65_536, "b": 65_537, "t": 65_538, "w": 65_539}
CLASS_OF = {1: 1, 2: 2, 65_536: 3, 65_537: 3, 65_538: 4, 65_539: 5}


def grid(picture: str) -> NDArray[np.uint32]:
    rows = picture.split()
    return np.array([[IDS[letter] for letter in row] for row in rows], np.uint32)


def subject(main: str | NDArray[np.uint32], parts: str | NDArray[np.uint32] | None = None) -> Subject:
    ids = grid(main) if isinstance(main, str) else main
    layers = {"main": LabelMap.from_array(ids), "parts": LabelMap.empty((ids.shape[0], ids.shape[1]))}
    if parts is not None:
        layers["parts"] = LabelMap.from_array(grid(parts) if isinstance(parts, str) else parts)
    present = set(np.unique(ids).tolist()) | set(layers["parts"].areas())
    segments = {key: Segment(key, CLASS_OF.get(key, 3)) for key in sorted(present - {0})}
    return Subject(Annotation(layers, segments), ONTOLOGY)
