"""Since when a customer waits: in a conversation, and over all that they have said and that is not done.

A wait ends with an answer, or when the conversation is done. The row of what was closed unanswered keeps since when.
A customer who writes again waits anew, from then on. Who else opens it again lets the wait go on where it was cut off,
for closing it may have been a slip: the customer has waited so long as they had, and not while it was closed.

Opening it again states since when; the rows write that down.
"""

from __future__ import annotations

from typing import Protocol

from sqlalchemy import bindparam, func, literal_column, select

from kithdesk.conversations.tables import conversations
from kithdesk.core.clock import Instant
from kithdesk.customers import Waiting


class Waited(Protocol):
    """What is needed of a conversation that is done."""

    @property
    def waiting_since(self) -> Instant | None: ...
    @property
    def last_done_at(self) -> Instant | None: ...


def goes_on_since(closed: Waited, now: Instant) -> Instant | None:
    """Since when its customer is taken to wait, where somebody else opens it again."""
    since, closed_at = closed.waiting_since, closed.last_done_at
    return since if since is None or closed_at is None else Instant(now - (closed_at - since))


def begins_anew_at(closed: Waited, now: Instant, said_at: Instant) -> Instant:
    """Since when they wait who wrote again. What was said before it was closed and is told today waits from today."""
    return said_at if closed.last_done_at is None or said_at > closed.last_done_at else now


WAITING = Waiting(
    select(func.min(conversations.c.waiting_since))
    .where(
        conversations.c.organisation == bindparam("organisation"),
        conversations.c.customer == bindparam("customer"),
        conversations.c.waiting_since.is_not(None),
        conversations.c.status != literal_column("'done'"),
    )
    .scalar_subquery()
)
