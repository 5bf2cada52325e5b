# SPDX-License-Identifier: Apache-2.0
"""What every request passes before anything else: host, origin, and the headers of every answer."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from intarsia.server.api.errors import error_response
from intarsia.server.settings import Settings

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; img-src 'self' blob: data:; "
    "style-src 'self'; font-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
)
_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """ASGI middleware. A page of another site can neither read nor change anything, also by a rebound DNS name."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self._app = app
        self._hosts = settings.host_names
        self._base_path = settings.base_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        refusal = self._refusal(scope["method"], headers)
        if refusal is not None:
            await error_response(*refusal)(scope, receive, send_with_headers)
            return
        # Routes are found with and without the sub-path: some proxies take it off, some do not.
        await self._app({**scope, "root_path": self._base_path}, receive, send_with_headers)

    def _refusal(self, method: str, headers: Headers) -> tuple[int, str, str] | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or _host_name(hosts[0]) not in self._hosts:
            message = "This server is not known by that host name. Nothing was changed. Start it with --allow-host."
            return 400, "bad_host", message
        if method not in _SAFE_METHODS and not _same_origin(headers):
            return 403, "bad_origin", "This request came from another site. Nothing was changed."
        return None


def _host_name(host: str) -> str:
    """Name part of a Host header, lower case; an IPv6 address keeps its brackets."""
    name = host.lower()
    if name.startswith("["):
        return name[: name.find("]") + 1]
    return name.partition(":")[0]


def _same_origin(headers: Headers) -> bool:
    """Whether a changing request comes from our own page, or from no page at all (the command line sends neither)."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site != "same-origin":
        return False
    if origin is None:
        return True
    parts = urlsplit(origin)
    return parts.scheme in ("http", "https") and parts.netloc.lower() == headers["host"].lower()
