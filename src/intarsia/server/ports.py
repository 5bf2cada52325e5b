# SPDX-License-Identifier: Apache-2.0
"""What the use cases ask of the outside world. Adapters implement these; only wiring chooses them."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from intarsia.server.reading import ReadImage, Reading
from intarsia.server.records import (
    AnnotationRow,
    AssetRow,
    ConflictRow,
    DatasetRow,
    EditKeyRow,
    EditRow,
    ItemRow,
    JobRow,
    OntologyVersionRow,
    ProjectCounts,
    ProjectRow,
    RevisionRow,
    SegmentRow,
    TaskListRow,
    TaskRow,
    TileChange,
    TileRow,
    UsageCount,
    UserRow,
)


class Clock(Protocol):
    def now_ms(self) -> int:
        """Milliseconds since 1970 in UTC."""


class Ids(Protocol):
    def new(self, prefix: str) -> str:
        """A fresh UUIDv7 with a type prefix: `prj` gives `prj_0190…`."""


@dataclass(frozen=True, slots=True)
class TokenClaim:
    """What a genuine, unexpired one-time token says. `nonce_hash` marks it as used."""

    nonce_hash: bytes
    expires_at_s: int


class Door(Protocol):
    """The secrets of an installation: it knows genuine tokens, and makes sessions that nobody can guess."""

    def instance_id(self) -> str:
        """Public name of the installation."""

    def read_token(self, token: str, *, now_s: int) -> TokenClaim | None:
        """The claim of a genuine token that has not expired, else None."""

    def new_session_id(self) -> str: ...

    def session_hash(self, session_id: str) -> bytes:
        """What the database holds of a session id: reading the database does not let anyone in."""


class BlobStore(Protocol):
    """Bytes under keys that we choose ourselves (hashes and our own ids), never under a user's name."""

    def put_file(self, key: str, path: Path) -> bool:
        """Store a file; False when the key was there already (then nothing is written)."""

    def put_bytes(self, key: str, data: bytes) -> bool: ...

    def get(self, key: str) -> bytes: ...

    def size(self, key: str) -> int | None: ...

    def stream(self, key: str) -> Iterator[bytes]: ...

    def copy_to(self, key: str, path: Path) -> None: ...

    def delete(self, key: str) -> None:
        """Remove a key; one that is not there is no error."""

    def listing(self) -> Iterator[tuple[str, int]]:
        """All keys with the time of their last change in ms since 1970, in no set order."""

    def scratch_dir(self) -> Path:
        """A directory for files that are being received; emptied at start."""


class JobQueue(Protocol):
    """Runs jobs durably: what was enqueued is run to its end, also after the process was killed."""

    def enqueue(self, job_id: str) -> None: ...


class ArchiveReaders(Protocol):
    """Reads archives with as many processes as there are to spare."""

    def read(self, reading: Reading, *, count: int, alone: bool = False) -> Generator[ReadImage, None, None]:
        """Records of all `count` listed images in order; few are in memory at a time. Close it to stop early.

        `alone`: one reader at a time, for an archive whose list alone takes much memory.

        Raises IntarsiaError when reading ended in the midst.
        """


class Identities(Protocol):
    def user(self, user_id: str) -> UserRow | None: ...

    def owner(self) -> UserRow:
        """The owner of the local workspace."""

    def spend_token(self, *, nonce_hash: bytes, workspace_id: str, expires_at: str) -> bool:
        """Mark a one-time token as used; False when it was used before."""

    def drop_expired(self, *, now: str) -> None:
        """Forget sessions and used tokens that could not be used again anyway."""

    def add_session(self, *, id_hash: bytes, user: UserRow, created_at: str, expires_at: str) -> None: ...

    def session_user(self, id_hash: bytes, *, now: str) -> UserRow | None: ...


class Datasets(Protocol):
    def add(self, row: DatasetRow) -> None: ...

    def get(self, dataset_id: str) -> DatasetRow | None: ...

    def list(self, workspace_id: str) -> Sequence[DatasetRow]: ...

    def take_export_no(self, dataset_id: str) -> int: ...

    def add_asset(self, row: AssetRow) -> None: ...

    def asset(self, asset_id: str) -> AssetRow | None: ...

    def find_asset(self, dataset_id: str, *, sha256: str, name: str) -> AssetRow | None: ...

    def find_by_name(self, dataset_id: str, name: str) -> Sequence[AssetRow]: ...

    def find_by_stem(self, dataset_id: str, stem: str) -> Sequence[AssetRow]:
        """Assets whose name is `stem` with any one extension."""

    def assets(self, dataset_id: str, *, after_export_no: int, limit: int) -> Sequence[AssetRow]: ...

    def blob_in_use(self, workspace_id: str, sha256: str) -> bool: ...


class Projects(Protocol):
    def add(self, row: ProjectRow) -> None: ...

    def get(self, project_id: str) -> ProjectRow | None: ...

    def list(self, workspace_id: str) -> Sequence[ProjectRow]: ...

    def counts(self, project_id: str) -> ProjectCounts: ...

    def ontology(self, project_id: str, version: int) -> Mapping[str, Any]: ...

    def ontology_versions(self, project_id: str) -> Sequence[OntologyVersionRow]:
        """Newest first."""

    def add_ontology(
        self, project: ProjectRow, *, version: int, body: Mapping[str, Any], author_id: str, created_at: str
    ) -> None:
        """Store a new version and make it the project's current one."""

    def set_review_rules(self, project_id: str, rules: Mapping[str, Any]) -> None: ...


class Usage(Protocol):
    """What of an ontology the heads of a project hold: live segments and items, counted without reading them all."""

    def segments(self, project_id: str, class_numbers: Collection[int]) -> Mapping[int, UsageCount]: ...

    def objects(self, project_id: str, class_numbers: Collection[int]) -> Mapping[tuple[int, str], UsageCount]:
        """By class and kind of geometry."""

    def class_images(self, project_id: str, class_numbers: Collection[int]) -> Mapping[int, int]:
        """Images by class that have segments or objects of it."""

    def relations(self, project_id: str, ids: Collection[str]) -> Mapping[str, UsageCount]: ...

    def answers(self, project_id: str, question_ids: Collection[str]) -> Mapping[str, UsageCount]: ...

    def options(self, project_id: str, question_ids: Collection[str]) -> Mapping[tuple[str, str], UsageCount]:
        """By question and option: how often it is chosen, alone or among several."""

    def tile_count(self, project_id: str, class_numbers: Collection[int]) -> int:
        """Labelled tiles of the images that have segments of these classes."""

    def owners(self, project_id: str, class_numbers: Collection[int]) -> Mapping[str, Mapping[int, int]]:
        """By annotation: segment id to class number."""

    def layers(self, annotation_id: str) -> Sequence[str]:
        """Layers with labelled pixels."""


class Tasks(Protocol):
    def add(self, task: TaskRow, annotation: AnnotationRow) -> None: ...

    def get(self, task_id: str) -> TaskRow | None: ...

    def for_asset(self, project_id: str, asset_id: str) -> TaskRow | None: ...

    def last_position(self, project_id: str) -> int: ...

    def count(self, project_id: str) -> int: ...

    def neighbours(self, task: TaskRow) -> tuple[str | None, str | None]:
        """Ids of the previous and the next task by position."""

    def list(self, project_id: str, *, after_position: int, limit: int, state: str | None) -> Sequence[TaskListRow]: ...

    def set_state(self, task_id: str, *, state: str, updated_at: str) -> None: ...


class Annotations(Protocol):
    """Heads of annotations and the ids that were leased from them."""

    def get(self, annotation_id: str) -> AnnotationRow | None: ...

    def set_head(
        self, annotation_id: str, *, revision: int, next_number: int, labelled_px: int, updated_at: str
    ) -> None: ...

    def add_lease(self, row: AnnotationRow, *, start: int, end: int, user_id: str, created_at: str) -> None:
        """Record a half-open range of thing ids and move the counter to its end."""


class Tiles(Protocol):
    """Stored tiles: by name once, and which the head and each revision point at. Unlabelled tiles have no row."""

    def names(self, annotation_id: str, layer: str, *, revision: int | None = None) -> dict[int, bytes]:
        """Names of all labelled tiles by index; of the head, or as of a revision."""

    def payloads(self, row: AnnotationRow, layer: str, *, revision: int | None = None) -> dict[int, bytes]:
        """Uncompressed payloads of all labelled tiles by ascending index; of the head, or as of a revision."""

    def head(self, row: AnnotationRow, layer: str, indices: Iterable[int]) -> dict[int, tuple[TileRow, bytes]]:
        """The head's row and payload of those of the tiles that are labelled."""

    def holding(self, row: AnnotationRow, layer: str, segment_ids: Iterable[int]) -> set[int]:
        """Indices of the head's tiles with a pixel of any of these segments; reads no more than their palettes."""

    def write(
        self,
        row: AnnotationRow,
        *,
        revision: int,
        changes: Sequence[TileChange],
        payloads: Mapping[bytes, bytes],
    ) -> None:
        """Store payloads by name, the revision's changed rows, and the new head."""


class Segments(Protocol):
    def head(self, annotation_id: str, ids: Iterable[int] | None = None) -> dict[int, SegmentRow]:
        """Segments of the head by id: all, or those of `ids` that exist."""

    def at(self, annotation_id: str, revision: int) -> dict[int, SegmentRow]: ...

    def count(self, annotation_id: str) -> int: ...

    def write(self, row: AnnotationRow, *, revision: int, segments: Sequence[SegmentRow]) -> None: ...


class Items(Protocol):
    def head(self, annotation_id: str, ids: Iterable[str] | None = None) -> dict[str, ItemRow]:
        """Items of the head by id: all, or those of `ids` that exist."""

    def at(self, annotation_id: str, revision: int) -> dict[str, ItemRow]: ...

    def count(self, annotation_id: str) -> int:
        """How many the head has, deleted ones too."""

    def write(self, row: AnnotationRow, *, revision: int, changed: Sequence[ItemRow]) -> None: ...


class History(Protocol):
    """Revisions, the edits in them, and the idempotency keys of what was acknowledged."""

    def add_revision(self, row: AnnotationRow, revision: RevisionRow) -> None: ...

    def revision(self, annotation_id: str, number: int) -> RevisionRow | None: ...

    def revisions(self, annotation_id: str, *, before: int | None, limit: int) -> Sequence[RevisionRow]: ...

    def last_of_client(self, annotation_id: str, client: str) -> int | None: ...

    def other_client_since(self, annotation_id: str, client: str, revision: int) -> bool: ...

    def key(self, workspace_id: str, edit_id: str) -> EditKeyRow | None: ...

    def add_key(self, row: AnnotationRow, key: EditKeyRow, *, created_at: str) -> None: ...

    def drop_keys(self, *, before: str) -> int: ...

    def add_edits(self, row: AnnotationRow, rows: Sequence[EditRow]) -> None: ...

    def edits(self, annotation_id: str, revision: int) -> Sequence[EditRow]: ...

    def edits_newest_first(self, annotation_id: str) -> Iterator[EditRow]:
        """All layers. Read as they are needed, so that whoever stops early does not pay for the rest."""

    def edits_on_tile(self, annotation_id: str, layer: str, tile_index: int) -> Iterator[EditRow]:
        """Edits in a layer, newest first, of the revisions in which one of its tiles changed."""


class Retention(Protocol):
    """What may go: autosaves among later ones, tiles that nothing points at. Each call is a small step."""

    def thinnable(self, *, before: str, after: str, limit: int) -> Sequence[str]:
        """Ids of annotations, in order, of which `thin` would fold something."""

    def thin(self, annotation_id: str, *, before: str, limit: int, now: str) -> int:
        """Fold up to `limit` autosaves made before the ten minutes of `before` into the next revision; how many.

        Left are the last of each ten minutes and of each client, those before a restore or an import, and those that
        a running export or `kept` names. Tiles that nothing points at any more are marked as unused since `now`.
        """

    def repack(self, *, after: tuple[str, bytes], limit: int) -> tuple[str, bytes] | None:
        """Pack the next `limit` tiles, of those packed quickly, tightly; the last of them, None at the end."""

    def mark_unused(self, *, after: tuple[str, bytes], limit: int, now: str) -> tuple[str, bytes] | None:
        """Mark those of the next `limit` tiles that nothing points at; the last one looked at, None at the end."""

    def drop_unused(self, *, before: str, limit: int) -> tuple[int, int]:
        """Delete those of `limit` tiles, marked since `before` or longer, that are unused: (looked at, deleted)."""

    def blob_keys(self) -> set[str]:
        """Keys of all blobs that something names."""

    def blob_named(self, key: str) -> bool: ...


class Conflicts(Protocol):
    def add(self, row: AnnotationRow, conflict: ConflictRow) -> None: ...

    def get(self, conflict_id: str) -> ConflictRow | None: ...

    def list(self, annotation_id: str) -> Sequence[ConflictRow]: ...

    def count_open(self, annotation_id: str) -> int: ...

    def resolve(self, conflict_id: str) -> None: ...


class Jobs(Protocol):
    def add(self, row: JobRow) -> None: ...

    def get(self, job_id: str) -> JobRow | None: ...

    def list(self, project_id: str) -> Sequence[JobRow]: ...

    def unfinished(self) -> Sequence[str]: ...

    def update(self, job_id: str, values: Mapping[str, Any]) -> None: ...

    def pin(self, job: JobRow, items: Sequence[tuple[str, int]]) -> None:
        """Fix what an export holds: (task id, revision number), in order."""

    def pinned(self, job_id: str) -> Sequence[tuple[str, int]]: ...


class UnitOfWork(Protocol):
    """All repositories in one transaction."""

    @property
    def identities(self) -> Identities: ...

    @property
    def datasets(self) -> Datasets: ...

    @property
    def projects(self) -> Projects: ...

    @property
    def usage(self) -> Usage: ...

    @property
    def tasks(self) -> Tasks: ...

    @property
    def annotations(self) -> Annotations: ...

    @property
    def tiles(self) -> Tiles: ...

    @property
    def segments(self) -> Segments: ...

    @property
    def items(self) -> Items: ...

    @property
    def history(self) -> History: ...

    @property
    def conflicts(self) -> Conflicts: ...

    @property
    def retention(self) -> Retention: ...

    @property
    def jobs(self) -> Jobs: ...


class Database(Protocol):
    def write(self) -> AbstractContextManager[UnitOfWork]:
        """The one writing transaction: committed, durably, when the block ends; rolled back when it raises."""

    def read(self) -> AbstractContextManager[UnitOfWork]:
        """A transaction that sees one state of the database and cannot write."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the operator allows."""

    upload_max_bytes: int
    import_max_bytes: int
    image_max_px: int


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything that a use case may reach."""

    database: Database
    blobs: BlobStore
    door: Door
    clock: Clock
    ids: Ids
    jobs: JobQueue
    readers: ArchiveReaders
    limits: Limits
    decoding: AbstractContextManager[object]
    """Entered while an image is decoded: as many at once as memory allows."""
