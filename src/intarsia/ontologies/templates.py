# SPDX-License-Identifier: Apache-2.0
"""The ontologies that a project may start from. Each is a file of this folder, named by its slug."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from intarsia.core.errors import NotFoundError
from intarsia.core.ontology import Ontology
from intarsia.core.ontology_json import ontology_from_json

# In the order in which they are offered.
SLUGS = ("empty", "driving", "medical", "retail", "cityscapes", "coco-panoptic", "ade20k")


@dataclass(frozen=True, slots=True)
class OntologyTemplate:
    slug: str
    title: str
    description: str
    ontology: Ontology


def list_templates() -> Sequence[OntologyTemplate]:
    return [read_template(slug) for slug in SLUGS]


def read_template(slug: str) -> OntologyTemplate:
    """Raises NotFoundError `no_template`."""
    if slug not in SLUGS:
        known = ", ".join(SLUGS)
        raise NotFoundError("no_template", f"There is no ontology template {slug!r}. There are {known}.", slug=slug)
    data = json.loads((files(__package__) / f"{slug}.json").read_text(encoding="utf-8"))
    return OntologyTemplate(slug, data["title"], data["description"], ontology_from_json(data["ontology"]))
