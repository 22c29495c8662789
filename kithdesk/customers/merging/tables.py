"""The rows of merges. A login's is kept too, so that a record's past can be told; only an agent's can be undone."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, PrimaryKeyConstraint, Text, text

from kithdesk.core.tables import projection

customer_merges = projection(
    "customer_merges",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column(
        "kind", Text, nullable=False
    ),  # login · agent · part: a login took a browser's conversations from `target`
    Column("merged_at", BigInteger, nullable=False),
    Column("merged_by", Text, nullable=False),  # JSON of `Reference`
    Column("merged_in", Text, nullable=False),  # the event
    Column("moved", Text, nullable=False),  # JSON of `Moved`
    Column("carried", Text, nullable=False),  # JSON list of records that had been merged into the source
    # The target as it was before: profile and activity are JSON.
    Column("target_profile", Text),
    Column("target_identified", Boolean, nullable=False),
    Column("target_created_at", BigInteger, nullable=False),
    Column("target_activity", Text, nullable=False),
    Column("undone_at", BigInteger),
    Column("undone_by", Text),
    Column("undone_in", Text),
    Column("returned", Text),  # JSON of `Moved`
    PrimaryKeyConstraint("organisation", "id"),
)
for _side in ("source", "target"):
    Index(
        f"ix_customer_merges_{_side}",
        customer_merges.c.organisation,
        customer_merges.c[_side],
        customer_merges.c.id,
    )
    _undone = text("undone_at IS NOT NULL")
    Index(
        f"ix_customer_merges_undone_{_side}",
        customer_merges.c.organisation,
        customer_merges.c[_side],
        sqlite_where=_undone,
        postgresql_where=_undone,
    )
