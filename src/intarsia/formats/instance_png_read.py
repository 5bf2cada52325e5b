# SPDX-License-Identifier: Apache-2.0
"""16-bit PNGs of segment numbers in: the PNG says who owns a pixel, the table of which class."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from intarsia.core.errors import OntologyError
from intarsia.core.label_map import LabelMap
from intarsia.core.ontology import ClassDef, Ontology
from intarsia.core.ontology_json import ontology_from_json
from intarsia.formats.base import FormatError, LabelledImage, ProblemLog, ReadOptions, ReadResult, Source
from intarsia.formats.instance_png_write import SLUG, TABLE_NAME, VALUE_MAX
from intarsia.formats.json_files import JsonObject, int_field, list_field, object_item, read_json_object, text_field
from intarsia.formats.png import decode_index_png
from intarsia.formats.readers import MASK_BYTES_MAX, SegmentDraft, bare_image, find_photo, sizes_agree
from intarsia.formats.runs import extents, relabel, row_runs
from intarsia.formats.sources import read_member

_DETECT_BYTES = 4096


@dataclass(frozen=True, slots=True)
class _Row:
    """What the table says of one value of one image."""

    entry: ClassDef
    crowd: bool
    instances_unknown: bool
    answers: Mapping[str, Any]
    number: int | None


def instance_table_name(source: Source) -> str | None:
    """The table nearest to the root."""
    found = [n for n in source.names() if posixpath.basename(n) == TABLE_NAME and _is_table(source, n)]
    return min(found, key=lambda n: (n.count("/"), n)) if found else None


def _is_table(source: Source, name: str) -> bool:
    try:
        with source.open(name) as stream:
            return f'"intarsia-{SLUG}"'.encode() in stream.read(_DETECT_BYTES)
    except (FormatError, OSError):
        return False


def read_instance_png(source: Source, options: ReadOptions) -> ReadResult:
    """Raises FormatError ``no_table``, ``bad_version``, or what makes the table unusable."""
    if options.class_table is not None:
        raise FormatError("not_supported", "values are numbers of segments; no class table is read")
    name = instance_table_name(source)
    if name is None:
        message = f'no {TABLE_NAME} with "format": "intarsia-{SLUG}" says which number is of which class'
        raise FormatError("no_table", message)
    root = read_json_object(source, name)
    if root.get("version") != 1:
        raise FormatError("bad_version", "only version 1 is read", where=f"{name}: version")
    if root.get("unlabelled", 0) != 0:
        raise FormatError("bad_field", "0 is the only value for unlabelled", where=f"{name}: unlabelled")
    try:
        ontology = ontology_from_json(root.get("ontology"))
    except OntologyError as error:
        raise FormatError(error.code, error.message, where=f"{name}: ontology") from error
    items = list_field(root, "images", where=name)
    reader = _Reader(source, name, ontology, {entry.number: entry for entry in ontology.classes}, ProblemLog())
    return ReadResult(
        ontology=ontology, count=len(items), images=reader.images(items, options.wanted), problems=reader.problems
    )


@dataclass(slots=True)
class _Reader:
    source: Source
    table: str
    ontology: Ontology
    classes: Mapping[int, ClassDef]
    problems: ProblemLog

    def images(self, items: list[Any], wanted: Callable[[int], bool]) -> Iterator[LabelledImage]:
        for export_no, item in enumerate(items, start=1):
            if not wanted(export_no):
                continue
            where = f"{self.table}: images[{export_no - 1}]"
            try:
                image = self._image(object_item(item, where=where), where, export_no)
            except FormatError as error:
                self.problems.add(error.where, error.code, f"{error.reason}; the image is left out")
                continue
            if image is not None:
                yield image

    def _image(self, obj: JsonObject, where: str, export_no: int) -> LabelledImage | None:
        name = text_field(obj, "name", where=where)
        labels = object_item(obj.get("labels"), where=f"{where}: labels")
        rows = self._rows(list_field(obj, "segments", where=where), where)
        photo = find_photo(self.source, self._photo_member(obj, where), self.problems)
        draft = SegmentDraft()
        maps: dict[str, LabelMap] = {}
        known_layers = {layer.name for layer in self.ontology.layers}
        found: set[int] = set()
        for layer in labels:
            if layer not in known_layers:
                self.problems.add(where, "unknown_layer", f"there is no layer {layer!r:.80}; its mask is left out")
                continue
            member = posixpath.join(posixpath.dirname(self.table), text_field(labels, layer, where=f"{where}: labels"))
            try:
                values = decode_index_png(read_member(self.source, member, limit_bytes=MASK_BYTES_MAX), where=member)
            except FormatError as error:
                self.problems.add(error.where, error.code, f"{error.reason}; the mask is left out")
                continue
            size_hw = (values.shape[0], values.shape[1])
            if not sizes_agree(photo, size_hw, where=member, problems=self.problems):
                continue
            if any(other.size_hw != size_hw for other in maps.values()):
                self.problems.add(
                    member, "size_differs", "the masks of two layers differ in size; this one is left out"
                )
                continue
            maps[layer] = LabelMap.from_array(self._segment_ids(values, layer, rows, draft, member, found))
        for value in sorted(rows.keys() - found) if maps else ():
            message = f"id {value} is in the table but owns no pixel; it is left out"
            self.problems.add(where, "id_not_in_png", message, severity="warning")
        if maps:
            return draft.image(name, photo, next(iter(maps.values())).size_hw, maps, export_no)
        return bare_image(name, photo, export_no) if photo else None

    def _photo_member(self, obj: JsonObject, where: str) -> str | None:
        if not obj.get("file"):
            return None
        member = posixpath.join(posixpath.dirname(self.table), text_field(obj, "file", where=where))
        if member in self.source.names():
            return member
        self.problems.add(member, "missing_file", f"{where} names this photograph, which is not there")
        return None

    def _rows(self, items: list[Any], where: str) -> Mapping[int, _Row]:
        rows: dict[int, _Row] = {}
        for i, item in enumerate(items):
            at = f"{where}: segments[{i}]"
            try:
                obj = object_item(item, where=at)
                value = int_field(obj, "id", where=at, low=1, high=VALUE_MAX)
                class_number = int_field(obj, "class", where=at)
                entry = self.classes.get(class_number)
                if entry is None:
                    message = f"id {value} names class {class_number}, which is not in the ontology"
                    raise FormatError("dangling_class", message, where=at)
                if value in rows:
                    raise FormatError("duplicate_segment", f"id {value} stands twice in this image", where=at)
            except FormatError as error:
                self.problems.add(error.where, error.code, f"{error.reason}; it is left out")
                continue
            answers, number = obj.get("answers"), obj.get("number", value)
            rows[value] = _Row(
                entry,
                crowd=obj.get("crowd") in (True, 1),
                instances_unknown=obj.get("instances_unknown") in (True, 1),
                answers=dict(answers) if isinstance(answers, dict) else {},
                number=number if type(number) is int and number >= 1 else None,
            )
        return rows

    def _segment_ids(
        self,
        values: npt.NDArray[np.uint32],
        layer: str,
        rows: Mapping[int, _Row],
        draft: SegmentDraft,
        member: str,
        found: set[int],
    ) -> npt.NDArray[np.uint32]:
        runs = row_runs(values)
        ids = {0: 0}
        for extent in extents(runs):
            row = rows.get(extent.value)
            if extent.value == 0:
                continue
            if row is None or row.entry.layer != layer:
                reason = "is not in the table" if row is None else f"is of class {row.entry.name!r} of another layer"
                message = f"value {extent.value} ({extent.area_px} px) {reason}; its pixels stay unlabelled"
                self.problems.add(member, "id_not_in_table" if row is None else "wrong_layer", message)
                continue
            found.add(extent.value)
            ids[extent.value] = self._segment(extent.value, row, draft, member)
        return relabel(runs, ids)

    def _segment(self, value: int, row: _Row, draft: SegmentDraft, member: str) -> int:
        if row.entry.kind == "thing":
            segment_id = draft.thing(row.entry.number, crowd=row.crowd, instances_unknown=row.instances_unknown)
        else:
            if row.entry.number in draft.segments:
                message = f"value {value}: {row.entry.name!r} has one segment per image; merged into it"
                self.problems.add(member, "stuff_merged", message, severity="warning")
            segment_id = draft.stuff(row.entry.number, crowd=row.crowd)
        segment = draft.segments[segment_id]
        draft.segments[segment_id] = replace(
            segment, instances_unknown=row.instances_unknown, answers=row.answers or segment.answers
        )
        if row.number is not None and row.number not in draft.numbers.values():
            draft.numbers.setdefault(segment_id, row.number)
        return segment_id
