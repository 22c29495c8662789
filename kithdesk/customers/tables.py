"""The rows of customers.

What we know of a customer (`customers`) and what has happened lately (`customer_activity`) are apart: the second is
rewritten by every message and stays narrow. `customer_addresses` finds a customer by what is unique in an organisation.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, PrimaryKeyConstraint, Text, text

from kithdesk.core.tables import projection

customers = projection(
    "customers",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("display_name", Text, nullable=False),
    Column("profile", Text, nullable=False),  # JSON of `Profile`: what the company and proven identities say
    Column("claims", Text, nullable=False),  # JSON of `Claims`: what a page or the visitor says, unproven
    Column("is_identified", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),  # JSON of `Reference`
    Column("updated_at", BigInteger, nullable=False),
    Column("modified_at", BigInteger, nullable=False),
    Column("modified_by", Text, nullable=False),
    Column("imported_at", BigInteger),
    Column("rev", BigInteger, nullable=False),
    Column("merged_into", Text),
    Column("has_parted", Boolean, nullable=False),  # a merge was undone: its past is read with care
    PrimaryKeyConstraint("organisation", "id"),
)
_MERGED = text("merged_into IS NOT NULL")
Index(
    "ix_customers_merged_into",
    customers.c.organisation,
    customers.c.merged_into,
    sqlite_where=_MERGED,
    postgresql_where=_MERGED,
)

customer_activity = projection(
    "customer_activity",
    Column("organisation", Text, nullable=False),
    Column("customer", Text, nullable=False),
    Column("last_seen_at", BigInteger),
    Column("last_activity_at", BigInteger, nullable=False),
    Column("last_customer_activity_at", BigInteger),
    Column("last_message_at", BigInteger),
    Column("last_in_at", BigInteger),
    Column("last_in_channel", Text),
    Column("last_out_at", BigInteger),
    Column("waiting_since", BigInteger),
    Column("last_tracked_at", BigInteger),
    Column("last_conversation", Text),
    Column("preview", Text),
    Column("conversations_open", BigInteger, nullable=False),
    Column("conversations_snoozed", BigInteger, nullable=False),
    Column("conversations_done", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "customer"),
)

customer_addresses = projection(
    "customer_addresses",
    Column("organisation", Text, nullable=False),
    Column("kind", Text, nullable=False),  # email · phone · external_id
    Column("value", Text, nullable=False),  # in its normal form
    Column("customer", Text, nullable=False),
    PrimaryKeyConstraint("organisation", "kind", "value"),
)
Index("ix_customer_addresses_customer", customer_addresses.c.organisation, customer_addresses.c.customer)

customer_told = projection(
    "customer_told",
    Column("organisation", Text, nullable=False),
    Column("customer", Text, nullable=False),
    Column("entry", Text, nullable=False),  # `kind:value` of an address, a shared one, or a name
    Column(
        "named_by", Text, nullable=False
    ),  # JSON list: the addresses by which whoever told it named the customer
    PrimaryKeyConstraint("organisation", "customer", "entry"),
)
"""What another system added to records: undoing a merge asks of which of the two it was told."""

customer_shared_addresses = projection(
    "customer_shared_addresses",
    Column("organisation", Text, nullable=False),
    Column("kind", Text, nullable=False),  # as above
    Column("value", Text, nullable=False),
    Column("customer", Text, nullable=False),
    PrimaryKeyConstraint("organisation", "kind", "value", "customer"),
)
Index(
    "ix_customer_shared_addresses_customer",
    customer_shared_addresses.c.organisation,
    customer_shared_addresses.c.customer,
)

company_members = projection(
    "company_members",
    Column("organisation", Text, nullable=False),
    Column("customer", Text, nullable=False),
    Column("company", Text, nullable=False),
    PrimaryKeyConstraint("organisation", "customer"),
)
Index(
    "ix_company_members_company",
    company_members.c.organisation,
    company_members.c.company,
    company_members.c.customer,
)

visitors = projection(
    "visitors",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("customer", Text),  # none until the first message or login
    Column("claims", Text, nullable=False),  # said before there was a customer to say it of
    Column("proven", Text),  # what its last login proved, as `email:…` or `externalId:…` in the normal form
    Column("created_at", BigInteger, nullable=False),
    Column("has_departed", Boolean, nullable=False),  # from some conversations: see below
    Column("sees", Text),  # the list of conversations, for one that may see no more than these and its own
    PrimaryKeyConstraint("organisation", "id"),
)
# Whose browsers never logged in, and what they may see, is answered by the index alone.
Index(
    "ix_visitors_customer",
    visitors.c.organisation,
    visitors.c.customer,
    visitors.c.proven,
    visitors.c.sees,
    visitors.c.id,
)

visitor_sights = projection(
    "visitor_sights",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),  # a digest of the list
    Column("conversations", Text, nullable=False),  # JSON list
    PrimaryKeyConstraint("organisation", "id"),
)
"""What browsers may see at most. A thousand of one record have one list, which may name a thousand conversations."""

visitor_departures = projection(
    "visitor_departures",
    Column("organisation", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("visitor", Text, nullable=False),
    Column("number", BigInteger, nullable=False),  # of the first message that it has no part in
    Column("event", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "conversation", "visitor"),
)
"""Browsers that have no part any more in a conversation in which they had one."""
Index("ix_visitor_departures_of", visitor_departures.c.organisation, visitor_departures.c.visitor)

logins = projection(
    "logins",
    Column("organisation", Text, nullable=False),
    Column("proven", Text, nullable=False),  # as in `visitors`
    Column("last_in", Text, nullable=False),  # the event of the last login by it
    PrimaryKeyConstraint("organisation", "proven"),
)

customer_totals = projection(
    "customer_totals",
    Column("organisation", Text, nullable=False),
    Column("total", BigInteger, nullable=False),  # without those merged away
    PrimaryKeyConstraint("organisation"),
)
