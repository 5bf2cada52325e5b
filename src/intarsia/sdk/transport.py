# SPDX-License-Identifier: Apache-2.0
"""One signed-in connection to a server: requests in, checked answers out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from intarsia.sdk.errors import UnreachableError, raise_for_error

API_PATH = "/api/v1"
_CHUNK_BYTES = 1 << 20

QueryValue = str | int | None


class Transport:
    """Wraps an httpx client; every answer of 400 and above is raised as the exception that its code names."""

    def __init__(self, base_url: str, *, timeout_s: float, transport: httpx.BaseTransport | None = None) -> None:
        self.base_url = base_url.rstrip("/")
        # the environment's proxies are for the outside world; a labelling server is named by the caller
        self._http = httpx.Client(
            base_url=self.base_url + API_PATH, timeout=timeout_s, transport=transport, trust_env=False
        )

    def close(self) -> None:
        self._http.close()

    def sign_in(self, token: str) -> None:
        """Spend a one-time token; the session's cookie is kept for all later requests."""
        self.send("POST", "/session", json={"token": token})

    def send(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, QueryValue] | None = None,
        json: object = None,
        content: bytes | Iterable[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        query = {key: value for key, value in (params or {}).items() if value is not None}
        try:
            response = self._http.request(
                method, path, params=query, json=json, content=content, headers=dict(headers or {})
            )
        except httpx.TransportError as error:
            raise self._unreachable(error) from error
        raise_for_error(response)
        return response

    def json(self, method: str, path: str, **arguments: Any) -> Any:
        return self.send(method, path, **arguments).json()

    @contextmanager
    def stream(self, path: str) -> Iterator[Iterator[bytes]]:
        """The body of a GET, in pieces, never whole in memory."""
        try:
            with self._http.stream("GET", path) as response:
                if response.status_code >= 400:
                    response.read()
                    raise_for_error(response)
                yield response.iter_bytes(_CHUNK_BYTES)
        except httpx.TransportError as error:
            raise self._unreachable(error) from error

    def pages(self, path: str, key: str, *, params: Mapping[str, QueryValue] | None = None) -> Iterator[Any]:
        """All items of a paged list, page after page."""
        query: dict[str, QueryValue] = dict(params or {})
        while True:
            page = self.json("GET", path, params=query)
            yield from page[key]
            cursor = page.get("next_cursor")
            if not cursor:
                return
            query["cursor"] = cursor

    def _unreachable(self, error: httpx.TransportError) -> UnreachableError:
        message = (
            f"No answer from {self.base_url} ({type(error).__name__}) · what was acknowledged before is kept"
            " · check that the server runs"
        )
        return UnreachableError("unreachable", message, url=self.base_url)


def file_pieces(path: Path) -> Iterator[bytes]:
    """A file's bytes in pieces, for an upload that never holds it whole."""
    with path.open("rb") as file:
        while piece := file.read(_CHUNK_BYTES):
            yield piece
