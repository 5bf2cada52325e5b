# SPDX-License-Identifier: Apache-2.0
"""upkeep: revisions that thinning must leave, tiles that nothing points at, and what points at a tile"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("revisions", sa.Column("kept", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("tiles", sa.Column("unused_since", sa.String(length=32)))
    # Nothing reads it, and no check could tell a damaged one.
    op.drop_column("tiles", "created_at")
    marked = sa.text("unused_since IS NOT NULL")
    op.create_index(
        op.f("ix_tiles_unused_since"), "tiles", ["unused_since"], sqlite_where=marked, postgresql_where=marked
    )
    op.create_index(op.f("ix_head_tiles_name"), "head_tiles", ["name"])
    op.create_index(op.f("ix_revision_tiles_name"), "revision_tiles", ["name"])


def downgrade() -> None:
    op.drop_index(op.f("ix_revision_tiles_name"), "revision_tiles")
    op.drop_index(op.f("ix_head_tiles_name"), "head_tiles")
    op.drop_index(op.f("ix_tiles_unused_since"), "tiles")
    op.add_column("tiles", sa.Column("created_at", sa.String(length=32), nullable=False, server_default=""))
    op.drop_column("tiles", "unused_since")
    op.drop_column("revisions", "kept")
