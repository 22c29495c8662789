"""Chat's one table: the tokens of visitors, by their SHA-256. The visitors themselves belong to customers."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, PrimaryKeyConstraint, Text, text

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
    Column("login", Text),  # of which login it was the answer: its fingerprint
    Column("sealed", Text),  # the token itself, for the same login repeated
    Column("is_another", Boolean, nullable=False),  # that login made the browser somebody else's
    PrimaryKeyConstraint("hash"),
)
Index("ix_visitor_tokens_visitor", visitor_tokens.c.organisation, visitor_tokens.c.visitor)
Index(
    "uq_visitor_tokens_login",
    visitor_tokens.c.login,
    unique=True,
    sqlite_where=text("login IS NOT NULL"),
    postgresql_where=text("login IS NOT NULL"),
)
Index(
    "ix_visitor_tokens_repeatable",
    visitor_tokens.c.organisation,
    visitor_tokens.c.created_at,
    sqlite_where=text("login IS NOT NULL"),
    postgresql_where=text("login IS NOT NULL"),
)
Index("ix_visitor_tokens_used_at", visitor_tokens.c.organisation, visitor_tokens.c.used_at)
