# SPDX-License-Identifier: Apache-2.0
"""What a source holds, as a reader sees it: images, segments, pixels per class, problems. Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from intarsia.core.item import ObjectItem, is_live
from intarsia.formats.base import Format, Problem, ReadOptions, Source

PROBLEMS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class ClassCount:
    """One class of the source, with what was found of it in all images."""

    number: int
    name: str
    kind: str
    layer: str
    segments: int
    area_px: int


@dataclass(frozen=True, slots=True)
class Inspection:
    """Result of reading a source to its end. ``labelled`` images are those with a label map; ``objects`` are live ones.

    ``unlabelled_px`` adds up the label maps of all layers. ``problems`` are the first 100 of ``problem_count``,
    of which ``error_count`` left something out.
    """

    format: str
    images: int
    labelled: int
    photographs: int
    segments: int
    objects: int
    unlabelled_px: int
    classes: tuple[ClassCount, ...]
    problems: tuple[Problem, ...]
    problem_count: int
    error_count: int


def inspect_source(
    chosen: Format, source: Source, options: ReadOptions, *, step: Callable[[int, int], None] = lambda done, total: None
) -> Inspection:
    """Read everything, one image at a time; ``step(done, total)`` after each. Raises FormatError as the reader does."""
    result = chosen.read(source, options)
    images = labelled = photographs = objects = unlabelled_px = 0
    segments: Counter[int] = Counter()
    areas: Counter[int] = Counter()
    for image in result.images:
        images += 1
        labelled += bool(image.layers)
        photographs += image.open_image is not None
        objects += sum(isinstance(item, ObjectItem) and is_live(item) for item in image.items.values())
        segments.update(segment.class_number for segment in image.segments.values() if segment.state == "live")
        for label_map in image.layers.values():
            for segment_id, area_px in label_map.areas().items():
                if segment_id == 0:
                    unlabelled_px += area_px
                else:
                    areas[image.segments[segment_id].class_number] += area_px
        step(images, result.count)
    return Inspection(
        format=chosen.info.slug,
        images=images,
        labelled=labelled,
        photographs=photographs,
        segments=sum(segments.values()),
        objects=objects,
        unlabelled_px=unlabelled_px,
        classes=tuple(
            ClassCount(c.number, c.name, c.kind, c.layer, segments[c.number], areas[c.number])
            for c in result.ontology.classes
        ),
        problems=tuple(result.problems.items[:PROBLEMS_SHOWN]),
        problem_count=result.problems.total,
        error_count=result.problems.errors,
    )
