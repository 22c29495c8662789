"""Ids and answers that the routes of this slice share."""

from __future__ import annotations

from typing import Any

from kithdesk.conversations.ids import AttachmentId, ConversationId
from kithdesk.conversations.message_rendering import draw_messages
from kithdesk.conversations.queries import find_messages
from kithdesk.conversations.recording import Words
from kithdesk.conversations.schemas import MessageBody
from kithdesk.conversations.sending import Sent
from kithdesk.core import json
from kithdesk.core.documents import document, instant_of
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


def words_of(body: MessageBody) -> Words:
    """Raises `BadParameter`."""
    return Words(
        body=body.text,
        direction=body.direction,
        channel=body.channel,
        mailed=body.mailed,
        client_id=body.client_id,
        attachments=[AttachmentId(id) for id in body.attachments],
        sent_at=instant_of(body.sent_at, "sentAt"),
        external_id=body.external_id,
        custom=body.custom,
    )


def draw_sent(work: Work, sent: Sent) -> Any:
    """201 with the message the first time, 200 with the same when it was repeated."""
    shown = document(draw_messages(work, find_messages(work, [sent.message["id"]]))[0])
    return Answer(200, json.encode(shown)) if sent.is_repeat else shown
