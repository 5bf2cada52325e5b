# SPDX-License-Identifier: Apache-2.0
"""Categories of one or more panoptic JSON files as classes of one ontology."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from intarsia.core.ontology import Ontology
from intarsia.formats.base import ProblemLog
from intarsia.formats.imported_ontology import ClassDraft, imported_ontology
from intarsia.formats.panoptic_index import Category, PanopticIndex

ByLayer = Mapping[str, Mapping[int, Category]]


def merged_categories(indices: Sequence[tuple[str, PanopticIndex]], problems: ProblemLog) -> ByLayer:
    """Categories by id, per layer. Two files that differ about an id are told; the first one counts."""
    layers: dict[str, dict[int, Category]] = {}
    for layer, index in indices:
        known = layers.setdefault(layer, {})
        for category in index.categories:
            first = known.setdefault(category.id, category)
            if (first.name, first.is_thing) != (category.name, category.is_thing):
                message = (
                    f"id {category.id} is {category.name!r} here but {first.name!r} in an earlier file, which counts"
                )
                problems.add(f"{index.json_name}: categories", "category_differs", message)
    return layers


def panoptic_ontology(
    layers: ByLayer, known_ontology: Ontology | None, *, where: str
) -> tuple[Ontology, Mapping[str, Mapping[int, int]]]:
    """Ontology, and class number by category id per layer. The known one adds keys, colours and ignore classes.

    The categories decide names and kinds; what the known ontology says of a class that was renamed since is not used.
    """
    drafts: list[ClassDraft] = []
    extended = {(c.layer, c.number): c for c in known_ontology.classes} if known_ontology else {}
    for layer, categories in layers.items():
        for category in categories.values():
            draft = ClassDraft(
                source_id=category.id,
                name=category.name,
                kind="thing" if category.is_thing else "stuff",
                layer=layer,
                colour=category.colour,
            )
            known = extended.get((layer, category.id))
            if known is not None and (known.name, known.kind) == (draft.name, draft.kind):
                draft = replace(draft, colour=known.colour, key=known.key, retired=known.retired)
            drafts.append(draft)
    drafts += [
        ClassDraft(c.number, c.name, c.kind, layer=c.layer, colour=c.colour, key=c.key, retired=c.retired)
        for c in extended.values()
        if c.kind == "ignore" and c.number not in layers.get(c.layer, {})
    ]
    if known_ontology is not None:
        order = {key: place for place, key in enumerate(extended)}
        drafts.sort(key=lambda d: order.get((d.layer or "", d.source_id), len(order)))
    ontology, numbers = imported_ontology(drafts, layers=known_ontology.layers if known_ontology else (), where=where)
    by_layer = {layer: {key[1]: n for key, n in numbers.items() if key[0] == layer} for layer in layers}
    ontology = _with_parents(ontology, layers, by_layer)
    return (with_known(ontology, known_ontology) if known_ontology else ontology), by_layer


def with_known(ontology: Ontology, known: Ontology) -> Ontology:
    """What the known ontology says beside names and colours: questions, geometry, protection and the like.

    Of a class it counts while number, name, kind and layer are the same; relations and rules that name a class which
    is not there are left out.
    """
    told = {entry.number: entry for entry in known.classes}
    numbers = {entry.number for entry in ontology.classes}
    classes = []
    for entry in ontology.classes:
        same = told.get(entry.number)
        if same is not None and (same.name, same.kind, same.layer) == (entry.name, entry.kind, entry.layer):
            parent = same.parent if same.parent in numbers else entry.parent
            entry = replace(same, colour=entry.colour, key=entry.key, retired=entry.retired, parent=parent)
        classes.append(entry)
    return replace(
        ontology,
        classes=tuple(classes),
        questions=known.questions,
        questions_when=known.questions_when,
        relations=tuple(r for r in known.relations if numbers.issuperset((*r.from_classes, *r.to_classes))),
        protection=tuple(rule for rule in known.protection if numbers.issuperset({rule.taker, rule.owner} - {0})),
    )


def _with_parents(ontology: Ontology, layers: ByLayer, numbers: Mapping[str, Mapping[int, int]]) -> Ontology:
    """A class whose supercategory is called as another class of the file stands under that one, unless in a circle."""
    named = {entry.name: entry.number for entry in ontology.classes}
    parents: dict[int, int] = {}
    for layer, categories in layers.items():
        for category in categories.values():
            number, parent = numbers[layer][category.id], named.get(category.supercategory)
            at = parent
            while at is not None and at != number:
                at = parents.get(at)
            if parent is not None and at is None:
                parents[number] = parent
    if not parents:
        return ontology
    return replace(ontology, classes=tuple(replace(c, parent=parents.get(c.number)) for c in ontology.classes))
