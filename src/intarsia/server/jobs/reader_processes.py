# SPDX-License-Identifier: Apache-2.0
"""Archives read by several processes at once, each a share, while this one writes what they have read."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import closing
from queue import Queue
from typing import Any

from intarsia.core.errors import IntarsiaError
from intarsia.server.reading import ReadImage, Reading, Share
from intarsia.server.use_cases.read_share import read_share

# A reader costs a third of a second to start.
_SMALL = 8
# Images that a reader may be ahead of the writer, which bounds the memory of both.
_AHEAD = 3


class ReaderProcesses:
    """Starts `readers` processes for an archive of more than a few images; reads a smaller one itself."""

    def __init__(self, *, readers: int) -> None:
        self._readers = readers

    def read(self, reading: Reading, *, count: int, alone: bool = False) -> Generator[ReadImage, None, None]:
        """Records of all `count` places in order. Closing the iterator ends the readers. Raises IntarsiaError."""
        if alone or count < _SMALL or self._readers < 2:
            yield from read_share(reading, Share(0, 1))
            return
        shares = [Share(index, self._readers) for index in range(self._readers)]
        readers = [_ReaderProcess(reading, share) for share in shares]
        try:
            yield from _in_turn(readers, count)
        finally:
            for reader in readers:
                reader.end()


def _in_turn(readers: list[_ReaderProcess], count: int) -> Iterator[ReadImage]:
    for place in range(1, count + 1):
        record = readers[(place - 1) % len(readers)].next()
        if record is None:
            return
        yield record


class _ReaderProcess:
    """One reader, and the thread that fetches from it while the writer writes."""

    def __init__(self, reading: Reading, share: Share) -> None:
        self._fetched: Queue[ReadImage | IntarsiaError | None] = Queue(_AHEAD)
        self._ended = threading.Event()
        command = [sys.executable, "-m", "intarsia.server.jobs.reader_process"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdin is not None
        with self._process.stdin as pipe:
            pickle.dump((reading, share), pipe)
        self._thread = threading.Thread(target=self._fetch, name=f"reader-{share.index}", daemon=True)
        self._thread.start()

    def next(self) -> ReadImage | None:
        """The next record, None after the last. Raises the IntarsiaError that ended the reader."""
        found = self._fetched.get()
        if isinstance(found, IntarsiaError):
            raise found
        return found

    def end(self) -> None:
        self._ended.set()
        self._process.kill()
        while self._thread.is_alive():
            while not self._fetched.empty():
                self._fetched.get_nowait()
            self._thread.join(timeout=0.05)
        self._process.wait()

    def _fetch(self) -> None:
        assert self._process.stdout is not None
        with closing(self._process.stdout) as pipe:
            while not self._ended.is_set():
                # From a process that this one started with its own code, and from nowhere else.
                found = _loaded(pipe)
                self._fetched.put(found)
                if not isinstance(found, ReadImage):
                    return


def _loaded(pipe: Any) -> ReadImage | IntarsiaError | None:
    try:
        found: ReadImage | IntarsiaError | None = pickle.load(pipe)
        return found
    except (EOFError, OSError, ValueError, pickle.UnpicklingError):
        return IntarsiaError(
            "reader_ended",
            "A process that read this archive ended in the midst of it; it may have run out of memory. "
            "Give the server more memory, or bring the archive in as several.",
        )
