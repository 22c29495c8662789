"""Alembic's entry: runs on the connection that `core/migrate.py` hands over."""

from __future__ import annotations

from alembic import context

from kithdesk.core.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=False,
    transaction_per_migration=False,
)
context.run_migrations()
