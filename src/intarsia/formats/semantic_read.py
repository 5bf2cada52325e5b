# SPDX-License-Identifier: Apache-2.0
"""Index images in: every value through the explicit table, pixel for pixel."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from intarsia.core.label_map import LabelMap
from intarsia.core.ontology import Ontology
from intarsia.formats.base import FormatError, LabelledImage, ProblemLog, ReadOptions, ReadResult, Source
from intarsia.formats.class_table import INDEX_MAX, ClassTable
from intarsia.formats.imported_ontology import ClassDraft, imported_ontology
from intarsia.formats.png import decode_colour_runs, decode_index_png
from intarsia.formats.readers import MASK_BYTES_MAX, SegmentDraft, bare_image, find_photo, sizes_agree
from intarsia.formats.runs import extents, first_use, relabel, row_runs
from intarsia.formats.semantic_layout import SemanticItem, find_class_table, read_layout
from intarsia.formats.sources import read_member

Grid = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class _LayerTable:
    """Index value to (class number, kind) in one layer, and the value of unlabelled pixels, if there is one.

    ``values`` gives by colour (R + 256·G + 65536·B) the value that it stands for in masks that hold colours.
    """

    classes: Mapping[int, tuple[int, str]]
    unlabelled: int | None
    values: Mapping[int, int]


def read_semantic(source: Source, options: ReadOptions) -> ReadResult:
    """Raises FormatError ``no_class_table`` or ``no_masks``."""
    found = find_class_table(source)
    folder, table = found if found is not None else ("", None)
    table = options.class_table or table
    if table is None:
        message = (
            "no classes.json or classes.csv says which value means which class (or unlabelled)"
            " · put one beside the folders, or name one with --classes"
        )
        raise FormatError("no_class_table", message)
    problems = ProblemLog()
    items = read_layout(source, folder, problems)
    ontology, tables = _tables(table)
    images = _images(source, items, ontology, tables, problems, options.wanted)
    return ReadResult(ontology=ontology, count=len(items), images=images, problems=problems)


def _tables(table: ClassTable) -> tuple[Ontology, Mapping[str, _LayerTable]]:
    drafts = [
        ClassDraft(
            source_id=entry.index,
            name=entry.name,
            kind=entry.kind,
            layer=entry.layer,
            colour=entry.colour,
            key=entry.key,
            retired=entry.retired,
        )
        for entry in table.entries
    ]
    ontology, numbers = imported_ontology(drafts, layers=table.layers, where="class table")
    kinds = {entry.number: entry.kind for entry in ontology.classes}
    layers = {}
    for layer in ontology.layers:
        entries = table.for_layer(layer.name)
        classes = {entry.index: numbers[entry.layer, entry.index] for entry in entries}
        with_kinds = {index: (number, kinds[number]) for index, number in classes.items()}
        layers[layer.name] = _LayerTable(with_kinds, table.unlabelled, _values_of_colours(table, layer.name))
    return ontology, layers


def _values_of_colours(table: ClassTable, layer: str) -> Mapping[int, int]:
    """Colours that stand for one value alone. Raises FormatError ``no_unlabelled`` for a colour without a value."""
    stated = [(entry.colour, entry.index) for entry in table.for_layer(layer)]
    if table.unlabelled_colour is not None:
        if table.unlabelled is None:
            message = "unlabelled_colour needs a value of unlabelled to stand for"
            raise FormatError("no_unlabelled", message, where="class table")
        stated.append((table.unlabelled_colour, table.unlabelled))
    colours = [colour for colour, _ in stated if colour is not None]
    return {
        int(colour[5:7] + colour[3:5] + colour[1:3], 16): value
        for colour, value in stated
        if colour is not None and colours.count(colour) == 1
    }


def _values(data: bytes, table: _LayerTable, member: str, problems: ProblemLog) -> tuple[Grid, int | None]:
    """(H, W) index values; a mask of colours is read by those of the table. Raises FormatError.

    With them the value of colours that stand for nothing, which are told here; None where there is none.
    """
    try:
        return decode_index_png(data, where=member), None
    except FormatError as error:
        if error.code != "not_index_png" or not table.values:
            raise
    runs, colours = decode_colour_runs(data, where=member)
    strange = next(value for value in range(INDEX_MAX + 2) if value not in table.classes and value != table.unlabelled)
    values = dict(table.values)
    for extent in colours:
        if extent.value not in values:
            values[extent.value] = strange
            rgb = (extent.value & 255, extent.value >> 8 & 255, extent.value >> 16)
            message = f"colour {rgb} ({extent.area_px} px) is no class of the table; these pixels stay unlabelled"
            problems.add(member, "unknown_colour", message)
    return relabel(runs, values), strange


def _images(
    source: Source,
    items: tuple[SemanticItem, ...],
    ontology: Ontology,
    tables: Mapping[str, _LayerTable],
    problems: ProblemLog,
    wanted: Callable[[int], bool],
) -> Iterator[LabelledImage]:
    first_layer = ontology.layers[0].name
    for export_no, item in enumerate(items, start=1):
        if not wanted(export_no):
            continue
        image = _image(source, item, tables, first_layer, export_no, problems)
        if image is not None:
            yield image


def _image(
    source: Source,
    item: SemanticItem,
    tables: Mapping[str, _LayerTable],
    first_layer: str,
    export_no: int,
    problems: ProblemLog,
) -> LabelledImage | None:
    photo = find_photo(source, item.photo, problems)
    draft = SegmentDraft()
    maps: dict[str, LabelMap] = {}
    for layer_or_none, member in item.masks.items():
        layer = layer_or_none or first_layer
        if layer not in tables:
            problems.add(member, "unknown_layer", f"no class lies in layer {layer!r}; the mask is left out")
            continue
        try:
            data = read_member(source, member, limit_bytes=MASK_BYTES_MAX)
            values, strange = _values(data, tables[layer], member, problems)
        except FormatError as error:
            problems.add(error.where, error.code, f"{error.reason}; the mask is left out")
            continue
        size_hw = (values.shape[0], values.shape[1])
        others = {m.size_hw for m in maps.values()}
        if not sizes_agree(photo, size_hw, where=member, problems=problems):
            continue
        if others and size_hw not in others:
            problems.add(member, "size_differs", "the masks of two layers differ in size; this one is left out")
            continue
        maps[layer] = LabelMap.from_array(_segment_ids(values, tables[layer], draft, member, problems, told=strange))
    if maps:
        return draft.image(item.name, photo, next(iter(maps.values())).size_hw, maps, export_no)
    return bare_image(item.name, photo, export_no) if photo else None


def _segment_ids(
    values: Grid,
    table: _LayerTable,
    draft: SegmentDraft,
    member: str,
    problems: ProblemLog,
    *,
    told: int | None,
) -> Grid:
    runs = row_runs(values)
    ids: dict[int, int] = {} if told is None else {told: 0}
    for value in first_use(runs):
        if value == table.unlabelled:
            ids[value] = 0
        elif value in table.classes:
            number, kind = table.classes[value]
            # a mask by class does not say how many things there are; the segment says that it does not know
            ids[value] = draft.thing(number, instances_unknown=True) if kind == "thing" else draft.stuff(number)
    unknown = {extent.value: extent.area_px for extent in extents(runs) if extent.value not in ids}
    for value, area_px in unknown.items():
        message = f"value {value} ({area_px} px) is not in the class table; these pixels stay unlabelled"
        problems.add(member, "unknown_value", message)
    return relabel(runs, ids)
