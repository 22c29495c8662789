"""The chat that a customer was active in last, as far as whoever asks may see it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, or_, select

from kithdesk.conversations.entities import Conversation
from kithdesk.conversations.live import CHAT
from kithdesk.conversations.tables import conversations
from kithdesk.core.actors import Actor
from kithdesk.core.work import Reads
from kithdesk.customers import CustomerId, find_last_conversation

_WHOLE = select(*(conversations.c[field] for field in Conversation.__struct_fields__)).where(
    conversations.c.organisation == bindparam("organisation")
)
_BY_ID = _WHOLE.where(conversations.c.id == bindparam("id"))
_CHATS = _WHOLE.where(conversations.c.customer == bindparam("customer"), conversations.c.channel == CHAT)
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
    """The chat where something was said last, of those that who asks may see, unless it has ended."""
    of = {"organisation": reads.organisation, "customer": customer}
    row = reads.execute(_BY_ID, {**of, "id": find_last_conversation(reads, customer)}).first()
    if row is not None and not _is_shown(reads.actor, row):
        row = _find_shown(reads, of)
    return None if row is None or row.ended_at is not None else Conversation(*row)


def _is_shown(actor: Actor, row: Any) -> bool:
    """A browser that proved nothing may see less than its customer has."""
    return row.channel == CHAT and (actor.sees is None or row.id in actor.sees or row.author == actor.author)


def _find_shown(reads: Reads, of: dict[str, Any]) -> Any:
    actor = reads.actor
    if actor.sees is None:
        return reads.execute(_LAST_CHAT, of).first()
    return reads.execute(_LAST_SEEN, {**of, "sees": list(actor.sees), "author": actor.author}).first()
