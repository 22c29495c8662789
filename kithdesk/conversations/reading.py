"""Reading: each side has read everything up to one message. The mark only moves forward."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import bindparam, func, select

from kithdesk.conversations.events import MessageRead
from kithdesk.conversations.ids import ConversationId, MessageId
from kithdesk.conversations.live import CHAT
from kithdesk.conversations.message_queries import get_message
from kithdesk.conversations.queries import get_conversation
from kithdesk.conversations.tables import messages
from kithdesk.core.errors import NotFound
from kithdesk.core.work import Work

_UNREAD = (
    select(func.count())
    .select_from(messages)
    .where(
        messages.c.organisation == bindparam("organisation"),
        messages.c.conversation == bindparam("conversation"),
        messages.c.number > bindparam("after"),
        messages.c.kind == bindparam("kind"),
        messages.c.direction == bindparam("direction"),
    )
)
_UNREAD_IN_CHAT = _UNREAD.where(messages.c.channel == CHAT)


def mark_read(work: Work, conversation_id: ConversationId, message_id: MessageId) -> None:
    """Everything up to this message is read: by the customer when a visitor says so, else by the agents.

    Reading what was read already, or one's own message with nothing of the other side before it, states nothing.
    Raises `NotFound`.
    """
    conversation = get_conversation(work, conversation_id)
    message = get_message(work, message_id)
    if message.conversation != conversation.id:
        raise NotFound
    side: Literal["customer", "agents"] = "customer" if work.actor.is_visitor else "agents"
    after = conversation.read_by_customer if side == "customer" else conversation.read_by_agents
    unread = conversation.unread_for_customer if side == "customer" else conversation.unread_for_agents
    if message.number <= after or unread == 0:
        return
    left = work.execute(
        _UNREAD_IN_CHAT if side == "customer" else _UNREAD,
        {
            "organisation": work.organisation,
            "conversation": conversation.id,
            "after": message.number,
            "kind": "message",
            "direction": "out" if side == "customer" else "in",
        },
    ).scalar()
    if left == unread:
        return
    work.publish(
        MessageRead(
            conversation=conversation.id,
            customer=conversation.customer,
            message=message.id,
            side=side,
            after=after,
            up_to=message.number,
            unread_left=left,
            is_note=message.kind == "note",
            channel=message.channel,
        )
    )
