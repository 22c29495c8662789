"""`/v1/customers/{id}/events` and `/v1/conversations/{id}/events`: what happened, beside what was said."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.conversations import ConversationId
from kithdesk.core import web
from kithdesk.core.documents import Listed, One, document
from kithdesk.core.ids import EventId
from kithdesk.core.paging import PagedNear, paged
from kithdesk.core.paths import an_id
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads
from kithdesk.customers import CustomerId
from kithdesk.timeline.happening import get_customer_event, list_conversation_events, list_customer_events
from kithdesk.timeline.schemas import Happening, draw_happening

router = APIRouter(prefix="/v1", tags=["timeline"], route_class=StrictRoute)


@router.get(
    "/customers/{id}/events", response_model=Listed[Happening], summary="List what happened to a customer"
)
async def get_events_of_customer(id: str, request: Request, caller: AgentCaller, page: PagedNear) -> Response:
    """Pages they looked at, what the company told of them, and changes of their record; the latest first."""
    customer = CustomerId(an_id(id))

    def listed(reads: Reads) -> dict[str, Any]:
        found, total = list_customer_events(reads, customer, limit=page.size, offset=page.offset)
        return paged(request, page, total, [draw_happening(one, "customer_event") for one in found])

    return await web.page_query(request, caller, listed, page)


@router.get("/customers/{id}/events/{event}", response_model=One[Happening], summary="Get a customer's event")
async def get_event_of_customer(id: str, event: str, request: Request, caller: AgentCaller) -> Response:
    """One of them."""
    customer, one = CustomerId(an_id(id)), EventId(an_id(event))
    return await web.query(
        request,
        caller,
        lambda reads: document(draw_happening(get_customer_event(reads, customer, one), "customer_event")),
    )


@router.get(
    "/conversations/{id}/events",
    response_model=Listed[Happening],
    summary="List what happened to a conversation",
)
async def get_events_of_conversation(
    id: str, request: Request, caller: AgentCaller, page: PagedNear
) -> Response:
    """Its opening, status, assignments, and what else happened to it, without messages and notes; the latest first."""
    conversation = ConversationId(an_id(id))

    def listed(reads: Reads) -> dict[str, Any]:
        found, total = list_conversation_events(reads, conversation, limit=page.size, offset=page.offset)
        return paged(request, page, total, [draw_happening(one, "conversation_event") for one in found])

    return await web.page_query(request, caller, listed, page)
