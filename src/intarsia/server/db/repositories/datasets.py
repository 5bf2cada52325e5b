# SPDX-License-Identifier: Apache-2.0
"""Datasets and their assets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields

from sqlalchemy import Connection, insert, select, update

from intarsia.server.db.tables import assets, datasets
from intarsia.server.records import AssetRow, DatasetRow

_DATASET = (datasets.c.id, datasets.c.workspace_id, datasets.c.name, datasets.c.created_at)
_ASSET = tuple(assets.c[field.name] for field in fields(AssetRow))


class SqlDatasets:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, row: DatasetRow) -> None:
        self._connection.execute(insert(datasets).values(**asdict(row), next_export_no=1))

    def get(self, dataset_id: str) -> DatasetRow | None:
        row = self._connection.execute(select(*_DATASET).where(datasets.c.id == dataset_id)).one_or_none()
        return DatasetRow(*row) if row else None

    def list(self, workspace_id: str) -> Sequence[DatasetRow]:
        query = select(*_DATASET).where(datasets.c.workspace_id == workspace_id).order_by(datasets.c.id)
        return [DatasetRow(*row) for row in self._connection.execute(query)]

    def take_export_no(self, dataset_id: str) -> int:
        query = select(datasets.c.next_export_no).where(datasets.c.id == dataset_id)
        number = int(self._connection.execute(query).scalar_one())
        self._connection.execute(update(datasets).where(datasets.c.id == dataset_id).values(next_export_no=number + 1))
        return number

    def add_asset(self, row: AssetRow) -> None:
        self._connection.execute(insert(assets).values(**asdict(row)))

    def asset(self, asset_id: str) -> AssetRow | None:
        row = self._connection.execute(select(*_ASSET).where(assets.c.id == asset_id)).one_or_none()
        return AssetRow(*row) if row else None

    def find_asset(self, dataset_id: str, *, sha256: str, name: str) -> AssetRow | None:
        query = select(*_ASSET).where(
            assets.c.dataset_id == dataset_id, assets.c.sha256 == sha256, assets.c.name == name
        )
        row = self._connection.execute(query).one_or_none()
        return AssetRow(*row) if row else None

    def find_by_name(self, dataset_id: str, name: str) -> Sequence[AssetRow]:
        query = select(*_ASSET).where(assets.c.dataset_id == dataset_id, assets.c.name == name)
        return [AssetRow(*row) for row in self._connection.execute(query.order_by(assets.c.export_no))]

    def find_by_stem(self, dataset_id: str, stem: str) -> Sequence[AssetRow]:
        named = assets.c.name.startswith(f"{stem}.", autoescape=True)
        query = select(*_ASSET).where(assets.c.dataset_id == dataset_id, named).order_by(assets.c.export_no)
        rows = [AssetRow(*row) for row in self._connection.execute(query)]
        return [row for row in rows if row.name.rpartition(".")[0] == stem]

    def assets(self, dataset_id: str, *, after_export_no: int, limit: int) -> Sequence[AssetRow]:
        query = (
            select(*_ASSET)
            .where(assets.c.dataset_id == dataset_id, assets.c.export_no > after_export_no)
            .order_by(assets.c.export_no)
            .limit(limit)
        )
        return [AssetRow(*row) for row in self._connection.execute(query)]

    def blob_in_use(self, workspace_id: str, sha256: str) -> bool:
        query = select(assets.c.id).where(assets.c.workspace_id == workspace_id, assets.c.sha256 == sha256).limit(1)
        return self._connection.execute(query).first() is not None
