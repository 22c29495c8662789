"""A browser begins a chat before its visitor writes, as Kustomer's clients do.

It is nobody's work before that, and no agent hears of more than one from the same browser: while nothing is said in it,
beginning another answers this one.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import bindparam, select

from kithdesk.conversations.beginning import Begun
from kithdesk.conversations.context import Context
from kithdesk.conversations.ids import ConversationId
from kithdesk.conversations.live import CHAT
from kithdesk.conversations.opening import open_conversation
from kithdesk.conversations.receiving import who_opens
from kithdesk.conversations.tables import conversations
from kithdesk.core.work import Reads, Work
from kithdesk.customers import CustomerId

_EMPTY = (
    select(conversations.c.id)
    .where(
        conversations.c.organisation == bindparam("organisation"),
        conversations.c.customer == bindparam("customer"),
        conversations.c.author == bindparam("author"),
        conversations.c.channel == CHAT,
        conversations.c.direction == "in",
        conversations.c.message_count == 0,
        conversations.c.ended_at.is_(None),
    )
    .order_by(conversations.c.id)
    .limit(1)
)


def begin_chat(work: Work, customer: CustomerId, author: str, context: Context | None = None) -> Begun:
    """Opens a chat in which nothing is said yet, or answers the one that this browser has begun.

    `author` is the browser. Raises `IdentityMoved`, `NotFound`.
    """
    actor = msgspec.structs.replace(work.actor, author=author)
    customer, actor = who_opens(work, actor, customer, author)
    begun = find_empty_chat(work, customer, author)
    if begun is not None:
        return Begun(begun, is_repeat=True)
    target = open_conversation(
        work,
        customer=customer,
        direction="in",
        channel=CHAT,
        actor=actor,
        context=context or Context(),
        is_empty=True,
    )
    return Begun(target.id)


def find_empty_chat(reads: Reads, customer: CustomerId, author: str) -> ConversationId | None:
    """The one that a browser has begun and in which nothing is said."""
    values = {"organisation": reads.organisation, "customer": customer, "author": author}
    found = reads.execute(_EMPTY, values).scalar()
    return None if found is None else ConversationId(found)
