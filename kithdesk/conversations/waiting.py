"""Since when a customer waits, over all that they have said and that is not done."""

from __future__ import annotations

from sqlalchemy import bindparam, func, literal_column, select

from kithdesk.conversations.tables import conversations
from kithdesk.customers import Waiting

WAITING = Waiting(
    select(func.min(conversations.c.waiting_since))
    .where(
        conversations.c.organisation == bindparam("organisation"),
        conversations.c.customer == bindparam("customer"),
        conversations.c.status != literal_column("'done'"),
    )
    .scalar_subquery()
)
