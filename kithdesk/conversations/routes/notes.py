"""Notes: of a conversation, of a customer, and over all of them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.conversations.ids import AttachmentId
from kithdesk.conversations.lists import list_all_messages, list_messages, list_messages_of_customer
from kithdesk.conversations.message_queries import find_message_by_external_id, find_messages
from kithdesk.conversations.message_rendering import draw_messages
from kithdesk.conversations.replying import reply
from kithdesk.conversations.routes.paths import conversation_of, customer_of, draw_sent
from kithdesk.conversations.schemas import NewNoteBody, NoteBody
from kithdesk.core import web
from kithdesk.core.documents import REPEATED, ListDocument, OneDocument, SeveralDocument, document
from kithdesk.core.errors import NotFound
from kithdesk.core.paging import Paged, PagedNear, paged
from kithdesk.core.paths import an_id, ids_of
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads
from kithdesk.customers import get_customer

router = APIRouter(prefix="/v1", tags=["notes"], route_class=StrictRoute)


@router.get("/conversations/{id}/notes", response_model=ListDocument, summary="List a conversation's notes")
async def get_notes_of_conversation(id: str, request: Request, caller: AgentCaller, page: Paged) -> Response:
    """What agents said among themselves, newest first."""

    def listed(reads: Reads) -> dict[str, Any]:
        found, total = list_messages(
            reads, conversation_of(id), kind="note", limit=page.size, offset=page.offset
        )
        return paged(request, page, total, draw_messages(reads, found))

    return await web.query(request, caller, listed)


@router.post(
    "/conversations/{id}/notes",
    status_code=201,
    response_model=OneDocument,
    responses=REPEATED,
    summary="Write a note",
)
async def post_note_to_conversation(
    id: str, body: NoteBody, request: Request, caller: AgentCaller
) -> Response:
    """A note, which the customer never sees. Repeated by `clientId` or `externalId`: 200."""
    return await _write(id, body, request, caller)


@router.get("/customers/{id}/notes", response_model=ListDocument, summary="List a customer's notes")
async def get_notes_of_customer(id: str, request: Request, caller: AgentCaller, page: PagedNear) -> Response:
    """Notes of all their conversations, newest first."""

    def listed(reads: Reads) -> dict[str, Any]:
        customer = get_customer(reads, customer_of(id)).id
        found, total = list_messages_of_customer(
            reads, customer, kind="note", limit=page.size, offset=page.offset
        )
        return paged(request, page, total, draw_messages(reads, found))

    return await web.page_query(request, caller, listed, page)


@router.get("/notes", response_model=ListDocument, summary="List notes")
async def get_notes(request: Request, caller: AgentCaller, page: PagedNear) -> Response:
    """All notes, newest first."""

    def listed(reads: Reads) -> dict[str, Any]:
        found, total = list_all_messages(reads, kind="note", limit=page.size, offset=page.offset)
        return paged(request, page, total, draw_messages(reads, found))

    return await web.long_query(request, caller, listed)


@router.post(
    "/notes",
    status_code=201,
    response_model=OneDocument,
    responses=REPEATED,
    summary="Write a note in a conversation",
)
async def post_note(body: NewNoteBody, request: Request, caller: AgentCaller) -> Response:
    """The same, naming the conversation in the body."""
    return await _write(body.conversation, body, request, caller)


@router.get(
    "/notes/externalId={external_id}", response_model=OneDocument, summary="Find a note by external id"
)
async def get_by_external_id(external_id: str, request: Request, caller: AgentCaller) -> Response:
    """The note that another system knows by this id."""

    def one(reads: Reads) -> dict[str, Any]:
        note = find_message_by_external_id(reads, external_id)
        if note is None or note.kind != "note":
            raise NotFound
        return document(draw_messages(reads, [note])[0])

    return await web.query(request, caller, one)


@router.get("/notes/{ids}", response_model=OneDocument | SeveralDocument, summary="Get one or more notes")
async def get_one_or_more(ids: str, request: Request, caller: AgentCaller) -> Response:
    """One note, or up to 100 with commas, which answers a list of those that exist."""

    def found(reads: Reads, wanted: list[str]) -> list[dict[str, Any]]:
        notes = [one for one in find_messages(reads, wanted) if one.kind == "note"]
        return draw_messages(reads, notes)

    def one(reads: Reads) -> dict[str, Any]:
        notes = found(reads, [an_id(ids)])
        if not notes:
            raise NotFound
        return document(notes[0])

    def several(reads: Reads) -> dict[str, Any]:
        return document(found(reads, ids_of(ids)))

    return await web.query(request, caller, several if "," in ids else one)


async def _write(conversation: str, body: NoteBody, request: Request, caller: AgentCaller) -> Response:
    return await web.command(
        request,
        caller,
        reply,
        conversation_of(conversation),
        client_id=body.client_id,
        body=body.body,
        attachments=[AttachmentId(one) for one in body.attachments],
        kind="note",
        external_id=body.external_id,
        answer=draw_sent,
        status=201,
    )
