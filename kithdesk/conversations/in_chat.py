"""A chat in which something was also said by e-mail, as its visitor sees it: without that."""

from __future__ import annotations

import msgspec
from sqlalchemy import bindparam, select

from kithdesk.conversations.entities import Conversation, decode_files
from kithdesk.conversations.live import CHAT
from kithdesk.conversations.message_rows import preview_of
from kithdesk.conversations.tables import messages
from kithdesk.core.work import Reads

_LAST = (
    select(messages.c.body, messages.c.attachments, messages.c.sent_at, messages.c.direction)
    .where(
        messages.c.organisation == bindparam("organisation"),
        messages.c.conversation == bindparam("conversation"),
        messages.c.kind == "message",
        messages.c.channel == CHAT,
    )
    .order_by(messages.c.number.desc())
    .limit(1)
)


def as_in_chat(reads: Reads, conversation: Conversation) -> Conversation:
    """The same conversation, with the last words of the chat. Most are read no further."""
    if conversation.all_channels == [CHAT]:
        return conversation
    values = {"organisation": reads.organisation, "conversation": conversation.id}
    row = reads.execute(_LAST, values).first()
    return msgspec.structs.replace(
        conversation,
        preview=None if row is None else preview_of(row.body, decode_files(row.attachments)),
        last_message_at=None if row is None else row.sent_at,
        last_message_direction=None if row is None else row.direction,
        last_activity_at=conversation.created_at if row is None else row.sent_at,
    )
