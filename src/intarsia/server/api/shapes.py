# SPDX-License-Identifier: Apache-2.0
"""What goes over the wire, and how it is made of records."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from intarsia.server.records import AssetRow, DatasetRow, TaskListRow

_FORBIDDEN_IN_NAMES = frozenset(chr(code) for code in (*range(32), 127))


def _clean_name(value: str) -> str:
    text = value.strip()
    if not text or any(sign in _FORBIDDEN_IN_NAMES for sign in text):
        raise ValueError("a name has at least one visible character and no control characters")
    return text


Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_clean_name)]
Id = Annotated[str, Field(min_length=1, max_length=64)]


class DatasetOut(BaseModel):
    model_config = ConfigDict(title="Dataset")
    id: str
    name: str
    created_at: str


class AssetOut(BaseModel):
    model_config = ConfigDict(title="Asset")
    id: str
    dataset_id: str
    name: str
    width: int
    height: int
    media_type: str
    sha256: str
    byte_size: int
    created_at: str
    export_no: int


class TaskSummary(BaseModel):
    id: str
    asset_id: str
    asset_name: str
    width: int
    height: int
    state: Literal["open", "submitted"]
    position: int
    labelled_fraction: float
    object_count: int
    updated_at: str


def dataset_out(row: DatasetRow) -> DatasetOut:
    return DatasetOut(id=row.id, name=row.name, created_at=row.created_at)


def asset_out(row: AssetRow) -> AssetOut:
    return AssetOut(**{name: getattr(row, name) for name in AssetOut.model_fields})


def task_summary(row: TaskListRow, *, layer_count: int) -> TaskSummary:
    return TaskSummary(
        id=row.task.id,
        asset_id=row.task.asset_id,
        asset_name=row.asset_name,
        width=row.width,
        height=row.height,
        state=row.task.state,
        position=row.task.position,
        labelled_fraction=row.labelled_px / (row.width * row.height * layer_count),
        object_count=row.object_count,
        updated_at=row.task.updated_at,
    )


class ErrorBody(BaseModel):
    code: str
    message: str
    details: dict[str, Any]


class ErrorOut(BaseModel):
    """The shape of every error."""

    model_config = ConfigDict(title="Error")
    error: ErrorBody
