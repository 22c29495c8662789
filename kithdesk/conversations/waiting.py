"""Since when a customer waits: in a conversation, and over all that they have said and that is not done.

A wait ends with an answer, or when the conversation is done. The row of what was closed unanswered keeps since when:
whoever opens it again makes the customer wait anew, from that moment, and so does the customer who writes again.
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
