"""The rows of custom objects.

What a record says is one JSON text: it is read whole. `kobject_counts` keeps how many there are of each klass, for the
organisation (`owner` is empty) and for each customer, so that a list knows its length without counting.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, PrimaryKeyConstraint, Text, text

from kithdesk.core.tables import projection

klasses = projection(
    "klasses",
    Column("organisation", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("display_name", Text, nullable=False),
    Column("plural_name", Text, nullable=False),
    Column("icon", Text, nullable=False),
    Column("color", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("mixins", Text, nullable=False),  # JSON list
    Column("card_fields", Text, nullable=False),  # JSON list
    Column("card_title", Text),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),  # JSON of `Reference`
    Column("updated_at", BigInteger, nullable=False),
    Column("modified_by", Text, nullable=False),
    Column("rev", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "name"),
)

kobjects = projection(
    "kobjects",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("klass", Text, nullable=False),
    Column("external_id", Text),
    Column("customer", Text),
    Column(
        "named_by", Text, nullable=False
    ),  # JSON list of the addresses that named the customer, as `kind:value`
    Column("company", Text),
    Column("conversation", Text),
    Column("content", Text, nullable=False),  # JSON of `Content`
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("modified_by", Text, nullable=False),
    Column("imported_at", BigInteger),
    Column("source_at", BigInteger),
    Column("rev", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "id"),
)
Index(
    "ix_kobjects_of_klass",
    kobjects.c.organisation,
    kobjects.c.klass,
    kobjects.c.created_at,
    kobjects.c.id,
)
for _name, _columns in (
    ("customer", ("created_at", "id")),
    ("company", ("created_at", "id")),
    ("conversation", ("created_at", "id")),
):
    _given = text(f"{_name} IS NOT NULL")
    Index(
        f"ix_kobjects_of_{_name}",
        kobjects.c.organisation,
        kobjects.c[_name],
        *(kobjects.c[column] for column in _columns),
        sqlite_where=_given,
        postgresql_where=_given,
    )
_NAMED = text("external_id IS NOT NULL")
Index(
    "uq_kobjects_external_id",
    kobjects.c.organisation,
    kobjects.c.klass,
    kobjects.c.external_id,
    unique=True,
    sqlite_where=_NAMED,
    postgresql_where=_NAMED,
)

kobject_counts = projection(
    "kobject_counts",
    Column("organisation", Text, nullable=False),
    Column("owner", Text, nullable=False),  # a customer, or empty for all of the organisation
    Column("klass", Text, nullable=False),
    Column("total", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "owner", "klass"),
)
