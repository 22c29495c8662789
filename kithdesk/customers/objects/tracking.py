"""Events of the company's own: a basket was left, a plan was changed. They stand on the customer's timeline."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from kithdesk.core.clock import DAY, Instant
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.core.names import UNSEEN, clean_name
from kithdesk.core.work import Work
from kithdesk.customers.ids import CustomerId, VisitorId
from kithdesk.customers.objects.errors import NoCustomerYet
from kithdesk.customers.objects.events import CustomerTracked
from kithdesk.customers.objects.told import check_told
from kithdesk.customers.queries import find_visitor, load_customer

MOST_META = 4 * 1_024
LONGEST_NAME = 100
_QUERY = re.compile(r"(https?://[^\s?#]+)[?#]\S*", re.IGNORECASE)


def track(
    work: Work, customer: CustomerId, name: str, meta: Mapping[str, Any], *, at: Instant | None = None
) -> CustomerId:
    """States what happened to a customer; `at` is now without another word. Raises `NotFound`, `BadParameter`."""
    _check_size(meta)
    check_told(at, work.now, "at")
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
    _check_size(meta)
    found = find_visitor(work, visitor)
    if found is None or found.customer is None:
        raise NoCustomerYet
    moment = at if at is not None and work.now - DAY <= at <= work.now else work.now
    _state(work, found.customer, name, _without_queries(meta), moment)
    return found.customer


def _check_size(meta: Mapping[str, Any]) -> None:
    """First of all: what is bounded may be looked through."""
    if len(msgspec.json.encode(meta)) > MOST_META:
        raise BadParameter(f"At most {MOST_META} bytes.", parameter="meta")


def _without_queries(value: Any) -> Any:
    """Addresses lose what comes after `?` and `#`: a page that tells where it is would tell its keys."""
    return _each_text(value, lambda text: _QUERY.sub(r"\1", text))


def _each_text(value: Any, read: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return read(value)
    if isinstance(value, Mapping):
        return {read(name): _each_text(one, read) for name, one in value.items()}
    return [_each_text(one, read) for one in value] if isinstance(value, list) else value


def _state(work: Work, customer: CustomerId, name: str, meta: Mapping[str, Any], at: Instant) -> None:
    called = clean_name(name, parameter="name", maximum=LONGEST_NAME)
    shown = _each_text(meta, lambda text: UNSEEN.sub(" ", text))
    work.publish(CustomerTracked(customer=customer, name=called, at=at, meta=shown))
