# SPDX-License-Identifier: Apache-2.0
"""Assets and their bytes. What users sent is shown only as decoded raster types, else as a download."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Header
from fastapi.responses import Response, StreamingResponse

from intarsia.core.permissions import Action
from intarsia.server.api.routes import CurrentActor, CurrentPorts, StrictRoute, policy
from intarsia.server.api.shapes import AssetOut, asset_out
from intarsia.server.use_cases.get_asset import AssetBytes, get_asset, read_asset

router = APIRouter(prefix="/assets", tags=["assets"], route_class=StrictRoute)

_IMMUTABLE = "private, max-age=31536000, immutable"
_BYTES: dict[int | str, dict[str, Any]] = {
    200: {"content": {"image/*": {}}, "description": "The bytes"},
    304: {"description": "Unchanged"},
}
IfNoneMatch = Annotated[str | None, Header(max_length=1024)]


@router.get("/{asset_id}", operation_id="getAsset", **policy(Action.ASSET_READ))
def get_one(asset_id: str, ports: CurrentPorts, actor: CurrentActor) -> AssetOut:
    return asset_out(get_asset(ports, actor, asset_id))


@router.get(
    "/{asset_id}/image",
    operation_id="getAssetImage",
    responses=_BYTES,
    response_class=Response,
    **policy(Action.ASSET_READ),
)
def get_image(asset_id: str, ports: CurrentPorts, actor: CurrentActor, if_none_match: IfNoneMatch = None) -> Response:
    """The image as it is to be shown: upright, in a type that every browser decodes."""
    return _answer(read_asset(ports, actor, asset_id, "display"), if_none_match)


@router.get(
    "/{asset_id}/original",
    operation_id="getAssetOriginal",
    responses=_BYTES,
    response_class=Response,
    **policy(Action.ASSET_READ),
)
def get_original(
    asset_id: str, ports: CurrentPorts, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """The bytes as they were sent, as a download."""
    found = read_asset(ports, actor, asset_id, "original")
    disposition = f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"
    return _answer(found, if_none_match, **{"Content-Disposition": disposition})


@router.get(
    "/{asset_id}/thumbnail",
    operation_id="getAssetThumbnail",
    responses=_BYTES,
    response_class=Response,
    **policy(Action.ASSET_READ),
)
def get_thumbnail(
    asset_id: str, ports: CurrentPorts, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """At most 256 px a side."""
    return _answer(read_asset(ports, actor, asset_id, "thumbnail"), if_none_match)


def _answer(found: AssetBytes, if_none_match: str | None, **headers: str) -> Response:
    tag = f'"{found.tag}"'
    caching = {"ETag": tag, "Cache-Control": _IMMUTABLE}
    if if_none_match is not None and tag in (part.strip() for part in if_none_match.split(",")):
        return Response(status_code=304, headers=caching)
    sandbox = {"Content-Security-Policy": "default-src 'none'; sandbox", "Content-Length": str(found.byte_size)}
    return StreamingResponse(found.chunks, media_type=found.media_type, headers={**caching, **sandbox, **headers})
