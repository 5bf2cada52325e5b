# SPDX-License-Identifier: Apache-2.0
"""A native archive in: every checksum is compared, and what does not hold stays out, with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from intarsia.core.errors import CodecError, GeometryError, IntarsiaError, OntologyError
from intarsia.core.geometry import check_size
from intarsia.core.item import Item, ObjectItem
from intarsia.core.item_json import ITEM_ID, item_from_json
from intarsia.core.label_map import LabelMap
from intarsia.core.limits import SEGMENT_ID_MAX, STUFF_ID_MAX
from intarsia.core.ontology import Ontology
from intarsia.core.ontology_json import ontology_from_json
from intarsia.core.segment import STATES, Segment
from intarsia.formats.base import FormatError, LabelledImage, ProblemLog, ReadOptions, ReadResult, Source
from intarsia.formats.extension import extension_member
from intarsia.formats.json_files import JsonObject, int_field, list_field, object_item, read_json_object, text_field
from intarsia.formats.native_write import SLUG, VERSION
from intarsia.formats.readers import MASK_BYTES_MAX, Photo, find_photo, sizes_agree
from intarsia.formats.runs import relabel, row_runs
from intarsia.formats.sources import read_member

_DOCUMENT_BYTES_MAX = 64 * 2**20
_TASK_STATES = ("open", "submitted")


def read_native(source: Source, options: ReadOptions) -> ReadResult:
    """Raises FormatError ``no_manifest``, ``bad_version``, or what makes ``intarsia.json`` unusable."""
    if options.class_table is not None:
        raise FormatError("not_supported", "the native format brings its own classes; no class table is read")
    name = extension_member(source)
    if name is None:
        raise FormatError("no_manifest", "there is no intarsia.json")
    root = read_json_object(source, name)
    if root.get("format") != f"intarsia-{SLUG}":
        raise FormatError("no_manifest", "this is no native archive of Intarsia", where=f"{name}: format")
    if root.get("version") != VERSION:
        message = f"only version {VERSION} is read; a newer Intarsia may have written this"
        raise FormatError("bad_version", message, where=f"{name}: version")
    try:
        ontology = ontology_from_json(root.get("ontology"))
    except OntologyError as error:
        raise FormatError(error.code, error.message, where=f"{name}: ontology") from error
    items = list_field(root, "images", where=name)
    reader = _Reader(source, name, ontology, ProblemLog())
    return ReadResult(
        ontology=ontology, count=len(items), images=reader.images(items, options.wanted), problems=reader.problems
    )


@dataclass(slots=True)
class _Reader:
    source: Source
    manifest: str
    ontology: Ontology
    problems: ProblemLog

    def images(self, items: list[Any], wanted: Callable[[int], bool]) -> Iterator[LabelledImage]:
        for export_no, item in enumerate(items, start=1):
            if not wanted(export_no):
                continue
            where = f"{self.manifest}: images[{export_no - 1}]"
            try:
                member = self._path(text_field(object_item(item, where=where), "annotation", where=where))
                document = read_json_object(self.source, member, limit_bytes=_DOCUMENT_BYTES_MAX)
                yield self._image(document, member, export_no)
            except FormatError as error:
                self.problems.add(error.where, error.code, f"{error.reason}; the image is left out")

    def _path(self, name: str) -> str:
        folder = self.manifest.rpartition("/")[0]
        return f"{folder}/{name}" if folder else name

    def _image(self, document: JsonObject, where: str, export_no: int) -> LabelledImage:
        name = text_field(document, "name", where=where)
        stated = (int_field(document, "height", where=where, low=1), int_field(document, "width", where=where, low=1))
        try:
            size_hw = check_size(stated)
        except GeometryError as error:
            raise FormatError(error.code, error.message, where=where) from error
        photo = self._photo(document, where)
        segments, numbers = self._segments(list_field(document, "segments", where=where), where)
        maps: dict[str, LabelMap] = {}
        layers = list_field(document, "layers", where=where)
        if sizes_agree(photo, size_hw, where=where, problems=self.problems):
            for i, item in enumerate(layers):
                self._add_layer(item, f"{where}: layers[{i}]", size_hw, segments, maps)
        else:
            segments, numbers = {}, {}
        listed = list_field(document, "items", where=where) if "items" in document else []
        state = document.get("task_state")
        if state is not None and state not in _TASK_STATES:
            message = f"{state!r:.40} is no state of a task; it stays open"
            self.problems.add(f"{where}: task_state", "bad_field", message, severity="warning")
            state = None
        return LabelledImage(
            name=name,
            size_hw=size_hw if maps or photo is None else photo.size_hw,
            layers=maps,
            segments=segments,
            numbers=numbers,
            export_no=export_no,
            open_image=partial(self.source.open, photo.member) if photo else None,
            media_type=photo.media_type if photo else None,
            task_state=state,
            exact_ids=True,
            items=self._items(listed, where) if maps or not layers else {},
        )

    def _photo(self, document: JsonObject, where: str) -> Photo | None:
        if not document.get("file"):
            return None
        member = self._path(text_field(document, "file", where=where))
        if member not in self.source.names():
            self.problems.add(member, "missing_file", f"{where} names this photograph, which is not there")
            return None
        return find_photo(self.source, member, self.problems)

    def _segments(self, items: list[Any], where: str) -> tuple[dict[int, Segment], dict[int, int]]:
        segments: dict[int, Segment] = {}
        numbers: dict[int, int] = {}
        for i, item in enumerate(items):
            at = f"{where}: segments[{i}]"
            try:
                obj = object_item(item, where=at)
                segment = self._segment(obj, at)
                if segment.id in segments:
                    raise FormatError("duplicate_segment", f"id {segment.id} stands twice in this image", where=at)
            except FormatError as error:
                self.problems.add(error.where, error.code, f"{error.reason}; the segment is left out")
                continue
            segments[segment.id] = segment
            number = obj.get("number")
            if type(number) is int and number >= 1 and number not in numbers.values():
                numbers[segment.id] = number
            elif number is not None:
                message = f"segment {segment.id}: {number!r:.40} is no number of its own; it gets another"
                self.problems.add(at, "bad_number", message, severity="warning")
        return segments, numbers

    def _items(self, listed: list[Any], where: str) -> dict[str, Item]:
        items: dict[str, Item] = {}
        for i, entry in enumerate(listed):
            at = f"{where}: items[{i}]"
            try:
                obj = dict(object_item(entry, where=at))
                item_id = obj.pop("id", None)
                if not isinstance(item_id, str) or not ITEM_ID.fullmatch(item_id) or item_id in items:
                    raise FormatError("bad_item_id", f"{item_id!r:.60} is no id of an item, or stands twice", where=at)
                item = item_from_json(obj, item_id=item_id, where=at)
                if isinstance(item, ObjectItem) and self.ontology.by_number(item.class_number) is None:
                    message = f"it names class {item.class_number}, which is not in the ontology"
                    raise FormatError("dangling_class", message, where=at)
            except FormatError as error:
                self.problems.add(error.where, error.code, f"{error.reason}; the item is left out")
            except IntarsiaError as error:
                self.problems.add(at, error.code, f"{error.message} The item is left out.")
            else:
                items[item_id] = item
        return items

    def _segment(self, obj: JsonObject, where: str) -> Segment:
        segment_id = int_field(obj, "id", where=where, low=1, high=SEGMENT_ID_MAX)
        entry = self.ontology.by_number(int_field(obj, "class", where=where))
        if entry is None:
            message = f"segment {segment_id} names class {obj['class']}, which is not in the ontology"
            raise FormatError("dangling_class", message, where=where)
        if (segment_id <= STUFF_ID_MAX) == (entry.kind == "thing") or (
            entry.kind != "thing" and segment_id != entry.number
        ):
            message = f"id {segment_id} does not fit {entry.name!r}: stuff has its class's number, things are above"
            raise FormatError("bad_segment_id", message, where=where)
        state, merged_into, answers = obj.get("state", "live"), obj.get("merged_into"), obj.get("answers", {})
        if state not in STATES or (state == "merged") != (type(merged_into) is int):
            raise FormatError("bad_field", f"segment {segment_id}: {state!r:.40} is no state", where=f"{where}: state")
        if not isinstance(answers, dict):
            raise FormatError("bad_field", f"segment {segment_id}: an object is expected", where=f"{where}: answers")
        return Segment(
            segment_id,
            entry.number,
            crowd=obj.get("crowd") is True,
            instances_unknown=obj.get("instances_unknown") is True,
            answers=answers,
            state=state,
            merged_into=merged_into if type(merged_into) is int else None,
        )

    def _add_layer(
        self,
        item: Any,
        where: str,
        size_hw: tuple[int, int],
        segments: Mapping[int, Segment],
        maps: dict[str, LabelMap],
    ) -> None:
        try:
            obj = object_item(item, where=where)
            layer = text_field(obj, "layer", where=where)
            if layer in maps or layer not in {known.name for known in self.ontology.layers}:
                raise FormatError("unknown_layer", f"{layer!r:.80} is no layer, or stands twice", where=where)
            member = self._path(text_field(obj, "pack", where=where))
            label_map = self._map(member, size_hw, layer, obj.get("checksum"))
        except FormatError as error:
            self.problems.add(error.where, error.code, f"{error.reason}; the layer is left out")
            return
        owners = {s.id for s in segments.values() if self._layer_of(s) == layer}
        strangers = {key: area for key, area in label_map.areas().items() if key and key not in owners}
        for key, area in strangers.items():
            message = f"segment {key} ({area} px) is not there, or not of this layer; its pixels stay unlabelled"
            self.problems.add(member, "unknown_segment", message)
        if strangers:
            kept = {key: key for key in label_map.areas() if key not in strangers}
            label_map = LabelMap.from_array(relabel(row_runs(label_map.to_array()), kept))
        maps[layer] = label_map

    def _layer_of(self, segment: Segment) -> str | None:
        entry = self.ontology.by_number(segment.class_number)
        return entry.layer if entry else None

    def _map(self, member: str, size_hw: tuple[int, int], layer: str, checksum: object) -> LabelMap:
        data = read_member(self.source, member, limit_bytes=MASK_BYTES_MAX)
        try:
            label_map = LabelMap.from_pack(size_hw, data)
            label_map.areas()
            found = label_map.checksum(layer)
        except CodecError as error:
            raise FormatError(error.code, error.message, where=member) from error
        if found != checksum:
            message = f"its checksum is {found[:16]}…, not {checksum!r:.24} as stated: it was changed or damaged"
            raise FormatError("checksum_differs", message, where=member)
        return label_map
