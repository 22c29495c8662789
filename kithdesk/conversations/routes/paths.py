"""Ids and answers that the routes of this slice share."""

from __future__ import annotations

from typing import Any

from kithdesk.conversations.ids import ConversationId
from kithdesk.conversations.message_queries import find_messages
from kithdesk.conversations.message_rendering import draw_messages
from kithdesk.conversations.sending import Sent
from kithdesk.core import json
from kithdesk.core.documents import document
from kithdesk.core.idempotency import Answer
from kithdesk.core.paths import an_id
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId


def conversation_of(text: str) -> ConversationId:
    """Raises `NotFound` for what cannot be an id."""
    return ConversationId(an_id(text))


def customer_of(text: str) -> CustomerId:
    """Raises `NotFound` for what cannot be an id."""
    return CustomerId(an_id(text))


def draw_sent(work: Work, sent: Sent) -> Any:
    """201 with the message the first time, 200 with the same when it was repeated."""
    shown = document(draw_messages(work, find_messages(work, [sent.message["id"]]))[0])
    return Answer(200, json.encode(shown)) if sent.is_repeat else shown
