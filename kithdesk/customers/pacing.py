"""How fast one program writes of one customer: a loop that has gone wrong must not bury somebody's timeline.

A brake and no quota: each server counts for itself, and by the name that the program gives the customer. What a key may
ask for in all is counted by all servers together.
As in Kustomer's API, what is brought along from before (`importedAt`) is not counted; and no person is.
"""

from __future__ import annotations

from typing import Literal

from fastapi import Request

from kithdesk.core.actors import Actor
from kithdesk.core.limits import Rate
from kithdesk.core.web import desk_of

OF_ONE_CUSTOMER = Rate(120, 60)
OF_ONE_RECORD = Rate(120, 60)

What = Literal["records", "events"]


def check_pace(request: Request, actor: Actor, what: What, customer: str | None) -> None:
    """One more of a customer, by this program. Raises `RateLimited`."""
    if actor.type == "machine" and customer is not None:
        key = f"{actor.organisation} {actor.id} {customer}"
        desk_of(request).limits.check(f"{what} of one customer", key, OF_ONE_CUSTOMER)


def check_changes(request: Request, actor: Actor, record: str) -> None:
    """One more change of a record, by this program. Raises `RateLimited`."""
    if actor.type == "machine":
        key = f"{actor.organisation} {actor.id} {record}"
        desk_of(request).limits.check("changes of one record", key, OF_ONE_RECORD)
