# SPDX-License-Identifier: Apache-2.0
"""Review rules: what there is, what a project asks, what they find in an image, and what mends it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from intarsia.core.edit_json import fields_to_json
from intarsia.core.limits import SEGMENT_ID_MAX
from intarsia.core.permissions import Action
from intarsia.review.base import Finding, Fix, RuleInfo
from intarsia.review.registry import all_rules
from intarsia.review.settings import RuleSettings
from intarsia.server.api.annotation_shapes import SegmentChangeIn
from intarsia.server.api.routes import CurrentActor, CurrentPorts, StrictRoute, policy
from intarsia.server.use_cases.review_annotation import mend_finding, review_annotation
from intarsia.server.use_cases.review_rules import get_review_rules, list_review_rules, put_review_rules

router = APIRouter(tags=["review"], route_class=StrictRoute)


class ParameterOut(BaseModel):
    model_config = ConfigDict(title="RuleParameter")
    name: str
    title: str
    kind: Literal["integer", "number", "boolean", "classes"]
    default: JsonValue
    minimum: float | None
    maximum: float | None
    unit: str


class RuleOut(BaseModel):
    model_config = ConfigDict(title="ReviewRule")
    code: str
    title: str
    why: str
    fixable: bool
    parameters: list[ParameterOut]


class RuleList(BaseModel):
    rules: list[RuleOut]


class RuleSettingsShape(BaseModel):
    model_config = ConfigDict(extra="forbid", title="RuleSettings")
    on: bool
    blocks: bool
    parameters: dict[str, JsonValue]


class ReviewSettings(BaseModel):
    """By code of the rule."""

    model_config = ConfigDict(extra="forbid")
    rules: Annotated[dict[str, RuleSettingsShape], Field(max_length=200)]


class FindingOut(BaseModel):
    model_config = ConfigDict(title="Finding")
    key: str
    rule: str
    layer: str | None
    segment_ids: list[int]
    item_ids: list[str]
    box_xyxy: tuple[int, int, int, int] | None
    at: tuple[int, int] | None
    area_px: int
    values: dict[str, JsonValue]
    fixable: bool


class RuleFindings(BaseModel):
    code: str
    title: str
    blocks: bool
    total: int
    findings: list[FindingOut]


class FindingList(BaseModel):
    """Of the newest saved state."""

    revision: int
    rules: list[RuleFindings]


class MendIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    rule: Annotated[str, Field(min_length=1, max_length=100)]
    key: Annotated[str, Field(min_length=1, max_length=1000)]
    locked: Annotated[list[Annotated[int, Field(ge=0, le=SEGMENT_ID_MAX)]], Field(max_length=100_000)] = []


class MendOut(BaseModel):
    """Parts of an edit (contract/edit.md) that fits this revision; the caller sends it as an edit of its own."""

    model_config = ConfigDict(title="Mending")
    revision: int
    layer: str
    pixels: str
    segments: list[SegmentChangeIn]
    deleted_items: list[str]


def _rule_out(info: RuleInfo) -> RuleOut:
    return RuleOut(
        code=info.code,
        title=info.title,
        why=info.why,
        fixable=info.fixable,
        parameters=[
            ParameterOut(
                name=entry.name,
                title=entry.title,
                kind=entry.kind,
                default=entry.default,
                minimum=entry.minimum,
                maximum=entry.maximum,
                unit=entry.unit,
            )
            for entry in info.parameters
        ],
    )


def _finding_out(finding: Finding, *, fixable: bool) -> FindingOut:
    return FindingOut(
        key=finding.key,
        rule=finding.rule,
        layer=finding.layer,
        segment_ids=list(finding.segment_ids),
        item_ids=list(finding.item_ids),
        box_xyxy=finding.box_xyxy,
        at=finding.at,
        area_px=finding.area_px,
        values=dict(finding.values),
        fixable=fixable,
    )


def _settings_out(settings: dict[str, RuleSettings]) -> ReviewSettings:
    return ReviewSettings(
        rules={
            code: RuleSettingsShape(on=entry.on, blocks=entry.blocks, parameters=dict(entry.parameters))
            for code, entry in settings.items()
        }
    )


def _mend_out(revision: int, fix: Fix) -> MendOut:
    changes: list[Any] = [
        {"id": change.id, "before": fields_to_json(change.before), "after": fields_to_json(change.after)}
        for change in fix.segments
    ]
    return MendOut(
        revision=revision,
        layer=fix.layer,
        pixels=fix.pixels.to_base64(),
        segments=[SegmentChangeIn.model_validate(change) for change in changes],
        deleted_items=list(fix.deleted_items),
    )


@router.get("/review-rules", operation_id="listReviewRules", **policy(Action.PROJECT_LIST))
def get_rules(actor: CurrentActor) -> RuleList:
    return RuleList(rules=[_rule_out(info) for info in list_review_rules(actor)])


@router.get("/projects/{project_id}/review-rules", operation_id="getReviewRules", **policy(Action.PROJECT_READ))
def get_project_rules(project_id: str, ports: CurrentPorts, actor: CurrentActor) -> ReviewSettings:
    return _settings_out(get_review_rules(ports, actor, project_id))


@router.put("/projects/{project_id}/review-rules", operation_id="putReviewRules", **policy(Action.REVIEW_RULES_WRITE))
def put_project_rules(
    project_id: str, body: ReviewSettings, ports: CurrentPorts, actor: CurrentActor
) -> ReviewSettings:
    """Rules that are not named get their defaults."""
    given = {code: entry.model_dump() for code, entry in body.rules.items()}
    return _settings_out(put_review_rules(ports, actor, project_id, rules=given))


@router.get("/annotations/{annotation_id}/findings", operation_id="getFindings", **policy(Action.ANNOTATION_READ))
def get_findings(annotation_id: str, ports: CurrentPorts, actor: CurrentActor) -> FindingList:
    """What the project's rules find in the newest saved state; at most 500 of each rule are listed."""
    found = review_annotation(ports, actor, annotation_id)
    infos = {rule.info.code: rule.info for rule in all_rules()}
    return FindingList(
        revision=found.revision,
        rules=[
            RuleFindings(
                code=result.code,
                title=infos[result.code].title,
                blocks=result.blocks,
                total=result.total,
                findings=[_finding_out(entry, fixable=infos[result.code].fixable) for entry in result.findings],
            )
            for result in found.results
        ],
    )


@router.post("/annotations/{annotation_id}/findings/mend", operation_id="mendFinding", **policy(Action.ANNOTATION_EDIT))
def post_mend(annotation_id: str, body: MendIn, ports: CurrentPorts, actor: CurrentActor) -> MendOut:
    """What would mend a finding. Nothing is stored: send it as an edit, which can be undone."""
    revision, fix = mend_finding(
        ports, actor, annotation_id, rule=body.rule, key=body.key, closed=frozenset(body.locked)
    )
    return _mend_out(revision, fix)
