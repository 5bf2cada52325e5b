# SPDX-License-Identifier: Apache-2.0
"""Take in an image: check it, store its bytes, and name it in a dataset (and as a task of a project)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from intarsia.core.permissions import Action, Actor
from intarsia.imaging.decode import Prepared, prepare
from intarsia.server.clock import rfc3339
from intarsia.server.ports import Ports, UnitOfWork
from intarsia.server.records import AssetRow, TaskRow
from intarsia.server.use_cases.create_tasks import add_task
from intarsia.server.use_cases.loading import load_dataset, load_project

_CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class AddedAsset:
    """`created` is False when the dataset held the same bytes under the same name already."""

    asset: AssetRow
    created: bool
    task: TaskRow | None


def add_asset(
    ports: Ports, actor: Actor, dataset_id: str, *, path: Path, name: str, project_id: str | None = None
) -> AddedAsset:
    """Make an asset of the file at `path`, which stays the caller's. Same bytes and name: the one that is there.

    Raises ImageError when the file is no image that we take; then no row and no blob is left.
    """
    with ports.database.read() as unit:
        load_dataset(unit, actor, Action.ASSET_CREATE, dataset_id)
        if project_id is not None:
            load_project(unit, actor, Action.TASK_CREATE, project_id)
    sha256 = _hash_file(path)
    with ports.database.read() as unit:
        known = unit.datasets.find_asset(dataset_id, sha256=sha256, name=name) is not None
    prepared = None
    if not known:
        with ports.decoding:
            prepared = prepare(path, max_px=ports.limits.image_max_px)
    stored = store_image(ports, actor, path, sha256, prepared) if prepared else NOTHING_STORED
    try:
        with ports.database.write() as unit:
            asset = unit.datasets.find_asset(dataset_id, sha256=sha256, name=name)
            created = asset is None
            if asset is None:
                assert prepared is not None
                asset = name_image(ports, unit, actor, dataset_id, path, name, sha256, prepared)
            task = add_task(ports, unit, actor, project_id, asset) if project_id is not None else None
    except BaseException:
        take_back(ports, actor, sha256, stored)
        raise
    return AddedAsset(asset, created, task)


def take_back(ports: Ports, actor: Actor, sha256: str, stored: StoredImage) -> None:
    """Remove what was put for nothing; while nobody else can write, so that no row appears that needs it."""
    with ports.database.write() as unit:
        if not unit.datasets.blob_in_use(actor.workspace_id, sha256):
            for key in stored.keys:
                ports.blobs.delete(key)


@dataclass(frozen=True, slots=True)
class StoredImage:
    """Where an image lies in the blob store."""

    original_key: str
    display_key: str | None
    thumbnail_key: str

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(key for key in (self.original_key, self.display_key, self.thumbnail_key) if key)


NOTHING_STORED = StoredImage("", None, "")


def store_image(ports: Ports, actor: Actor, path: Path, sha256: str, prepared: Prepared) -> StoredImage:
    """Put the bytes under keys made of their hash; on failure those that are new are taken back.

    What is made from the image bears its own hash in its key, so that damage can be found later.
    """
    base = f"{actor.workspace_id}/{sha256[:2]}/{sha256}"
    original = f"{base}/original"
    thumbnail = f"{base}/thumbnail.{_hash(prepared.thumbnail_webp)}.webp"
    display = f"{base}/display.{_hash(prepared.display_png)}.png" if prepared.display_png is not None else None
    new: list[str] = []
    try:
        if ports.blobs.put_file(original, path):
            new.append(original)
        png = prepared.display_png
        if display is not None and png is not None and ports.blobs.put_bytes(display, png):
            new.append(display)
        if ports.blobs.put_bytes(thumbnail, prepared.thumbnail_webp):
            new.append(thumbnail)
    except BaseException:
        for key in new:
            ports.blobs.delete(key)
        raise
    return StoredImage(original, display, thumbnail)


def name_image(
    ports: Ports,
    unit: UnitOfWork,
    actor: Actor,
    dataset_id: str,
    path: Path,
    name: str,
    sha256: str,
    prepared: Prepared,
) -> AssetRow:
    """The row of a new asset, whose image was stored just before; in the transaction."""
    # Another request may have taken back what this one found there; putting it again is cheap when not.
    stored = store_image(ports, actor, path, sha256, prepared)
    asset = _row(ports, actor, unit, dataset_id, path, name, sha256, prepared, stored)
    unit.datasets.add_asset(asset)
    return asset


def _row(
    ports: Ports,
    actor: Actor,
    unit: UnitOfWork,
    dataset_id: str,
    path: Path,
    name: str,
    sha256: str,
    prepared: Prepared,
    stored: StoredImage,
) -> AssetRow:
    height, width = prepared.size_hw
    return AssetRow(
        id=ports.ids.new("ast"),
        workspace_id=actor.workspace_id,
        dataset_id=dataset_id,
        name=name,
        width=width,
        height=height,
        media_type=prepared.family.media_type,
        sha256=sha256,
        byte_size=path.stat().st_size,
        original_key=stored.original_key,
        display_key=stored.display_key,
        display_media_type="image/png" if stored.display_key else prepared.family.media_type,
        thumbnail_key=stored.thumbnail_key,
        export_no=unit.datasets.take_export_no(dataset_id),
        created_at=rfc3339(ports.clock.now_ms()),
    )


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _hash_file(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
