# SPDX-License-Identifier: Apache-2.0
"""Projects and the versions of their ontologies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from intarsia.server.db.tables import ontologies, projects, tasks, users
from intarsia.server.records import OntologyVersionRow, ProjectCounts, ProjectRow

_PROJECT = tuple(projects.c[field.name] for field in fields(ProjectRow))


class SqlProjects:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, row: ProjectRow) -> None:
        self._connection.execute(insert(projects).values(**asdict(row)))

    def get(self, project_id: str) -> ProjectRow | None:
        row = self._connection.execute(select(*_PROJECT).where(projects.c.id == project_id)).one_or_none()
        return ProjectRow(*row) if row else None

    def list(self, workspace_id: str) -> Sequence[ProjectRow]:
        query = select(*_PROJECT).where(projects.c.workspace_id == workspace_id).order_by(projects.c.id)
        return [ProjectRow(*row) for row in self._connection.execute(query)]

    def counts(self, project_id: str) -> ProjectCounts:
        mine = tasks.c.project_id == project_id
        states = self._connection.execute(select(tasks.c.state, func.count()).where(mine).group_by(tasks.c.state))
        by_state: dict[str, int] = {state: count for state, count in states}
        first = select(tasks.c.asset_id).where(mine).order_by(tasks.c.position).limit(1)
        upcoming = select(tasks.c.id).where(mine, tasks.c.state == "open").order_by(tasks.c.position).limit(1)
        return ProjectCounts(
            task_count=sum(by_state.values()),
            submitted_count=by_state.get("submitted", 0),
            cover_asset_id=self._connection.execute(first).scalar(),
            next_task_id=self._connection.execute(upcoming).scalar(),
        )

    def ontology(self, project_id: str, version: int) -> Mapping[str, Any]:
        query = select(ontologies.c.body).where(ontologies.c.project_id == project_id, ontologies.c.version == version)
        body: Mapping[str, Any] = self._connection.execute(query).scalar_one()
        return body

    def ontology_versions(self, project_id: str) -> Sequence[OntologyVersionRow]:
        author = func.coalesce(users.c.name, "")
        query = (
            select(ontologies.c.version, ontologies.c.author_id, author, ontologies.c.created_at)
            .select_from(ontologies.outerjoin(users, users.c.id == ontologies.c.author_id))
            .where(ontologies.c.project_id == project_id)
            .order_by(ontologies.c.version.desc())
        )
        return [OntologyVersionRow(*row) for row in self._connection.execute(query)]

    def add_ontology(
        self, project: ProjectRow, *, version: int, body: Mapping[str, Any], author_id: str, created_at: str
    ) -> None:
        self._connection.execute(
            insert(ontologies).values(
                project_id=project.id,
                version=version,
                workspace_id=project.workspace_id,
                body=dict(body),
                author_id=author_id,
                created_at=created_at,
            )
        )
        self._connection.execute(update(projects).where(projects.c.id == project.id).values(ontology_version=version))

    def set_review_rules(self, project_id: str, rules: Mapping[str, Any]) -> None:
        self._connection.execute(update(projects).where(projects.c.id == project_id).values(review_rules=dict(rules)))
