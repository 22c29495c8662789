"""Events of the company's own: a basket was left, a plan was changed. They stand on the customer's timeline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from kithdesk.core.clock import DAY, Instant
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.core.names import clean_name
from kithdesk.core.work import Work
from kithdesk.customers.ids import CustomerId, VisitorId
from kithdesk.customers.objects.errors import NoCustomerYet
from kithdesk.customers.objects.events import CustomerTracked
from kithdesk.customers.queries import find_visitor, load_customer

MOST_META = 4 * 1_024
LONGEST_NAME = 100


def track(
    work: Work, customer: CustomerId, name: str, meta: Mapping[str, Any], *, at: Instant | None = None
) -> CustomerId:
    """States what happened to a customer; `at` is now without another word. Raises `NotFound`, `BadParameter`."""
    found = load_customer(work, customer)
    if found is None:
        raise NotFound
    _state(work, found.id, name, meta, work.now if at is None else at)
    return found.id


def track_visitor(
    work: Work, visitor: VisitorId, name: str, meta: Mapping[str, Any], *, at: Instant | None = None
) -> CustomerId:
    """What a page tells of its visitor. A time in the future, or older than a day, is now.

    Raises `BadParameter`, and `NoCustomerYet` before the first message or login: nothing is kept of a visitor by then,
    and a page that is told so may send it later.
    """
    found = find_visitor(work, visitor)
    if found is None or found.customer is None:
        raise NoCustomerYet
    moment = at if at is not None and work.now - DAY <= at <= work.now else work.now
    _state(work, found.customer, name, meta, moment)
    return found.customer


def _state(work: Work, customer: CustomerId, name: str, meta: Mapping[str, Any], at: Instant) -> None:
    called = clean_name(name, parameter="name", maximum=LONGEST_NAME)
    if len(msgspec.json.encode(meta)) > MOST_META:
        raise BadParameter(f"At most {MOST_META} bytes.", parameter="meta")
    work.publish(CustomerTracked(customer=customer, name=called, at=at, meta=dict(meta)))
