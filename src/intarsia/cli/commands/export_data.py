# SPDX-License-Identifier: Apache-2.0
"""``intarsia export``: a project as an archive."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from intarsia.cli.console import clean_errors, counting, fail, result, result_json, say, warn
from intarsia.cli.options import DataOption, JsonOption, TokenOption, UrlOption, open_client
from intarsia.cli.reindex import rewritten
from intarsia.core.errors import IntarsiaError
from intarsia.formats.base import FormatError, WriteOptions
from intarsia.formats.class_table import parse_class_table
from intarsia.formats.member_names import portable_name
from intarsia.formats.registry import find_format
from intarsia.sdk import Client
from intarsia.sdk.models import Job, Project


@clean_errors
def export_data(
    project: Annotated[str, typer.Argument(help="Name or id of the project.")],
    format: Annotated[str, typer.Option("--format", help="A format of `intarsia formats`.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="Where to write the archive. Default: PROJECT-FORMAT.zip here.")
    ] = None,
    classes: Annotated[
        Path | None,
        typer.Option("--classes", help="Class table (.json or .csv) that fixes the values of an index mask."),
    ] = None,
    option: Annotated[
        list[str] | None,
        typer.Option("--option", help="NAME=VALUE, an option of the format (see `intarsia formats`); repeatable."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over an archive that is already there.")] = False,
    data: DataOption = None,
    url: UrlOption = None,
    token: TokenOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a project out. The same labels give the same bytes."""
    table = parse_class_table(classes.read_bytes(), where=str(classes)) if classes else None
    options = WriteOptions(class_table=table, chosen=_chosen(format, option or []))
    with open_client(data=data, url=url, token=token) as client:
        source = client.projects.find(project)
        slug = _known_slug(client, format)
        target = out or Path(f"{portable_name(source.name.replace('/', '_'))}-{slug}.zip")
        if target.is_dir():
            target = target / f"{portable_name(source.name.replace('/', '_'))}-{slug}.zip"
        if target.exists() and not force:
            fail(f"{target} is already there.", hint="--force writes over it, --out names another file.")
        ended = _exported(client, source, slug)
        _fetch(client, ended, target, slug, options)
    _report(source, slug, ended, target, as_json=as_json)


def _chosen(slug: str, given: list[str]) -> dict[str, str]:
    """Options as NAME=VALUE. Raises FormatError ``unknown_option`` before anything is exported."""
    chosen = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise FormatError("unknown_option", f"{text!r} is not NAME=VALUE")
        chosen[name] = value
    if chosen:
        find_format(slug).info.chosen(WriteOptions(chosen=chosen))
    return chosen


def _known_slug(client: Client, slug: str) -> str:
    formats = {entry.slug: entry for entry in client.jobs.formats()}
    if slug not in formats or not formats[slug].can_export:
        known = ", ".join(sorted(entry.slug for entry in formats.values() if entry.can_export))
        raise IntarsiaError("unknown_format", f"The server writes no format {slug!r} · it writes: {known}")
    return slug


def _exported(client: Client, project: Project, slug: str) -> Job:
    job = client.jobs.start_export(project.id, format=slug)
    with counting("images") as progress:
        bar = progress.add_task("Exporting", total=None)

        def watch(now: Job) -> None:
            progress.update(bar, completed=now.done, total=now.total or None)

        return client.jobs.wait(job, watch=watch)


def _fetch(client: Client, job: Job, target: Path, slug: str, options: WriteOptions) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if options == WriteOptions():
        client.jobs.download(job.id, target)
        _check_hash(job, target)
        return
    with tempfile.TemporaryDirectory(prefix="intarsia-") as folder, counting("images") as progress:
        archive = Path(folder) / "export.zip"
        client.jobs.download(job.id, archive)
        _check_hash(job, archive)
        bar = progress.add_task("Rewriting", total=None)
        rewritten(
            archive,
            target,
            format=find_format(slug),
            options=options,
            progress=lambda done, total: progress.update(bar, completed=done, total=total),
        )


def _check_hash(job: Job, path: Path) -> None:
    if job.result is None or job.result.sha256 is None:
        return
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != job.result.sha256:
        path.unlink()
        raise IntarsiaError("damaged_download", "The archive arrived damaged · it was removed · run the export again")


def _report(project: Project, slug: str, job: Job, target: Path, *, as_json: bool) -> None:
    for problem in job.problems:
        note = f"{problem.where}: {problem.message}" if problem.where else problem.message
        warn(note) if problem.code.startswith("error") else say(f"Note: {note}")
    size = target.stat().st_size
    if as_json:
        with target.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        result_json(
            {
                "project": {"id": project.id, "name": project.name},
                "format": slug,
                "path": str(target),
                "byte_size": size,
                "sha256": digest,
                "images": job.result.images if job.result else job.done,
                "notes": [problem.model_dump() for problem in job.problems],
            }
        )
    else:
        result(f"{target} ({size} bytes)")
