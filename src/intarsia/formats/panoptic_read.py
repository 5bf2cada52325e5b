# SPDX-License-Identifier: Apache-2.0
"""COCO panoptic in: the PNG says who owns a pixel, the JSON says of which class; every disagreement is told."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from intarsia.core.label_map import LabelMap
from intarsia.core.ontology import Ontology
from intarsia.formats.base import FormatError, LabelledImage, ProblemLog, ReadOptions, ReadResult, Source
from intarsia.formats.imported_ontology import DEFAULT_LAYER
from intarsia.formats.panoptic_classes import merged_categories, panoptic_ontology
from intarsia.formats.panoptic_extension import Extension, ImageExtras, LayerFiles, read_extension
from intarsia.formats.panoptic_files import MaskFinder, PhotoFinder
from intarsia.formats.panoptic_index import (
    Category,
    PanopticImage,
    PanopticIndex,
    SegmentInfo,
    checked_segments,
    panoptic_json_names,
    read_panoptic_index,
)
from intarsia.formats.png import decode_id_runs, decode_index_png
from intarsia.formats.readers import MASK_BYTES_MAX, Photo, SegmentDraft, bare_image, find_photo, sizes_agree
from intarsia.formats.runs import RowRuns, ValueExtent, extents, first_use, relabel
from intarsia.formats.sources import read_member

Grid = npt.NDArray[np.uint32]
_NO_EXTRAS = ImageExtras()


@dataclass(frozen=True, slots=True)
class _LayerIndex:
    """One layer of one part: its JSON, and its images by id."""

    layer: str
    index: PanopticIndex
    categories: Mapping[int, Category]
    numbers: Mapping[int, int]
    by_id: Mapping[int, PanopticImage]
    ignored_folder: str | None
    masks_folder: str | None


def read_panoptic(source: Source, options: ReadOptions) -> ReadResult:
    """Raises FormatError ``no_annotations``, or what makes every JSON unusable."""
    if options.class_table is not None:
        raise FormatError("not_supported", "COCO panoptic brings its own categories; no class table is read")
    problems = ProblemLog()
    extension = read_extension(source, problems)
    stated = {files.json_name for files in extension.layers} & set(source.names()) if extension else set()
    names = tuple(sorted(stated | set(panoptic_json_names(source))))
    if not names:
        raise FormatError("no_annotations", "no JSON with segments_info was found")
    indices = []
    for name in names:
        try:
            indices.append(read_panoptic_index(source, name, problems))
        except FormatError as error:
            if len(names) == 1:
                raise
            problems.add(error.where, error.code, f"{error.reason}; the file is left out")
    if not indices:
        raise FormatError("no_annotations", f"none of {len(names)} JSON files can be used", where=names[0])
    known = {files.json_name: files for files in extension.layers} if extension else {}
    layer_of = {
        index.json_name: known[index.json_name].layer if index.json_name in known else DEFAULT_LAYER
        for index in indices
    }
    listed = [(layer_of[index.json_name], index) for index in indices]
    categories = merged_categories(listed, problems)
    ontology, numbers = panoptic_ontology(categories, extension.ontology if extension else None, where=names[0])
    layers = [
        _layer_index(layer, index, categories[layer], numbers[layer], known.get(index.json_name))
        for layer, index in listed
    ]
    parts = _parts(layers)
    count = sum(len(part[0].index.images) for part in parts)
    reader = _Reader(source, ontology, extension, problems, MaskFinder(source), PhotoFinder(source))
    return ReadResult(ontology=ontology, count=count, images=reader.images(parts, options.wanted), problems=problems)


def _layer_index(
    layer: str,
    index: PanopticIndex,
    categories: Mapping[int, Category],
    numbers: Mapping[int, int],
    files: LayerFiles | None,
) -> _LayerIndex:
    own = {category.id for category in index.categories}
    return _LayerIndex(
        layer=layer,
        index=index,
        categories={k: v for k, v in categories.items() if k in own},
        numbers=numbers,
        by_id={image.id: image for image in index.images},
        ignored_folder=files.ignored if files else None,
        masks_folder=files.masks if files else None,
    )


def _parts(layers: list[_LayerIndex]) -> list[tuple[_LayerIndex, ...]]:
    """Layers of one export belong together; every other JSON (train, val) is a part of its own."""
    joined = tuple(entry for entry in layers if entry.masks_folder is not None)
    alone = [(entry,) for entry in layers if entry.masks_folder is None]
    return ([joined] if joined else []) + alone


@dataclass(slots=True)
class _Reader:
    source: Source
    ontology: Ontology
    extension: Extension | None
    problems: ProblemLog
    masks: MaskFinder
    photos: PhotoFinder

    def images(self, parts: list[tuple[_LayerIndex, ...]], wanted: Callable[[int], bool]) -> Iterator[LabelledImage]:
        export_no = 0
        for part in parts:
            for listed in part[0].index.images:
                export_no += 1
                if not wanted(export_no):
                    continue
                image = self._image(part, listed, export_no)
                if image is not None:
                    yield image

    def _image(self, part: tuple[_LayerIndex, ...], listed: PanopticImage, export_no: int) -> LabelledImage | None:
        json_name = part[0].index.json_name
        photo = find_photo(self.source, self.photos.find(listed.file_name, json_name), self.problems)
        extras = self.extension.images.get(listed.file_name, _NO_EXTRAS) if self.extension else _NO_EXTRAS
        name = extras.name or listed.file_name
        draft = SegmentDraft()
        maps: dict[str, LabelMap] = {}
        for entry in part:
            image = entry.by_id.get(listed.id)
            if image is None or image.mask_name is None:
                continue
            ids = self._layer(entry, image, photo, extras, draft)
            if ids is not None and (not maps or next(iter(maps.values())).size_hw == ids.shape):
                maps[entry.layer] = LabelMap.from_array(ids)
        if maps:
            return draft.image(name, photo, next(iter(maps.values())).size_hw, maps, export_no)
        return bare_image(name, photo, export_no) if photo else None

    def _layer(
        self, entry: _LayerIndex, image: PanopticImage, photo: Photo | None, extras: ImageExtras, draft: SegmentDraft
    ) -> Grid | None:
        """Segment ids of one layer of one image, or None when its labels cannot be used; the reason is a problem."""
        assert image.mask_name is not None
        declared = checked_segments(image, entry.index, dict(entry.categories), self.problems)
        member = self.masks.find(image.mask_name, entry.index.json_name, entry.masks_folder)
        where = f"{entry.index.json_name}: image {image.id}"
        if member is None:
            self.problems.add(where, "missing_file", f"the mask {image.mask_name} is not there; no labels come in")
            return None
        try:
            runs = decode_id_runs(read_member(self.source, member, limit_bytes=MASK_BYTES_MAX), where=member)
        except FormatError as error:
            self.problems.add(error.where, error.code, f"{error.reason}; no labels come in")
            return None
        found = {extent.value: extent for extent in extents(runs) if extent.value != 0}
        _compare(declared, found, member, self.problems)
        if image.size_hw is not None and image.size_hw != runs.size_hw:
            stated = f"{image.size_hw[1]} x {image.size_hw[0]}"
            message = f"the JSON says {stated} px, the mask {member} is {runs.size_hw[1]} x {runs.size_hw[0]} px"
            self.problems.add(where, "size_differs", message, severity="warning")
        if not sizes_agree(photo, runs.size_hw, where=member, problems=self.problems):
            return None
        table = self._segments(entry, runs, declared, extras, draft, member)
        grid = relabel(runs, table)
        return self._with_ignored(entry, image, grid, draft)

    def _segments(
        self,
        entry: _LayerIndex,
        runs: RowRuns,
        declared: Mapping[int, SegmentInfo],
        extras: ImageExtras,
        draft: SegmentDraft,
        member: str,
    ) -> dict[int, int]:
        table: dict[int, int] = {0: 0}
        for value in first_use(runs):
            info = declared.get(value)
            if info is None:
                continue
            category = entry.categories[info.category_id]
            number = entry.numbers[category.id]
            if category.is_thing:
                unknown = value in extras.instances_unknown
                segment_id = draft.thing(number, crowd=info.crowd, instances_unknown=unknown)
            else:
                if number in draft.segments:
                    message = (
                        f"segment {value}: {category.name!r} is stuff and has one segment per image; merged into it"
                    )
                    self.problems.add(member, "stuff_merged", message, severity="warning")
                segment_id = draft.stuff(number, crowd=info.crowd)
            draft.numbers.setdefault(segment_id, value)
            if value in extras.answers:
                segment = draft.segments[segment_id]
                draft.segments[segment_id] = replace(segment, answers=dict(extras.answers[value]))
            table[value] = segment_id
        return table

    def _with_ignored(self, entry: _LayerIndex, image: PanopticImage, grid: Grid, draft: SegmentDraft) -> Grid:
        """Void pixels that the extension tells apart as ignored go back to their ignore class."""
        if entry.ignored_folder is None or image.mask_name is None:
            return grid
        member = posixpath.join(entry.ignored_folder, image.mask_name)
        if member not in self.masks.names:
            return grid
        try:
            classes = decode_index_png(read_member(self.source, member, limit_bytes=MASK_BYTES_MAX), where=member)
        except FormatError as error:
            self.problems.add(error.where, error.code, f"{error.reason}; ignored pixels stay unlabelled")
            return grid
        if classes.shape != grid.shape:
            message = f"{classes.shape[1]} x {classes.shape[0]} px do not fit the mask; ignored pixels stay unlabelled"
            self.problems.add(member, "size_differs", message)
            return grid
        known = {c.number for c in self.ontology.classes if c.kind == "ignore" and c.layer == entry.layer}
        values = [int(v) for v in np.unique(classes) if v != 0]
        for value in (v for v in values if v not in known):
            message = f"value {value} is no ignore class of this layer; these pixels stay unlabelled"
            self.problems.add(member, "unknown_value", message)
        usable = np.isin(classes, [v for v in values if v in known])
        if bool((usable & (grid != 0)).any()):
            message = "pixels are both ignored and owned by a segment; the segment keeps them"
            self.problems.add(member, "ignored_and_owned", message, severity="warning")
        usable &= grid == 0
        for value in np.unique(classes[usable]).tolist():
            draft.stuff(value)
        return np.where(usable, classes, grid)


def _compare(
    declared: Mapping[int, SegmentInfo], found: Mapping[int, ValueExtent], member: str, problems: ProblemLog
) -> None:
    """The PNG wins; every place where the JSON says otherwise is a problem with both values."""
    for segment_id in sorted(found.keys() - declared.keys()):
        message = (
            f"id {segment_id} ({found[segment_id].area_px} px) is not in segments_info; its pixels stay unlabelled"
        )
        problems.add(member, "id_not_in_json", message)
    for segment_id, info in sorted(declared.items()):
        extent = found.get(segment_id)
        if extent is None:
            message = f"segment {segment_id} is in segments_info but owns no pixel of the PNG; it is left out"
            problems.add(member, "id_not_in_png", message)
            continue
        if info.area_px is not None and info.area_px != extent.area_px:
            message = (
                f"segment {segment_id}: area {info.area_px} in the JSON, {extent.area_px} px in the PNG, which counts"
            )
            problems.add(member, "area_differs", message, severity="warning")
        x0, y0, x1, y1 = extent.box_xyxy
        if info.box_xywh is not None and info.box_xywh != (x0, y0, x1 - x0, y1 - y0):
            message = (
                f"segment {segment_id}: bbox {list(info.box_xywh)} in the JSON, {[x0, y0, x1 - x0, y1 - y0]} in the PNG"
            )
            problems.add(member, "box_differs", message, severity="warning")
