"""What was said last in the chat of conversations, as their visitors see them: without what was said by e-mail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import bindparam, func, select

from kithdesk.conversations.entities import Conversation, decode_files
from kithdesk.conversations.live import CHAT
from kithdesk.conversations.message_rows import preview_of
from kithdesk.conversations.tables import conversations, messages
from kithdesk.core.work import Reads

_NUMBER: Any = bindparam("number")
_IDS: Any = bindparam("ids", expanding=True)
_earlier = messages.alias("earlier")
_LAST_NUMBER = (
    select(_earlier.c.number)
    .where(
        _earlier.c.organisation == conversations.c.organisation,
        _earlier.c.conversation == conversations.c.id,
        _earlier.c.kind == "message",
        _earlier.c.channel == CHAT,
        _earlier.c.number < _NUMBER,
    )
    .order_by(_earlier.c.number.desc())
    .limit(1)
    .correlate(conversations)
    .scalar_subquery()
)
_LAST = (
    select(
        messages.c.conversation,
        messages.c.body,
        messages.c.attachments,
        messages.c.sent_at,
        messages.c.direction,
    )
    .select_from(
        conversations.join(
            messages,
            (messages.c.organisation == conversations.c.organisation)
            & (messages.c.conversation == conversations.c.id)
            & (messages.c.number == _LAST_NUMBER),
        )
    )
    .where(conversations.c.organisation == bindparam("organisation"), conversations.c.id.in_(_IDS))
)
_COUNTS = (
    select(messages.c.conversation, func.count().label("total"))
    .where(
        messages.c.organisation == bindparam("organisation"),
        messages.c.conversation.in_(_IDS),
        messages.c.kind == "message",
        messages.c.channel == CHAT,
        messages.c.number < _NUMBER,
    )
    .group_by(messages.c.conversation)
)
END = 2**62
"""A number that no message has."""


def as_in_chat(reads: Reads, found: Sequence[Conversation], *, before: int = END) -> list[Conversation]:
    """The same conversations with the last words of the chat, of those with a lower number than `before`."""
    if not found:
        return []
    values = {"organisation": reads.organisation, "ids": [one.id for one in found], "number": before}
    last = {row.conversation: row for row in reads.execute(_LAST, values)}
    return [_with_last(one, last.get(one.id)) for one in found]


def _with_last(one: Conversation, row: Any) -> Conversation:
    return msgspec.structs.replace(
        one,
        preview=None if row is None else preview_of(row.body, decode_files(row.attachments)),
        last_message_at=None if row is None else row.sent_at,
        last_message_direction=None if row is None else row.direction,
        last_activity_at=one.created_at if row is None else row.sent_at,
    )


def count_in_chat(reads: Reads, ids: Sequence[str], *, before: int) -> dict[str, int]:
    """By conversation, how much was said in the chat of it, by the same measure."""
    values = {"organisation": reads.organisation, "ids": list(ids), "number": before}
    return {row.conversation: row.total for row in reads.execute(_COUNTS, values)}
