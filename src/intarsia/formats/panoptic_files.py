# SPDX-License-Identifier: Apache-2.0
"""Find the PNG and the photograph that a panoptic JSON names, in whichever folder a dataset keeps them."""

from __future__ import annotations

import posixpath

from intarsia.formats.base import Source
from intarsia.formats.member_names import stem_of
from intarsia.formats.photo import is_photo


def _by_base(names: tuple[str, ...]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(posixpath.basename(name), []).append(name)
    return groups


def _ends_with(member: str, wanted: str) -> bool:
    return member == wanted or member.endswith("/" + wanted)


class MaskFinder:
    """Masks lie in a folder called like the JSON (``panoptic_val.json``, ``panoptic_val/``), else wherever one fits."""

    def __init__(self, source: Source) -> None:
        self.names = frozenset(source.names())
        self._by_base = _by_base(tuple(n for n in source.names() if n.lower().endswith(".png")))

    def find(self, mask_name: str, json_name: str, folder: str | None) -> str | None:
        wanted = mask_name.lstrip("/")
        for place in (folder, stem_of(json_name)):
            if place is not None and posixpath.join(place, wanted) in self.names:
                return posixpath.join(place, wanted)
        candidates = [n for n in self._by_base.get(posixpath.basename(wanted), []) if _ends_with(n, wanted)]
        # a photograph may bear the same name; a folder named for photographs is never one of masks
        masks = [n for n in candidates if not _in_photo_folder(n)]
        return masks[0] if len(masks) == 1 else None


class PhotoFinder:
    """Photographs lie in ``images/`` or a folder of a like name; a subset's own folder goes first."""

    def __init__(self, source: Source) -> None:
        self._by_base = _by_base(tuple(n for n in source.names() if is_photo(n)))

    def find(self, file_name: str, json_name: str) -> str | None:
        wanted = file_name.lstrip("/")
        candidates = [n for n in self._by_base.get(posixpath.basename(wanted), []) if _ends_with(n, wanted)]
        candidates = [n for n in candidates if not n.startswith(stem_of(json_name) + "/")]
        if len(candidates) <= 1:
            return candidates[0] if candidates else None
        subset = posixpath.basename(stem_of(json_name)).split("_")[-1]
        return min(candidates, key=lambda n: (subset not in n.split("/"), not _in_photo_folder(n), n))


def _in_photo_folder(name: str) -> bool:
    return any("image" in part.lower() or part.lower() in ("photos", "rgb") for part in name.split("/")[:-1])
