# SPDX-License-Identifier: Apache-2.0
"""Annotations: read tiles, save edits, lease ids, walk through history, settle conflicts."""

from __future__ import annotations

import gzip
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query
from fastapi.responses import Response

from intarsia.core.permissions import Action
from intarsia.server.api.annotation_shapes import (
    AnnotationDetail,
    ConflictList,
    LeaseIn,
    LeaseOut,
    ResolveIn,
    RestoreIn,
    RestoreReply,
    RevisionPage,
    SaveReply,
    SaveRequest,
    annotation_detail,
    conflict_out,
    revision_out,
    save_reply,
)
from intarsia.server.api.cursors import Cursor, Limit, place
from intarsia.server.api.routes import CurrentActor, CurrentPorts, StrictRoute, policy
from intarsia.server.use_cases.get_annotation import get_annotation
from intarsia.server.use_cases.lease_ids import lease_ids
from intarsia.server.use_cases.list_conflicts import list_conflicts
from intarsia.server.use_cases.list_revisions import list_revisions
from intarsia.server.use_cases.read_tiles import read_tiles
from intarsia.server.use_cases.resolve_conflict import resolve_conflict
from intarsia.server.use_cases.restore_item import restore_item
from intarsia.server.use_cases.restore_revision import restore_revision
from intarsia.server.use_cases.restore_segment import restore_segment
from intarsia.server.use_cases.save_edits import save_edits

router = APIRouter(prefix="/annotations", tags=["annotations"], route_class=StrictRoute)

# Packs are run-length coded; the fastest level takes most of what is left, and opening an image waits for it.
_GZIP_LEVEL = 1
_GZIP_MIN_BYTES = 1024
RevisionNumber = Annotated[int, Path(ge=0, le=2**53)]
_PACK: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        "headers": {"X-Intarsia-Revision": {"schema": {"type": "integer"}}},
        "description": "A pack of contract/label-map-codec.md",
    }
}


@router.get("/{annotation_id}", operation_id="getAnnotation", **policy(Action.ANNOTATION_READ))
def get_one(annotation_id: str, ports: CurrentPorts, actor: CurrentActor) -> AnnotationDetail:
    return annotation_detail(get_annotation(ports, actor, annotation_id))


@router.get(
    "/{annotation_id}/tiles",
    operation_id="getTiles",
    responses=_PACK,
    response_class=Response,
    **policy(Action.ANNOTATION_READ),
)
def get_tiles(
    annotation_id: str,
    ports: CurrentPorts,
    actor: CurrentActor,
    layer: Annotated[str, Query(min_length=1, max_length=64)] = "main",
    revision: Annotated[int | None, Query(ge=0, le=2**53)] = None,
    accept_encoding: Annotated[str, Header()] = "",
) -> Response:
    """All labelled tiles of a layer in one pack."""
    pack, number = read_tiles(ports, actor, annotation_id, layer=layer, revision=revision)
    headers = {"X-Intarsia-Revision": str(number), "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding"}
    if len(pack) >= _GZIP_MIN_BYTES and "gzip" in accept_encoding.lower():
        pack = gzip.compress(pack, _GZIP_LEVEL, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(pack, media_type="application/octet-stream", headers=headers)


@router.post("/{annotation_id}/edits", operation_id="saveEdits", **policy(Action.ANNOTATION_EDIT))
def post_edits(annotation_id: str, body: SaveRequest, ports: CurrentPorts, actor: CurrentActor) -> SaveReply:
    """Replays the edits in order; answers when they are durable. Repeating a request changes nothing."""
    result = save_edits(
        ports, actor, annotation_id, client=body.client, bodies=body.edits, known_revision=body.known_revision
    )
    return save_reply(result)


@router.post("/{annotation_id}/leases", operation_id="leaseIds", **policy(Action.ANNOTATION_EDIT))
def post_lease(annotation_id: str, body: LeaseIn, ports: CurrentPorts, actor: CurrentActor) -> LeaseOut:
    start, end = lease_ids(ports, actor, annotation_id, count=body.count)
    return LeaseOut(start=start, end=end)


@router.get("/{annotation_id}/revisions", operation_id="listRevisions", **policy(Action.ANNOTATION_READ))
def get_revisions(
    annotation_id: str, ports: CurrentPorts, actor: CurrentActor, cursor: Cursor = None, limit: Limit = 100
) -> RevisionPage:
    """Newest first."""
    before = place(cursor) if cursor is not None else None
    rows = list_revisions(ports, actor, annotation_id, before=before, limit=limit + 1)
    page = rows[:limit]
    return RevisionPage(
        revisions=[revision_out(row) for row in page],
        next_cursor=str(page[-1].number) if len(rows) > limit else None,
    )


@router.get("/{annotation_id}/revisions/{number}", operation_id="getRevision", **policy(Action.ANNOTATION_READ))
def get_revision(
    annotation_id: str, number: RevisionNumber, ports: CurrentPorts, actor: CurrentActor
) -> AnnotationDetail:
    """The annotation as it was then."""
    return annotation_detail(get_annotation(ports, actor, annotation_id, revision=number))


@router.post("/{annotation_id}/restore", operation_id="restoreRevision", **policy(Action.ANNOTATION_RESTORE))
def post_restore(annotation_id: str, body: RestoreIn, ports: CurrentPorts, actor: CurrentActor) -> RestoreReply:
    """Makes the head, or one segment or item of it, as it was in an earlier revision; that is a new revision."""
    if body.item_id is not None:
        restored = restore_item(ports, actor, annotation_id, revision=body.revision, item_id=body.item_id)
    elif body.segment_id is None:
        restored = restore_revision(ports, actor, annotation_id, revision=body.revision)
    else:
        restored = restore_segment(ports, actor, annotation_id, revision=body.revision, segment_id=body.segment_id)
    return RestoreReply(revision=restored.revision, saved_at=restored.saved_at, checksums=restored.checksums)


@router.get("/{annotation_id}/conflicts", operation_id="listConflicts", **policy(Action.ANNOTATION_READ))
def get_conflicts(annotation_id: str, ports: CurrentPorts, actor: CurrentActor) -> ConflictList:
    return ConflictList(conflicts=[conflict_out(view) for view in list_conflicts(ports, actor, annotation_id)])


@router.post(
    "/{annotation_id}/conflicts/{conflict_id}/resolve",
    operation_id="resolveConflict",
    **policy(Action.CONFLICT_RESOLVE),
)
def post_resolve(
    annotation_id: str, conflict_id: str, body: ResolveIn, ports: CurrentPorts, actor: CurrentActor
) -> AnnotationDetail:
    """Closes a conflict: `head` keeps what is there, `wanted` writes what the edit wanted."""
    return annotation_detail(resolve_conflict(ports, actor, annotation_id, conflict_id, choice=body.choice))
