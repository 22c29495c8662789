"""Up to 100 messages or notes in one request."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.conversations.ids import AttachmentId, ConversationId
from kithdesk.conversations.recording import record_message
from kithdesk.conversations.replying import reply
from kithdesk.conversations.schemas import NewMessageBody, NewNoteBody
from kithdesk.core.bulk import ITEMS, BulkDocument, do_each
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId

router = APIRouter(prefix="/v1", route_class=StrictRoute)


@router.post(
    "/messages/bulk",
    status_code=201,
    response_model=BulkDocument,
    summary="Record several messages",
    tags=["messages"],
)
async def post_messages(request: Request, caller: AgentCaller, items: ITEMS) -> Response:
    """Up to 100 bodies of `POST /v1/messages`, each done or refused for itself, in order."""
    return await do_each(request, caller, items, NewMessageBody, _record, status=201)


@router.post(
    "/notes/bulk", status_code=201, response_model=BulkDocument, summary="Write several notes", tags=["notes"]
)
async def post_notes(request: Request, caller: AgentCaller, items: ITEMS) -> Response:
    """Up to 100 bodies of `POST /v1/notes`, each done or refused for itself, in order."""
    return await do_each(request, caller, items, NewNoteBody, _note, status=201)


def _record(work: Work, body: NewMessageBody) -> str:
    """The id of the message."""
    conversation = None if body.conversation is None else ConversationId(body.conversation)
    customer = None if body.customer is None else CustomerId(body.customer)
    sent = record_message(work, body.as_words(), conversation=conversation, customer=customer)
    return str(sent.message["id"])


def _note(work: Work, body: NewNoteBody) -> str:
    sent = reply(
        work,
        ConversationId(body.conversation),
        client_id=body.client_id,
        body=body.body,
        attachments=[AttachmentId(one) for one in body.attachments],
        kind="note",
        external_id=body.external_id,
    )
    return str(sent.message["id"])
