# SPDX-License-Identifier: Apache-2.0
"""Looking back: pictures of revisions, what differs between two, and who changed a pixel."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query
from fastapi.responses import Response

from intarsia.core.permissions import Action
from intarsia.server.api.history_shapes import (
    ComparisonOut,
    PixelOut,
    SegmentAuthorsOut,
    comparison_out,
    pixel_out,
    segment_authors_out,
)
from intarsia.server.api.routes import CurrentActor, CurrentPorts, StrictRoute, policy
from intarsia.server.use_cases.compare_revisions import compare_revisions
from intarsia.server.use_cases.label_thumbnail import label_thumbnail
from intarsia.server.use_cases.last_change import last_change
from intarsia.server.use_cases.segment_authors import segment_authors

router = APIRouter(prefix="/annotations", tags=["history"], route_class=StrictRoute)

RevisionNumber = Annotated[int, Path(ge=0, le=2**53)]
Layer = Annotated[str, Query(min_length=1, max_length=64)]
Coordinate = Annotated[int, Query(ge=0, le=65_535)]
_PICTURE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"image/webp": {}}, "description": "At most 160 px a side; unlabelled is transparent"},
    304: {"description": "Unchanged"},
}


@router.get(
    "/{annotation_id}/revisions/{number}/thumbnail",
    operation_id="getRevisionThumbnail",
    responses=_PICTURE,
    response_class=Response,
    **policy(Action.ANNOTATION_READ),
)
def get_thumbnail(
    annotation_id: str,
    number: RevisionNumber,
    ports: CurrentPorts,
    actor: CurrentActor,
    layer: Layer = "main",
    if_none_match: Annotated[str | None, Header(max_length=1024)] = None,
) -> Response:
    """The labels of a revision in class colours."""
    known = (if_none_match or "").strip().strip('"')
    found = label_thumbnail(ports, actor, annotation_id, revision=number, layer=layer, known_tag=known)
    headers = {"ETag": f'"{found.tag}"', "Cache-Control": "private, no-cache"}
    if found.data is None:
        return Response(status_code=304, headers=headers)
    return Response(found.data, media_type=found.media_type, headers=headers)


@router.get("/{annotation_id}/compare", operation_id="compareRevisions", **policy(Action.ANNOTATION_READ))
def get_comparison(
    annotation_id: str,
    ports: CurrentPorts,
    actor: CurrentActor,
    from_: Annotated[int, Query(alias="from", ge=0, le=2**53)],
    to: Annotated[int | None, Query(ge=0, le=2**53)] = None,
) -> ComparisonOut:
    """What leads from one revision to another; without `to`, to the newest."""
    return comparison_out(compare_revisions(ports, actor, annotation_id, before=from_, after=to))


@router.get("/{annotation_id}/pixel", operation_id="getPixel", **policy(Action.ANNOTATION_READ))
def get_pixel(
    annotation_id: str,
    ports: CurrentPorts,
    actor: CurrentActor,
    x: Coordinate,
    y: Coordinate,
    layer: Layer = "main",
) -> PixelOut:
    """Who owns the pixel in column x and row y, and who changed it last."""
    return pixel_out(last_change(ports, actor, annotation_id, layer=layer, x=x, y=y))


@router.get("/{annotation_id}/authors", operation_id="getSegmentAuthors", **policy(Action.ANNOTATION_READ))
def get_segment_authors(annotation_id: str, ports: CurrentPorts, actor: CurrentActor) -> SegmentAuthorsOut:
    """Who worked on each segment last: gave it pixels, or changed its class, answers or state."""
    return segment_authors_out(segment_authors(ports, actor, annotation_id))
