# SPDX-License-Identifier: Apache-2.0
"""Is the server there, and which one is it."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from intarsia import __version__
from intarsia.server.api.routes import Context, StrictRoute, public

router = APIRouter(tags=["server"], route_class=StrictRoute)


class Health(BaseModel):
    status: Literal["ok"]
    version: str
    instance: str


@router.get("/health", operation_id="getHealth", **public())
async def get_health(context: Context) -> Health:
    return Health(status="ok", version=__version__, instance=context.instance)
