"""The rows of integrations. Secrets and deliveries are no facts: the journal knows neither."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, PrimaryKeyConstraint, Text

from kithdesk.core.tables import projection, record

integrations = projection(
    "integrations",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("provider", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("handle", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "id"),
)
Index("uq_integrations_key", integrations.c.key, unique=True)

integration_handles = projection(
    "integration_handles",
    Column("organisation", Text, nullable=False),
    Column("handle", Text, nullable=False),
    Column("provider", Text, nullable=False),
    Column("name", Text, nullable=False),  # of the shop that has it, or had it last
    Column("left_at", BigInteger),  # null while a shop has it
    PrimaryKeyConstraint("organisation", "handle"),
)

integration_secrets = record(
    "integration_secrets",
    Column("organisation", Text, nullable=False),
    Column("integration", Text, nullable=False),
    Column("sealed", Text, nullable=False),
    Column("unsigned_at", BigInteger),  # when something came last that it did not sign
    PrimaryKeyConstraint("organisation", "integration"),
)

hook_deliveries = record(
    "hook_deliveries",
    Column("organisation", Text, nullable=False),
    Column("integration", Text, nullable=False),
    Column("digest", Text, nullable=False),  # of topic and body: a repeat is told by what it says
    Column("topic", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("detail", Text),
    Column("at", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "integration", "digest"),
)
Index(
    "ix_hook_deliveries_at",
    hook_deliveries.c.organisation,
    hook_deliveries.c.integration,
    hook_deliveries.c.at,
)
