# SPDX-License-Identifier: Apache-2.0
"""Bring an import's classes into an existing ontology: by name, never by number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from intarsia.core.item import End, Item, ObjectItem, RelationItem
from intarsia.core.label_map import LabelMap
from intarsia.core.limits import STUFF_ID_MAX
from intarsia.core.ontology import ClassDef, Ontology, ProtectionRule, RelationDef
from intarsia.core.ontology_question import Question, walk_questions
from intarsia.core.segment import Segment
from intarsia.formats.base import FormatError, LabelledImage
from intarsia.formats.runs import relabel, row_runs


@dataclass(frozen=True, slots=True)
class ClassMapping:
    """``ontology`` holds the existing classes unchanged and the new ones after them; ``numbers`` maps old to new."""

    ontology: Ontology
    numbers: Mapping[int, int]
    added: tuple[ClassDef, ...]


def map_classes(existing: Ontology, incoming: Ontology) -> ClassMapping:
    """Match by name within a layer. The version is left as it is: publishing is the caller's affair.

    Questions and relations come along unless one of their id is here already, protection for the new classes alone.
    Raises FormatError ``class_kind_differs`` when one name is a thing here and stuff there.
    """
    by_name = {(entry.layer, entry.name): entry for entry in existing.classes if not entry.retired}
    taken = {entry.number for entry in existing.classes}
    keys = {entry.key for entry in existing.classes if not entry.retired}
    numbers: dict[int, int] = {}
    new: list[ClassDef] = []
    for entry in incoming.classes:
        known = by_name.get((entry.layer, entry.name))
        if known is not None and known.kind != entry.kind:
            message = f"it is {known.kind} in this project but {entry.kind} in the import · rename one of them"
            raise FormatError("class_kind_differs", message, where=f"class {entry.name!r}")
        if known is not None:
            numbers[entry.number] = known.number
            continue
        number = entry.number if entry.number not in taken else max(taken) + 1
        if number > STUFF_ID_MAX:
            raise FormatError("too_many_classes", f"class numbers end at {STUFF_ID_MAX}", where=f"class {entry.name!r}")
        taken.add(number)
        key = entry.key if entry.key not in keys else None
        keys.add(key)
        numbers[entry.number] = number
        new.append(replace(entry, number=number, key=key))
    asked = {question.id for question in existing.every_question()}
    added = tuple(
        replace(
            entry,
            parent=None if entry.parent is None else numbers[entry.parent],
            questions=_new_questions(entry.questions, asked),
        )
        for entry in new
    )
    layers = {layer.name for layer in existing.layers}
    merged = replace(
        existing,
        layers=(*existing.layers, *(layer for layer in incoming.layers if layer.name not in layers)),
        classes=(*existing.classes, *added),
        questions=(*existing.questions, *_new_questions(incoming.questions, asked)),
        relations=(*existing.relations, *_new_relations(existing, incoming, numbers)),
        protection=(*existing.protection, *_new_protection(incoming, numbers, {entry.number for entry in added})),
    )
    return ClassMapping(existing if merged == existing else merged, numbers, added)


def _new_questions(questions: Iterable[Question], asked: set[str]) -> tuple[Question, ...]:
    """Those of which no id is among `asked`, not even inside an option."""
    return tuple(entry for entry in questions if not asked & {question.id for question in walk_questions((entry,))})


def _new_relations(existing: Ontology, incoming: Ontology, numbers: Mapping[int, int]) -> Iterator[RelationDef]:
    known = {entry.id for entry in existing.relations}
    for entry in incoming.relations:
        if entry.id not in known:
            ends = [tuple(numbers[number] for number in end) for end in (entry.from_classes, entry.to_classes)]
            yield replace(entry, from_classes=ends[0], to_classes=ends[1])


def _new_protection(incoming: Ontology, numbers: Mapping[int, int], added: set[int]) -> Iterator[ProtectionRule]:
    """Rules between new classes (or the eraser and a new one); what holds between classes of the project stays."""
    for rule in incoming.protection:
        taker, owner = numbers.get(rule.taker, 0), numbers[rule.owner]
        if owner in added and (rule.taker == 0 or taker in added):
            yield replace(rule, taker=taker, owner=owner)


def _items_under(image: LabelledImage, numbers: Mapping[int, int]) -> dict[str, Item]:
    """Objects under other class numbers, and relations that still lead to the same stuff."""
    ids = {
        segment.id: numbers[segment.class_number] for segment in image.segments.values() if segment.id <= STUFF_ID_MAX
    }

    def end(old: End) -> End:
        return ids.get(old, old) if isinstance(old, int) else old

    items: dict[str, Item] = {}
    for key, item in image.items.items():
        if isinstance(item, ObjectItem):
            items[key] = replace(item, class_number=numbers[item.class_number])
        elif isinstance(item, RelationItem):
            items[key] = replace(item, from_end=end(item.from_end), to_end=end(item.to_end))
        else:
            items[key] = item
    return items


def with_class_numbers(image: LabelledImage, numbers: Mapping[int, int]) -> LabelledImage:
    """The same annotation under other class numbers: ids of stuff and ignore segments follow their class."""
    if all(old == new for old, new in numbers.items()):
        return image
    image = replace(image, items=_items_under(image, numbers))
    if all(numbers.get(s.class_number) == s.class_number for s in image.segments.values()):
        return image
    segments: dict[int, Segment] = {}
    ids: dict[int, int] = {0: 0}
    for segment in image.segments.values():
        number = numbers[segment.class_number]
        segment_id = number if segment.id <= STUFF_ID_MAX else segment.id
        ids[segment.id] = segment_id
        segments[segment_id] = replace(segment, id=segment_id, class_number=number)
    layers = {name: LabelMap.from_array(relabel(row_runs(m.to_array()), ids)) for name, m in image.layers.items()}
    small = {ids[segment_id]: number for segment_id, number in image.numbers.items() if segment_id in ids}
    return replace(image, layers=layers, segments=segments, numbers=small)
