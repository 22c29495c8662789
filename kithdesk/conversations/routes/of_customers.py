"""What belongs to one customer: their conversations and messages."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.conversations.ids import ConversationId
from kithdesk.conversations.lists import Wanted, list_conversations, list_messages_of_customer
from kithdesk.conversations.message_rendering import draw_messages
from kithdesk.conversations.recording import record_message
from kithdesk.conversations.rendering import draw_conversations
from kithdesk.conversations.routes.paths import customer_of, draw_sent
from kithdesk.conversations.schemas import CustomerMessageBody
from kithdesk.core import web
from kithdesk.core.documents import REPEATED, ListDocument, OneDocument
from kithdesk.core.paging import PagedNear, paged
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads
from kithdesk.customers import get_customer

router = APIRouter(prefix="/v1/customers/{id}", tags=["customers"], route_class=StrictRoute)


@router.get("/conversations", response_model=ListDocument, summary="List a customer's conversations")
async def get_conversations(id: str, request: Request, caller: AgentCaller, page: PagedNear) -> Response:
    """The customer's conversations, the latest first."""

    def listed(reads: Reads) -> dict[str, Any]:
        wanted = Wanted(customer=get_customer(reads, customer_of(id)).id)
        found, total = list_conversations(reads, wanted, limit=page.size, offset=page.offset)
        return paged(request, page, total, draw_conversations(reads, found))

    return await web.page_query(request, caller, listed, page)


@router.get("/messages", response_model=ListDocument, summary="List a customer's messages")
async def get_messages(id: str, request: Request, caller: AgentCaller, page: PagedNear) -> Response:
    """Messages of all their conversations, newest first."""

    def listed(reads: Reads) -> dict[str, Any]:
        customer = get_customer(reads, customer_of(id)).id
        found, total = list_messages_of_customer(reads, customer, limit=page.size, offset=page.offset)
        return paged(request, page, total, draw_messages(reads, found))

    return await web.page_query(request, caller, listed, page)


@router.post(
    "/messages",
    status_code=201,
    response_model=OneDocument,
    responses=REPEATED,
    summary="Send a customer a message",
)
async def post_message(id: str, body: CustomerMessageBody, request: Request, caller: AgentCaller) -> Response:
    """A message to the customer or, with `direction` `in`, of theirs: in `conversation`, or in a new one."""
    return await web.command(
        request,
        caller,
        record_message,
        body.as_words(),
        conversation=None if body.conversation is None else ConversationId(body.conversation),
        customer=customer_of(id),
        answer=draw_sent,
        status=201,
    )
