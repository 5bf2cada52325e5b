# SPDX-License-Identifier: Apache-2.0
"""The ontology of a project and its versions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi import Path as InPath
from pydantic import BaseModel, ConfigDict

from intarsia.core.permissions import Action
from intarsia.server.api.ontology_shapes import OntologyShape, ontology_in, ontology_out
from intarsia.server.api.routes import CurrentActor, CurrentPorts, StrictRoute, policy
from intarsia.server.use_cases.get_ontology import get_ontology, list_ontology_versions
from intarsia.server.use_cases.put_ontology import put_ontology

router = APIRouter(prefix="/projects", tags=["ontology"], route_class=StrictRoute)

Version = Annotated[int, InPath(ge=1, le=2**31 - 1)]


class OntologyVersionOut(BaseModel):
    """One version: who published it, and when."""

    model_config = ConfigDict(title="OntologyVersion")
    version: int
    author_id: str
    author_name: str
    created_at: str


class OntologyVersionList(BaseModel):
    versions: list[OntologyVersionOut]


@router.get("/{project_id}/ontology", operation_id="getOntology", **policy(Action.PROJECT_READ))
def get_project_ontology(project_id: str, ports: CurrentPorts, actor: CurrentActor) -> OntologyShape:
    return ontology_out(get_ontology(ports, actor, project_id))


@router.put("/{project_id}/ontology", operation_id="putOntology", **policy(Action.ONTOLOGY_WRITE))
def put_project_ontology(
    project_id: str, body: OntologyShape, ports: CurrentPorts, actor: CurrentActor
) -> OntologyShape:
    """Classes may be added, renamed, recoloured and retired; numbers are never used again."""
    return ontology_out(put_ontology(ports, actor, project_id, ontology=ontology_in(body)))


@router.get("/{project_id}/ontology/versions", operation_id="listOntologyVersions", **policy(Action.PROJECT_READ))
def get_versions(project_id: str, ports: CurrentPorts, actor: CurrentActor) -> OntologyVersionList:
    """Newest first."""
    rows = list_ontology_versions(ports, actor, project_id)
    return OntologyVersionList(
        versions=[
            OntologyVersionOut(
                version=row.version, author_id=row.author_id, author_name=row.author_name, created_at=row.created_at
            )
            for row in rows
        ]
    )


@router.get(
    "/{project_id}/ontology/versions/{version}", operation_id="getOntologyVersion", **policy(Action.PROJECT_READ)
)
def get_version(project_id: str, version: Version, ports: CurrentPorts, actor: CurrentActor) -> OntologyShape:
    return ontology_out(get_ontology(ports, actor, project_id, version=version))
