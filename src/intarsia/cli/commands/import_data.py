# SPDX-License-Identifier: Apache-2.0
"""``intarsia import``: images, or a dataset in a known format, into a project."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from intarsia.cli.archive import opened_source, packed, total_bytes
from intarsia.cli.console import (
    EXIT_WITH_PROBLEMS,
    clean_errors,
    counting,
    fail,
    result,
    result_json,
    say,
    transferring,
    warn,
)
from intarsia.cli.options import DataOption, JsonOption, TokenOption, UrlOption, open_client
from intarsia.core.errors import IntarsiaError, NotFoundError
from intarsia.formats.base import Format, Source
from intarsia.formats.class_table import parse_class_table
from intarsia.formats.photo import is_photo
from intarsia.formats.registry import detect_format, find_format
from intarsia.formats.sources import read_member
from intarsia.sdk import Client
from intarsia.sdk.models import Job, Project

IMAGES_ONLY = "images"
_SHOWN_PROBLEMS = 20
_IMAGE_BYTES_MAX = 4 * 2**30


@dataclass(frozen=True, slots=True)
class _Outcome:
    images: int
    problems: tuple[dict[str, str], ...]


@clean_errors
def import_data(
    folder: Annotated[Path, typer.Argument(help="Folder or zip archive with images, or with a dataset.")],
    project: Annotated[
        str | None,
        typer.Option(
            "--project", help="Name or id. A name that is not there becomes a new project. Default: folder name."
        ),
    ] = None,
    format: Annotated[
        str | None, typer.Option("--format", help="A format of `intarsia formats`, or `images`. Default: look and say.")
    ] = None,
    classes: Annotated[
        Path | None,
        typer.Option("--classes", help="Class table (.json or .csv) for index masks; goes before the data's."),
    ] = None,
    data: DataOption = None,
    url: UrlOption = None,
    token: TokenOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bring images or a labelled dataset in. Exit code 3: done, but something was left out, and said which."""
    with opened_source(folder) as source:
        replaced = _class_table(source, classes)
        chosen = _chosen_format(source, folder, format, has_table=bool(replaced))
        if chosen is None and not any(is_photo(name) for name in source.names()):
            fail(
                f"{folder} holds no image and no dataset that is recognised.",
                hint="`intarsia formats` lists what is read.",
            )
        with open_client(data=data, url=url, token=token) as client:
            target = _project(client, project or _default_name(folder))
            if chosen is None:
                outcome = _send_images(client, target, source)
            else:
                outcome = _send_dataset(client, target, source, chosen, replaced, folder.name)
            tasks = client.projects.get(target.id).task_count
    slug = chosen.info.slug if chosen else IMAGES_ONLY
    _report(target, slug, outcome, tasks=tasks, as_json=as_json)


def _default_name(folder: Path) -> str:
    return folder.resolve().stem or "Import"


def _class_table(source: Source, classes: Path | None) -> dict[str, bytes]:
    """The explicit table under the name that readers look for, instead of any table at the top of the data."""
    if classes is None:
        return {}
    content = classes.read_bytes()
    parse_class_table(content, where=str(classes))
    name = "classes.csv" if classes.suffix.lower() == ".csv" else "classes.json"
    if name == "classes.csv" and "classes.json" in source.names():
        fail("The data has a classes.json, which goes before a CSV table.", hint="Give the table as .json instead.")
    return {name: content}


def _chosen_format(source: Source, folder: Path, asked: str | None, *, has_table: bool) -> Format | None:
    if asked == IMAGES_ONLY:
        return None
    if asked is not None:
        return find_format(asked)
    found = detect_format(source)
    if found is None and has_table:
        found = find_format("semantic-png")
    if found is None:
        say(f"{folder}: no labels recognised, taking the images alone (choose with --format)")
    else:
        say(f"{folder}: recognised as {found.info.slug} ({found.info.title})")
    return found


def _project(client: Client, name: str) -> Project:
    try:
        return client.projects.find(name)
    except NotFoundError:
        if name.startswith("prj_"):
            raise
    created = client.projects.create(name)
    say(f"New project {name!r} ({created.id})")
    return created


def _send_images(client: Client, project: Project, source: Source) -> _Outcome:
    names = [name for name in source.names() if is_photo(name)]
    problems: list[dict[str, str]] = []
    sent = 0
    with counting("images") as progress:
        bar = progress.add_task("Sending", total=len(names))
        for name in names:
            image = read_member(source, name, limit_bytes=_IMAGE_BYTES_MAX)
            try:
                client.datasets.upload(project.dataset_id, image, name=name, project_id=project.id)
                sent += 1
            except IntarsiaError as error:
                if error.code == "unreachable":
                    raise
                problem = {"where": name, "code": error.code, "message": error.message, "severity": "error"}
                problems.append(problem)
            progress.advance(bar)
    return _Outcome(sent, tuple(problems))


def _send_dataset(
    client: Client, project: Project, source: Source, chosen: Format, replaced: dict[str, bytes], name: str
) -> _Outcome:
    with transferring() as progress:
        bar = progress.add_task("Packing", total=total_bytes(source))
        with packed(source, replaced=replaced, step=lambda size: progress.advance(bar, size)) as archive:
            progress.update(bar, description="Sending", total=None)
            job = client.jobs.start_import(project.id, archive, format=chosen.info.slug, name=f"{Path(name).stem}.zip")
    with counting("images") as progress:
        bar = progress.add_task("Importing", total=None)

        def watch(now: Job) -> None:
            progress.update(bar, completed=now.done, total=now.total or None)

        ended = client.jobs.wait(job, watch=watch)
    images = ended.result.images if ended.result and ended.result.images is not None else ended.done
    return _Outcome(images, tuple(problem.model_dump() for problem in ended.problems))


def _report(project: Project, slug: str, outcome: _Outcome, *, tasks: int, as_json: bool) -> None:
    for problem in outcome.problems[:_SHOWN_PROBLEMS]:
        warn(f"{problem['where']}: {problem['message']} ({problem['code']})")
    if len(outcome.problems) > _SHOWN_PROBLEMS:
        warn(f"… and {len(outcome.problems) - _SHOWN_PROBLEMS} more; --json lists them all")
    if as_json:
        result_json(
            {
                "project": {"id": project.id, "name": project.name},
                "format": slug,
                "images": outcome.images,
                "tasks": tasks,
                "problems": list(outcome.problems),
            }
        )
    else:
        images = "1 image" if outcome.images == 1 else f"{outcome.images} images"
        result(f"{images} into {project.name!r} ({project.id}); it has {tasks} now")
    if any(problem["severity"] == "error" for problem in outcome.problems):
        raise typer.Exit(EXIT_WITH_PROBLEMS)
