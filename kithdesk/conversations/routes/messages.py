"""Messages and notes: of a conversation, and over all of them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.access.schemas import ListDocument, OneDocument, SeveralDocument
from kithdesk.conversations.ids import AttachmentId, ConversationId, MessageId
from kithdesk.conversations.lists import list_all_messages, list_messages
from kithdesk.conversations.live import Kind
from kithdesk.conversations.message_rendering import draw_messages
from kithdesk.conversations.queries import find_message_by_external_id, find_messages, get_message
from kithdesk.conversations.reading import mark_read
from kithdesk.conversations.recording import record_message
from kithdesk.conversations.replying import reply
from kithdesk.conversations.routes.paths import conversation_of, draw_sent, several_of, words_of
from kithdesk.conversations.schemas import MessageBody, NewMessageBody, NoteBody
from kithdesk.core import json, web
from kithdesk.core.errors import NotFound
from kithdesk.core.ids import is_id
from kithdesk.core.web import StrictRoute
from kithdesk.core.work import Reads, Work
from kithdesk.customers import CustomerId

router = APIRouter(prefix="/v1", tags=["messages"], route_class=StrictRoute)


@router.get("/conversations/{id}/messages", response_model=ListDocument)
async def get_messages_of_conversation(id: str, request: Request, caller: AgentCaller) -> Response:
    """What was said to and by the customer, newest first."""
    return await _list_of_conversation(id, "message", request, caller)


@router.post("/conversations/{id}/messages", status_code=201, response_model=OneDocument)
async def post_message_to_conversation(
    id: str, body: MessageBody, request: Request, caller: AgentCaller
) -> Response:
    """Sends a message to the customer; with `direction` `in` records one of theirs. Repeated by `clientId`: 200."""
    return await web.command(
        request,
        caller,
        record_message,
        words_of(body),
        conversation=conversation_of(id),
        answer=draw_sent,
        status=201,
    )


@router.get("/conversations/{id}/notes", response_model=ListDocument)
async def get_notes_of_conversation(id: str, request: Request, caller: AgentCaller) -> Response:
    """What agents said among themselves, newest first."""
    return await _list_of_conversation(id, "note", request, caller)


@router.post("/conversations/{id}/notes", status_code=201, response_model=OneDocument)
async def post_note(id: str, body: NoteBody, request: Request, caller: AgentCaller) -> Response:
    """A note, which the customer never sees."""
    return await web.command(
        request,
        caller,
        reply,
        conversation_of(id),
        client_id=body.client_id,
        body=body.body,
        attachments=[AttachmentId(one) for one in body.attachments],
        kind="note",
        answer=draw_sent,
        status=201,
    )


@router.put("/conversations/{id}/read/{message}", status_code=204)
async def put_read(id: str, message: str, request: Request, caller: AgentCaller) -> Response:
    """The agents have read everything up to this message."""

    def nothing(_work: Work, _value: None) -> None:
        return None

    return await web.command(
        request, caller, mark_read, conversation_of(id), MessageId(message), answer=nothing, status=204
    )


@router.get("/messages", response_model=ListDocument)
async def get_messages(request: Request, caller: AgentCaller) -> Response:
    """All messages, newest first."""
    page = web.page_of(request, maximum=100)

    def listed(reads: Reads) -> dict[str, Any]:
        found, total = list_all_messages(reads, limit=page.size, offset=page.offset)
        return web.paged(request, page, total, draw_messages(reads, found))

    done = await web.desk_of(request).read_long(listed, by=caller)
    headers = {web.POSITION: str(done.position), "Cache-Control": "no-store"}
    return Response(json.encode(done.value), 200, headers, "application/json")


@router.post("/messages", status_code=201, response_model=OneDocument)
async def post_message(body: NewMessageBody, request: Request, caller: AgentCaller) -> Response:
    """A message in the named conversation, or in a new one of the named customer. Repeated by `clientId`: 200."""
    return await web.command(
        request,
        caller,
        record_message,
        words_of(body),
        conversation=None if body.conversation is None else ConversationId(body.conversation),
        customer=None if body.customer is None else CustomerId(body.customer),
        answer=draw_sent,
        status=201,
    )


@router.get("/messages/externalId={external_id}", response_model=OneDocument)
async def get_by_external_id(external_id: str, request: Request, caller: AgentCaller) -> Response:
    """The message that another system knows by this id."""

    def one(reads: Reads) -> dict[str, Any]:
        message = find_message_by_external_id(reads, external_id)
        if message is None:
            raise NotFound
        return {"data": draw_messages(reads, [message])[0]}

    return await web.query(request, caller, one)


@router.get("/messages/{ids}", response_model=OneDocument | SeveralDocument)
async def get_one_or_more(ids: str, request: Request, caller: AgentCaller) -> Response:
    """One message or note, or up to 100 with commas, which answers a list of those that exist."""

    def one(reads: Reads) -> dict[str, Any]:
        if not is_id(ids):
            raise NotFound
        return {"data": draw_messages(reads, [get_message(reads, ids)])[0]}

    def several(reads: Reads) -> dict[str, Any]:
        return {"data": draw_messages(reads, find_messages(reads, several_of(ids)))}

    return await web.query(request, caller, several if "," in ids else one)


async def _list_of_conversation(id: str, kind: Kind, request: Request, caller: AgentCaller) -> Response:
    page = web.page_of(request, maximum=100)

    def listed(reads: Reads) -> dict[str, Any]:
        found, total = list_messages(
            reads, conversation_of(id), kind=kind, limit=page.size, offset=page.offset
        )
        return web.paged(request, page, total, draw_messages(reads, found))

    return await web.query(request, caller, listed)
