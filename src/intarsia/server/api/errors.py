# SPDX-License-Identifier: Apache-2.0
"""Every error, whatever its origin, in one shape; the status follows from its code."""

from __future__ import annotations

import errno
import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from intarsia.core.errors import (
    CodecError,
    ConflictError,
    EditError,
    ForbiddenError,
    GeometryError,
    IntarsiaError,
    NotFoundError,
    OntologyError,
)

_log = logging.getLogger("intarsia.server")

STATUS_OF_CODE: Mapping[str, int] = {
    "bad_host": 400,
    "bad_origin": 403,
    "bad_parameter": 422,
    "bad_token": 401,
    "body_too_large": 413,
    "export_not_ready": 409,
    "findings_block": 409,
    "forbidden": 403,
    "image_damaged": 422,
    "image_empty": 422,
    "image_too_large": 413,
    "image_type_unknown": 415,
    "invalid_request": 422,
    "no_revision": 404,
    "not_fixable": 409,
    "not_found": 404,
    "not_found_again": 409,
    "not_signed_in": 401,
    "open_conflicts": 409,
    "unknown_format": 422,
    "unknown_rule": 422,
    "wrong_dataset": 409,
}

_STATUS_OF_KIND: tuple[tuple[type[IntarsiaError], int], ...] = (
    (NotFoundError, 404),
    (ForbiddenError, 403),
    (ConflictError, 409),
    (CodecError, 422),
    (EditError, 422),
    (GeometryError, 422),
    (OntologyError, 422),
)


def status_of(error: IntarsiaError) -> int:
    """HTTP status of an error: by its code, else by its kind, else 400."""
    if error.code in STATUS_OF_CODE:
        return STATUS_OF_CODE[error.code]
    return next((status for kind, status in _STATUS_OF_KIND if isinstance(error, kind)), 400)


def error_response(
    status: int,
    code: str,
    message: str,
    details: Mapping[str, Any] | None = None,
    *,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    body = {"error": {"code": code, "message": message, "details": dict(details or {})}}
    return JSONResponse(body, status_code=status, headers={"Cache-Control": "no-store", **(headers or {})})


def install_error_handlers(app: FastAPI) -> None:
    app.add_exception_handler(IntarsiaError, _on_known)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(OperationalError, _on_database)
    app.add_exception_handler(OSError, _on_system)
    app.add_exception_handler(ClientDisconnect, _on_gone)
    app.add_exception_handler(Exception, _on_unknown)


async def _on_known(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, IntarsiaError)
    return error_response(status_of(error), error.code, error.message, error.details)


async def _on_invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    fields = [
        {"field": ".".join(map(str, fault["loc"])), "message": str(fault["msg"])} for fault in error.errors()[:50]
    ]
    message = "The request was not understood. Nothing was changed. Correct the fields that are named in details."
    return error_response(422, "invalid_request", message, {"fields": fields})


_HTTP_CODES = {404: "not_found", 405: "method_not_allowed", 413: "body_too_large"}


async def _on_http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    code = _HTTP_CODES.get(error.status_code, "bad_request")
    message = f"{error.detail}. Nothing was changed." if error.detail else "The request cannot be answered."
    response = error_response(error.status_code, code, message)
    response.headers.update(error.headers or {})
    return response


async def _on_gone(_request: Request, _error: Exception) -> JSONResponse:
    return error_response(400, "sender_gone", "The sender went away before the request was complete. Nothing was kept.")


async def _on_database(request: Request, error: Exception) -> JSONResponse:
    text = str(getattr(error, "orig", error))
    if "full" in text:
        return _storage_full()
    if "locked" in text or "busy" in text:
        message = "The database is busy. Nothing was changed; unsaved work stays in the browser and is sent again."
        return error_response(503, "busy", message, headers={"Retry-After": "1"})
    return await _on_unknown(request, error)


async def _on_system(request: Request, error: Exception) -> JSONResponse:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _storage_full()
    return await _on_unknown(request, error)


def _storage_full() -> JSONResponse:
    message = "The server's disk is full. Nothing was changed; unsaved work stays in the browser. Make room there."
    return error_response(507, "storage_full", message, headers={"Retry-After": "10"})


async def _on_unknown(request: Request, error: Exception) -> JSONResponse:
    _log.exception("%s %s failed", request.method, request.url.path, exc_info=error)
    message = "The server made a mistake; its log says which. Unsaved work stays in the browser. Try again."
    return error_response(500, "internal", message)
