"""Messages: of a conversation, and over all of them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.conversations.ids import ConversationId, MessageId
from kithdesk.conversations.lists import list_all_messages, list_messages
from kithdesk.conversations.message_queries import find_message_by_external_id, find_messages, get_message
from kithdesk.conversations.message_rendering import draw_messages
from kithdesk.conversations.reading import mark_read
from kithdesk.conversations.recording import record_message
from kithdesk.conversations.routes.paths import conversation_of, draw_sent
from kithdesk.conversations.schemas import MessageBody, NewMessageBody
from kithdesk.core import web
from kithdesk.core.documents import REPEATED, ListDocument, OneDocument, SeveralDocument, document
from kithdesk.core.errors import NotFound
from kithdesk.core.paging import Paged, paged
from kithdesk.core.paths import an_id, ids_of
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads
from kithdesk.customers import CustomerId

router = APIRouter(prefix="/v1", tags=["messages"], route_class=StrictRoute)


@router.get(
    "/conversations/{id}/messages", response_model=ListDocument, summary="List a conversation's messages"
)
async def get_messages_of_conversation(
    id: str, request: Request, caller: AgentCaller, page: Paged
) -> Response:
    """What was said to and by the customer, newest first."""

    def listed(reads: Reads) -> dict[str, Any]:
        found, total = list_messages(
            reads, conversation_of(id), kind="message", limit=page.size, offset=page.offset
        )
        return paged(request, page, total, draw_messages(reads, found))

    return await web.query(request, caller, listed)


@router.post(
    "/conversations/{id}/messages",
    status_code=201,
    response_model=OneDocument,
    responses=REPEATED,
    summary="Send a message",
)
async def post_message_to_conversation(
    id: str, body: MessageBody, request: Request, caller: AgentCaller
) -> Response:
    """Sends a message to the customer; with `direction` `in` records one of theirs. Repeated by `clientId`: 200."""
    return await web.command(
        request,
        caller,
        record_message,
        body.as_words(),
        conversation=conversation_of(id),
        answer=draw_sent,
        status=201,
    )


@router.put("/conversations/{id}/read/{message}", status_code=204, summary="Mark messages as read")
async def put_read(id: str, message: str, request: Request, caller: AgentCaller) -> Response:
    """The agents have read everything up to this message."""
    return await web.command(request, caller, mark_read, conversation_of(id), MessageId(message))


@router.get("/messages", response_model=ListDocument, summary="List messages")
async def get_messages(request: Request, caller: AgentCaller, page: Paged) -> Response:
    """All messages, newest first."""

    def listed(reads: Reads) -> dict[str, Any]:
        found, total = list_all_messages(reads, limit=page.size, offset=page.offset)
        return paged(request, page, total, draw_messages(reads, found))

    return await web.long_query(request, caller, listed)


@router.post(
    "/messages", status_code=201, response_model=OneDocument, responses=REPEATED, summary="Record a message"
)
async def post_message(body: NewMessageBody, request: Request, caller: AgentCaller) -> Response:
    """A message in the named conversation, or in a new one of the named customer. Repeated by `clientId`: 200."""
    return await web.command(
        request,
        caller,
        record_message,
        body.as_words(),
        conversation=None if body.conversation is None else ConversationId(body.conversation),
        customer=None if body.customer is None else CustomerId(body.customer),
        answer=draw_sent,
        status=201,
    )


@router.get("/messages/externalid={external_id}", include_in_schema=False)
@router.get(
    "/messages/externalId={external_id}", response_model=OneDocument, summary="Find a message by external id"
)
async def get_by_external_id(external_id: str, request: Request, caller: AgentCaller) -> Response:
    """The message that another system knows by this id."""

    def one(reads: Reads) -> dict[str, Any]:
        message = find_message_by_external_id(reads, external_id)
        if message is None or message.kind != "message":
            raise NotFound
        return document(draw_messages(reads, [message])[0])

    return await web.query(request, caller, one)


@router.get(
    "/messages/{ids}", response_model=OneDocument | SeveralDocument, summary="Get one or more messages"
)
async def get_one_or_more(ids: str, request: Request, caller: AgentCaller) -> Response:
    """One message or note, or up to 100 with commas, which answers a list of those that exist."""

    def one(reads: Reads) -> dict[str, Any]:
        return document(draw_messages(reads, [get_message(reads, an_id(ids))])[0])

    def several(reads: Reads) -> dict[str, Any]:
        return document(draw_messages(reads, find_messages(reads, ids_of(ids))))

    return await web.query(request, caller, several if "," in ids else one)
