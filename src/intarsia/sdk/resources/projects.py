# SPDX-License-Identifier: Apache-2.0
"""Projects and their ontologies."""

from __future__ import annotations

from dataclasses import dataclass

from intarsia.core.errors import ConflictError, NotFoundError
from intarsia.sdk.models import Project
from intarsia.sdk.ontology_models import Ontology, OntologyImpact, OntologyTemplate, OntologyVersion
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
            body["ontology"] = ontology.to_json()
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

    def ontology(self, project_id: str, *, version: int | None = None) -> Ontology:
        """The current version, or an earlier one."""
        path = f"/projects/{project_id}/ontology" + ("" if version is None else f"/versions/{version}")
        return Ontology.model_validate(self._transport.json("GET", path))

    def ontology_versions(self, project_id: str) -> tuple[OntologyVersion, ...]:
        """Newest first."""
        found = self._transport.json("GET", f"/projects/{project_id}/ontology/versions")["versions"]
        return tuple(OntologyVersion.model_validate(item) for item in found)

    def set_ontology(self, project_id: str, ontology: Ontology) -> Ontology:
        """Publish the next version. Numbers and ids are permanent: add, rename, retire, never leave out."""
        body = ontology.to_json()
        return Ontology.model_validate(self._transport.json("PUT", f"/projects/{project_id}/ontology", json=body))

    def preview_ontology(self, project_id: str, ontology: Ontology) -> OntologyImpact:
        """What `set_ontology` would change and concern, and why it would be refused. Nothing is stored."""
        found = self._transport.json("POST", f"/projects/{project_id}/ontology/impact", json=ontology.to_json())
        return OntologyImpact.model_validate(found)

    def ontology_templates(self) -> tuple[OntologyTemplate, ...]:
        """Ontologies to start from."""
        found = self._transport.json("GET", "/ontology-templates")["templates"]
        return tuple(OntologyTemplate.model_validate(item) for item in found)
