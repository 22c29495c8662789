"""How fast one program writes of one customer: a loop that has gone wrong must not bury somebody's timeline.

A brake and no quota: each server counts for itself. What a key may ask for in all is counted by all servers together.
Counted is what was stated, of the record that it was stated of: so nothing depends on how the program names the
customer, or by which door it comes. As in Kustomer's API, what is brought along from before (`importedAt`) is not
counted; and no person is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar

from fastapi import Request

from kithdesk.core.actors import Actor
from kithdesk.core.events import Event
from kithdesk.core.limits import Rate
from kithdesk.core.web import desk_of
from kithdesk.core.work import Work
from kithdesk.customers.events import CustomerUpdated
from kithdesk.customers.objects.events import (
    CustomerTracked,
    KObjectConfirmed,
    KObjectCreated,
    KObjectUpdated,
)

OF_ONE_CUSTOMER = Rate(120, 60)
OF_ONE_RECORD = Rate(120, 60)

T = TypeVar("T")


class _Counted(NamedTuple):
    name: str
    of: str
    rate: Rate


def paced(request: Request, actor: Actor, verb: Callable[..., T]) -> Callable[..., T]:
    """The verb, of which nothing is kept when this program is too fast. It raises `RateLimited` as well, then."""
    if actor.type != "machine":
        return verb
    limits = desk_of(request).limits

    def counted(work: Work, *args: Any, **kwargs: Any) -> T:
        before = len(work.published)
        value = verb(work, *args, **kwargs)
        facts = work.published[before:]
        for one in dict.fromkeys(one for fact in facts for one in _counted(fact.event)):
            limits.check(one.name, f"{actor.organisation} {actor.id} {one.of}", one.rate)
        return value

    return counted


def _counted(event: Event) -> Iterator[_Counted]:
    match event:
        case CustomerTracked():
            yield _Counted("events of one customer", event.customer, OF_ONE_CUSTOMER)
        case KObjectCreated() if event.customer is not None and event.imported_at is None:
            yield _Counted("records of one customer", event.customer, OF_ONE_CUSTOMER)
        case KObjectUpdated():
            yield _Counted("changes of one record", event.kobject, OF_ONE_RECORD)
            if event.customer not in (None, event.customer_before):
                yield _Counted("records of one customer", event.customer, OF_ONE_CUSTOMER)
        case KObjectConfirmed():
            yield _Counted("changes of one record", event.kobject, OF_ONE_RECORD)
        case CustomerUpdated():
            yield _Counted("changes of one record", event.customer, OF_ONE_RECORD)
        case _:
            pass
