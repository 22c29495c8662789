"""The rows of simulations. They are no facts: the past they were made of is, and they can be made again."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, PrimaryKeyConstraint, Text

from kithdesk.core.tables import record

simulations = record(
    "simulations",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("begins_at", BigInteger, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    Column("scenario", Text, nullable=False),  # JSON, as it was asked for
    Column("progress", BigInteger, nullable=False),  # thousandths
    Column("failure", Text),  # JSON of `Failure`
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),  # JSON of `Who`
    Column("touched_at", BigInteger, nullable=False),  # when it last said how far it is
    Column("ended_at", BigInteger),
    Column("outcome", Text),  # JSON of `Outcome`
    PrimaryKeyConstraint("organisation", "id"),
)
