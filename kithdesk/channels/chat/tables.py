"""Chat's one table: the tokens of visitors, as their SHA-256. The visitors themselves belong to customers."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, PrimaryKeyConstraint, Text

from kithdesk.core.tables import record

visitor_tokens = record(
    "visitor_tokens",
    Column(
        "hash", Text, nullable=False
    ),  # a token does not know its organisation, so the key does not begin with it
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("visitor", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("used_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("hash"),
)
Index("ix_visitor_tokens_visitor", visitor_tokens.c.organisation, visitor_tokens.c.visitor)
Index("ix_visitor_tokens_used_at", visitor_tokens.c.organisation, visitor_tokens.c.used_at)
