# SPDX-License-Identifier: Apache-2.0
"""Are two partitions the same? Thing ids are provisional, so segments are compared by what they own and say."""

from __future__ import annotations

import numpy as np

from intarsia.core.ontology import Ontology
from intarsia.formats.base import LabelledImage


def changed_px(before: LabelledImage, after: LabelledImage, *, names: tuple[Ontology, Ontology]) -> int:
    """Pixels whose owner differs: another class (by name), or split from or joined with other pixels."""
    assert before.size_hw == after.size_hw
    changed = 0
    for layer in before.layers.keys() | after.layers.keys():
        a, b = (_grid(image, layer) for image in (before, after))
        pairs, counts = np.unique(np.stack([a.reshape(-1), b.reshape(-1)]), axis=1, return_counts=True)
        best: dict[int, tuple[int, int]] = {}
        for (old, new), count in zip(pairs.T.tolist(), counts.tolist(), strict=True):
            if count > best.get(old, (0, 0))[0]:
                best[old] = (count, new)
        taken: set[int] = set()
        for old, (_count, new) in best.items():
            same = _class_name(before, old, names[0]) == _class_name(after, new, names[1]) and new not in taken
            taken.add(new)
            total = int(counts[pairs[0] == old].sum())
            changed += total - best[old][0] if same else total
    return changed


def said(image: LabelledImage, ontology: Ontology) -> dict[int | None, list[tuple[object, ...]]]:
    """Class, flags, answers, number and area of every segment, by number."""
    found: dict[int | None, list[tuple[object, ...]]] = {}
    areas = {key: area for label_map in image.layers.values() for key, area in label_map.areas().items()}
    for segment in image.segments.values():
        number = image.numbers.get(segment.id)
        row = (
            _class_name(image, segment.id, ontology),
            segment.crowd,
            segment.instances_unknown,
            dict(segment.answers),
            areas.get(segment.id, 0),
        )
        found.setdefault(number, []).append(row)
    return found


def _grid(image: LabelledImage, layer: str) -> np.ndarray:
    return image.layers[layer].to_array() if layer in image.layers else np.zeros(image.size_hw, np.uint32)


def _class_name(image: LabelledImage, segment_id: int, ontology: Ontology) -> str | None:
    segment = image.segments.get(segment_id)
    entry = ontology.by_number(segment.class_number) if segment else None
    return entry.name if entry else None
