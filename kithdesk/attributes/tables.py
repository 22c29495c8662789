"""One row for each kind of record of an organisation: all its attributes, for they are always read together."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, PrimaryKeyConstraint, Text

from kithdesk.core.tables import projection

attribute_sets = projection(
    "attribute_sets",
    Column("organisation", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("rev", BigInteger, nullable=False),
    Column("attributes", Text, nullable=False),  # JSON list of `Attribute`, removed ones too
    PrimaryKeyConstraint("organisation", "owner"),
)
