"""The rows that find a customer: what is theirs alone, what they share with others, and the company they are of.

All of it follows from the profile, so whoever projects a profile calls `remember_addresses`.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import bindparam, delete, insert

from kithdesk.core.names import mailbox_key
from kithdesk.core.work import Rows
from kithdesk.customers.profile import AddressKind, Profile
from kithdesk.customers.tables import company_members, customer_addresses, customer_shared_addresses

_TABLES = (customer_addresses, customer_shared_addresses, company_members)
_FORGET = [
    delete(table).where(
        table.c.organisation == bindparam("organisation"), table.c.customer == bindparam("customer")
    )
    for table in _TABLES
]
_INSERT_ADDRESS = insert(customer_addresses)
_INSERT_SHARED = insert(customer_shared_addresses)
_INSERT_MEMBER = insert(company_members)


def remember_addresses(rows: Rows, customer: str, profile: Profile) -> None:
    """For a customer of whom nothing is remembered yet."""
    whose = {"organisation": rows.organisation, "customer": customer}
    for kind, value in dict.fromkeys(addresses_of(profile)):
        rows.execute(_INSERT_ADDRESS, {**whose, "kind": kind, "value": value})
    for kind, value in dict.fromkeys(shared_addresses_of(profile)):
        rows.execute(_INSERT_SHARED, {**whose, "kind": kind, "value": value})
    if profile.company is not None:
        rows.execute(_INSERT_MEMBER, {**whose, "company": profile.company})


def forget_addresses(rows: Rows, customer: str) -> None:
    """Takes away all of them."""
    for statement in _FORGET:
        rows.execute(statement, {"organisation": rows.organisation, "customer": customer})


def addresses_of(profile: Profile) -> Iterator[tuple[AddressKind, str]]:
    """What finds this customer and nobody else, as (kind, normal form)."""
    yield from (("email", mailbox_key(entry.email)) for entry in profile.emails)
    yield from (("phone", entry.phone) for entry in profile.phones)
    yield from (("external_id", entry.external_id) for entry in profile.external_ids)


def shared_addresses_of(profile: Profile) -> Iterator[tuple[AddressKind, str]]:
    """What others may have too, in the same forms."""
    yield from (("email", mailbox_key(entry.email)) for entry in profile.shared_emails)
    yield from (("phone", entry.phone) for entry in profile.shared_phones)
    yield from (("external_id", entry.external_id) for entry in profile.shared_external_ids)
