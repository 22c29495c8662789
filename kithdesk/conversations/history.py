"""Conversations that were recorded as history: from when on they are work, and since when their customers wait.

No row keeps when something was recorded. The id that it was given then does.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select

from kithdesk.conversations.entities import Conversation
from kithdesk.conversations.events.history import AFTER
from kithdesk.conversations.sending import Target
from kithdesk.conversations.tables import messages
from kithdesk.core.clock import Instant
from kithdesk.core.ids import made_at
from kithdesk.core.work import Reads

_SAID = (
    select(messages.c.sent_at, messages.c.event)
    .where(
        messages.c.organisation == bindparam("organisation"),
        messages.c.conversation == bindparam("conversation"),
        messages.c.kind == "message",
    )
    .order_by(messages.c.number)
)
# What was said before that is history for certain, for it was recorded after the conversation.
_SAID_SINCE = _SAID.where(messages.c.sent_at >= bindparam("since"))
_SAID_AT = _SAID.where(messages.c.sent_at == bindparam("at"), messages.c.direction == "in").limit(1)


def was_history(one: Conversation | Target) -> bool:
    """Whether it was opened more than a day before it was recorded."""
    return one.created_at < made_at(one.id) - AFTER


def work_since(reads: Reads, one: Conversation) -> Instant | None:
    """Since when it is anybody's work: from its beginning, or else since something was said that is no history."""
    if one.created_at >= reads.now - AFTER or not was_history(one):
        return one.created_at
    values = _of(reads, one, since=made_at(one.id) - AFTER)
    live = (row.sent_at for row in reads.execute(_SAID_SINCE, values) if not _is_late(row))
    return next(live, None)


def waits_since(reads: Reads, one: Conversation) -> Instant | None:
    """Since when the customer waits for an answer; who is made to wait by history, since it was recorded."""
    since = one.waiting_since
    if since is None or since >= reads.now - AFTER:
        return since
    row = reads.execute(_SAID_AT, _of(reads, one, at=since)).first()
    return made_at(row.event) if row is not None and _is_late(row) else since


def _of(reads: Reads, one: Conversation, **values: int) -> dict[str, Any]:
    return {"organisation": reads.organisation, "conversation": one.id, **values}


def _is_late(row: Any) -> bool:
    late: bool = row.sent_at < made_at(row.event) - AFTER
    return late
