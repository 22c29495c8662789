"""History: what a program records of a time that has passed. It promises nobody anything and is nobody's work."""

from __future__ import annotations

from typing import Any

from kithdesk.conversations.events.conversations import ConversationOpened
from kithdesk.conversations.events.messages import MessageCreated
from kithdesk.core.clock import DAY
from kithdesk.core.events import Recorded

AFTER = DAY


def is_history(recorded: Recorded[Any]) -> bool:
    """Whether it was said, or opened, more than a day before it was recorded."""
    event = recorded.event
    at = None
    if isinstance(event, MessageCreated):
        at = event.sent_at
    elif isinstance(event, ConversationOpened):
        at = event.created_at
    return at is not None and at < recorded.at - AFTER
