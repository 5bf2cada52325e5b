# SPDX-License-Identifier: Apache-2.0
"""Projects and their ontologies."""

from __future__ import annotations

from dataclasses import dataclass

from intarsia.core.errors import ConflictError, NotFoundError
from intarsia.sdk.models import Ontology, Project
from intarsia.sdk.transport import Transport


@dataclass(frozen=True, slots=True)
class Projects:
    _transport: Transport

    def list(self) -> tuple[Project, ...]:
        found = self._transport.json("GET", "/projects")["projects"]
        return tuple(Project.model_validate(item) for item in found)

    def create(
        self, name: str, *, description: str = "", ontology: Ontology | None = None, dataset_id: str | None = None
    ) -> Project:
        body: dict[str, object] = {"name": name, "description": description}
        if ontology is not None:
            body["ontology"] = ontology.model_dump(mode="json")
        if dataset_id is not None:
            body["dataset_id"] = dataset_id
        return Project.model_validate(self._transport.json("POST", "/projects", json=body))

    def get(self, project_id: str) -> Project:
        return Project.model_validate(self._transport.json("GET", f"/projects/{project_id}"))

    def find(self, name_or_id: str) -> Project:
        """The project of that id or of that name. Raises NotFoundError, or ConflictError ``ambiguous_name``."""
        if name_or_id.startswith("prj_"):
            return self.get(name_or_id)
        found = [project for project in self.list() if project.name == name_or_id]
        if not found:
            raise NotFoundError("not_found", f"There is no project called {name_or_id!r}.", name=name_or_id)
        if len(found) > 1:
            ids = ", ".join(project.id for project in found)
            raise ConflictError("ambiguous_name", f"{len(found)} projects are called {name_or_id!r}; use an id: {ids}")
        return found[0]

    def ontology(self, project_id: str) -> Ontology:
        return Ontology.model_validate(self._transport.json("GET", f"/projects/{project_id}/ontology"))

    def set_ontology(self, project_id: str, ontology: Ontology) -> Ontology:
        """Publish the next version. Class numbers are permanent: add, rename, recolour and retire, never renumber."""
        body = ontology.model_dump(mode="json")
        return Ontology.model_validate(self._transport.json("PUT", f"/projects/{project_id}/ontology", json=body))
