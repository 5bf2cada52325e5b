# SPDX-License-Identifier: Apache-2.0
"""Large bodies: straight to a scratch file, counted as they come, removed when the request ends."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from intarsia.server.api.routes import body_too_large
from intarsia.server.ports import Ports

_BUFFER_BYTES = 1024 * 1024


def raw_body(extra: dict[str, Any], *, media_type: str = "application/octet-stream") -> dict[str, Any]:
    """Route options for a body of plain bytes, beside those of its policy."""
    body = {"required": True, "content": {media_type: {"schema": {"type": "string", "format": "binary"}}}}
    return {"openapi_extra": {**extra["openapi_extra"], "requestBody": body}}


@asynccontextmanager
async def received_file(request: Request, ports: Ports, *, limit_bytes: int) -> AsyncIterator[Path]:
    """The request's body as a scratch file that lives as long as the block. Raises `body_too_large`."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > limit_bytes:
        raise body_too_large(limit_bytes)
    path = ports.blobs.scratch_dir() / f"{secrets.token_hex(16)}.part"
    try:
        await _receive(request, path, limit_bytes)
        yield path
    finally:
        path.unlink(missing_ok=True)


async def _receive(request: Request, path: Path, limit_bytes: int) -> None:
    size = 0
    with path.open("wb") as file:
        waiting = bytearray()
        async for part in request.stream():
            size += len(part)
            if size > limit_bytes:
                raise body_too_large(limit_bytes)
            waiting += part
            if len(waiting) >= _BUFFER_BYTES:
                # A slow disk must not stop the other requests.
                await run_in_threadpool(file.write, bytes(waiting))
                waiting.clear()
        await run_in_threadpool(file.write, bytes(waiting))
