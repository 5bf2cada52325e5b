# SPDX-License-Identifier: Apache-2.0
"""The ontology of a project and its versions."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from fastapi import Path as InPath
from pydantic import BaseModel, ConfigDict

from intarsia.core.permissions import Action
from intarsia.server.api.ontology_shapes import OntologyShape, ontology_in, ontology_out
from intarsia.server.api.routes import CurrentActor, CurrentPorts, StrictRoute, policy
from intarsia.server.use_cases.get_ontology import get_ontology, list_ontology_versions
from intarsia.server.use_cases.list_ontology_templates import list_ontology_templates
from intarsia.server.use_cases.ontology_impact import ontology_impact
from intarsia.server.use_cases.put_ontology import put_ontology

router = APIRouter(prefix="/projects", tags=["ontology"], route_class=StrictRoute)

templates_router = APIRouter(prefix="/ontology-templates", tags=["ontology"], route_class=StrictRoute)

Version = Annotated[int, InPath(ge=1, le=2**31 - 1)]


class OntologyVersionOut(BaseModel):
    """One version: who published it, and when."""

    model_config = ConfigDict(title="OntologyVersion")
    version: int
    author_id: str
    author_name: str
    created_at: str


class OntologyChange(BaseModel):
    """One difference to the current version, and what the heads of the project hold of its subject.

    `id`: a layer's name, a class number, the id of a question or relation, "question/option" or "taker/owner". `field`
    says what was changed. `pixels` is null where counting them would take long. Added and reordered concern nothing.
    """

    subject: Literal["layer", "class", "question", "option", "relation", "protection", "questions_when"]
    verb: Literal["added", "removed", "renamed", "retired", "revived", "moved", "reordered", "changed"]
    id: str
    name: str
    field: str | None
    before: Any
    after: Any
    segments: int
    objects: int
    relations: int
    answers: int
    images: int
    pixels: int | None


class OntologyRefusal(BaseModel):
    code: str
    message: str
    where: str


class OntologyImpact(BaseModel):
    """`version` is the number that the proposal would get; the current one when nothing differs."""

    version: int
    changes: list[OntologyChange]
    refused: list[OntologyRefusal]


class OntologyTemplateOut(BaseModel):
    model_config = ConfigDict(title="OntologyTemplate")
    slug: str
    title: str
    description: str
    ontology: OntologyShape


class OntologyTemplateList(BaseModel):
    templates: list[OntologyTemplateOut]


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


@router.post("/{project_id}/ontology/impact", operation_id="previewOntology", **policy(Action.ONTOLOGY_WRITE))
def post_impact(project_id: str, body: OntologyShape, ports: CurrentPorts, actor: CurrentActor) -> OntologyImpact:
    """What publishing this version would change, concern, and be refused for. Nothing is stored."""
    report = ontology_impact(ports, actor, project_id, ontology=ontology_in(body))
    return OntologyImpact(
        version=report.version,
        changes=[
            OntologyChange(
                **asdict(impact.change),
                segments=impact.segments,
                objects=impact.objects,
                relations=impact.relations,
                answers=impact.answers,
                images=impact.images,
                pixels=impact.pixels,
            )
            for impact in report.impacts
        ],
        refused=[OntologyRefusal(**asdict(refusal)) for refusal in report.refusals],
    )


@templates_router.get("", operation_id="listOntologyTemplates", **policy(Action.PROJECT_LIST))
def get_templates(actor: CurrentActor) -> OntologyTemplateList:
    """Ontologies that a project may start from, in the order in which they are offered."""
    return OntologyTemplateList(
        templates=[
            OntologyTemplateOut(
                slug=template.slug,
                title=template.title,
                description=template.description,
                ontology=ontology_out(template.ontology),
            )
            for template in list_ontology_templates(actor)
        ]
    )
