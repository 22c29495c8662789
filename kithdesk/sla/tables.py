"""The rows of SLAs: policies with their versions, and the clocks of each conversation that has one."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, PrimaryKeyConstraint, Text, text

from kithdesk.core.tables import projection

sla_policies = projection(
    "sla_policies",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("position", BigInteger, nullable=False),  # which is asked first
    Column("is_enabled", Boolean, nullable=False),
    Column("version", Text, nullable=False),
    Column("number", BigInteger, nullable=False),  # of that version, from 1
    Column("promise", Text, nullable=False),  # JSON of `Promise`
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),  # JSON of `Reference`
    Column("updated_at", BigInteger, nullable=False),
    Column("modified_by", Text, nullable=False),
    Column("rev", BigInteger, nullable=False),
    Column("deleted_at", BigInteger),
    PrimaryKeyConstraint("organisation", "id"),
)

sla_versions = projection(
    "sla_versions",
    Column("organisation", Text, nullable=False),
    Column("policy", Text, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("id", Text, nullable=False),
    Column("promise", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    PrimaryKeyConstraint("organisation", "policy", "number"),
)

sla_clocks = projection(
    "sla_clocks",
    Column("organisation", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("policy", Text, nullable=False),
    Column("number", BigInteger, nullable=False),  # of the policy's version
    Column("standing", Text, nullable=False),  # JSON of `Standing`
    Column("meter", Text, nullable=False),  # JSON of the `Meter` before the steps
    Column("steps", Text, nullable=False),  # JSON list of `Step`
    Column("is_running", Boolean, nullable=False),  # whether a clock of it runs
    Column("is_past", Boolean, nullable=False),  # no policy matches any more: kept for what was stated once
    Column("due_at", BigInteger),  # when the next that runs is due, or was
    Column("risky_at", BigInteger),  # from when on it is, unless somebody acts
    PrimaryKeyConstraint("organisation", "conversation"),
)
RUNNING = text("is_running")
Index(
    "ix_sla_clocks_running",
    sla_clocks.c.organisation,
    sla_clocks.c.policy,
    sla_clocks.c.number,
    sla_clocks.c.conversation,
    sqlite_where=RUNNING,
    postgresql_where=RUNNING,
)
Index(
    "ix_sla_clocks_risky",
    sla_clocks.c.organisation,
    sla_clocks.c.risky_at,
    sla_clocks.c.conversation,
    sla_clocks.c.due_at,
    sqlite_where=RUNNING,
    postgresql_where=RUNNING,
)
