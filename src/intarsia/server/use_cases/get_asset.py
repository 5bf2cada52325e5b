# SPDX-License-Identifier: Apache-2.0
"""One asset, or the bytes that belong to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from intarsia.core.permissions import Action, Actor
from intarsia.server.ports import Ports
from intarsia.server.records import AssetRow
from intarsia.server.use_cases.loading import load_asset

Rendition = Literal["display", "original", "thumbnail"]


@dataclass(frozen=True, slots=True)
class AssetBytes:
    """Bytes of one rendition; `tag` changes when they do."""

    media_type: str
    tag: str
    byte_size: int
    chunks: Iterator[bytes]
    name: str


def get_asset(ports: Ports, actor: Actor, asset_id: str) -> AssetRow:
    with ports.database.read() as unit:
        return load_asset(unit, actor, Action.ASSET_READ, asset_id)


def read_asset(ports: Ports, actor: Actor, asset_id: str, rendition: Rendition) -> AssetBytes:
    """Bytes to show, to download, or the thumbnail. Media types come from our table, never from the sender."""
    row = get_asset(ports, actor, asset_id)
    key, media_type = {
        "display": (row.display_key or row.original_key, row.display_media_type),
        "original": (row.original_key, row.media_type),
        "thumbnail": (row.thumbnail_key, "image/webp"),
    }[rendition]
    size = ports.blobs.size(key)
    assert size is not None, f"blob {key} of asset {row.id} is missing"
    return AssetBytes(media_type, f"{row.sha256[:32]}-{rendition}", size, ports.blobs.stream(key), row.name)
