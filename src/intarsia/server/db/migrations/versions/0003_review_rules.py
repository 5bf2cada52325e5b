# SPDX-License-Identifier: Apache-2.0
"""review rules: what a project asks of its annotations"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("projects", sa.Column("review_rules", sa.JSON()))


def downgrade() -> None:
    op.drop_column("projects", "review_rules")
