# SPDX-License-Identifier: Apache-2.0
"""The built web application: its files, and its page for every other address, so that deep links open."""

from __future__ import annotations

import mimetypes
import re
from html import escape
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from intarsia.server.api.errors import error_response
from intarsia.server.api.routes import public
from intarsia.server.settings import Settings

_BASE = re.compile(r"<base\b[^>]*>", re.IGNORECASE)
_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_HASHED = re.compile(r"[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+$")
_MISSING = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>Intarsia</title>"
    "<p>The server runs, but the web application is not built. "
    "In a source tree run <code>npm ci &amp;&amp; npm run build</code> in <code>web/</code>, then reload.</p></html>"
)
_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}


class StaticSite:
    """Only files that were there at start are served; no path of a request ever reaches the file system."""

    def __init__(self, settings: Settings) -> None:
        root = settings.static_dir
        self._files: dict[str, Path] = {}
        if root.is_dir():
            found = (path for path in root.rglob("*") if path.is_file())
            self._files = {path.relative_to(root).as_posix(): path for path in found}
        self._base_path = settings.base_path
        self._index = _page(root / "index.html", settings.base_path)

    def answer(self, path: str) -> Response:
        name = path.removeprefix(self._base_path).lstrip("/")
        file = self._files.get(name)
        if file is not None and name != "index.html":
            return self._file(name, file)
        if name.startswith("assets/"):
            return error_response(404, "not_found", "There is no such file. Reload the page: a new version is out.")
        return HTMLResponse(self._index, headers={"Cache-Control": "no-cache"})

    def _file(self, name: str, file: Path) -> Response:
        media_type = _TYPES.get(file.suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        hashed = name.startswith("assets/") and _HASHED.search(name)
        caching = "public, max-age=31536000, immutable" if hashed else "no-cache"
        return FileResponse(file, media_type=media_type, headers={"Cache-Control": caching})


def _page(index: Path, base_path: str) -> str:
    """index.html with the base address of all that it links to."""
    if not index.is_file():
        return _MISSING
    base = f'<base href="{escape(base_path, quote=True)}/">'
    html = index.read_text(encoding="utf-8")
    if _BASE.search(html):
        return _BASE.sub(lambda _match: base, html, count=1)
    return _HEAD.sub(lambda match: match[0] + base, html, count=1)


def install_static(app: FastAPI, settings: Settings) -> None:
    """Answer every GET that no other route took. Must come last."""
    site = StaticSite(settings)

    @app.api_route("/{path:path}", methods=["GET", "HEAD"], include_in_schema=False, **public())
    def page(path: str, request: Request) -> Response:
        if path.startswith("api/"):
            return error_response(404, "not_found", "There is no such address in the interface. Nothing was changed.")
        return site.answer(path)
