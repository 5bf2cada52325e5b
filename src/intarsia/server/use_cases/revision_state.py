# SPDX-License-Identifier: Apache-2.0
"""An annotation's state at its head or as of a revision, inside a transaction."""

from __future__ import annotations

from intarsia.core.errors import EditError, NotFoundError
from intarsia.core.ontology import Ontology
from intarsia.server.ports import UnitOfWork
from intarsia.server.records import AnnotationRow
from intarsia.server.use_cases.item_rows import told
from intarsia.server.use_cases.map_checksum import map_checksum
from intarsia.server.use_cases.ontology_json import load_ontology
from intarsia.server.use_cases.views import AnnotationView


def ontology_of(unit: UnitOfWork, row: AnnotationRow) -> Ontology:
    project = unit.projects.get(row.project_id)
    assert project is not None
    return load_ontology(unit, project)


def layer_names(ontology: Ontology) -> list[str]:
    return [layer.name for layer in ontology.layers]


def require_layer(unit: UnitOfWork, row: AnnotationRow, layer: str) -> None:
    """Raises EditError `unknown_layer`."""
    if layer not in layer_names(ontology_of(unit, row)):
        raise EditError("unknown_layer", f"This project has no layer {layer!r}. Reload the project.", layer=layer)


def require_revision(unit: UnitOfWork, row: AnnotationRow, number: int) -> None:
    """Raises NotFoundError `no_revision`; 0 is the state before the first save."""
    if number == 0 or unit.history.revision(row.id, number) is not None:
        return
    if 0 < number < row.revision:
        why = f"Revision {number} was thinned out a day after it was saved; a later one holds its edits."
    else:
        why = f"There is no revision {number}; the newest is {row.revision}."
    raise NotFoundError("no_revision", f"{why} Nothing was changed.")


def annotation_view(
    unit: UnitOfWork, row: AnnotationRow, ontology: Ontology, *, revision: int | None = None
) -> AnnotationView:
    """The head, or the state as of `revision` (which must exist)."""
    number = row.revision if revision is None else revision
    at = None if number == row.revision else number
    when = row.updated_at
    if at is not None:
        found = unit.history.revision(row.id, at)
        when = found.created_at if found else row.updated_at
    return AnnotationView(
        annotation=row,
        revision=number,
        updated_at=when,
        segments=unit.segments.head(row.id) if at is None else unit.segments.at(row.id, at),
        items=told(unit.items.head(row.id) if at is None else unit.items.at(row.id, at)),
        checksums={
            name: map_checksum(name, row.size_hw, unit.tiles.names(row.id, name, revision=at))
            for name in layer_names(ontology)
        },
        open_conflicts=unit.conflicts.count_open(row.id),
    )
