"""The rows of the journal. Core's alone: whoever wants facts asks `journal` or `history`, which know what is erased."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, PrimaryKeyConstraint, Text, text

from kithdesk.core.tables import record

journal = record(
    "journal",
    Column("organisation", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("customer", Text),
    Column("conversation", Text),
    Column("queue", Text),
    Column("on_timeline", Boolean, nullable=False),
    Column("actor_type", Text, nullable=False),
    Column("actor_id", Text),
    Column("actor_author", Text),
    Column("at", BigInteger, nullable=False),
    Column("payload", Text, nullable=False),
    PrimaryKeyConstraint("organisation", "position"),
)
Index("uq_journal_id", journal.c.id, unique=True)
for _topic in ("customer", "conversation", "queue"):
    _present = text(f"{_topic} IS NOT NULL")
    Index(
        f"ix_journal_{_topic}",
        journal.c.organisation,
        journal.c[_topic],
        journal.c.position,
        sqlite_where=_present,
        postgresql_where=_present,
    )

journal_personal = record(
    "journal_personal",
    Column("organisation", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("actor_name", Text),
    Column("payload", Text),
    PrimaryKeyConstraint("organisation", "position"),
)

heads = record(
    "heads",
    Column("organisation", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("event", Text),  # the last one's id
    PrimaryKeyConstraint("organisation"),
)
