"""The chat that a customer was active in last, as far as whoever asks has a part in it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, or_, select

from kithdesk.conversations.entities import Conversation
from kithdesk.conversations.live import CHAT
from kithdesk.conversations.tables import conversations
from kithdesk.conversations.taking_up import departure_from
from kithdesk.core.work import Reads
from kithdesk.customers import CustomerId, VisitorId, find_last_conversation, find_visitor

_WHOLE = select(*(conversations.c[field] for field in Conversation.__struct_fields__)).where(
    conversations.c.organisation == bindparam("organisation")
)
_BY_ID = _WHOLE.where(conversations.c.id == bindparam("id"))
_CHATS = _WHOLE.where(
    conversations.c.customer == bindparam("customer"),
    conversations.c.channel == CHAT,
    conversations.c.ended_at.is_(None),
    conversations.c.id.not_in(bindparam("departed", expanding=True)),
    or_(conversations.c.message_count > 0, conversations.c.author == bindparam("author")),
)
_LAST = (conversations.c.last_activity_at.desc(), conversations.c.id.desc())
_LAST_CHAT = _CHATS.order_by(*_LAST).limit(1)
_LAST_SEEN = (
    _CHATS.where(
        or_(
            conversations.c.id.in_(bindparam("sees", expanding=True)),
            conversations.c.author == bindparam("author"),
        )
    )
    .order_by(*_LAST)
    .limit(1)
)


def find_last_of_customer(reads: Reads, customer: CustomerId) -> Conversation | None:
    """The chat where something was said last, of those that go on and in which who asks has a part; or that they have
    begun."""
    of = {"organisation": reads.organisation, "customer": customer}
    row = reads.execute(_BY_ID, {**of, "id": find_last_conversation(reads, customer)}).first()
    if row is not None and not _goes_on(reads, row):
        row = _find_going_on(reads, of)
    return None if row is None else Conversation(*row)


def _goes_on(reads: Reads, row: Any) -> bool:
    """A browser that proved nothing may see less than its customer has, or have no part in it any more."""
    if row.channel != CHAT or row.ended_at is not None:
        return False
    sees = reads.actor.sees
    is_shown = sees is None or row.id in sees or row.author == reads.actor.author
    return is_shown and departure_from(reads, row.id, row.taken_up_at) is None


def _find_going_on(reads: Reads, of: dict[str, Any]) -> Any:
    actor = reads.actor
    browser = find_visitor(reads, VisitorId(actor.author or "")) if actor.is_visitor else None
    departed = [] if browser is None else list(browser.departed)
    values = {**of, "departed": departed, "author": actor.author}
    if actor.sees is None:
        return reads.execute(_LAST_CHAT, values).first()
    return reads.execute(_LAST_SEEN, {**values, "sees": list(actor.sees)}).first()
