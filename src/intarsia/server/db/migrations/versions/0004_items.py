# SPDX-License-Identifier: Apache-2.0
"""items: objects, relations and answers of the image, at the head, in revisions and in edits"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "items",
        sa.Column("annotation_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["annotation_id"], ["annotations.id"], name=op.f("fk_items_annotation_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_items_workspace_id")),
        sa.PrimaryKeyConstraint("annotation_id", "id", name=op.f("pk_items")),
    )
    op.create_table(
        "revision_items",
        sa.Column("annotation_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["annotation_id", "revision"],
            ["revisions.annotation_id", "revisions.number"],
            name=op.f("fk_revision_items_annotation_id_revision"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_revision_items_workspace_id")),
        sa.PrimaryKeyConstraint("annotation_id", "id", "revision", name=op.f("pk_revision_items")),
    )
    op.add_column("edits", sa.Column("items", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("edits", "items")
    op.drop_table("revision_items")
    op.drop_table("items")
