# SPDX-License-Identifier: Apache-2.0
"""Which mask belongs to which photograph in a folder of index images."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from intarsia.formats.base import FormatError, ProblemLog, Source
from intarsia.formats.class_table import ClassTable, parse_class_table
from intarsia.formats.json_files import list_field, object_item, read_json_object, text_field
from intarsia.formats.member_names import stem_of
from intarsia.formats.photo import is_photo
from intarsia.formats.sources import read_member

LIST_NAME = "images.json"
TABLE_NAMES = ("classes.json", "classes.csv")
_TABLE_BYTES_MAX = 16 * 2**20
_MASK_FOLDERS = frozenset(
    {"labels", "label", "labelids", "masks", "mask", "annotations", "annotation", "gt", "semantic", "segmentation"}
)
_MASK_ENDINGS = ("annot", "segmentationclass")
_PHOTO_FOLDERS = frozenset({"images", "image", "imgs", "img", "photos", "jpegimages", "input_images", "rgb"})


@dataclass(frozen=True, slots=True)
class SemanticItem:
    """One image: its name, the member of its photograph if there is one, and its mask per layer (None: the first)."""

    name: str
    photo: str | None
    masks: Mapping[str | None, str]


def find_class_table(source: Source) -> tuple[str, ClassTable] | None:
    """The table in the source and the folder it lies in; the one nearest to the root counts."""
    found = [name for name in source.names() if posixpath.basename(name).lower() in TABLE_NAMES]
    if not found:
        return None
    name = min(found, key=lambda n: (n.count("/"), not n.lower().endswith(".json"), n))
    table = parse_class_table(read_member(source, name, limit_bytes=_TABLE_BYTES_MAX), where=name)
    return posixpath.dirname(name), table


def is_mask(name: str) -> bool:
    """A PNG in a folder that is named for masks."""
    folders = name.lower().split("/")[:-1]
    return name.lower().endswith(".png") and any(f in _MASK_FOLDERS or f.endswith(_MASK_ENDINGS) for f in folders)


def read_layout(source: Source, folder: str, problems: ProblemLog) -> tuple[SemanticItem, ...]:
    """All images, from ``images.json`` when there is one, else by folder names and equal stems."""
    listed = posixpath.join(folder, LIST_NAME)
    if listed in source.names():
        return tuple(_from_list(source, listed, folder, problems))
    items = tuple(_from_folders(source, problems))
    if not any(item.masks for item in items):
        message = "no PNG in a folder called labels, masks or annotations was found"
        raise FormatError("no_masks", message)
    return items


def _from_list(source: Source, listed: str, folder: str, problems: ProblemLog) -> Iterator[SemanticItem]:
    known = set(source.names())
    for i, item in enumerate(list_field(read_json_object(source, listed), "images", where=listed)):
        where = f"{listed}: images[{i}]"
        try:
            obj = object_item(item, where=where)
            name = text_field(obj, "name", where=where)
            masks = object_item(obj.get("labels"), where=f"{where}: labels")
            paths = {layer: posixpath.join(folder, text_field(masks, layer, where=where)) for layer in masks}
            photo = posixpath.join(folder, text_field(obj, "file", where=where)) if obj.get("file") else None
        except FormatError as error:
            problems.add(error.where, error.code, f"{error.reason}; the image is left out")
            continue
        present: dict[str | None, str] = {}
        for layer, path in paths.items():
            if path in known:
                present[layer] = path
            else:
                problems.add(path, "missing_file", f"{where} names this mask, which is not there")
        if photo is not None and photo not in known:
            problems.add(photo, "missing_file", f"{where} names this photograph, which is not there")
            photo = None
        if present or photo:
            yield SemanticItem(name, photo, present)


def _bare_path(name: str) -> str:
    """The path without the folders that say only what kind of file it is, and without extension."""
    kept = []
    for part in stem_of(name).split("/")[:-1]:
        lowered = part.lower()
        if lowered not in _MASK_FOLDERS and lowered not in _PHOTO_FOLDERS:
            kept.append(lowered.removesuffix("annot"))
    return "/".join([*kept, posixpath.basename(stem_of(name))])


def _from_folders(source: Source, problems: ProblemLog) -> Iterator[SemanticItem]:
    masks = [name for name in source.names() if is_mask(name)]
    photos = [name for name in source.names() if is_photo(name) and not is_mask(name)]
    by_path: dict[str, list[str]] = {}
    by_stem: dict[str, list[str]] = {}
    for photo in photos:
        by_path.setdefault(_bare_path(photo), []).append(photo)
        by_stem.setdefault(posixpath.basename(stem_of(photo)), []).append(photo)
    used: set[str] = set()
    for mask in masks:
        stem = posixpath.basename(stem_of(mask))
        candidates = by_path.get(_bare_path(mask)) or by_stem.get(stem) or []
        if len(candidates) > 1:
            message = f"{len(candidates)} photographs fit this mask: {', '.join(candidates[:4])}; it is left out"
            problems.add(mask, "ambiguous_file", message)
            continue
        fitting = candidates[0] if candidates else None
        if fitting is not None and fitting in used:
            problems.add(mask, "ambiguous_file", f"a second mask for {fitting}; it is left out")
            continue
        if fitting is not None:
            used.add(fitting)
        yield SemanticItem(posixpath.basename(fitting or mask), fitting, {None: mask})
    for photo in photos:
        if photo not in used:
            yield SemanticItem(posixpath.basename(photo), photo, {})
