# SPDX-License-Identifier: Apache-2.0
"""smaller rows: small tables in the order of their keys (on SQLite), and nothing twice that points at a tile"""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TABLES = ("head_tiles", "segments", "revision_segments")
_KEY = "fk_head_tiles_workspace_id_name"
_INDEX = "ix_head_tiles_name"


def upgrade() -> None:
    op.drop_index(op.f(_INDEX), "head_tiles")
    op.create_index(
        op.f("ix_tiles_packed_quickly"),
        "tiles",
        ["workspace_id", "name"],
        sqlite_where=sa.text("substr(data, 1, 1) NOT IN (x'01', x'03')"),
        postgresql_where=sa.text("substr(data, 1, 1) NOT IN ('\\x01'::bytea, '\\x03'::bytea)"),
    )
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f(_KEY), "head_tiles", type_="foreignkey")
        return
    for table in _TABLES:
        made = re.sub(rf"CONSTRAINT {_KEY} FOREIGN KEY\(.*?\) REFERENCES tiles \(.*?\),?\s*", "", _statement(table))
        _remade(table, made + " WITHOUT ROWID")


def downgrade() -> None:
    op.drop_index(op.f("ix_tiles_packed_quickly"), "tiles")
    if op.get_bind().dialect.name == "sqlite":
        for table in _TABLES:
            made = _statement(table).removesuffix(" WITHOUT ROWID")
            if table == "head_tiles":
                key = "FOREIGN KEY(workspace_id, name) REFERENCES tiles (workspace_id, name)"
                made = made.rstrip().removesuffix(")").rstrip() + f", CONSTRAINT {_KEY} {key})"
            _remade(table, made)
    else:
        op.create_foreign_key(op.f(_KEY), "head_tiles", "tiles", ["workspace_id", "name"], ["workspace_id", "name"])
    op.create_index(op.f(_INDEX), "head_tiles", ["name"])


def _statement(table: str) -> str:
    query = sa.text("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = :table")
    return str(op.get_bind().execute(query, {"table": table}).scalar_one())


def _remade(table: str, statement: str) -> None:
    """The table made anew by a statement, with the rows that it has; no other table points at it, none has an index."""
    op.rename_table(table, f"{table}_before")
    op.execute(statement)
    op.execute(f"INSERT INTO {table} SELECT * FROM {table}_before")
    op.drop_table(f"{table}_before")
