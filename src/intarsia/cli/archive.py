# SPDX-License-Identifier: Apache-2.0
"""What an import sends: a folder or archive becomes one zip with the files that a reader may want."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from intarsia.formats.base import FormatError, Source
from intarsia.formats.photo import PHOTO_EXTENSIONS
from intarsia.formats.sinks import ZipSink
from intarsia.formats.sources import FolderSource, ZipSource

_WANTED = (".json", ".csv", ".txt", ".xml", ".yaml", *PHOTO_EXTENSIONS)


@contextmanager
def opened_source(path: Path) -> Iterator[Source]:
    """The folder or zip archive at ``path``. Raises FormatError ``missing_file`` or what is wrong with an archive."""
    if path.is_dir():
        yield FolderSource(path)
    elif path.is_file():
        with path.open("rb") as file, ZipSource(file) as source:
            yield source
    else:
        raise FormatError("missing_file", "there is no such folder or archive", where=str(path))


@contextmanager
def packed(source: Source, *, replaced: dict[str, bytes], step: Callable[[int], None]) -> Iterator[Path]:
    """A zip of the source in a temporary folder, gone afterwards; ``replaced`` members are written instead."""
    with tempfile.TemporaryDirectory(prefix="intarsia-") as folder:
        target = Path(folder) / "import.zip"
        with target.open("w+b") as file, ZipSink(file) as sink:
            for name, data in sorted(replaced.items()):
                sink.write(name, data)
            for name in source.names():
                if name not in replaced and name.lower().endswith(_WANTED):
                    with source.open(name) as stream:
                        sink.copy(name, stream)
                step(source.size_bytes(name))
        yield target


def total_bytes(source: Source) -> int:
    return sum(source.size_bytes(name) for name in source.names())
