# SPDX-License-Identifier: Apache-2.0
"""Datasets, and images going into them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from intarsia.core.permissions import Action
from intarsia.server.api.cursors import Cursor, Limit, place
from intarsia.server.api.receive import raw_body, received_file
from intarsia.server.api.routes import CurrentActor, CurrentPorts, StrictRoute, policy
from intarsia.server.api.shapes import AssetOut, DatasetOut, Name, asset_out, dataset_out
from intarsia.server.use_cases.add_asset import add_asset
from intarsia.server.use_cases.create_dataset import create_dataset
from intarsia.server.use_cases.list_assets import list_assets
from intarsia.server.use_cases.list_datasets import list_datasets

router = APIRouter(prefix="/datasets", tags=["datasets"], route_class=StrictRoute)


class DatasetIn(BaseModel):
    name: Name


class DatasetList(BaseModel):
    datasets: list[DatasetOut]


class AssetPage(BaseModel):
    assets: list[AssetOut]
    next_cursor: str | None


@router.get("", operation_id="listDatasets", **policy(Action.DATASET_LIST))
def get_datasets(ports: CurrentPorts, actor: CurrentActor) -> DatasetList:
    return DatasetList(datasets=[dataset_out(row) for row in list_datasets(ports, actor)])


@router.post("", operation_id="createDataset", status_code=201, **policy(Action.DATASET_CREATE))
def post_dataset(body: DatasetIn, ports: CurrentPorts, actor: CurrentActor) -> DatasetOut:
    return dataset_out(create_dataset(ports, actor, name=body.name))


@router.get("/{dataset_id}/assets", operation_id="listAssets", **policy(Action.DATASET_READ))
def get_assets(
    dataset_id: str, ports: CurrentPorts, actor: CurrentActor, cursor: Cursor = None, limit: Limit = 100
) -> AssetPage:
    rows = list_assets(ports, actor, dataset_id, after_export_no=place(cursor), limit=limit + 1)
    page = rows[:limit]
    more = len(rows) > limit
    return AssetPage(assets=[asset_out(row) for row in page], next_cursor=str(page[-1].export_no) if more else None)


@router.post(
    "/{dataset_id}/assets",
    operation_id="addAsset",
    status_code=201,
    responses={200: {"model": AssetOut, "description": "The dataset holds this image under this name already"}},
    **raw_body(policy(Action.ASSET_CREATE)),
)
async def post_asset(
    dataset_id: str,
    name: Annotated[Name, Query()],
    request: Request,
    response: Response,
    ports: CurrentPorts,
    actor: CurrentActor,
    project: Annotated[str | None, Query(max_length=64)] = None,
) -> AssetOut:
    """The body is the file itself. `project` also makes a task of it."""
    async with received_file(request, ports, limit_bytes=ports.limits.upload_max_bytes) as path:
        added = await run_in_threadpool(add_asset, ports, actor, dataset_id, path=path, name=name, project_id=project)
    response.status_code = 201 if added.created else 200
    return asset_out(added.asset)
