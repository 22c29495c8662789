"""Telling a customer that it takes long, once for each turn, in the words of the queue; and what they leave instead of
waiting."""

from __future__ import annotations

from kithdesk import conversations
from kithdesk.conversations import ConversationId
from kithdesk.core.actors import system
from kithdesk.core.work import Work
from kithdesk.routing.entities import WorkItem
from kithdesk.routing.events import OverflowTerms, WorkOverflowed
from kithdesk.routing.stating import acting


def tell(work: Work, item: WorkItem, terms: OverflowTerms) -> None:
    """Says the queue's message, and offers its form. Nothing to whom it was said before, or who cannot be told."""
    if item.overflowed_at is not None or item.is_ended or item.channel != conversations.CHAT:
        return
    if not (terms.message or terms.form):
        return
    by = system(work.organisation)
    event = WorkOverflowed(
        item=item.id, conversation=item.conversation, queue=item.queue or "", form=terms.form
    )
    work.publish(event, actor=by)
    if terms.message:
        with acting(work, by):
            conversations.reply(work, ConversationId(item.conversation), client_id=None, body=terms.message)
