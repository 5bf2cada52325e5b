# SPDX-License-Identifier: Apache-2.0
"""Pascal VOC in: the class mask says the class of a pixel, the object mask which thing it belongs to."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from intarsia.core.label_map import LabelMap
from intarsia.core.ontology import ClassDef, Ontology
from intarsia.formats.base import FormatError, LabelledImage, ProblemLog, ReadOptions, ReadResult, Source
from intarsia.formats.class_table import ClassTable
from intarsia.formats.extension import ExtensionFile, read_extension_file
from intarsia.formats.imported_ontology import ClassDraft, imported_ontology
from intarsia.formats.json_files import JsonObject
from intarsia.formats.png import decode_colour_runs, decode_index_png, holds_colours
from intarsia.formats.readers import MASK_BYTES_MAX, Photo, SegmentDraft, bare_image, find_photo, sizes_agree
from intarsia.formats.runs import extents, first_use, relabel, row_runs
from intarsia.formats.semantic_layout import find_class_table
from intarsia.formats.sources import read_member
from intarsia.formats.voc_labels import VOID, colour_id, find_label_list, voc_colour
from intarsia.formats.voc_layout import VocItem, voc_items, voc_roots
from intarsia.formats.voc_write import SLUG, LayerFolders

Grid = npt.NDArray[np.uint32]
# What a colour that stands for nothing becomes in a class mask, whose values stay below the stride, and in a mask of
# ignore classes, of which every 16-bit value may be one.
_NO_CLASS = 65_535
_NO_IGNORE_CLASS = 65_536
_NO_VOID = -1
_STRIDE = 65_536
_FIRST_STRANGE = 1000


@dataclass(frozen=True, slots=True)
class _Labels:
    """Meaning of class indices, and of colours in RGB masks. ``unlabelled`` is None when every value is a class.

    ``void`` gives, by layer, the ignore classes that an extension keeps apart within value 255.
    """

    classes: Mapping[int, ClassDef]
    unlabelled: int | None
    index_of_colour: Mapping[int, int]
    void: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class _ImageFacts:
    """What ``intarsia.json`` says of one image: rows by (class number, object or None)."""

    rows: Mapping[tuple[int, int | None], JsonObject] = field(default_factory=dict)
    name: str | None = None


def read_voc(source: Source, options: ReadOptions) -> ReadResult:
    """Raises FormatError ``no_masks``, ``bad_label_map``, or what is wrong with a class table."""
    problems = ProblemLog()
    extension = None if options.class_table else read_extension_file(source, SLUG, problems)
    if extension is not None:
        roots: tuple[str, ...] = (extension.folder,)
    else:
        roots = voc_roots(source)
    if not roots:
        raise FormatError("no_masks", "no SegmentationClass folder with PNG masks was found")
    ontology, labels = _labels(source, roots[0], options, extension)
    layers = _layers(extension, ontology)
    folders = [folder for entry in layers for folder in (entry.classes, entry.objects)]
    items = [item for root in roots for item in voc_items(source, root, folders, problems)]
    reader = _Reader(source, ontology, labels, layers, _facts(extension), frozenset(source.names()), problems)
    return ReadResult(
        ontology=ontology, count=len(items), images=reader.images(items, options.wanted), problems=problems
    )


def _labels(
    source: Source, root: str, options: ReadOptions, extension: ExtensionFile | None
) -> tuple[Ontology, _Labels]:
    """An explicit table goes first, then one in the source, then the extension, then the list of names."""
    found = find_label_list(source, root)
    if extension is not None:
        by_number = {entry.number: entry for entry in extension.ontology.classes}
        stated = extension.root.get("indices")
        rows = [row for row in stated if isinstance(row, dict)] if isinstance(stated, list) else []
        pairs = [(row.get("index"), row.get("class")) for row in rows]
        classes = {i: by_number[n] for i, n in pairs if type(i) is int and type(n) is int and n in by_number}
        ignored = [entry for entry in extension.ontology.classes if entry.kind == "ignore"]
        void = {e.layer: tuple(o.number for o in ignored if o.layer == e.layer) for e in ignored}
        return extension.ontology, _Labels(classes, 0, found.index_of_colour, void)
    in_source = find_class_table(source)
    table: ClassTable = options.class_table or (in_source[1] if in_source else found.table)
    drafts = [
        ClassDraft(entry.index, entry.name, entry.kind, layer=entry.layer, colour=entry.colour, key=entry.key)
        for entry in table.entries
    ]
    ontology, numbers = imported_ontology(drafts, layers=table.layers, where="class list")
    by_number = {entry.number: entry for entry in ontology.classes}
    classes = {entry.index: by_number[numbers[entry.layer, entry.index]] for entry in table.entries}
    return ontology, _Labels(classes, table.unlabelled, found.index_of_colour)


def _layers(extension: ExtensionFile | None, ontology: Ontology) -> list[LayerFolders]:
    """The folders of every layer; their names follow from the layer's, so that the file need not be trusted."""
    if extension is None:
        return [LayerFolders.of(ontology.layers[0].name, first=True)]
    return [LayerFolders.of(layer.name, first=i == 0) for i, layer in enumerate(ontology.layers)]


def _facts(extension: ExtensionFile | None) -> Mapping[str, _ImageFacts]:
    """By stem."""
    facts: dict[str, _ImageFacts] = {}
    for record in extension.images.values() if extension else ():
        stem, name, listed = record.get("stem"), record.get("name", record["file_name"]), record.get("segments")
        rows: dict[tuple[int, int | None], JsonObject] = {}
        for row in listed if isinstance(listed, list) else ():
            if isinstance(row, dict) and type(row.get("class")) is int:
                number = row.get("object")
                rows[row["class"], number if type(number) is int else None] = row
        if isinstance(stem, str):
            facts[stem] = _ImageFacts(rows, name if isinstance(name, str) and name else None)
    return facts


@dataclass(slots=True)
class _Reader:
    source: Source
    ontology: Ontology
    labels: _Labels
    layers: Sequence[LayerFolders]
    facts: Mapping[str, _ImageFacts]
    names: frozenset[str]
    problems: ProblemLog

    def images(self, items: Sequence[VocItem], wanted: Callable[[int], bool]) -> Iterator[LabelledImage]:
        for export_no, item in enumerate(items, start=1):
            if not wanted(export_no):
                continue
            image = self._image(item, export_no)
            if image is not None:
                yield image

    def _image(self, item: VocItem, export_no: int) -> LabelledImage | None:
        photo = find_photo(self.source, item.photo, self.problems)
        facts = self.facts.get(item.stem, _ImageFacts())
        fallback = posixpath.basename(item.photo) if item.photo else f"{posixpath.basename(item.stem)}.png"
        draft = SegmentDraft()
        maps: dict[str, LabelMap] = {}
        for folders in self.layers:
            ids = self._layer(item, folders, photo, facts, draft)
            if ids is not None and all(other.size_hw == ids.shape for other in maps.values()):
                maps[folders.layer] = LabelMap.from_array(ids)
            elif ids is not None:
                message = "the masks of two layers differ in size; this one is left out"
                self.problems.add(posixpath.join(folders.classes, item.stem), "size_differs", message)
        if maps:
            used = {segment_id for label_map in maps.values() for segment_id in label_map.areas()}
            for segment_id in [key for key in draft.segments if key not in used]:
                del draft.segments[segment_id]
                draft.numbers.pop(segment_id, None)
            size_hw = next(iter(maps.values())).size_hw
            return draft.image(facts.name or fallback, photo, size_hw, maps, export_no)
        return bare_image(facts.name or fallback, photo, export_no) if photo else None

    def _layer(
        self, item: VocItem, folders: LayerFolders, photo: Photo | None, facts: _ImageFacts, draft: SegmentDraft
    ) -> Grid | None:
        """Segment ids of one layer, or None when it has no usable class mask."""
        member = posixpath.join(item.root, folders.classes, f"{item.stem}.png")
        if member not in self.names and item.stem in self.facts:
            self.problems.add(member, "missing_file", "the class mask is not there; no labels come in for this layer")
        classes = self._mask(member, self.labels.index_of_colour, strange=_NO_CLASS)
        if classes is None or not sizes_agree(photo, _size(classes), where=member, problems=self.problems):
            return None
        objects, void = self._objects(item, folders, _size(classes))
        runs = row_runs(classes * np.uint32(_STRIDE) + objects)
        ids = {}
        seen_objects: dict[int, int] = {}
        unknown: dict[int, int] = {}
        areas = {extent.value: extent.area_px for extent in extents(runs)}
        for value in first_use(runs):
            index, number = divmod(value, _STRIDE)
            number = 0 if number == void else number
            entry = self.labels.classes.get(index)
            if index == VOID and folders.layer in self.labels.void:
                ignored = self.labels.void[folders.layer][0]
                ids[value] = self._row(draft.stuff(ignored), facts.rows.get((ignored, None)), draft)
            elif entry is None or entry.layer != folders.layer:
                self._no_class(member, index, number, areas[value])
                ids[value] = 0
            elif entry.kind != "thing":
                ids[value] = self._row(draft.stuff(entry.number), facts.rows.get((entry.number, None)), draft)
            elif number == 0:
                if entry.number not in unknown:
                    unknown[entry.number] = draft.thing(entry.number, instances_unknown=True)
                ids[value] = unknown[entry.number]
            else:
                if seen_objects.setdefault(number, index) != index:
                    message = f"object {number} has pixels of several classes; each class makes a thing of its own"
                    self.problems.add(member, "object_of_two_classes", message, severity="warning")
                row = facts.rows.get((entry.number, number))
                ids[value] = self._row(draft.thing(entry.number), row, draft, number=number)
        return self._with_void_classes(item, folders, relabel(runs, ids), classes == VOID, facts, draft)

    def _no_class(self, member: str, index: int, number: int, area_px: int) -> None:
        """What is not of a class stays unlabelled; only the value that is said to be unlabelled is no problem."""
        if index == _NO_CLASS:
            return
        if index != self.labels.unlabelled:
            message = f"value {index} ({area_px} px) is no class of the list; these pixels stay unlabelled"
            self.problems.add(member, "unknown_value", message)
        elif number:
            message = f"object {number} has {area_px} px of background; these pixels stay unlabelled"
            self.problems.add(member, "object_without_class", message, severity="warning")

    def _row(self, segment_id: int, row: JsonObject | None, draft: SegmentDraft, *, number: int | None = None) -> int:
        """What the extension says of a segment; the object's own number where it says none."""
        stated = row.get("number") if row is not None else number
        if type(stated) is int and stated >= 1 and stated not in draft.numbers.values():
            draft.numbers.setdefault(segment_id, stated)
        if row is not None:
            answers = row.get("answers")
            draft.segments[segment_id] = replace(
                draft.segments[segment_id],
                crowd=row.get("crowd") is True,
                instances_unknown=row.get("instances_unknown") is True,
                answers=dict(answers) if isinstance(answers, dict) else {},
            )
        return segment_id

    def _objects(self, item: VocItem, folders: LayerFolders, size_hw: tuple[int, int]) -> tuple[Grid, int]:
        """Object numbers, and the value that stands for void among them; without a mask there are none."""
        wide = posixpath.join(item.root, folders.objects16, f"{item.stem}.png")
        member = posixpath.join(item.root, folders.objects, f"{item.stem}.png")
        void = VOID
        if wide in self.names:
            member, void = wide, _NO_VOID
        if member not in self.names:
            message = "there is no object mask; the things of a class are one segment with uncounted instances"
            self.problems.add(member, "missing_file", message, severity="warning")
            return np.zeros(size_hw, np.uint32), void
        voc_colours = {colour_id(voc_colour(index)): index for index in range(256)}
        objects = self._mask(member, voc_colours, strange=None)
        if objects is None:
            return np.zeros(size_hw, np.uint32), void
        if _size(objects) != size_hw:
            message = f"{objects.shape[1]} x {objects.shape[0]} px do not fit the class mask; objects stay uncounted"
            self.problems.add(member, "size_differs", message)
            return np.zeros(size_hw, np.uint32), void
        return objects, void

    def _mask(self, member: str, index_of_colour: Mapping[int, int], *, strange: int | None) -> Grid | None:
        """Indices of a palette or grey PNG, or of the colours of an RGB one; None, with a problem, if unusable.

        A colour that stands for nothing is reported and becomes ``strange``; without one it is a further object.
        """
        if member not in self.names:
            return None
        try:
            data = read_member(self.source, member, limit_bytes=MASK_BYTES_MAX)
            if not holds_colours(data, where=member):
                values = decode_index_png(data, where=member)
                if strange is not None and bool((values == strange).any()):
                    raise FormatError("unknown_value", f"it holds the value {strange}", where=member)
                return values
            runs, colours = decode_colour_runs(data, where=member)
        except FormatError as error:
            self.problems.add(error.where, error.code, f"{error.reason}; the mask is left out")
            return None
        table = {}
        for place, extent in enumerate(colours):
            if extent.value in index_of_colour:
                table[extent.value] = index_of_colour[extent.value]
            elif strange is None:
                table[extent.value] = _FIRST_STRANGE + place
            else:
                table[extent.value] = strange
                rgb = (extent.value & 255, extent.value >> 8 & 255, extent.value >> 16)
                message = f"colour {rgb} ({extent.area_px} px) is no class of the list; these pixels stay unlabelled"
                self.problems.add(member, "unknown_colour", message)
        return relabel(runs, table)

    def _with_void_classes(
        self,
        item: VocItem,
        folders: LayerFolders,
        ids: Grid,
        void: npt.NDArray[np.bool_],
        facts: _ImageFacts,
        draft: SegmentDraft,
    ) -> Grid:
        """Where a layer has several ignore classes, a mask beside says which of them each void pixel is of."""
        ignored = self.labels.void.get(folders.layer, ())
        member = posixpath.join(item.root, folders.void, f"{item.stem}.png")
        if len(ignored) < 2 or not bool(void.any()):
            return ids
        which = self._mask(member, {}, strange=_NO_IGNORE_CLASS)
        if which is None or which.shape != ids.shape:
            name = self.ontology.by_number(ignored[0])
            message = f"no mask says which ignore class void pixels are of; all become {name.name if name else '?'!r}"
            self.problems.add(member, "missing_file", message, severity="warning")
            return ids
        known = void & np.isin(which, ignored)
        for number in np.unique(which[known]).tolist():
            self._row(draft.stuff(number), facts.rows.get((number, None)), draft)
        return np.where(known, which, ids)


def _size(grid: Grid) -> tuple[int, int]:
    return grid.shape[0], grid.shape[1]
