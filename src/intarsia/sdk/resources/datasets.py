# SPDX-License-Identifier: Apache-2.0
"""Datasets and the images in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from intarsia.sdk.models import Asset, Dataset
from intarsia.sdk.transport import Transport, file_pieces


@dataclass(frozen=True, slots=True)
class Datasets:
    _transport: Transport

    def list(self) -> tuple[Dataset, ...]:
        found = self._transport.json("GET", "/datasets")["datasets"]
        return tuple(Dataset.model_validate(item) for item in found)

    def create(self, name: str) -> Dataset:
        return Dataset.model_validate(self._transport.json("POST", "/datasets", json={"name": name}))

    def assets(self, dataset_id: str) -> Iterator[Asset]:
        for item in self._transport.pages(f"/datasets/{dataset_id}/assets", "assets"):
            yield Asset.model_validate(item)

    def upload(
        self, dataset_id: str, image: Path | bytes, *, name: str | None = None, project_id: str | None = None
    ) -> Asset:
        """Add an image; with ``project_id`` also its task. An image that is already there is not added again."""
        if name is None:
            if isinstance(image, bytes):
                raise TypeError("an image given as bytes needs a name")
            name = image.name
        content = image if isinstance(image, bytes) else file_pieces(image)
        answer = self._transport.json(
            "POST",
            f"/datasets/{dataset_id}/assets",
            params={"name": name, "project": project_id},
            content=content,
            headers={"Content-Type": "application/octet-stream"},
        )
        return Asset.model_validate(answer)

    def asset(self, asset_id: str) -> Asset:
        return Asset.model_validate(self._transport.json("GET", f"/assets/{asset_id}"))

    def image(self, asset_id: str) -> bytes:
        """The image as it is shown: upright, in a type that browsers decode."""
        return self._transport.send("GET", f"/assets/{asset_id}/image").content

    def original(self, asset_id: str) -> bytes:
        """The bytes that were uploaded."""
        return self._transport.send("GET", f"/assets/{asset_id}/original").content
