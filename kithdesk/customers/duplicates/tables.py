"""The rows of hints, and of what agents said of them."""

from __future__ import annotations

from sqlalchemy import Column, Index, PrimaryKeyConstraint, Text

from kithdesk.core.tables import projection

customer_hints = projection(
    "customer_hints",
    Column("organisation", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("value", Text, nullable=False),  # in the form in which two are compared
    Column("customer", Text, nullable=False),
    Column("source", Text, nullable=False),  # record · claim
    PrimaryKeyConstraint("organisation", "kind", "value", "customer"),
)
Index("ix_customer_hints_customer", customer_hints.c.organisation, customer_hints.c.customer)

duplicate_dismissals = projection(
    "duplicate_dismissals",
    Column("organisation", Text, nullable=False),
    Column("one", Text, nullable=False),  # the lower id
    Column("other", Text, nullable=False),
    PrimaryKeyConstraint("organisation", "one", "other"),
)
Index("ix_duplicate_dismissals_other", duplicate_dismissals.c.organisation, duplicate_dismissals.c.other)
