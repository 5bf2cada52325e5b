# SPDX-License-Identifier: Apache-2.0
"""COCO instances in: annotations that may overlap become one partition, by a stated rule and with every loss told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from intarsia.core.errors import GeometryError
from intarsia.core.geometry import check_size
from intarsia.core.item import Item
from intarsia.core.item_geometry import GEOMETRY_KINDS
from intarsia.core.label_map import LabelMap
from intarsia.core.ontology import Ontology
from intarsia.formats.base import FormatError, LabelledImage, ProblemLog, ReadOptions, ReadResult, Source
from intarsia.formats.extension import ExtensionFile, int_keyed, read_extension_file
from intarsia.formats.imported_ontology import DEFAULT_LAYER
from intarsia.formats.instances_index import (
    SLUG,
    InstanceAnnotation,
    InstancesImage,
    InstancesIndex,
    instances_json_names,
    number_of,
    read_instances_index,
)
from intarsia.formats.instances_masks import Mask, paint, read_mask
from intarsia.formats.instances_objects import read_object
from intarsia.formats.json_files import JsonObject
from intarsia.formats.panoptic_classes import panoptic_ontology
from intarsia.formats.panoptic_files import PhotoFinder
from intarsia.formats.panoptic_index import Category
from intarsia.formats.readers import Photo, SegmentDraft, bare_image, find_photo, sizes_agree

_NO_FIELDS: JsonObject = {}


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a category's pixels go."""

    layer: str
    class_number: int
    category: Category


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One usable annotation: its segment and its mask, still unpainted."""

    annotation: InstanceAnnotation
    segment_id: int
    mask: Mask


def read_instances(source: Source, options: ReadOptions) -> ReadResult:
    """Raises FormatError ``no_annotations``, or what makes every JSON unusable."""
    if options.class_table is not None:
        raise FormatError("not_supported", "COCO instances brings its own categories; no class table is read")
    problems = ProblemLog()
    extension = read_extension_file(source, SLUG, problems)
    stated = extension.root.get("annotations") if extension else None
    own = extension.path(stated) if extension and isinstance(stated, str) else ""
    names = (own,) if own in source.names() else instances_json_names(source)
    if not names:
        raise FormatError("no_annotations", "no JSON with instance annotations (segmentation) was found")
    indices = []
    for name in names:
        try:
            indices.append(read_instances_index(source, name, problems))
        except FormatError as error:
            if len(names) == 1:
                raise
            problems.add(error.where, error.code, f"{error.reason}; the file is left out")
    if not indices:
        raise FormatError("no_annotations", f"none of {len(names)} JSON files can be used", where=names[0])
    ontology, targets = _classes(indices, extension, problems)
    ontology = _with_geometry(ontology, extension, _boxed(indices, targets))
    reader = _Reader(source, ontology, targets, extension, problems, PhotoFinder(source))
    count = sum(len(index.images) for index in indices)
    return ReadResult(ontology=ontology, count=count, images=reader.images(indices, options.wanted), problems=problems)


def _classes(
    indices: Sequence[InstancesIndex], extension: ExtensionFile | None, problems: ProblemLog
) -> tuple[Ontology, Mapping[int, _Target]]:
    """The ontology, and where each category goes: into the layer that the extension says, else into the first."""
    known = extension.ontology if extension else None
    layer_of = {entry.number: entry.layer for entry in known.classes} if known else {}
    first_layer = known.layers[0].name if known and known.layers else DEFAULT_LAYER
    layers: dict[str, dict[int, Category]] = {first_layer: {}}
    seen: dict[int, Category] = {}
    for index in indices:
        for category in index.categories:
            first = seen.setdefault(category.id, category)
            layers.setdefault(layer_of.get(category.id, first_layer), {}).setdefault(category.id, first)
            if (first.name, first.is_thing) != (category.name, category.is_thing):
                message = f"id {category.id} is {category.name!r} here but {first.name!r} before, which counts"
                problems.add(f"{index.json_name}: categories", "category_differs", message)
    ontology, numbers = panoptic_ontology(layers, known, where=indices[0].json_name)
    targets = {
        category_id: _Target(layer, numbers[layer][category_id], category)
        for layer, categories in layers.items()
        for category_id, category in categories.items()
    }
    return ontology, targets


def _boxed(indices: Sequence[InstancesIndex], targets: Mapping[int, _Target]) -> set[int]:
    """Numbers of the classes of things that have a box without an outline."""
    every = (annotation for index in indices for group in index.annotations.values() for annotation in group)
    boxes = (targets[a.category_id] for a in every if a.segmentation in (None, []) and a.box is not None)
    return {target.class_number for target in boxes if target.category.is_thing}


def _with_geometry(ontology: Ontology, extension: ExtensionFile | None, boxed: Collection[int]) -> Ontology:
    """Classes with the kinds of objects that the extension tells, and with boxes where the file has some."""
    known = extension.ontology if extension else None
    told = {(c.layer, c.number, c.name): c.geometry for c in known.classes} if known else {}
    classes = []
    for entry in ontology.classes:
        kinds = {*entry.geometry, *told.get((entry.layer, entry.number, entry.name), ())}
        if entry.number in boxed:
            kinds.add("box")
        ordered = tuple(kind for kind in ("mask", *GEOMETRY_KINDS) if kind in kinds)
        classes.append(replace(entry, geometry=ordered))
    return replace(ontology, classes=tuple(classes))


@dataclass(slots=True)
class _Reader:
    source: Source
    ontology: Ontology
    targets: Mapping[int, _Target]
    extension: ExtensionFile | None
    problems: ProblemLog
    photos: PhotoFinder

    def images(self, indices: Sequence[InstancesIndex], wanted: Callable[[int], bool]) -> Iterator[LabelledImage]:
        export_no = 0
        for index in indices:
            for listed in index.images:
                export_no += 1
                if not wanted(export_no):
                    continue
                image = self._image(index, listed, export_no)
                if image is not None:
                    yield image

    def _image(self, index: InstancesIndex, listed: InstancesImage, export_no: int) -> LabelledImage | None:
        where = f"{index.json_name}: image {listed.id}"
        photo = find_photo(self.source, self.photos.find(listed.file_name, index.json_name), self.problems)
        record = self.extension.images.get(listed.file_name, _NO_FIELDS) if self.extension else _NO_FIELDS
        stated = record.get("name")
        name = stated if isinstance(stated, str) and stated else listed.file_name
        size_hw = self._size(listed, photo, where)
        if size_hw is None or not sizes_agree(photo, size_hw, where=where, problems=self.problems):
            return bare_image(name, photo, export_no) if photo else None
        draft = SegmentDraft()
        annotations, items = self._objects(index.annotations.get(listed.id, ()), record)
        drawn = self._drawn(annotations, listed, record, size_hw, draft)
        by_layer: dict[str, list[tuple[bool, int, Mask]]] = {layer.name: [] for layer in self.ontology.layers}
        for entry in drawn:
            layer = self.targets[entry.annotation.category_id].layer
            by_layer[layer].append((entry.annotation.crowd, entry.segment_id, entry.mask))
        for layer, class_number, mask in self._ignored(record, size_hw, where, draft):
            by_layer[layer].append((True, class_number, mask))
        maps = {layer: self._painted(masks, size_hw, where) for layer, masks in by_layer.items()}
        self._drop_covered(draft, drawn, maps)
        return replace(draft.image(name, photo, size_hw, maps, export_no), items=items)

    def _objects(
        self, annotations: Sequence[InstanceAnnotation], record: JsonObject
    ) -> tuple[list[InstanceAnnotation], dict[str, Item]]:
        """Annotations that have pixels, and the objects that the others are."""
        told = int_keyed(record.get("objects"))
        drawn: list[InstanceAnnotation] = []
        items: dict[str, Item] = {}
        for annotation in annotations:
            target = self.targets[annotation.category_id]
            item = None
            try:
                if target.category.is_thing:
                    item = read_object(annotation, target.class_number, told.get(annotation.id, _NO_FIELDS))
            except FormatError as error:
                self.problems.add(error.where, error.code, f"{error.reason}; the annotation is left out")
                continue
            if item is None:
                drawn.append(annotation)
            else:
                items[item.id] = item
        return drawn, items

    def _size(self, listed: InstancesImage, photo: Photo | None, where: str) -> tuple[int, int] | None:
        """The size that the JSON states, else the photograph's; None, with a problem, when there is no usable one."""
        size_hw = listed.size_hw or (photo.size_hw if photo else None)
        if size_hw is None:
            message = "neither width and height nor a photograph say how large it is; it is left out"
            self.problems.add(where, "no_size", message)
            return None
        try:
            return check_size(size_hw)
        except GeometryError as error:
            self.problems.add(where, error.code, error.message)
            return None

    def _drawn(
        self,
        annotations: Sequence[InstanceAnnotation],
        listed: InstancesImage,
        record: JsonObject,
        size_hw: tuple[int, int],
        draft: SegmentDraft,
    ) -> list[_Drawn]:
        flags = int_keyed(record.get("segments"))
        found = []
        for annotation in annotations:
            try:
                mask = read_mask(annotation.segmentation, size_hw=size_hw, where=annotation.where)
            except FormatError as error:
                self.problems.add(error.where, error.code, f"{error.reason}; the annotation is left out")
                continue
            if mask.area_px == 0:
                message = "it covers no pixel centre of the image; it is left out"
                self.problems.add(annotation.where, "empty_annotation", message)
                continue
            self._compare_area(annotation, mask)
            segment_id = self._segment(annotation, flags.get(annotation.id, _NO_FIELDS), draft)
            number = number_of(annotation.id, listed.id)
            if number is not None and number not in draft.numbers.values():
                draft.numbers.setdefault(segment_id, number)
            found.append(_Drawn(annotation, segment_id, mask))
        return found

    def _segment(self, annotation: InstanceAnnotation, flags: JsonObject, draft: SegmentDraft) -> int:
        target = self.targets[annotation.category_id]
        if target.category.is_thing:
            unknown = flags.get("instances_unknown") is True
            segment_id = draft.thing(target.class_number, crowd=annotation.crowd, instances_unknown=unknown)
        else:
            if target.class_number in draft.segments:
                message = f"{target.category.name!r} is stuff and has one segment per image; merged into it"
                self.problems.add(annotation.where, "stuff_merged", message, severity="warning")
            segment_id = draft.stuff(target.class_number, crowd=annotation.crowd)
            if flags.get("instances_unknown") is True:
                draft.segments[segment_id] = replace(draft.segments[segment_id], instances_unknown=True)
        if isinstance(flags.get("answers"), dict):
            draft.segments[segment_id] = replace(draft.segments[segment_id], answers=dict(flags["answers"]))
        return segment_id

    def _compare_area(self, annotation: InstanceAnnotation, mask: Mask) -> None:
        area = annotation.area
        if area is None or abs(area - mask.area_px) <= mask.edge_px:
            return
        message = f"area {area:g} in the JSON, {mask.area_px} px in the mask, which counts"
        self.problems.add(annotation.where, "area_differs", message, severity="warning")

    def _ignored(
        self, record: JsonObject, size_hw: tuple[int, int], where: str, draft: SegmentDraft
    ) -> Iterator[tuple[str, int, Mask]]:
        """Pixels of ignore classes, which the extension keeps; they lie below all annotations."""
        known = {entry.number: entry.layer for entry in self.ontology.classes if entry.kind == "ignore"}
        listed = record.get("ignored")
        for item in listed if isinstance(listed, list) else ():
            number = item.get("class") if isinstance(item, dict) else None
            if type(number) is not int or number not in known:
                message = f"ignored pixels name class {number!r:.40}, which is no ignore class; they stay unlabelled"
                self.problems.add(where, "dangling_category", message)
                continue
            try:
                segmentation = {"size": list(size_hw), "counts": item.get("counts")}
                mask = read_mask(segmentation, size_hw=size_hw, where=f"{where}: ignored pixels of class {number}")
            except FormatError as error:
                self.problems.add(error.where, error.code, f"{error.reason}; they stay unlabelled")
                continue
            draft.stuff(number)
            own = item.get("number")
            if type(own) is int and own >= 1 and own not in draft.numbers.values():
                draft.numbers.setdefault(number, own)
            yield known[number], number, mask

    def _painted(self, masks: Sequence[tuple[bool, int, Mask]], size_hw: tuple[int, int], where: str) -> LabelMap:
        if not masks:
            return LabelMap.empty(size_hw)
        ordered = [(segment_id, mask) for _, segment_id, mask in sorted(masks, key=lambda entry: not entry[0])]
        painted = paint(ordered, size_hw=size_hw)
        if painted.overlap_px:
            message = (
                f"annotations overlap on {painted.overlap_px} px; crowds lie below, else the later annotation owns"
                " the pixel"
            )
            self.problems.add(where, "overlap", message, severity="warning")
        return LabelMap.from_array(painted.ids)

    def _drop_covered(self, draft: SegmentDraft, drawn: Sequence[_Drawn], maps: Mapping[str, LabelMap]) -> None:
        """A segment that later ones cover wholly owns nothing; it does not come in, which is told."""
        owners = {segment_id for label_map in maps.values() for segment_id in label_map.areas()}
        for entry in drawn:
            if entry.segment_id not in owners and entry.segment_id in draft.segments:
                message = "later annotations cover it wholly; it is left out"
                self.problems.add(entry.annotation.where, "covered", message)
        for segment_id in [key for key in draft.segments if key not in owners]:
            del draft.segments[segment_id]
            draft.numbers.pop(segment_id, None)
