"""Kustomer's way to send: a draft that goes out at once. What an agent has not sent yet is in `drafts.py`."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.conversations.errors import EmailNotSent
from kithdesk.conversations.ids import AttachmentId, ConversationId
from kithdesk.conversations.message_queries import find_messages
from kithdesk.conversations.message_rendering import draw_messages
from kithdesk.conversations.queries import get_conversation
from kithdesk.conversations.recording import Words, record_message
from kithdesk.conversations.replying import reply
from kithdesk.conversations.routes.paths import customer_of
from kithdesk.conversations.schemas import SentDraftBody
from kithdesk.conversations.sending import Sent
from kithdesk.core import web
from kithdesk.core.documents import OneDocument, document
from kithdesk.core.errors import BadParameter
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId, get_customer

router = APIRouter(prefix="/v1/customers/{id}/drafts", tags=["drafts"], route_class=StrictRoute)


@router.post("", response_model=OneDocument, summary="Send a customer a draft")
async def post_draft(id: str, body: SentDraftBody, request: Request, caller: AgentCaller) -> Response:
    """Sends a message in chat, or writes a note: `POST /v1/conversations/{id}/messages` and `/notes` in the words of
    Kustomer's clients. Its id is the message's."""
    return await web.command(request, caller, _send, customer_of(id), body, answer=_shown)


def _send(work: Work, customer: CustomerId, body: SentDraftBody) -> Sent:
    conversation = None if body.conversation is None else ConversationId(body.conversation)
    files = [AttachmentId(one) for one in body.attachments]
    if body.channel == "email":
        raise EmailNotSent
    if body.channel == "note":
        _check_named(work, customer, conversation)
        return reply(
            work,
            ConversationId(conversation or ""),
            client_id=None,
            body=body.body,
            attachments=files,
            kind="note",
        )
    words = Words(body=body.body, channel=body.channel, attachments=files)
    return record_message(work, words, conversation=conversation, customer=customer)


def _check_named(work: Work, customer: CustomerId, conversation: ConversationId | None) -> None:
    """A note is written in a conversation of the customer. Raises `BadParameter`, `NotFound`."""
    standing = get_customer(work, customer).id
    if conversation is None or get_conversation(work, conversation).customer != standing:
        raise BadParameter("A conversation of this customer.", parameter="conversation")


def _shown(work: Work, sent: Sent) -> dict[str, Any]:
    (message,) = draw_messages(work, find_messages(work, [sent.message["id"]]))
    return document({**message, "type": "draft"})
