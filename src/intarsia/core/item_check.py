# SPDX-License-Identifier: Apache-2.0
"""What the server refuses of an edit's items before it is replayed (contract/items.md, checks before replay)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from intarsia.core.annotation import Annotation
from intarsia.core.answer_check import AnswerCheck
from intarsia.core.edit import Edit
from intarsia.core.errors import EditError, IntarsiaError
from intarsia.core.item import End, Item, ItemChange, ObjectItem, RelationItem, item_of
from intarsia.core.limits import ITEMS_PER_ANNOTATION_MAX
from intarsia.core.merge import resolve_alias
from intarsia.core.ontology import ClassDef, Ontology
from intarsia.core.protection_check import GIVING_BACK_TOOLS
from intarsia.core.segment import Segment


@dataclass(frozen=True, slots=True)
class _Scene:
    """What an end of a relation may name: segments and items of the head, and those that the edit makes or changes."""

    segments: Mapping[int, Segment]
    items: Mapping[str, Item]
    classes: Mapping[int, ClassDef]
    ontology: Ontology
    answers: AnswerCheck
    gives_back: bool


def check_items(edit: Edit, *, annotation: Annotation, ontology: Ontology) -> None:
    """Raise the `EditError` for which the whole edit is rejected, if its items are a reason.

    Codes: `unknown_item`, `unknown_class`, `geometry_not_allowed`, `unknown_relation`, `unknown_end`,
    `relation_not_allowed`, `unknown_question`, `bad_answer`, `too_many_items`.
    """
    if not edit.items:
        return
    for change in edit.items:
        if change.before is not None and item_of(annotation.items, change.id) is None:
            _reject("unknown_item", change.id, f"item {change.id} does not exist")
    segments = {**annotation.segments, **{entry.id: entry.after for entry in edit.segments if entry.after}}
    items = {**annotation.items, **{entry.id: entry.after for entry in edit.items if entry.after}}
    scene = _scene(segments, items, ontology, gives_back=edit.tool in GIVING_BACK_TOOLS)
    for change in edit.items:
        _check_change(change, scene)
    made = {change.id for change in edit.items} - annotation.items.keys()
    if len(annotation.items) + len(made) > ITEMS_PER_ANNOTATION_MAX:
        _reject("too_many_items", edit.id, f"an image holds at most {ITEMS_PER_ANNOTATION_MAX} items, deleted ones too")


def acceptable_items(
    items: Mapping[str, Item], *, segments: Mapping[int, Segment], ontology: Ontology
) -> tuple[dict[str, Item], list[IntarsiaError]]:
    """Those of an empty annotation's wanted items that an edit could make, and why not the others.

    Relations are looked at last, since they may lead to an object that was left out.
    """
    accepted: dict[str, Item] = {}
    refused: list[IntarsiaError] = []
    for relations in (False, True):
        wanted = {key: item for key, item in items.items() if isinstance(item, RelationItem) == relations}
        scene = _scene(segments, {**accepted, **wanted}, ontology, gives_back=False)
        for key in sorted(wanted):
            try:
                _check_change(ItemChange(key, None, wanted[key]), scene)
                if len(accepted) >= ITEMS_PER_ANNOTATION_MAX:
                    _reject("too_many_items", key, f"an image holds at most {ITEMS_PER_ANNOTATION_MAX} items")
            except IntarsiaError as error:
                refused.append(error)
            else:
                accepted[key] = wanted[key]
    return accepted, refused


def _scene(
    segments: Mapping[int, Segment], items: Mapping[str, Item], ontology: Ontology, *, gives_back: bool
) -> _Scene:
    classes = {entry.number: entry for entry in ontology.classes}
    return _Scene(segments, items, classes, ontology, AnswerCheck(ontology), gives_back)


def _check_change(change: ItemChange, scene: _Scene) -> None:
    if isinstance(change.after, ObjectItem):
        _check_object(change, change.after, scene)
    if isinstance(change.after, RelationItem):
        _check_relation(change, change.after, scene)
    elif change.after is not None and not scene.gives_back:
        before = change.before
        known = {} if before is None or isinstance(before, RelationItem) else before.answers
        scene.answers.check(known, change.after.answers)


def _check_object(change: ItemChange, after: ObjectItem, scene: _Scene) -> None:
    entry = scene.classes.get(after.class_number)
    if entry is None:
        _reject("unknown_class", change.id, f"there is no class {after.class_number}")
    before = change.before
    kept = scene.gives_back or (
        isinstance(before, ObjectItem)
        and before.class_number == after.class_number
        and before.geometry.kind == after.geometry.kind
    )
    if not kept and after.geometry.kind not in entry.geometry:
        what = after.geometry.kind.replace("_", " ")
        _reject("geometry_not_allowed", change.id, f"class {entry.number} ({entry.name}) has no {what} objects")


def _check_relation(change: ItemChange, after: RelationItem, scene: _Scene) -> None:
    relation = next((entry for entry in scene.ontology.relations if entry.id == after.relation), None)
    if relation is None:
        _reject("unknown_relation", change.id, f"there is no relation {after.relation!r}")
    before = change.before
    for end, classes, was in (
        (after.from_end, relation.from_classes, before.from_end if isinstance(before, RelationItem) else None),
        (after.to_end, relation.to_classes, before.to_end if isinstance(before, RelationItem) else None),
    ):
        class_number = _class_of_end(change.id, end, scene)
        same = isinstance(before, RelationItem) and before.relation == after.relation and was == end
        kept = scene.gives_back or same
        if not kept and classes and class_number not in classes:
            what = f"relation {after.relation!r} does not go there with class {class_number}"
            _reject("relation_not_allowed", change.id, what)


def _class_of_end(item_id: str, end: End, scene: _Scene) -> int:
    if isinstance(end, int):
        segment = scene.segments.get(resolve_alias(scene.segments, end)) if end in scene.segments else None
        if segment is not None:
            return segment.class_number
        _reject("unknown_end", item_id, f"segment {end} does not exist")
    found = scene.items.get(end)
    if isinstance(found, ObjectItem):
        return found.class_number
    _reject("unknown_end", item_id, f"object {end} does not exist")


def _reject(code: str, item_id: str, what: str) -> NoReturn:
    message = f"The edit was refused because {what}. The image is as before; your other edits are kept."
    raise EditError(code, message, item=item_id, reason=what)
