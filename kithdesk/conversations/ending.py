"""Ending: nothing more can be said in the conversation, by either side. Whether its work is done is another matter."""

from __future__ import annotations

from kithdesk.conversations.entities import Conversation
from kithdesk.conversations.events import ConversationEnded
from kithdesk.conversations.ids import ConversationId
from kithdesk.conversations.queries import get_conversation
from kithdesk.core.work import Work


def end(work: Work, conversation_id: ConversationId, *, reason: str = "") -> Conversation:
    """Ends it for good. Ending what has ended changes nothing. Raises `NotFound`."""
    conversation = get_conversation(work, conversation_id)
    if not conversation.is_ended:
        work.publish(
            ConversationEnded(conversation=conversation.id, customer=conversation.customer, reason=reason)
        )
    return conversation
