# SPDX-License-Identifier: Apache-2.0
"""One server for all command-line tests, and a way to run a command as a user would."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from intarsia.cli.local_instance import open_local
from intarsia.cli.main import app


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data directory on which a server runs; commands find it there by themselves."""
    folder = tmp_path_factory.mktemp("cli") / "data"
    instance = open_local(folder)
    yield folder
    instance.close()


@pytest.fixture
def intarsia(data_dir: Path) -> Callable[..., Ran]:
    def run(*arguments: object, data: bool = True) -> Ran:
        words = [str(argument) for argument in arguments]
        result = CliRunner().invoke(app, [*words, "--data", str(data_dir)] if data else words)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(result.exit_code, result.stdout, result.stderr)

    return run
