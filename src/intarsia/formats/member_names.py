# SPDX-License-Identifier: Apache-2.0
"""Names of files inside an archive or folder: checked on the way in, made portable on the way out."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from intarsia.formats.base import FormatError

NAME_BYTES_MAX = 1024
PART_BYTES_MAX = 180
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


def checked_member_name(name: str) -> str:
    """A relative POSIX path that cannot leave its folder. Raises FormatError ``bad_member_name``."""
    path = name.replace("\\", "/")
    try:
        size = len(path.encode("utf-8"))
    except UnicodeEncodeError:
        raise FormatError("bad_member_name", "the name is not valid Unicode", where=ascii(name)) from None
    if not path or size > NAME_BYTES_MAX:
        message = f"the name is empty or longer than {NAME_BYTES_MAX} bytes"
        raise FormatError("bad_member_name", message, where=name[:80])
    if "\x00" in path:
        raise FormatError("bad_member_name", "the name holds a NUL", where=ascii(name))
    if path.startswith("/") or re.match(r"^[A-Za-z]:", path):
        raise FormatError("bad_member_name", "the path is absolute", where=name)
    if any(part in ("", ".", "..") for part in path.rstrip("/").split("/")):
        raise FormatError("bad_member_name", "the path holds an empty, '.' or '..' part", where=name)
    return path


def is_clutter(name: str) -> bool:
    """Files that archivers and file browsers leave behind; never data."""
    parts = name.split("/")
    return "__MACOSX" in parts or any(p.startswith(".") for p in parts) or parts[-1] in ("Thumbs.db", "desktop.ini")


def stem_of(name: str) -> str:
    """The path without the last extension: ``a/b.tar.png`` becomes ``a/b.tar``."""
    return posixpath.splitext(name)[0]


def _portable_part(part: str) -> str:
    text = "".join("_" if c in _BIDI or unicodedata.category(c) == "Cs" else c for c in part)
    text = _FORBIDDEN.sub("_", text).rstrip(" .") or "_"
    text = "_" + text[1:] if text.startswith(".") else text
    text = "_" + text if _RESERVED.match(text) else text
    while len(text.encode("utf-8")) > PART_BYTES_MAX:
        root, extension = posixpath.splitext(text)
        text = root[:-1] + extension if root and len(extension) < 16 else text[:-1]
    return text


def portable_name(name: str) -> str:
    """The nearest name that every common file system accepts; folders inside the name are kept."""
    parts = [_portable_part(part) for part in name.split("/") if part not in ("", ".", "..")]
    return "/".join(parts) or "_"


@dataclass(slots=True)
class UniqueNames:
    """Gives each image a member name of its own; two that clash (also by case alone) get ``~<export_no>``.

    Stems are kept apart, not only whole names, since a mask replaces the photograph's extension.
    """

    _taken: dict[str, str] = field(default_factory=dict)

    def take(self, name: str, *, export_no: int) -> str:
        candidate = portable_name(name)
        stem, extension = posixpath.splitext(candidate)
        attempt = 0
        while self._key(stem) in self._taken:
            attempt += 1
            suffix = f"~{export_no}" if attempt == 1 else f"~{export_no}.{attempt}"
            stem = posixpath.splitext(candidate)[0] + suffix
        self._taken[self._key(stem)] = name
        return stem + extension

    @staticmethod
    def _key(stem: str) -> str:
        return unicodedata.normalize("NFC", stem).casefold()


def by_stem(names: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Members grouped by their last path part without extension, case kept, each group sorted."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(stem_of(posixpath.basename(name)), []).append(name)
    return {stem: tuple(sorted(group)) for stem, group in groups.items()}
