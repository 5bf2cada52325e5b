# SPDX-License-Identifier: Apache-2.0
"""From an HTTP answer back to the exception class that the server's own code would have raised."""

from __future__ import annotations

import httpx

from intarsia.core.errors import ConflictError, ForbiddenError, IntarsiaError, NotFoundError


class NotSignedInError(ForbiddenError):
    """No session, or the one-time token was used or has expired. ``intarsia url`` prints a new one."""


class InvalidRequestError(IntarsiaError):
    """The server understood the request but not its content; ``details["fields"]`` says where."""


class UnreachableError(IntarsiaError):
    """No answer from the server at all."""


class JobFailedError(IntarsiaError):
    """An import or export ended without its result; ``details["problems"]`` lists why."""


_BY_STATUS: dict[int, type[IntarsiaError]] = {
    400: InvalidRequestError,
    401: NotSignedInError,
    403: ForbiddenError,
    404: NotFoundError,
    409: ConflictError,
    413: InvalidRequestError,
    415: InvalidRequestError,
    422: InvalidRequestError,
}


def error_of(response: httpx.Response) -> IntarsiaError:
    """The exception for an answer of 400 and above; also for one that does not come from Intarsia itself."""
    kind = _BY_STATUS.get(response.status_code, IntarsiaError)
    try:
        body = response.json()["error"]
        code, message = str(body["code"]), str(body["message"])
        details = body.get("details") or {}
    except (ValueError, KeyError, TypeError):
        message = f"The server answered {response.status_code} without saying why · nothing was changed · try again"
        return kind("http_error", message, status=response.status_code)
    clean = {str(key): value for key, value in details.items() if key not in ("code", "message", "self")}
    return kind(code, message, **clean)


def raise_for_error(response: httpx.Response) -> None:
    if response.status_code >= 400:
        raise error_of(response)
