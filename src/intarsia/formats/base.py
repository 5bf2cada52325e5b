# SPDX-License-Identifier: Apache-2.0
"""Records and protocols that every format speaks. No format knows the database, and nothing else knows a format.

Reading and writing stream: at most one image's label maps are in memory at a time.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Literal, Protocol, runtime_checkable

from intarsia.core.errors import IntarsiaError

if TYPE_CHECKING:
    from intarsia.core.item import Item
    from intarsia.core.label_map import LabelMap
    from intarsia.core.ontology import Ontology
    from intarsia.core.segment import Segment
    from intarsia.formats.class_table import ClassTable

FORMAT_API_VERSION = 1
"""Third-party formats state the version they were written for; a registry refuses another one."""

Progress = Callable[[int, int], None]
"""``progress(done, total)`` after each image. It may raise to cancel; the exception passes through unchanged."""

Severity = Literal["error", "warning"]


class FormatError(IntarsiaError):
    """A file or option that cannot be used at all. ``code`` is stable; ``where`` names the file, field or id."""

    def __init__(self, code: str, message: str, *, where: str = "") -> None:
        super().__init__(code, f"{where}: {message}" if where else message, where=where)
        self.reason = message
        self.where = where

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (self.code, self.reason, self.where))


def _rebuild(code: str, reason: str, where: str) -> FormatError:
    return FormatError(code, reason, where=where)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that was wrong with a source. ``error``: something was left out. ``warning``: it came in, changed."""

    where: str
    code: str
    message: str
    severity: Severity = "error"


@dataclass(slots=True)
class ProblemLog:
    """Collects problems while a source streams: the first ``keep`` are kept, all are counted, errors also apart."""

    keep: int = 1000
    items: list[Problem] = field(default_factory=list)
    total: int = 0
    errors: int = 0

    def add(self, where: str, code: str, message: str, *, severity: Severity = "error") -> None:
        self.total += 1
        self.errors += severity == "error"
        if len(self.items) < self.keep:
            self.items.append(Problem(where, code, message, severity))


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that the written format cannot say, or says by a convention that a reader must know."""

    code: str
    message: str
    count: int = 0
    where: str = ""


@dataclass(frozen=True, slots=True)
class LossReport:
    """What one export left out or changed; empty ``losses`` mean that nothing was."""

    losses: tuple[Loss, ...]
    images: int
    segments: int


@dataclass(frozen=True, slots=True)
class LabelledImage:
    """One image and its partition(s).

    ``layers`` maps a layer's name to its label map of ``size_hw`` px; ``segments`` holds every live segment by id.
    ``numbers`` gives each segment's small number (>= 1) in this annotation. From a reader, numbers are the ids of the
    source where it has any, and thing ids are provisional: 65,536 and up, dense per image, in order of first use.
    ``open_image`` opens the photograph, or is None when there is none to be had. For a writer its bytes are upright
    (as shown, with no orientation left to apply); from a reader they are the source's own, and ``size_hw`` is upright.
    ``items`` are objects, relations and the answers of the image (contract/items.md) by id, deleted ones too.
    ``task_state`` is the state of the image's task, where it is known. ``exact_ids`` from a reader: segment ids are
    those of an Intarsia annotation, worth keeping where nothing else has them.
    """

    name: str
    size_hw: tuple[int, int]
    layers: Mapping[str, LabelMap]
    segments: Mapping[int, Segment]
    numbers: Mapping[int, int] = field(default_factory=dict)
    export_no: int = 0
    open_image: Callable[[], BinaryIO] | None = None
    media_type: str | None = None
    task_state: str | None = None
    exact_ids: bool = False
    items: Mapping[str, Item] = field(default_factory=dict)


@runtime_checkable
class DatasetView(Protocol):
    """What an export may see: an ontology and a stream of labelled images, in order of ``export_no``."""

    @property
    @abstractmethod
    def ontology(self) -> Ontology: ...

    @property
    @abstractmethod
    def count(self) -> int: ...

    @abstractmethod
    def images(self) -> Iterable[LabelledImage]:
        """A new pass over all images, one in memory at a time."""


def _every(_place: int) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read: an explicit class table goes before any in the source.

    ``wanted`` is asked once for each listed image, in order and with its place from 1, before anything of it is read;
    an image that is not wanted is passed over, so that several readers can share a source.
    """

    class_table: ClassTable | None = None
    wanted: Callable[[int], bool] = _every


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """How to write: an explicit class table fixes the values that classes, unlabelled and ignore get.

    ``chosen`` gives options of the format's descriptor by name; those not given take their first value.
    """

    class_table: ClassTable | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What a source holds. ``problems`` grows while ``images`` is consumed and is complete when that ends."""

    ontology: Ontology
    count: int
    images: Iterator[LabelledImage]
    problems: ProblemLog


@dataclass(frozen=True, slots=True)
class FormatOption:
    """One choice that a writer offers; the first of ``values`` is the default."""

    name: str
    values: tuple[str, ...]
    description: str


@dataclass(frozen=True, slots=True)
class FormatInfo:
    """Descriptor from which the API, the CLI, the screens and the reference page are made."""

    slug: str
    title: str
    description: str
    extensions: tuple[str, ...]
    can_import: bool
    can_export: bool
    losses: tuple[str, ...]
    api_version: int = FORMAT_API_VERSION
    options: tuple[FormatOption, ...] = ()

    def chosen(self, options: WriteOptions) -> Mapping[str, str]:
        """The value of every option. Raises FormatError ``unknown_option`` with what there is."""
        known = {option.name: option for option in self.options}
        for name, value in options.chosen.items():
            if name not in known:
                listed = ", ".join(known) or "none"
                raise FormatError("unknown_option", f"{self.slug} has no option {name!r} · known: {listed}")
            if value not in known[name].values:
                listed = ", ".join(known[name].values)
                raise FormatError("unknown_option", f"{value!r} is not one of: {listed}", where=f"option {name}")
        return {name: options.chosen.get(name, option.values[0]) for name, option in known.items()}


class Source(Protocol):
    """Members of a folder or archive, by relative POSIX path; nothing is ever unpacked to disk."""

    @abstractmethod
    def names(self) -> tuple[str, ...]:
        """All members, sorted; directories are left out."""

    @abstractmethod
    def size_bytes(self, name: str) -> int: ...

    @abstractmethod
    def open(self, name: str) -> BinaryIO:
        """Open a member. Raises FormatError ``missing_file``; reading past its stated size raises ``bad_archive``."""


class Sink(Protocol):
    """Where an export writes its members, each once and in a defined order."""

    @abstractmethod
    def write(self, name: str, data: bytes) -> None: ...

    @abstractmethod
    def copy(self, name: str, stream: BinaryIO) -> None:
        """Write a member from a stream without holding it in memory."""


class Format(Protocol):
    """One way in and out. ``detect`` is cheap: it looks at names and at most at one small file."""

    @property
    def info(self) -> FormatInfo: ...

    @abstractmethod
    def detect(self, source: Source) -> bool: ...

    @abstractmethod
    def read(self, source: Source, options: ReadOptions) -> ReadResult:
        """Read lazily. Raises FormatError when nothing can be read; lesser faults go to ``problems``."""

    @abstractmethod
    def write(self, view: DatasetView, sink: Sink, progress: Progress, options: WriteOptions) -> LossReport:
        """Write all of ``view``; the same view gives the same bytes. Raises FormatError ``cannot_write``."""
