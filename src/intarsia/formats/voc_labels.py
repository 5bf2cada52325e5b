# SPDX-License-Identifier: Apache-2.0
"""Class lists and colours of Pascal VOC: index = line, 0 = background, 255 = void."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intarsia.formats.base import FormatError, Source
from intarsia.formats.class_table import ClassEntry, ClassTable
from intarsia.formats.sources import read_member

VOID = 255
CLASSES_MAX = 254
LABEL_MAP_NAME = "labelmap.txt"
LIST_NAMES = (LABEL_MAP_NAME, "class_names.txt")
BACKGROUND_NAMES = ("background", "_background_")
VOID_NAMES = ("void", "ignored", "__ignore__")
_LIST_BYTES_MAX = 4 * 2**20
_COLOUR = re.compile(r"(\d{1,3}),(\d{1,3}),(\d{1,3})")
VOC_NAMES = (
    "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow", "diningtable", "dog",
    "horse", "motorbike", "person", "pottedplant", "sheep", "sofa", "train", "tvmonitor",
)  # fmt: skip

Colour = tuple[int, int, int]


def voc_colour(index: int) -> Colour:
    """The colour of an index: its bits are dealt out to red, green, blue in turn, highest colour bit first."""
    red = green = blue = 0
    for step in range(8):
        bits = index >> (3 * step)
        red |= (bits & 1) << (7 - step)
        green |= (bits >> 1 & 1) << (7 - step)
        blue |= (bits >> 2 & 1) << (7 - step)
    return red, green, blue


def voc_palette() -> bytes:
    """R, G, B of all 256 indices."""
    return bytes(value for index in range(256) for value in voc_colour(index))


def colour_id(colour: Colour) -> int:
    """The colour as R + 256·G + 65536·B."""
    return colour[0] + 256 * colour[1] + 65_536 * colour[2]


@dataclass(frozen=True, slots=True)
class LabelList:
    """Which index is which class, and which index a colour of an RGB mask stands for."""

    table: ClassTable
    index_of_colour: Mapping[int, int]


def find_label_list(source: Source, root: str) -> LabelList:
    """The list beside the folders, else the 20 classes of VOC. Raises FormatError ``bad_label_map``."""
    known = set(source.names())
    for name in LIST_NAMES:
        member = posixpath.join(root, name)
        if member in known:
            data = read_member(source, member, limit_bytes=_LIST_BYTES_MAX)
            return _parsed(data, where=member)
    return label_list([("background", None), *((name, None) for name in VOC_NAMES)], where=LABEL_MAP_NAME)


def _parsed(data: bytes, *, where: str) -> LabelList:
    """Lines of ``name:r,g,b:parts:actions``, of which all but the name may be missing."""
    try:
        lines = data.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise FormatError("bad_label_map", f"not UTF-8 at byte {error.start}", where=where) from error
    rows: list[tuple[str, Colour | None]] = []
    for i, line in enumerate(lines, start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        at = f"{where}: line {i}"
        name, _, rest = text.partition(":")
        if not name.strip() or "\x00" in name:
            raise FormatError("bad_label_map", "the line names no class", where=at)
        stated = rest.partition(":")[0].strip()
        found = _COLOUR.fullmatch(stated.replace(" ", ""))
        if stated and found is None:
            raise FormatError("bad_label_map", f"a colour like 128,0,0 is expected, not {stated[:40]!r}", where=at)
        values = tuple(int(v) for v in found.groups()) if found else None
        if values is not None and max(values) > 255:
            raise FormatError("bad_label_map", f"the colour {stated} goes beyond 255", where=at)
        rows.append((name.strip(), (values[0], values[1], values[2]) if values else None))
    return label_list(rows, where=where)


def label_list(rows: Sequence[tuple[str, Colour | None]], *, where: str) -> LabelList:
    """Names in order of their index. Background is unlabelled, void is ignored; all others are things.

    Raises FormatError ``bad_label_map``.
    """
    entries: list[ClassEntry] = []
    unlabelled: int | None = None
    colours = {colour_id(voc_colour(index)): index for index in range(256)}
    index = 0
    for name, colour in rows:
        if name.lower() in VOID_NAMES:
            colours.update({colour_id(colour): VOID} if colour else {})
            continue
        is_background = name.lower() in BACKGROUND_NAMES
        if any(entry.name == name for entry in entries) or (is_background and unlabelled is not None):
            raise FormatError("bad_label_map", f"{name!r} stands twice", where=where)
        if is_background:
            unlabelled = index
        else:
            entries.append(ClassEntry(index, name, "thing"))
        if colour is not None:
            colours[colour_id(colour)] = index
        index += 1
    if index > VOID:
        raise FormatError("bad_label_map", f"{index} classes; {VOID} is void, so that {CLASSES_MAX} fit", where=where)
    entries.append(ClassEntry(VOID, "void", "ignore", "#E0E0C0"))
    return LabelList(ClassTable(tuple(entries), unlabelled), colours)


def label_map_text(names: Sequence[str]) -> str:
    """``labelmap.txt`` of classes 1, 2, …; a name that the file cannot hold is made fit, and kept unique."""
    lines = ["# label:color_rgb:parts:actions", "background:0,0,0::"]
    taken = {*BACKGROUND_NAMES, *VOID_NAMES}
    for index, name in enumerate(names, start=1):
        fit = re.sub(r"[:\s#]+", "_", name).strip() or "_"
        candidate, attempt = fit, 1
        while candidate.lower() in taken:
            attempt += 1
            candidate = f"{fit}~{attempt}"
        taken.add(candidate.lower())
        red, green, blue = voc_colour(index)
        lines.append(f"{candidate}:{red},{green},{blue}::")
    return "\n".join(lines) + "\n"
