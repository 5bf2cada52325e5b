# SPDX-License-Identifier: Apache-2.0
"""``intarsia ontology``: an ontology as one JSON file, in and out of a project, checked, or from a template."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from intarsia.cli.console import clean_errors, fail, result, result_json, say, stdout
from intarsia.cli.options import DataOption, JsonOption, TokenOption, UrlOption, open_client
from intarsia.core.errors import OntologyError
from intarsia.core.ontology import Ontology as CoreOntology
from intarsia.core.ontology_evolve import evolve
from intarsia.core.ontology_json import ontology_from_json, ontology_to_json
from intarsia.ontologies.templates import list_templates, read_template
from intarsia.sdk.ontology_models import Ontology

app = typer.Typer(help="Classes, questions and relations of a project as one JSON file.", no_args_is_help=True)

ProjectArgument = Annotated[str, typer.Argument(help="Name or id of the project.")]
FileArgument = Annotated[Path, typer.Argument(help="An ontology as JSON.", exists=True, dir_okay=False)]
OutOption = Annotated[Path | None, typer.Option("--out", help="Where to write it. Default: to the screen.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Write over a file that is already there.")]


@app.command("export")
@clean_errors
def export_ontology(
    project: ProjectArgument,
    out: OutOption = None,
    version: Annotated[int | None, typer.Option("--version", help="An earlier version.")] = None,
    force: ForceOption = False,
    data: DataOption = None,
    url: UrlOption = None,
    token: TokenOption = None,
) -> None:
    """Take the ontology of a project out."""
    with open_client(data=data, url=url, token=token) as client:
        found = client.projects.ontology(client.projects.find(project).id, version=version)
    _write(found.to_json(), out, force=force)


@app.command("import")
@clean_errors
def import_ontology(
    project: ProjectArgument,
    file: FileArgument,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what it would change.")] = False,
    data: DataOption = None,
    url: UrlOption = None,
    token: TokenOption = None,
    as_json: JsonOption = False,
) -> None:
    """Publish a file as the next version of a project's ontology, and tell what that changes."""
    wanted = Ontology.model_validate(ontology_to_json(_read(file)))
    with open_client(data=data, url=url, token=token) as client:
        project_id = client.projects.find(project).id
        impact = client.projects.preview_ontology(project_id, wanted)
        published = None if dry_run or impact.refused else client.projects.set_ontology(project_id, wanted)
    if as_json:
        result_json({**impact.model_dump(mode="json"), "published": published is not None})
    else:
        for change in impact.changes:
            field = f" {change.field}" if change.field else ""
            concerned = f" · {change.images} images" if change.images else ""
            result(f"{change.subject} {change.id} {change.name}: {change.verb}{field}{concerned}")
    if impact.refused:
        fail("The ontology was not published.", hint=" ".join(refusal.message for refusal in impact.refused))
    if published is not None:
        say(f"Version {published.version} is the ontology of the project.")


@app.command("check")
@clean_errors
def check_ontology(
    file: FileArgument,
    after: Annotated[
        Path | None, typer.Option("--after", help="The version before it: also check that it may follow.", exists=True)
    ] = None,
) -> None:
    """Check a file, without a server."""
    ontology = _read(file)
    if after is not None:
        evolve(_read(after), ontology)
    questions = sum(1 for _ in ontology.every_question())
    say(f"{file} is an ontology: {len(ontology.classes)} classes, {questions} questions.")


@app.command("templates")
@clean_errors
def templates(
    slug: Annotated[str | None, typer.Argument(help="Write this one.", show_default=False)] = None,
    out: OutOption = None,
    force: ForceOption = False,
    as_json: JsonOption = False,
) -> None:
    """List the ontologies to start from, or write one as a file."""
    if slug is not None:
        _write(ontology_to_json(read_template(slug).ontology), out, force=force)
        return
    found = list_templates()
    if as_json:
        result_json([{"slug": entry.slug, "title": entry.title, "description": entry.description} for entry in found])
        return
    table = Table(box=None, pad_edge=False)
    for title in ("Template", "Classes", "What it is"):
        table.add_column(title)
    for entry in found:
        table.add_row(entry.slug, str(len(entry.ontology.classes)), entry.description)
    stdout().print(table)


def _read(file: Path) -> CoreOntology:
    """Raises OntologyError; ``bad_ontology`` for what is not JSON."""
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise OntologyError("bad_ontology", f"{file} is not JSON: {error}.", where=str(file)) from error
    return ontology_from_json(value)


def _write(ontology: object, out: Path | None, *, force: bool) -> None:
    text = json.dumps(ontology, ensure_ascii=False, indent=2)
    if out is None:
        result(text)
        return
    if out.exists() and not force:
        fail(f"{out} is already there.", hint="--force writes over it, --out names another file.")
    out.write_text(text + "\n", encoding="utf-8")
    say(f"Written to {out}.")
