"""Ending: nothing more can be said in the conversation, by either side.

Whether its work is done is another matter, unless its customer ends it with everything answered: then nobody has
anything left to do. What they wrote and nobody answered stays open, for somebody to read; what an agent snoozed comes
back to be looked at, as they wished.
"""

from __future__ import annotations

from kithdesk.conversations.entities import Conversation
from kithdesk.conversations.events import ConversationEnded
from kithdesk.conversations.ids import ConversationId
from kithdesk.conversations.queries import get_conversation
from kithdesk.conversations.sending import begun_by
from kithdesk.conversations.statuses import close_with_its_end
from kithdesk.core.work import Work


def end(work: Work, conversation_id: ConversationId, *, reason: str = "") -> Conversation:
    """Ends it for good; a customer closes it with that, if it is answered. Ending again changes nothing.

    Raises `NotFound`.
    """
    conversation = get_conversation(work, conversation_id)
    if not conversation.is_ended:
        work.publish(
            ConversationEnded(
                conversation=conversation.id,
                customer=conversation.customer,
                reason=reason,
                channel=conversation.channel,
                begun_by=begun_by(work, conversation),
            )
        )
        if work.actor.type == "customer" and conversation.is_open and conversation.waiting_since is None:
            close_with_its_end(work, conversation)
    return conversation
