"""Since when a customer waits: in a conversation, and over all that they have said and that is not done.

A wait ends with an answer, or when the conversation is done. The row of what was closed unanswered keeps since when.
A customer who writes again waits anew, from then on. Who else opens it again lets the wait go on where it was cut off,
for closing it may have been a slip: the customer has waited so long as they had, and not while it was closed.
"""

from __future__ import annotations

from sqlalchemy import and_, bindparam, func, literal_column, select

from kithdesk.conversations.tables import conversations
from kithdesk.customers import Waiting

# Of the row as it is before the change. History recorded while it is open began before it was closed, and goes on.
WAIT_WAS_CLOSED = and_(
    conversations.c.status == literal_column("'done'"),
    conversations.c.waiting_since <= conversations.c.last_done_at,
)
WAITED_UNTIL_CLOSED = conversations.c.waiting_since - conversations.c.last_done_at
"""So long, counted backwards: with the moment at which it goes on, since when it is taken to wait."""

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
