"""Every SELECT of hints and dismissals. Each begins with the organisation of who asks; visitors ask for none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select

from kithdesk.core.work import Reads
from kithdesk.customers.duplicates.hints import MAX_SHARERS, Hint, Source
from kithdesk.customers.duplicates.tables import customer_hints, duplicate_dismissals
from kithdesk.customers.ids import CustomerId

_MINE = customer_hints.c.organisation == bindparam("organisation")
_OF_CUSTOMER = select(customer_hints.c.kind, customer_hints.c.value, customer_hints.c.source).where(
    _MINE, customer_hints.c.customer == bindparam("customer")
)
_MOST: Any = bindparam("most")
_SHARERS = (
    select(customer_hints.c.customer, customer_hints.c.source)
    .where(
        _MINE,
        customer_hints.c.kind == bindparam("kind"),
        customer_hints.c.value == bindparam("value"),
        customer_hints.c.customer != bindparam("customer"),
    )
    .limit(_MOST)
)
_OF_PAIRS = duplicate_dismissals.c.organisation == bindparam("organisation")
_DISMISSED = select(duplicate_dismissals.c.one, duplicate_dismissals.c.other).where(
    _OF_PAIRS,
    duplicate_dismissals.c.one.in_(bindparam("ids", expanding=True))
    | duplicate_dismissals.c.other.in_(bindparam("ids", expanding=True)),
)


def list_hints(reads: Reads, customer: CustomerId) -> list[Hint]:
    """In the order of the surest."""
    values = {"organisation": reads.organisation, "customer": customer}
    found = [Hint(row.kind, row.value, row.source) for row in reads.execute(_OF_CUSTOMER, values)]
    return sorted(found, key=lambda hint: (hint.kind, hint.value))


def list_sharers(reads: Reads, customer: CustomerId, hint: Hint) -> list[tuple[CustomerId, Source]]:
    """Who else has it; nobody, when so many have that it says nothing."""
    values = {
        "organisation": reads.organisation,
        "customer": customer,
        "kind": hint.kind,
        "value": hint.value,
        "most": MAX_SHARERS + 1,
    }
    found = [(CustomerId(row.customer), row.source) for row in reads.execute(_SHARERS, values)]
    return found if len(found) <= MAX_SHARERS else []


def list_dismissed(reads: Reads, ids: Sequence[CustomerId]) -> set[str]:
    """With whom any of these was said not to be the same."""
    values = {"organisation": reads.organisation, "ids": list(ids)}
    return {id for row in reads.execute(_DISMISSED, values) for id in (row.one, row.other)} - set(ids)
