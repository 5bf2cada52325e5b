# SPDX-License-Identifier: Apache-2.0
"""The description of the interface: stable text, with the session cookie and the shape of errors."""

from __future__ import annotations

import copy
import json
from typing import Any

from fastapi import FastAPI

_SCHEME = "session"
_REF = "#/components/schemas/"


def openapi_text(app: FastAPI) -> str:
    """openapi.json as it is committed: sorted keys, no version of the server, so that it changes when a route does."""
    return json.dumps(openapi_document(app), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def openapi_document(app: FastAPI) -> dict[str, Any]:
    document = copy.deepcopy(app.openapi())
    licence = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
    document["info"] = {"title": "Intarsia", "version": "1", "license": licence}
    document.pop("servers", None)
    schemas = document["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    document["components"]["securitySchemes"] = {
        _SCHEME: {
            "type": "apiKey",
            "in": "cookie",
            "name": "intarsia_{instance}",
            "description": "POST /session sets it",
        }
    }
    document["security"] = [{_SCHEME: []}]
    for path in document["paths"].values():
        for operation in path.values():
            # Errors of every status share one shape, which "default" says once.
            operation["responses"].pop("422", None)
    save = schemas["SaveRequest"]["properties"]["edits"]
    save["items"] = {"$ref": _REF + "EditIn"}
    return _with_titles_as_names(document)


def _with_titles_as_names(document: dict[str, Any]) -> dict[str, Any]:
    """Schemas under the words of the glossary (`Asset`), not under the names of our classes (`AssetOut`)."""
    schemas = document["components"]["schemas"]
    names = {name: schema.get("title", name) for name, schema in schemas.items()}
    assert len(set(names.values())) == len(names), "two schemas have one title"
    document["components"]["schemas"] = {names[name]: schema for name, schema in schemas.items()}

    def renamed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: _renamed_ref(item, names) if key == "$ref" else renamed(item) for key, item in value.items()}
        return [renamed(item) for item in value] if isinstance(value, list) else value

    result: dict[str, Any] = renamed(document)
    return result


def _renamed_ref(reference: str, names: dict[str, str]) -> str:
    return _REF + names[reference.removeprefix(_REF)]
