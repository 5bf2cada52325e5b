# SPDX-License-Identifier: Apache-2.0
"""Which images a VOC folder holds: from its masks, its photographs and its lists, most of which name absent files."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass

from intarsia.formats.base import FormatError, ProblemLog, Source
from intarsia.formats.member_names import stem_of
from intarsia.formats.photo import is_photo
from intarsia.formats.sources import read_member
from intarsia.formats.voc_write import LIST_FOLDER, PHOTOS

CLASS_FOLDER = "SegmentationClass"
_LIST_BYTES_MAX = 64 * 2**20


@dataclass(frozen=True, slots=True)
class VocItem:
    """One image: the stem that its files share, and the member of its photograph if there is one."""

    root: str
    stem: str
    photo: str | None


def voc_roots(source: Source) -> tuple[str, ...]:
    """Folders that hold a ``SegmentationClass`` with PNGs."""
    roots = set()
    for name in source.names():
        before, found, _ = f"/{name}".partition(f"/{CLASS_FOLDER}/")
        if found and name.lower().endswith(".png"):
            roots.add(before[1:])
    return tuple(sorted(roots))


def voc_items(source: Source, root: str, mask_folders: Sequence[str], problems: ProblemLog) -> tuple[VocItem, ...]:
    """Images in the order of the lists, then by name. Where there are lists, a photograph alone must be on one."""
    photos = {stem: name for stem, name in _stems(source, root, (PHOTOS,)).items() if is_photo(name)}
    masks = _stems(source, root, mask_folders)
    lists = _lists(source, root, problems)
    known = photos.keys() | masks.keys()
    listed: dict[str, None] = {}
    for name, stems in lists:
        absent = sum(1 for stem in stems if stem not in known)
        if absent:
            message = f"{absent} of {len(stems)} names on this list have neither mask nor photograph here"
            problems.add(name, "missing_file", message, severity="warning")
        listed.update(dict.fromkeys(stem for stem in stems if stem in known))
    rest = sorted(known - listed.keys()) if not lists else sorted(masks.keys() - listed.keys())
    return tuple(VocItem(root, stem, photos.get(stem)) for stem in (*listed, *rest))


def _stems(source: Source, root: str, folders: Sequence[str]) -> dict[str, str]:
    """Members of the folders by their stem, which keeps folders inside."""
    found: dict[str, str] = {}
    for folder in folders:
        start = posixpath.join(root, folder) + "/"
        for name in source.names():
            if name.startswith(start) and is_photo(name):
                found.setdefault(stem_of(name[len(start) :]), name)
    return found


def _lists(source: Source, root: str, problems: ProblemLog) -> list[tuple[str, list[str]]]:
    start = posixpath.join(root, LIST_FOLDER) + "/"
    names = [name for name in source.names() if name.startswith(start) and name.lower().endswith(".txt")]
    found = []
    for name in sorted(names, key=lambda n: (posixpath.basename(n) != "trainval.txt", n)):
        try:
            text = read_member(source, name, limit_bytes=_LIST_BYTES_MAX).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            problems.add(name, "bad_list", f"not UTF-8 at byte {error.start}; the list is not used")
            continue
        except FormatError as error:
            problems.add(error.where, error.code, f"{error.reason}; the list is not used")
            continue
        found.append((name, [line.rstrip("\r") for line in text.split("\n") if line.strip()]))
    return found
