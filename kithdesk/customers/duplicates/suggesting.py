"""Suggesting records that may be the same person's, and being told that they are not."""

from __future__ import annotations

from collections import defaultdict

import msgspec

from kithdesk.core.errors import NotFound
from kithdesk.core.work import Reads, Work
from kithdesk.customers.duplicates.hints import Reason, reason_of, score_of
from kithdesk.customers.duplicates.queries import is_dismissed, list_dismissed, list_hints, list_sharers
from kithdesk.customers.events import DuplicateDismissed
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.queries import (
    Customer,
    customer_ids,
    find_customers,
    get_customer,
)

MAX_SUGGESTED = 20


class Duplicate(msgspec.Struct, frozen=True):
    """Another record that may be this customer's too, and why."""

    customer: Customer
    reasons: tuple[Reason, ...]
    score: int


def list_duplicates(reads: Reads, id: CustomerId) -> list[Duplicate]:
    """The likeliest first. However many customers there are, it costs the same. Raises `NotFound`."""
    if reads.actor.is_visitor:
        raise NotFound
    customer = get_customer(reads, id).id
    reasons: dict[CustomerId, list[Reason]] = defaultdict(list)
    for hint in list_hints(reads, customer):
        for other, source in list_sharers(reads, customer, hint):
            reasons[other].append(reason_of(hint, source))
    for dismissed in list_dismissed(reads, customer_ids(reads, customer)) if reasons else ():
        reasons.pop(dismissed, None)
    likeliest = sorted(reasons, key=lambda other: (-score_of(reasons[other]), other))[:MAX_SUGGESTED]
    return [
        Duplicate(found, tuple(reasons[found.id]), score_of(reasons[found.id]))
        for found in find_customers(reads, likeliest)
    ]


def dismiss_duplicate(work: Work, id: CustomerId, other: CustomerId) -> None:
    """The two are not the same, and are not suggested again. Saying so again changes nothing. Raises `NotFound`."""
    if work.actor.is_visitor:
        raise NotFound
    one, two = get_customer(work, id).id, get_customer(work, other).id
    if one != two and not is_dismissed(work, one, two):
        work.publish(DuplicateDismissed(customer=one, other=two))
