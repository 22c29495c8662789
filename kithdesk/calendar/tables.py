"""The rows of schedules."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, PrimaryKeyConstraint, Text

from kithdesk.core.tables import projection

schedules = projection(
    "schedules",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("rules", Text, nullable=False),  # JSON of `Rules`
    Column("is_default", Boolean, nullable=False),
    Column("rev", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "id"),
)
