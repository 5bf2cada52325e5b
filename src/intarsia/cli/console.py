# SPDX-License-Identifier: Apache-2.0
"""What the command line prints, and how it ends. Results go to stdout, everything about them to stderr."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from intarsia.core.errors import IntarsiaError

EXIT_FAILED = 1
EXIT_WITH_PROBLEMS = 3
EXIT_INTERRUPTED = 130

P = ParamSpec("P")
R = TypeVar("R")


def stderr() -> Console:
    return Console(stderr=True, soft_wrap=True, highlight=False)


def stdout() -> Console:
    return Console(highlight=False)


def say(message: str) -> None:
    """A line for the person at the keyboard; never part of a result."""
    stderr().print(escape(message))


def warn(message: str) -> None:
    stderr().print(f"[yellow]Warning:[/yellow] {escape(message)}")


def result(message: str) -> None:
    """A line of the result, as it is: no colours, no wrapping."""
    sys.stdout.write(message + "\n")
    sys.stdout.flush()


def result_json(value: Any) -> None:
    result(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True))


def fail(message: str, *, hint: str = "") -> NoReturn:
    """End with exit code 1 and one message that says what to do."""
    stderr().print(f"[red]Error:[/red] {escape(message)}")
    if hint:
        stderr().print(escape(hint))
    raise typer.Exit(EXIT_FAILED)


def clean_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Turn every expected failure of a command into one message; a traceback is only for faults of our own."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except IntarsiaError as error:
            fail(error.message, hint=f"(code {error.code})")
        except KeyboardInterrupt:
            stderr().print("Interrupted.")
            raise typer.Exit(EXIT_INTERRUPTED) from None
        except PermissionError as error:
            fail(f"{error.filename}: permission denied")
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            fail(f"{place}{error.strerror or error}")

    return run


@contextmanager
def counting(unit: str) -> Iterator[Progress]:
    """A progress bar for counted things, on stderr, gone when it ends."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with _bar(*columns) as progress:
        yield progress


@contextmanager
def transferring() -> Iterator[Progress]:
    """A progress bar for bytes, on stderr, gone when it ends."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with _bar(*columns) as progress:
        yield progress


def _bar(*columns: ProgressColumn) -> Progress:
    console = stderr()
    # without a terminal a bar would leave nothing but empty lines
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
