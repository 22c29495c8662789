"""Work items: a conversation's way through the queue, one living item each."""

from __future__ import annotations

from typing import Any

from kithdesk import conversations
from kithdesk.conversations import ConversationId
from kithdesk.core.clock import iso
from kithdesk.core.documents import resource
from kithdesk.core.errors import NotFound
from kithdesk.core.work import Reads
from kithdesk.routing.queries import find_item


def draw_items(reads: Reads, conversation_id: ConversationId) -> list[dict[str, Any]]:
    """The conversation's `work_item` resources. Raises `NotFound`."""
    if not conversations.may_see_conversation(reads, conversation_id):
        raise NotFound
    item = find_item(reads, reads.organisation, conversation_id)
    if item is None:
        raise NotFound
    users = [{"type": "user", "id": user} for user in item.users]
    attributes = {
        "status": item.state,
        "queuedCount": item.queued_count,
        "enteredAt": iso(item.entered_at),
        "changedAt": iso(item.changed_at),
    }
    around = {
        "conversation": {"data": {"type": "conversation", "id": item.conversation}},
        "queue": {"data": None if item.queue is None else {"type": "queue", "id": item.queue}},
        "users": {"data": users},
    }
    at = f"/v1/routing/conversations/{item.conversation}/work-items"
    return [resource("work_item", item.conversation, attributes, at=at, relationships=around)]
