# SPDX-License-Identifier: Apache-2.0
"""Runs the migrations on the connection that the caller opened, inside its transaction."""

from __future__ import annotations

from alembic import context

from intarsia.server.db.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
