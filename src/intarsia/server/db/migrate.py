# SPDX-License-Identifier: Apache-2.0
"""Bring the schema up to date at start, with a copy of the old database kept first."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine

_SCRIPTS = Path(__file__).parent / "migrations"


class DatabaseTooNew(RuntimeError):
    """The database was written by a newer version; opening it with this one could damage it."""


def alembic_config() -> Config:
    """A configuration without a file: the scripts lie in the package."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(engine: Engine, *, backup_dir: Path) -> str:
    """Upgrade to the newest schema; returns its revision. An existing older database is first copied to `backup_dir`.

    Raises DatabaseTooNew when the database knows a revision that this code does not.
    """
    config = alembic_config()
    scripts = ScriptDirectory.from_config(config)
    head = scripts.get_current_head()
    assert head is not None
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current == head:
        return head
    if current is not None:
        _refuse_unknown(scripts, current)
        _copy_before(engine, backup_dir / f"before-{head}-from-{current}.db")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return head


def _refuse_unknown(scripts: ScriptDirectory, current: str) -> None:
    try:
        scripts.get_revision(current)
    except CommandError as error:
        raise DatabaseTooNew(
            f"This database has schema {current}, which this version does not know. Nothing was changed. "
            "Start the version that wrote it, or a newer one."
        ) from error


def _copy_before(engine: Engine, target: Path) -> None:
    """Write a consistent copy with SQLite itself; a copy left by an earlier, interrupted try is replaced."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("VACUUM INTO ?", (str(target),))
    finally:
        raw.close()
