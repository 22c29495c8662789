"""Removing a record that was made by mistake: from then on it is as if it never was.

Only a record with no life of its own goes: one of which there is a conversation, a custom object, a browser, a merge or
a tracked event has a past that others would miss.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, delete

from kithdesk.core.actors import check_admin
from kithdesk.core.events import Recorded
from kithdesk.core.work import Reads, Rows, Work
from kithdesk.customers.address_rows import forget_addresses
from kithdesk.customers.duplicates.rows import forget_hints
from kithdesk.customers.errors import CustomerHasPast
from kithdesk.customers.events import CustomerRemoved
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.merging.queries import list_merges
from kithdesk.customers.merging.telling import forget_told
from kithdesk.customers.objects.queries import object_ids_of
from kithdesk.customers.queries import Customer, get_whole, list_visitors
from kithdesk.customers.tables import customer_activity, customers
from kithdesk.customers.total_rows import count_total

_DELETE = [
    delete(customers).where(
        customers.c.organisation == bindparam("organisation"), customers.c.id == bindparam("customer")
    ),
    delete(customer_activity).where(
        customer_activity.c.organisation == bindparam("organisation"),
        customer_activity.c.customer == bindparam("customer"),
    ),
]


def remove_customer(work: Work, id: CustomerId) -> None:
    """Takes the record away; its addresses are free. Raises `Forbidden`, `NotFound`, `CustomerHasPast`."""
    check_admin(work.actor)
    customer = get_whole(work, id)
    if has_past(work, customer):
        raise CustomerHasPast
    work.publish(CustomerRemoved(customer=id, display_name=customer.display_name))


def has_past(reads: Reads, customer: Customer) -> bool:
    """Whether anything but its own fields would go with it."""
    lately = customer.activity
    return bool(
        lately.conversations_open
        or lately.conversations_snoozed
        or lately.conversations_done
        or lately.last_conversation is not None
        or lately.last_tracked_at is not None
        or object_ids_of(reads, customer.id)
        or list_visitors(reads, customer.id)
        or list_merges(reads, [customer.id], limit=1, offset=0)[1]
    )


def project_removed(rows: Rows, recorded: Recorded[CustomerRemoved]) -> None:
    customer = recorded.event.customer
    values: dict[str, Any] = {"organisation": rows.organisation, "customer": customer}
    for statement in _DELETE:
        rows.execute(statement, values)
    forget_addresses(rows, customer)
    forget_hints(rows, customer)
    forget_told(rows, customer)
    count_total(rows, -1)
