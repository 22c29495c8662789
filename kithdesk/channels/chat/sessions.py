"""Chat sessions: the visitor's own conversations, as the widget lists and reads them.

The visitor sees what the live protocol tells them, and nothing more: a status, who has it by display name, and the
messages. What agents call a conversation among themselves is not for the visitor.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from kithdesk import conversations
from kithdesk.access import find_user_names
from kithdesk.conversations import Conversation, ConversationId, MessageId, Wanted
from kithdesk.core.clock import iso, iso_or_none
from kithdesk.core.documents import resource
from kithdesk.core.work import Reads, Work
from kithdesk.customers import CustomerId


def list_sessions(
    reads: Reads, *, is_active: bool = False, limit: int, offset: int
) -> tuple[list[dict[str, Any]], int]:
    """One page, newest activity first, and how many there are. Before the first message: none.

    `is_active`: only those that are not done.
    """
    if reads.actor.id is None:
        return [], 0
    wanted = Wanted(customer=CustomerId(reads.actor.id))
    if is_active:
        wanted = msgspec.structs.replace(wanted, statuses=("open", "snoozed"))
    found, total = conversations.list_conversations(reads, wanted, limit=limit, offset=offset)
    return _draw(reads, found), total


def draw_session(reads: Reads, conversation_id: ConversationId) -> dict[str, Any]:
    """One `chat_session`. Raises `NotFound`."""
    return _draw(reads, [conversations.get_conversation(reads, conversation_id)])[0]


def change_session(
    work: Work, conversation_id: ConversationId, *, ended: bool, seen: MessageId | None
) -> None:
    """The visitor has read up to a message, or ends the chat. Repeating it changes nothing. Raises `NotFound`."""
    if seen is not None:
        conversations.mark_read(work, conversation_id, seen)
    if ended:
        conversations.end(work, conversation_id)


def list_messages(
    reads: Reads, conversation_id: ConversationId, *, before: MessageId | None, limit: int
) -> tuple[list[dict[str, Any]], bool]:
    """The last messages before one, ascending, and whether there are older ones. Raises `NotFound`."""
    found, more = conversations.list_messages_before(reads, conversation_id, before=before, limit=limit)
    named = conversations.named_as_known_now(reads, found)
    return [resource("message", one.id, one.as_live_with_read()) for one in named], more


def _draw(reads: Reads, found: Sequence[Conversation]) -> list[dict[str, Any]]:
    names = find_user_names(reads, {one.users[0] for one in found if one.users})
    return [
        resource(
            "chat_session",
            one.id,
            {
                "status": one.status,
                "ended": one.is_ended,
                "endedAt": iso_or_none(one.ended_at),
                "elsewhere": one.taken_up_at is not None,
                "createdAt": iso(one.created_at),
                "lastMessageAt": iso_or_none(one.last_message_at),
                "preview": one.preview,
                "lastMessageDirection": one.last_message_direction,
                "unread": one.unread_for_customer,
                "assignee": {"displayName": names.get(one.users[0], "")} if one.users else None,
                "name": None,
            },
            at=f"/c/v1/chat/sessions/{one.id}",
            relationships={"messages": {"links": {"self": f"/c/v1/chat/sessions/{one.id}/messages"}}},
        )
        for one in found
    ]
