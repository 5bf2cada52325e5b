# SPDX-License-Identifier: Apache-2.0
"""Signing in with a one-time token. Only a POST uses it up, so that link previews cannot."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from intarsia.core.permissions import Action
from intarsia.server.api.routes import Context, CurrentActor, StrictRoute, policy, public
from intarsia.server.use_cases.loading import allow_collection
from intarsia.server.use_cases.open_session import open_session

router = APIRouter(tags=["session"], route_class=StrictRoute)


class TokenIn(BaseModel):
    token: Annotated[str, Field(min_length=1, max_length=512)]


class UserOut(BaseModel):
    model_config = ConfigDict(title="User")
    id: str
    name: str


class SessionOut(BaseModel):
    model_config = ConfigDict(title="Session")
    mode: Literal["local"]
    user: UserOut
    instance: str


@router.post("/session", operation_id="openSession", status_code=204, **public())
def post_session(body: TokenIn, context: Context) -> Response:
    session_id = open_session(context.ports, token=body.token, session_days=context.settings.session_days)
    response = Response(status_code=204)
    response.set_cookie(
        context.cookie_name,
        session_id,
        max_age=context.settings.session_days * 86_400,
        path=f"{context.settings.base_path}/",
        httponly=True,
        samesite="lax",
    )
    return response


@router.get("/session", operation_id="getSession", **policy(Action.SESSION_READ))
def get_session(context: Context, actor: CurrentActor) -> SessionOut:
    allow_collection(actor, Action.SESSION_READ, "session")
    return SessionOut(mode="local", user=UserOut(id=actor.user_id, name=actor.name), instance=context.instance)
