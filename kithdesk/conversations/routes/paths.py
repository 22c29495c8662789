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
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.core.idempotency import Answer
from kithdesk.core.ids import is_id
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId
from kithdesk.customers.schemas import instant_of

MOST_IDS = 100


def conversation_of(text: str) -> ConversationId:
    """Raises `NotFound` for what cannot be an id."""
    if not is_id(text):
        raise NotFound
    return ConversationId(text)


def customer_of(text: str) -> CustomerId:
    """Raises `NotFound` for what cannot be an id."""
    if not is_id(text):
        raise NotFound
    return CustomerId(text)


def several_of(text: str) -> list[str]:
    """Ids with commas. Raises `BadParameter` for too many; what cannot be an id is passed over."""
    parts = text.split(",")
    if len(parts) > MOST_IDS:
        raise BadParameter(f"At most {MOST_IDS} ids.", parameter="ids")
    return [part for part in dict.fromkeys(parts) if is_id(part)]


def words_of(body: MessageBody) -> Words:
    """Raises `BadParameter`."""
    return Words(
        body=body.text,
        direction=body.direction,
        client_id=body.client_id,
        attachments=[AttachmentId(id) for id in body.attachments],
        sent_at=instant_of(body.sent_at, "sentAt"),
        external_id=body.external_id,
    )


def draw_sent(work: Work, sent: Sent) -> Any:
    """201 with the message the first time, 200 with the same when it was repeated."""
    document = {"data": draw_messages(work, find_messages(work, [sent.message["id"]]))[0]}
    return Answer(200, json.encode(document)) if sent.is_repeat else document
