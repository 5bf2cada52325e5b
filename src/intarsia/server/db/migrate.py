# SPDX-License-Identifier: Apache-2.0
"""Bring the schema up to date at start, with a copy of the old database kept first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, inspect, text

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0005"
"""The newest schema; a test compares it with the scripts."""

_SCRIPTS = Path(__file__).parent / "migrations"


class DatabaseTooNew(RuntimeError):
    """The database was written by a newer version; opening it with this one could damage it."""


def alembic_config() -> Config:
    """A configuration without a file: the scripts lie in the package."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(engine: Engine, *, backup_dir: Path) -> str:
    """Upgrade to the newest schema; returns its revision. An existing older database is first copied to `backup_dir`.

    Raises DatabaseTooNew when the database knows a revision that this code does not.
    """
    current = _current(engine)
    if current == HEAD:
        return HEAD
    # Only now: at most starts there is nothing to do, and a start is to be quick.
    from alembic import command

    config = alembic_config()
    if current is not None:
        _refuse_unknown(config, current)
        _copy_before(engine, backup_dir / f"before-{HEAD}-from-{current}.db")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return HEAD


def _current(engine: Engine) -> str | None:
    """The schema that the database has, None when it is new."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return found


def _refuse_unknown(config: Config, current: str) -> None:
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    try:
        ScriptDirectory.from_config(config).get_revision(current)
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
