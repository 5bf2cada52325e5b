# SPDX-License-Identifier: Apache-2.0
"""What all routers share: strict JSON, the caller, and the declared policy of a route."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.routing import APIRoute
from pydantic_core import from_json

from intarsia.core.errors import IntarsiaError
from intarsia.core.permissions import Action, Actor
from intarsia.server.ports import Ports
from intarsia.server.settings import Settings
from intarsia.server.use_cases.identify import identify

PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class AppContext:
    """What the application hands to its routes."""

    ports: Ports
    settings: Settings

    @property
    def instance(self) -> str:
        return self.ports.door.instance_id()

    @property
    def cookie_name(self) -> str:
        return f"intarsia_{self.instance}"


class _StrictRequest(Request):
    """JSON without NaN, infinities, lone surrogates or endless nesting; bodies within the limit."""

    async def body(self) -> bytes:
        if not hasattr(self, "_body"):
            limit = self.app.state.context.settings.json_max_bytes
            parts: list[bytes] = []
            size = 0
            async for part in self.stream():
                size += len(part)
                if size > limit:
                    raise body_too_large(limit)
                parts.append(part)
            self._body = b"".join(parts)
        return self._body

    async def json(self) -> Any:
        try:
            return from_json(await self.body(), allow_inf_nan=False)
        except ValueError as error:
            raise json.JSONDecodeError(str(error), "", 0) from error


class StrictRoute(APIRoute):
    """The class of all our routes."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            strict = _StrictRequest(request.scope, request.receive)
            if request.headers.get("content-type", "").startswith("application/json"):
                # Read here, since inside the framework an error of ours would lose its code.
                await strict.body()
            return await handler(strict)

        return handle


def body_too_large(limit_bytes: int) -> IntarsiaError:
    return IntarsiaError(
        "body_too_large",
        f"The request is larger than {limit_bytes} bytes. Nothing was kept. Send less at once.",
        limit_bytes=limit_bytes,
    )


def policy(action: Action) -> dict[str, Any]:
    """Declares which action a route asks `authorize` for; a test walks all routes and fails on one without."""
    return {"openapi_extra": {"x-policy": str(action)}}


def public() -> dict[str, Any]:
    """Declares that a route needs no session."""
    return {"openapi_extra": {"x-policy": PUBLIC, "security": []}}


def app_context(request: Request) -> AppContext:
    context: AppContext = request.app.state.context
    return context


def current_actor(request: Request) -> Actor:
    """The caller by session cookie. Raises IntarsiaError `not_signed_in`."""
    context = app_context(request)
    return identify(context.ports, session_id=request.cookies.get(context.cookie_name))


def current_ports(request: Request) -> Ports:
    return app_context(request).ports


Context = Annotated[AppContext, Depends(app_context)]
CurrentActor = Annotated[Actor, Depends(current_actor)]
CurrentPorts = Annotated[Ports, Depends(current_ports)]
