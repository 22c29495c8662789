"""The rows of visits."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, PrimaryKeyConstraint, Text

from kithdesk.core.tables import projection

visits = projection(
    "visits",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("visitor", Text, nullable=False),
    Column("started_at", BigInteger, nullable=False),
    Column("last_at", BigInteger, nullable=False),
    Column("page_count", BigInteger, nullable=False),
    Column("arrival", Text, nullable=False),  # JSON of `Context` without pages: how they came, and on what
    PrimaryKeyConstraint("organisation", "id"),
)
Index("ix_visits_visitor", visits.c.organisation, visits.c.visitor, visits.c.started_at)

visit_pages = projection(
    "visit_pages",
    Column("organisation", Text, nullable=False),
    Column("visit", Text, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "visit", "number"),
)
