"""The rows of companies. Who is of which company stands with the customers."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, LargeBinary, PrimaryKeyConstraint, Text, text

from kithdesk.core.tables import projection

companies = projection(
    "companies",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_key", LargeBinary, nullable=False),  # bytes: their order is no matter of a language
    Column("profile", Text, nullable=False),  # JSON of `CompanyProfile`
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),  # JSON of `Reference`
    Column("updated_at", BigInteger, nullable=False),
    Column("modified_by", Text, nullable=False),
    Column("imported_at", BigInteger),
    Column("deleted_at", BigInteger),
    Column("rev", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "id"),
)
_LIVING = text("deleted_at IS NULL")
Index(
    "ix_companies_name",
    companies.c.organisation,
    companies.c.name_key,
    companies.c.id,
    sqlite_where=_LIVING,
    postgresql_where=_LIVING,
)

company_keys = projection(
    "company_keys",
    Column("organisation", Text, nullable=False),
    Column("kind", Text, nullable=False),  # domain · external_id
    Column("value", Text, nullable=False),
    Column("company", Text, nullable=False),
    PrimaryKeyConstraint("organisation", "kind", "value"),
)
Index("ix_company_keys_company", company_keys.c.organisation, company_keys.c.company)

company_totals = projection(
    "company_totals",
    Column("organisation", Text, nullable=False),
    Column("total", BigInteger, nullable=False),  # without those deleted
    PrimaryKeyConstraint("organisation"),
)
